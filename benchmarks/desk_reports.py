"""The reports of a generated database: sentences of the desk_*.tsv tables, and codings with spans true to them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from benchmarks.desk_world import FIRST, LAST, PRECISIONS, Deed, Party, World, drawn, state_party, words
from dotterel.actors.vocabulary import adjectives
from dotterel.places.gazetteer import Site
from dotterel.reading.text import report_id
from dotterel.types import (
    ActorMention,
    Alternative,
    Attribution,
    Coding,
    Event,
    Figure,
    Interval,
    Mention,
    Place,
    Quote,
    Report,
    Stance,
)

SLOT = re.compile(r"\{(\w+)\}")
A_REPORT = 4  # events, in the middle
SIZES = {"1": 14, "2": 18, "3": 18, "4": 15, "5": 11, "6": 8, "7": 6, "8": 4, "10": 3, "12": 2}
LONG, LONG_EVERY = (95, 125), 1500  # events of a report for the reader, and how many reports there are to one
TOLD_AGAIN, TIMES_AGAIN = 0.1, {"1": 50, "2": 25, "3": 13, "4": 8, "5": 4}
REPRINTED = 0.03
KINDS = {"named": (1.0, "named in full"), "titled": (0.98, "office-holder named in full"),
         "metonym": (0.85, "capital for the government"), "described": (0.7, "state by its adjective")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A coding, and the deed that each of its events tells."""

    coding: Coding
    deeds: tuple[Deed, ...]
    settled: int = 0  # deeds of smaller numbers are told by no later report, but for a reprint of this one


