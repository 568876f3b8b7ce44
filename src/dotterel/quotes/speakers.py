"""Names the speaker of a quotation: the one cited, the one a pronoun stands for, or the one that spoke before."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from dotterel.attribution import Attribution
from dotterel.attribution.sources import mention_of
from dotterel.types import Actor, ActorMention, Quote, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Parse

_PRONOUNS = frozenset({"he", "she", "they", "it", "who"})
_NOBODY = frozenset({"i", "we", "you", "one", "this", "that", "which"})
_IMPLIED = 0.6  # belief in a speaker nobody names beside the quotation


def speaker_of(parse: Parse, cited: Attribution, before: list[Quote]) -> tuple[ActorMention | None, str]:
    """The speaker the attribution cites and why; None for a pronoun that nobody earlier answers to."""
    if cited.source is not None:
        return cited.source, f"cited by '{cited.cue_text}'"
    words = cited.source_text.lower()
    if words in _NOBODY or not words:
        return None, f"'{cited.source_text}' names nobody"
    if words not in _PRONOUNS:
        return named(cited), f"cited by '{cited.cue_text}', known by these words only"
    last = next((q.speaker for q in reversed(before) if q.speaker and _agrees(words, q.speaker)), None)
    return last, f"'{cited.source_text}' taken for the last speaker" if last else f"'{cited.source_text}' is unresolved"


def _agrees(pronoun: str, speaker: ActorMention) -> bool:
    """Can the pronoun stand for that speaker? A person is he or she; a group or an organ it or they."""
    person = speaker.actor.id.startswith("person:")
    return person if pronoun in ("he", "she") else not person if pronoun == "it" else True


def named(cited: Attribution) -> ActorMention:
    """A mention made of the source's own words, for a speaker no table and no roster knows."""
    folded = unicodedata.normalize("NFKD", cited.source_text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    name = re.sub(r"^(?:the|a|an)\s+", "", cited.source_text, flags=re.IGNORECASE)
    actor = Actor(id=f"person:{slug}", name=name)
    return ActorMention(cited.source_text, cited.source_start, cited.source_end, actor, "named", 0.5, "as written")


def implied_speaker(
    parse: Parse, text: str, roster: Roster, start: int, before: list[Quote]
) -> tuple[ActorMention | None, str]:
    """Who speaks where no words say so: whoever the sentence before is about, else whoever spoke just before."""
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].strip(" \"“'`"):
        subject = _subject_before(parse, roster, line, start)
        if subject is not None:
            return subject, "subject of the sentence before"
    if before and text[before[-1].end : start].strip("\n").count("\n\n") <= 1 and before[-1].speaker:
        return before[-1].speaker, "bare quotation after another of the same speaker"
    return None, "no speaker is named"


def _subject_before(parse: Parse, roster: Roster, line: int, start: int) -> ActorMention | None:
    """The actor that is the subject of the last sentence which ends between a line's start and a quotation."""
    sentences = [s for s in parse.sentences if line <= s.start_char and s.start_char < start - 2]
    if not sentences:
        return None
    subjects = [t for t in sentences[-1].root.children if t.dep_ in ("nsubj", "nsubjpass")]
    return mention_of(subjects[0], roster) if subjects else None
