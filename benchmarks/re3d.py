"""Measures recall of actors, and of relations between them, on reports about Syria and Iraq (re3d).

An annotated person, organisation or nationality is recalled where an actor mention overlaps it. A relation
is recalled where an event has one party that is its source and another that is its target, or a stance
has one as holder and the other as what it is toward: the same words, or another mention of the same actor.
Entities below half the annotators' confidence are left out unless --all is given.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.common import Span, arguments, overlap, print_table, rows, share
from dotterel.actors import find_actors
from dotterel.attribution import find_attributions
from dotterel.coder import code_parse
from dotterel.parsing import parse
from dotterel.places import find_places
from dotterel.quotes import find_quotes
from dotterel.quotes.first_person import with_speakers
from dotterel.types import ActorMention, Coding, Report, Roster

ACTORS = ("Person", "Organisation", "Nationality")
RELATIONS = ("FightingAgainst", "AlliesOf", "CommWith", "Likes", "Dislikes")
CONFIDENT = 0.5


@dataclass(frozen=True, slots=True)
class Party:
    """One end of a relation: where it stands, and the actors its words were taken to be."""

    span: Span
    ids: frozenset[str]
    names: tuple[str, ...]

    def is_mention(self, mention: ActorMention) -> bool:
        """Is the mention these words, or the same actor elsewhere?"""
        return overlap(self.span, (mention.start, mention.end)) or mention.actor.id in self.ids

    def is_name(self, name: str) -> bool:
        """Do all words of one of the names stand in the other?"""
        words = fold(name)
        return any(words and own and (words <= own or own <= words) for own in map(fold, self.names))


def fold(name: str) -> set[str]:
    """The words of a name in lower case, without articles."""
    return set(re.findall(r"\w+", name.casefold())) - {"the", "a", "an"}


def report_of(row: Mapping[str, Any]) -> Report:
    """The text as it stands, so that the annotators' offsets hold."""
    return Report(id=hashlib.sha1(row["text"].encode()).hexdigest(), text=row["text"])


def read_out(row: Mapping[str, Any]) -> tuple[Roster, Coding]:
    """The actor mentions and the coding of one text."""
    report = report_of(row)
    parsed = parse(report.text)
    roster = find_actors(parsed, report, find_places(parsed, report))
    quotes = find_quotes(parsed, report, roster, find_attributions(parsed, report, roster))
    return with_speakers(roster, parsed, quotes), code_parse(report, parsed)


def party(relation: Mapping[str, Any], side: str, roster: Roster) -> Party:
    """The `source` or `target` of a relation."""
    span = (relation[f"{side}Begin"], relation[f"{side}End"])
    there = [m for m in roster.mentions if overlap(span, (m.start, m.end))]
    return Party(span, frozenset(m.actor.id for m in there), (relation[side], *(m.actor.name for m in there)))


def joined(source: Party, target: Party, coding: Coding) -> bool:
    """Does an event or a stance of the coding hold between the two?"""
    for event in coding.events:
        parties = (*event.actors, *event.recipients)
        if any(source.is_mention(a) and target.is_mention(b) for a in parties for b in parties if a is not b):
            return True
    pairs = ((stance.holder, stance.toward) for stance in coding.stances)
    return any((source.is_name(a) and target.is_name(b)) or (source.is_name(b) and target.is_name(a)) for a, b in pairs)


def recalled_entities(row: Mapping[str, Any], roster: Roster, floor: float) -> Iterable[tuple[str, bool]]:
    """Type of each annotated actor, and whether a mention overlaps it."""
    for entity in row["entities"]:
        if entity["type"] in ACTORS and entity["confidence"] >= floor:
            span = (entity["begin"], entity["end"])
            yield entity["type"], any(overlap(span, (m.start, m.end)) for m in roster.mentions)


def recalled_relations(row: Mapping[str, Any], roster: Roster, coding: Coding) -> Iterable[tuple[str, bool]]:
    """Type of each relation that concerns politics, and whether the coding tells it."""
    for relation in row["relations"]:
        if relation["type"] in RELATIONS:
            source, target = (party(relation, side, roster) for side in ("source", "target"))
            yield relation["type"], joined(source, target, coding)


def tally(found: Iterable[tuple[str, bool]], names: Iterable[str]) -> list[tuple[str, str]]:
    """Recall of each name, then of all together, as table rows."""
    pairs = list(found)
    whole, hits = Counter(name for name, _ in pairs), Counter(name for name, hit in pairs if hit)
    body = [(name, share(hits[name], whole[name])) for name in names]
    return [*body, ("all", share(hits.total(), whole.total()))]


def main() -> None:
    """Code every text and print the recalls."""
    parser = arguments(__doc__, "re3d_dev.jsonl")
    parser.add_argument("--all", action="store_true", help="count entities of every confidence")
    chosen = parser.parse_args()
    floor = 0.0 if chosen.all else CONFIDENT
    entities: list[tuple[str, bool]] = []
    relations: list[tuple[str, bool]] = []
    data = rows(chosen.file, chosen.limit)
    for row in data:
        roster, coding = read_out(row)
        entities += recalled_entities(row, roster, floor)
        relations += recalled_relations(row, roster, coding)
    print_table(f"re3d, {len(data)} texts", ("actors", "recall"), tally(entities, ACTORS), chosen.markdown)
    print_table("Relations", ("relation", "recall"), tally(relations, RELATIONS), chosen.markdown)


if __name__ == "__main__":
    main()