def told_reports(world: World, events: int) -> Iterator[Told]:
    """Reports that tell so many events, over the years, some acts in several reports, some reports reprinted."""
    chance, left, number = world.chance, events, 0
    days = max(1, min((LAST - FIRST).days, events // A_REPORT // 4))
    waiting: list[Deed] = []
    while left > 0:
        done = (events - left) / events
        published = FIRST + timedelta(days=round(int(done * days) * (LAST - FIRST).days / days))
        number += 1
        size = chance.randint(*LONG) if number % LONG_EVERY == LONG_EVERY // 2 else int(drawn(chance, SIZES))
        told = Writer(world, published).report(_deeds(world, waiting, min(size, left), published), size >= LONG[0])
        left -= len(told.deeds)
        told = replace(told, settled=min(deed.number for deed in (*told.deeds, *waiting)))
        yield told
        if len(told.deeds) <= left and size < LONG[0] and chance.random() < REPRINTED:
            left -= len(told.deeds)
            yield reprinted(told, chance)


def _deeds(world: World, waiting: list[Deed], size: int, published: date) -> list[Deed]:
    """What a report tells: acts of one story, and some that others told before."""
    chance = world.chance
    found: list[Deed] = []
    pair = world.pair()
    for _ in range(size):
        again = chance.randrange(len(waiting)) if waiting and chance.random() < 0.22 else None
        if again is not None and all(deed.number != waiting[again].number for deed in found):
            found.append(_otherwise(world, waiting.pop(again)))
            continue
        deed = world.deed(pair, published - timedelta(days=chance.choice((0, 0, 1, 1, 2, 3))))
        found.append(deed)
        if chance.random() < TOLD_AGAIN:
            waiting += [deed] * int(drawn(chance, TIMES_AGAIN))
    return found


def _otherwise(world: World, deed: Deed) -> Deed:
    """The act as another report has it, which may differ."""
    chance = world.chance
    if deed.dead and chance.random() < 0.4:
        deed = replace(deed, dead=deed.dead + chance.choice((1, 2, 7)))
    if chance.random() < 0.08:
        deed = replace(deed, day=deed.day + timedelta(days=1))
    if deed.place and deed.place.country and chance.random() < 0.06:
        deed = replace(deed, place=chance.choice(world.sites[deed.place.country]))
    return deed


def reprinted(told: Told, chance: random.Random) -> Told:
    """The same report in another paper, with a line of its own at the end."""
    old = told.coding.report
    source = chance.choice([name for name in words("publisher") if name != old.source])
    text = f"{old.text}\n\nThe staff of {source} contributed to this report."
    published = (old.published or FIRST) + timedelta(days=chance.randint(0, 1))
    report = replace(old, id=report_id(old.title, text, published), text=text, published=published, source=source,
                     url=_url(source, chance))  # fmt: skip
    return Told(_signed(replace(told.coding, report=report), old.id), told.deeds, told.settled)


def _signed(coding: Coding, old: str) -> Coding:
    """The coding with the ids of its events made from that of its report, and no longer from the old one."""
    new = coding.report.id
    events = tuple(replace(event, id=new + event.id[len(old) :]) for event in coding.events)
    figures = tuple(replace(f, event=new + f.event[len(old) :]) if f.event else f for f in coding.figures)
    return replace(coding, events=events, figures=figures)


def _url(source: str, chance: random.Random) -> str:
    return f"https://{source.lower().replace(' ', '-')}.example/{chance.randrange(10**8)}"


class Writer:
    """Writes one report and its coding at once."""

    def __init__(self, world: World, published: date) -> None:
        self.world, self.chance, self.published = world, world.chance, published
        self.parts: list[str] = []
        self.at = 0
        self.seen: set[str] = set()
        self.lead: Interval | None = None
        self.events: list[Event] = []
        self.quotes: list[Quote] = []
        self.figures: list[Figure] = []
        self.stances: list[Stance] = []
        self.attributions: list[Attribution] = []
        self.places: list[Place] = []

    def report(self, deeds: Sequence[Deed], long: bool) -> Told:
        """The report that tells these acts."""
        chance, first = self.chance, deeds[0]
        title, headline = self.title(first)
        agency = chance.choice(words("agency")) if chance.random() < 0.6 else None
        dateline = first.place or next(iter(self.world.sites[self.world.codes[0]]))
        self.places.append(self.place(dateline, self.add(dateline.name.upper()), "dateline"))
        self.add(f" ({agency}) - " if agency else " - ")
        for number, deed in enumerate(deeds):
            if number:
                self.add("\n\n")
            self.tell(deed, headline if not number else None)
            for _ in range(chance.randint(3, 6) if long else chance.choice((1, 1, 2, 2, 3, 4))):
                self.background(deed)
        source = chance.choices(words("publisher"), cum_weights=range(1, len(words("publisher")) + 1))[0]
        text = "".join(self.parts)
        name = report_id(title, text, self.published)
        report = Report(name, text, title, self.published, source, agency, dateline.name.upper(), _url(source, chance),
                        f"news/{self.published:%Y/%m}/{name}.txt")  # fmt: skip
        coding = Coding(report, tuple(self.events), tuple(self.quotes), tuple(self.figures), tuple(self.stances),
                        tuple(self.attributions), tuple(sorted(self.places, key=lambda p: p.start)))  # fmt: skip
        return Told(_signed(coding, ""), tuple(deeds))

    def add(self, piece: str) -> tuple[int, int]:
        """Write on; where that begins and ends."""
        start = self.at
        self.parts.append(piece)
        self.at += len(piece)
        return start, self.at

    def since(self, start: int) -> str:
        """What was written from there on."""
        return "".join(self.parts[-80:])[start - self.at :]

    def title(self, deed: Deed) -> tuple[str, Mention | None]:
        """The headline, and its telling of the act where it tells it as done."""
        names = [party.forms[-1][0].removeprefix("the ") for party in (*deed.actors, *deed.recipients)]
        both = " and ".join(names[: len(deed.actors)])
        self.add(f"{both[0].upper()}{both[1:]} ")
        done = deed.status in {"occurred", "ongoing"}
        plain = len(deed.actors) > 1 or deed.actors[0].forms[0][1] == "described"
        verb = deed.pattern.verb[1 if plain else 2] if done else f"may {deed.pattern.verb[1]}"
        span = self.add(verb)
        self.add(f" {_filled(deed.pattern.rest, deed.words | {'B': names[-1]})}")
        title = "".join(self.parts)
        self.add("\n\n")
        return title, Mention(title, verb, *span, 0, len(title)) if done else None

    def party(self, party: Party, capital: bool = False) -> ActorMention:
        """Name somebody, in full the first time."""
        again = party.actor.id in self.seen
        self.seen.add(party.actor.id)
        words_, kind = self.chance.choice(party.forms[1:] or party.forms) if again else party.forms[0]
        shown = words_[0].upper() + words_[1:] if capital else words_
        score, reason = KINDS[kind]
        unsure = kind in {"metonym", "described"} and self.chance.random() < 0.3
        others = (self.world.party("gov", self.world.state()),) if unsure else ()
        found = tuple(Alternative(replace(o.actor, sectors=(), sector="UNK"), 0.3) for o in others)
        return ActorMention(shown, *self.add(shown), party.actor, kind, score - 0.2 * unsure, reason,
                            tuple(a for a in found if a.actor.id != party.actor.id))  # fmt: skip

    def tell(self, deed: Deed, headline: Mention | None) -> None:
        """Write the sentence of an act, and what belongs to it, and keep its event."""
        chance, start, pattern = self.chance, self.at, deed.pattern
        actors = [self.party(deed.actors[0], capital=True)]
        if len(deed.actors) > 1:
            self.add(" and ")
            actors.append(self.party(deed.actors[1]))
        trigger = self._verb(deed)
        before, _, after = pattern.rest.partition("{B}")
        self.add(f" {_filled(before, deed.words)}")
        recipients = tuple(self.party(party) for party in deed.recipients)
        self.add(_filled(after, deed.words) if recipients else "")
        place = self._where(deed)
        interval = self._when(deed)
        self.lead = self.lead or interval
        toll = self._toll(deed)
        cited = self._cited(start) if chance.random() < 0.45 else None
        self.add(".")
        sentence = self.since(start)
        told = Mention(sentence, self.since(trigger[0])[: trigger[1] - trigger[0]], *trigger, start, self.at)
        number = f"-{len(self.events) + 1}"
        event = Event(
            number, pattern.type, pattern.mode, deed.status, tuple(actors), recipients, interval, place, cited,
            self._claim(deed), (told, headline) if headline else (told,),
            round(0.3 + 0.7 * chance.betavariate(5, 1.6), 3), f"verb '{pattern.verb[1]}' → {pattern.type}",
            pattern.contexts,
        )  # fmt: skip
        self.events.append(event)
        if toll:
            bound = chance.choice((None, None, "at least"))
            self.figures.append(Figure(
                deed.dead, "people", "dead", deed.actors[0].actor.name,
                deed.recipients[0].actor.name if deed.recipients else None, deed.place.name if deed.place else None,
                interval.iso() if interval else None, cited.text if cited else None, sentence, *toll,
                "number and noun", number, bound,
            ))  # fmt: skip

    def _verb(self, deed: Deed) -> tuple[int, int]:
        past, plain, _, running = deed.pattern.verb
        lead, verb = {
            "occurred": (" ", past), "ongoing": (" kept ", running), "planned": (" will ", plain),
            "proposed": (" offered to ", plain), "hypothetical": (" may ", plain), "negated": (" did not ", plain),
        }[deed.status]  # fmt: skip
        self.add(lead)
        return self.add(verb)

    def _where(self, deed: Deed) -> Place | None:
        if deed.place is None:
            return None
        self.add(" in " if self.chance.random() < 0.7 else " near ")
        found = self.place(deed.place, self.add(deed.place.name), "told with the act; weightiest place of that name")
        self.places.append(found)
        return found

    def place(self, site: Site, span: tuple[int, int], reason: str) -> Place:
        """A place as it was just written."""
        text = site.name.upper() if reason == "dateline" else site.name
        return Place(text, *span, site.name, site.country, site.latitude, site.longitude, site.geonames,
                     self.chance.choice((1.0, 1.0, 0.85, 0.6)), reason, site.division or None)  # fmt: skip

    def _when(self, deed: Deed) -> Interval | None:
        kind, day = drawn(self.chance, PRECISIONS), deed.day
        if kind == "none":
            return None
        if kind == "not told":
            reason = "not told: the day of the report's lead (weekday, past tense)"
            return replace(self.lead, reason=reason) if self.lead else None
        lead, said, first, last = _dated(kind, day, self.published)
        self.add(lead)
        return Interval(first, last, kind, said, *self.add(said), "calendar unit" if kind != "day" else "weekday")

    def _toll(self, deed: Deed) -> tuple[int, int] | None:
        if not deed.dead:
            return None
        self.add(", killing ")
        span = self.add(str(deed.dead))
        self.add(" people")
        return span

    def _cited(self, start: int) -> ActorMention:
        """Write who says so, and keep the attribution."""
        end = self.at
        self.add(", ")
        code = self.world.state()
        people = self.world.persons[code]
        if people and self.chance.random() < 0.4:
            source = self.party(people[0])
        else:
            noun = self.chance.choice(words("cited"))
            name = f"{adjectives()[code]} {noun.removeprefix('a ').removeprefix('the ')}"
            actor = replace(state_party(code).actor, id=f"role:{code}-GOV-{'-'.join(name.lower().split())}", name=name)
            source = ActorMention(noun, *self.add(noun), actor, "described", 0.55, "state by context")
        self.add(" ")
        cue = self.add("said")
        self.attributions.append(Attribution(source, source.start, source.end, source.text, *cue, "said", start, end,
                                             "indirect"))  # fmt: skip
        return source

    def _claim(self, deed: Deed) -> ActorMention | None:
        if deed.claimed_by is None:
            return None
        self.add(" ")
        found = self.party(deed.claimed_by, capital=True)
        self.add(" claimed responsibility.")
        return found

    def background(self, deed: Deed) -> None:
        """Write a sentence that tells no act: of the matter, a quotation, a stance or a count."""
        self.add(" ")
        luck, start = self.chance.random(), self.at
        if luck < 0.12:
            self._quotation()
        elif luck < 0.16 and deed.recipients:
            self._stance(deed, start)
        elif luck < 0.2 and deed.pattern.type == "PROTEST":
            self._crowd(start)
        else:
            self._filler(deed)

    def _quotation(self) -> None:
        code = self.world.state()
        speaker = self.chance.choice(self.world.persons[code] or self.world.persons["USA"])
        said = f"{self.chance.choice(words('quote'))[:-1]},"
        self.add('"')
        span = self.add(said)
        self.add('" ')
        mention = self.party(speaker)
        self.add(" ")
        cue = self.add("told")
        self.add(" reporters.")
        self.quotes.append(Quote(said, mention, mention.text, None, *span, "cited by 'told'"))
        self.attributions.append(Attribution(mention, mention.start, mention.end, mention.text, *cue, "told", *span,
                                             "direct"))  # fmt: skip

    def _stance(self, deed: Deed, start: int) -> None:
        holder, toward = deed.actors[0].actor.name, deed.recipients[0].actor.name
        position, verb = self.chance.choice((("supports", "supported"), ("opposes", "opposed")))
        issue = deed.words["issue"]
        self.add(f"{holder} has long {verb} {toward} over {issue}.")
        self.stances.append(Stance(holder, toward, position, issue, self.since(start), start, self.at, f"long {verb}"))

    def _crowd(self, start: int) -> None:
        self.add("About ")
        number = self.chance.randint(2, 90) * 100
        span = self.add(f"{number:,}")
        self.add(" people took part.")
        self.figures.append(Figure(number, "people", "protesters", None, None, None, None, None, self.since(start),
                                   *span, "number and noun", self.events[-1].id, "about"))  # fmt: skip

    def _filler(self, deed: Deed) -> None:
        code = deed.place.country if deed.place and deed.place.country else self.world.state()
        city = self.chance.choice(self.world.sites[code])
        known = deed.words | {"state": state_party(code).forms[0][0], "people": adjectives()[code]}
        for at, piece in enumerate(SLOT.split(self.chance.choice(words("filler")))):
            if at % 2 and piece == "city":
                self.places.append(self.place(city, self.add(city.name), "the one place of that name"))
            else:
                self.add(known[piece] if at % 2 else piece)


def _filled(template: str, known: dict[str, str]) -> str:
    return SLOT.sub(lambda match: known[match[1]], template)


def _dated(kind: str, day: date, published: date) -> tuple[str, str, date, date]:
    """What stands before the words of a time, the words, and its first and last day."""
    other = "" if day.year == published.year else f" {day.year}"
    if kind == "day":
        near = abs((published - day).days) < 6
        return " on ", f"{day:%A}" if near else f"{day.day} {day:%B}{other}", day, day
    if kind == "week":
        first = day - timedelta(days=day.weekday())
        return " ", f"in the week of {first.day} {first:%B}", first, first + timedelta(days=6)
    if kind == "month":
        first = day.replace(day=1)
        after = (first + timedelta(days=32)).replace(day=1)
        return " in ", f"{day:%B}{other}", first, after - timedelta(days=1)
    return " in ", f"{day.year}", date(day.year, 1, 1), date(day.year, 12, 31)
