"""Names the speaker of a quotation: the one cited, the one a pronoun stands for, or the one that spoke before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dotterel.actors.persons import gender_of
from dotterel.attribution import Attribution
from dotterel.attribution.pronouns import MARKS, PERSONAL, ends_first_sentence, is_person, is_recalled, opens_line
from dotterel.attribution.sources import mention_of
from dotterel.types import Actor, ActorMention, Quote, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Parse

_PARAGRAPHS_BACK = 2
_PRONOUNS = frozenset({"he", "she", "they", "it", "who"})
_NOBODY = frozenset({"i", "we", "you", "one", "this", "that", "which"})
_IMPLIED = 0.6  # belief in a speaker nobody names beside the quotation


def speaker_of(
    text: str, cited: Attribution, start: int, attributions: Sequence[Attribution], before: list[Quote]
) -> tuple[ActorMention | None, str]:
    """The speaker of a quotation that starts there, and why; None for a pronoun that nobody earlier answers to."""
    words = cited.source_text.lower()
    if words in PERSONAL:
        earlier = _last_cited(text, words, start, attributions, before)
        opens = opens_line(text, start) or opens_line(text, cited.source_start)
        opens = opens or ends_first_sentence(text, cited)
        if earlier is not None and (opens or cited.source is None or not is_person(cited.source)):
            return earlier, f"'{cited.source_text}' taken for the last one cited"
    if cited.source is not None:
        return cited.source, f"cited by '{cited.cue_text}'"
    if words in _NOBODY or not words:
        return None, f"'{cited.source_text}' names nobody"
    if words not in _PRONOUNS:
        return named(cited), f"cited by '{cited.cue_text}', known by these words only"
    last = next((q.speaker for q in reversed(before) if q.speaker and _agrees(words, q.speaker)), None)
    return last, f"'{cited.source_text}' taken for the last speaker" if last else f"'{cited.source_text}' is unresolved"


def _last_cited(
    text: str, pronoun: str, start: int, attributions: Sequence[Attribution], before: list[Quote]
) -> ActorMention | None:
    """The person cited last before a quotation, in its own or the last two paragraphs, whom the pronoun may mean."""
    said = [a for a in attributions if a.kind != "attitude" and not is_recalled(a.source_text)]
    near = [(a.source_start, a.source) for a in said if a.source is not None]
    near = [(at, m) for at, m in near if at < start and m.kind != "pronoun"]
    near += [(q.start, q.speaker) for q in before if q.speaker is not None and not is_recalled(q.cue or "")]
    for at, mention in sorted(near, key=lambda item: item[0], reverse=True):
        if len(re.findall(r"\n+", text[at:start])) > _PARAGRAPHS_BACK:
            return None
        if is_person(mention):
            return mention if _agrees(pronoun, mention) else None
    return None


def _agrees(pronoun: str, speaker: ActorMention) -> bool:
    """Can the pronoun stand for that speaker? A person is he or she; a group or an organ it or they."""
    if pronoun not in PERSONAL:
        return pronoun != "it" or not speaker.actor.id.startswith("person:")
    return is_person(speaker) and gender_of(speaker.actor.name) in ("", PERSONAL[pronoun])


def named(cited: Attribution) -> ActorMention:
    """A mention made of the source's own words, for a speaker no table and no roster knows."""
    folded = unicodedata.normalize("NFKD", cited.source_text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    name = re.sub(r"^(?:the|a|an)\s+", "", cited.source_text, flags=re.IGNORECASE)
    actor = Actor(id=f"person:{slug}", name=name)
    return ActorMention(cited.source_text, cited.source_start, cited.source_end, actor, "named", 0.5, "as written")


def implied_speaker(
    parse: Parse, roster: Roster, attributions: Sequence[Attribution], start: int, before: list[Quote]
) -> tuple[ActorMention | None, str]:
    """Who speaks where no words say so.

    Whoever the sentence before is about; else whoever spoke just before; else, for the first quotation, whoever
    the next paragraph is about.
    """
    text = parse.text
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].strip(MARKS):
        subject = _subject_before(parse, roster, line, start)
        if subject is not None:
            return subject, "subject of the sentence before"
    last = next((q.speaker for q in reversed(before) if not is_recalled(q.cue or "")), None)
    if last is not None and len(re.findall(r"\n+", text[before[-1].end : start])) <= 1:
        return last, "bare quotation after another of the same speaker"
    following = _subject_after(parse, roster, start) if not before else None
    if following is not None:
        return following, "bare quotation at the top, subject of the paragraph that follows"
    return None, "no speaker is named"


def _subject_after(parse: Parse, roster: Roster, start: int) -> ActorMention | None:
    """The person who is the subject of the first sentence in the paragraph after a quotation."""
    text = parse.text
    end = text.find("\n", start)
    sentence = next((s for s in parse.sentences if end >= 0 and s.end_char > end + 2), None)
    if sentence is None:
        return None
    mention = next((mention_of(t, roster) for t in sentence.root.children if t.dep_ == "nsubj"), None)
    return mention if mention is not None and is_person(mention) else None


def _subject_before(parse: Parse, roster: Roster, line: int, start: int) -> ActorMention | None:
    """The actor that is the subject of the last sentence which ends between a line's start and a quotation."""
    sentences = [s for s in parse.sentences if line <= s.start_char and s.start_char < start - 2]
    if not sentences:
        return None
    subjects = [t for t in sentences[-1].root.children if t.dep_ in ("nsubj", "nsubjpass")]
    return mention_of(subjects[0], roster) if subjects else None
