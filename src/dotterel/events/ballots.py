"""How states voted in a body of states: "two against (A and B)", "with A and B voting no"; to abstain is no act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dotterel.events.candidate import Candidate
from dotterel.events.grammar import clause_verb, is_verb, prepositional
from dotterel.events.lexicon import Trigger
from dotterel.events.subjects import FINITE, finite_above, surface_subjects
from dotterel.types import Roster

if TYPE_CHECKING:
    from dotterel.parsing import Doc, Token

AGAINST = Trigger("against", "VERB", (), "REJECT", None, (), (), True, False, "One against ([Togo]), in {the council}.")
FOR = Trigger("in favour", "VERB", (), "SUPPORT", None, (), (), True, False, "Two in favour ([Togo, Chad]).")
CUES = {"against": AGAINST, "opposed": AGAINST, "no": AGAINST, "favour": FOR, "favor": FOR}  # before a bracketed list
NOES, AYES = {"no", "nay", "against"}, {"yes", "favour", "favor"}
BODIES = {"assembly", "council", "conference", "commission", "committee", "congress", "board", "agency"}
TALLY = {"vote", "favour", "favor", "abstention", "abstain", "pass", "adopt", "resolution"}
VOTERS = {"country", "state", "nation", "member", "government"}
LONGEST = 60  # words of a bracketed list


@dataclass(frozen=True, slots=True)
class Ballot:
    """One side of a vote: its words, the verb of its clause, and who voted so."""

    row: Trigger
    word: Token
    verb: Token
    voters: tuple[Token, ...]
    cast: bool = True  # told in the past, or in a list of how all voted


def find_ballots(doc: Doc, roster: Roster) -> Iterator[Candidate]:
    """The votes of states told in a text, each put to the body of states that voted."""
    sides: dict[str, tuple[Token, ...]] = {}  # by type, who voted so last
    for token in doc:
        ballot = listed_vote(token) or told_vote(token, sides)
        if ballot is None:
            continue
        voters = tuple(t for t in ballot.voters if any(is_state(m.actor.id) for m in roster.at(t.i)))
        body = voting_body(token, roster)
        if voters and body is not None:
            sides[ballot.row.type] = voters
            yield Candidate(ballot.row, (ballot.word,), ballot.verb, (voters,), ((body,),), spoken=ballot.cast)


def is_state(identity: str) -> bool:
    """Is the actor a state or its government?"""
    return identity.startswith("state:")


def listed_vote(token: Token) -> Ballot | None:
    """A side of a recorded vote by the names in brackets after it, in a sentence that tells of a vote."""
    row = CUES.get(token.lower_)
    at = token.i + 1
    if row is None or at >= len(token.doc) or token.doc[at].text != "(":
        return None
    counted = token.i > 0 and token.nbor(-1).like_num  # "two against ("
    if not counted and not any(t.lemma_.lower() in TALLY for t in token.sent if t != token):
        return None
    names: list[Token] = []
    for word in token.doc[at + 1 : at + LONGEST]:
        if word.text == ")":
            break
        names.append(word)
    return Ballot(row, token, clause_verb(token), tuple(names))


def told_vote(token: Token, sides: dict[str, tuple[Token, ...]]) -> Ballot | None:
    """A side of a vote by a verb: "voted no", "voting against", "cast the only vote against"; "the same countries" are
    those that voted so before."""
    row = way_of(token)
    if row is None:
        return None
    voters = surface_subjects(token)
    if any(t.lemma_.lower() in VOTERS and any(c.lower_ == "same" for c in t.lefts) for t in voters):
        voters = sides.get(row.type, ())
    verb = token if token.tag_ in FINITE else finite_above(token) or token
    return Ballot(row, token, verb, voters, token.tag_ in {"VBD", "VBG"} and verb.tag_ in {"VBD", "VBN"})


def way_of(verb: Token) -> Trigger | None:
    """Which way a verb says that somebody voted."""
    if not is_verb(verb) or any(c.dep_ == "neg" for c in verb.children):
        return None
    lemma = verb.lemma_.lower()
    cast = [c for c in verb.children if c.dep_ == "dobj" and c.lemma_.lower() in {"vote", "ballot", "veto"}]
    if lemma == "vote":
        words = {c.lower_ for c in verb.children} | {t.lower_ for t in prepositional(verb, "in")}
    elif lemma == "cast" and cast:
        words = {c.lower_ for c in cast[0].children} | {c.lower_ for c in verb.children if c.dep_ == "prep"}
    else:
        return None
    return AGAINST if words & NOES else FOR if words & AYES else None


def voting_body(word: Token, roster: Roster) -> Token | None:
    """The body of states that a vote is taken in: the one its sentence names, else the last named before it."""
    doc, end = word.doc, word.sent.end
    for token in reversed(doc[:end]):
        if token.lemma_.lower() in BODIES and any(m.actor.country == "IGO" for m in roster.at(token.i)):
            return token
    return None
