"""The nouns of dotterel: frozen records, in dataflow order; imports nothing local."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Report:
    """One news item as read. Every offset in every record counts characters of `text`."""

    id: str  # content hash of title, text and publication date: the same report has the same id
    text: str  # title, a blank line, the body; furniture removed, otherwise as it was written
    title: str | None = None  # the headline; it stands at the start of `text`
    published: date | None = None  # day of publication, the anchor of relative dates
    source: str | None = None  # publisher or site
    agency: str | None = None  # news agency named in the dateline or the credit line
    dateline: str | None = None  # place named in the dateline ("MOSCOW")
    url: str | None = None
    path: str | None = None  # file it was read from
    language: str = "en"  # ISO 639-1
    # Day in the dateline, "02-14" or "2016-02-14": "today" counts from it. It serves the coding; no output has it.
    dateline_day: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Actor:
    """An identity that holds across mentions: a state, organ, organisation, group, person or crowd."""

    id: str  # stable slug, e.g. "state:FRA", "person:francois-hollande", "group:islamic-state"
    name: str  # real-world name in full, as far as it is known
    country: str | None = None  # ISO 3166 alpha-3, or IGO, NGO, NSA, MNC
    sector: str = "UNK"  # primary sector, PLOVER code
    sectors: tuple[str, ...] = ()  # all sectors, primary first


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another actor that a mention could mean."""

    actor: Actor
    score: float  # belief that it is meant, 0 to 1, below that of the actor chosen


@dataclass(frozen=True, slots=True)
class ActorMention:
    """The words that name an actor, and whom they were taken to mean."""

    text: str
    start: int
    end: int
    actor: Actor
    kind: str  # named | titled | described | metonym | pronoun | anaphor
    score: float = 1.0  # belief in the resolution, 0 to 1
    reason: str = ""  # why it was resolved so
    alternatives: tuple[Alternative, ...] = ()  # whom else it could mean, the likeliest first


@dataclass(frozen=True, slots=True)
class Place:
    """A place as mentioned, with what it was resolved to."""

    text: str
    start: int
    end: int
    name: str | None = None  # gazetteer name
    country: str | None = None  # ISO 3166 alpha-3; None where several or unknown
    latitude: float | None = None  # degrees north
    longitude: float | None = None  # degrees east
    geonames: int | None = None  # GeoNames id
    score: float = 1.0
    reason: str = ""
    region: str | None = None  # first-order division of the country it lies in, e.g. "Aleppo Governorate"


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of days, both ends included, as precise as the words allow."""

    first: date
    last: date
    precision: str  # day | week | month | season | year | range | open
    text: str  # the expression, e.g. "earlier this week"
    start: int
    end: int
    reason: str = ""

    def iso(self) -> str:
        """The date as the coding guide writes it, `2015-11-24`, `2015-11` or `2015`, never more exact than is known."""
        first, last = self.first.isoformat(), self.last.isoformat()
        if self.precision == "open":  # "since September 2014" and "since 1 September 2014" share their first day
            return first[: 10 if self.first.day > 1 else 7 if self.first.month > 1 else 4]
        if first[:7] != last[:7]:
            return first[: 7 if self.precision == "range" and first[:4] == last[:4] else 4]
        return first if first == last else first[:7]


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a report tells an event: the trigger words and their sentence."""

    sentence: str
    trigger: str
    start: int  # of the trigger
    end: int
    sentence_start: int
    sentence_end: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source, the words that cite it, and one stretch of what it is cited for. Offsets count characters."""

    source: ActorMention | None  # None where the roster does not know the source ("a witness")
    source_start: int
    source_end: int
    source_text: str
    cue_start: int
    cue_end: int
    cue_text: str
    content_start: int
    content_end: int
    kind: str  # direct (inside quotation marks) | indirect | according | attitude (thought or wanted, not said)
    via: str | None = None  # who passed it on: "the agency" in "the agency quoted the minister as saying"

    def covers(self, start: int, end: int) -> bool:
        """Does the content hold that character span?"""
        return self.content_start <= start and end <= self.content_end


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom: one act, however often the report tells it."""

    id: str  # report id and a running number
    type: str  # one of the sixteen PLOVER types
    mode: str | None
    status: str  # occurred | ongoing | planned | proposed | hypothetical | negated
    actors: tuple[ActorMention, ...]
    recipients: tuple[ActorMention, ...]
    interval: Interval | None
    place: Place | None
    attribution: ActorMention | None  # whom the report cites for the act
    claimed_by: ActorMention | None  # who claimed responsibility
    mentions: tuple[Mention, ...]  # the fullest first
    confidence: float  # 0 to 1
    reason: str  # the rule or evidence behind it
    contexts: tuple[str, ...] = ()  # PLOVER contexts, the likeliest first: "military", "terrorism", ...


@dataclass(frozen=True, slots=True)
class Quote:
    """A direct quotation and who said it."""

    text: str  # without the marks; split parts joined by " ... "
    speaker: ActorMention | None  # None where nobody can be named
    cue: str | None  # the speaker's mention beside the quotation; None when implied
    via: str | None  # the outlet that carried it
    start: int
    end: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A count that measures political action or its toll."""

    value: float | int | str  # a number, or the words of a vague count ("dozens")
    unit: str  # what is counted, as written ("airstrikes")
    what: str  # strikes | dead | injured | displaced | troops | protesters | money | votes | other
    by: str | None
    against: str | None
    place: str | None
    period: str | None
    source: str | None  # who is cited for the count
    sentence: str
    start: int
    end: int
    reason: str = ""
    event: str | None = None  # id of the event that it counts, or whose toll it is
    bound: str | None = None  # at least | at most | about | range; None where the count is exact
    low: float | int | None = None  # lower end of a range, whose value stays words
    high: float | int | None = None  # upper end of a range


@dataclass(frozen=True, slots=True)
class Stance:
    """A lasting position of a holder toward an actor or a matter."""

    holder: str
    toward: str
    position: str  # supports | opposes | neutral
    issue: str  # a few words
    sentence: str
    start: int
    end: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """Everything dotterel wrote down about one report."""

    report: Report
    events: tuple[Event, ...] = ()
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Figure, ...] = ()
    stances: tuple[Stance, ...] = ()
    attributions: tuple[Attribution, ...] = ()  # who is cited for what, direct and indirect
    places: tuple[Place, ...] = ()  # every place named, whether an event happened there or not

    def to_dict(self) -> dict[str, object]:
        """The coding in the serialised form of every output, as plain JSON types."""
        from dotterel.serial import coding_dict

        return coding_dict(self)


@dataclass(frozen=True, slots=True)
class Reprint:
    """A report that prints the same copy as an earlier one."""

    report_id: str
    of_id: str  # the first published of its group, then the smallest id
    containment: float  # share of the shorter text's three-word runs that stand in the other, 0 to 1
    reason: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether two events, of two reports or of one, are the same act."""

    event_a: str  # the smaller id of the two
    event_b: str
    same: bool
    score: float  # belief that they are the same act, 0 to 1
    reasons: tuple[str, ...]  # what speaks for it
    conflicts: tuple[str, ...]  # what speaks against it
    made_by: str = "dotterel"  # or a user, whose say wins


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing told of a linked event, and by which of its members."""

    field: str  # date, place, status, actor, recipient, dead, injured, ...
    value: str
    kind: str  # agreed (told alike by several) | single (told by one) | conflicting
    event_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkedParty:
    """Somebody who takes part in a linked event or speaks of it."""

    role: str  # actor | recipient | attribution | claimed_by
    actor: Actor
    text: str  # the words of the member that names it most fully
    events: int  # members that name this party in this role


@dataclass(frozen=True, slots=True)
class LinkedEvent:
    """One act, however many reports tell it."""

    id: str  # "L-" and the smallest id of its events
    type: str  # most members', weighed by their confidence, as are mode and status
    mode: str | None
    status: str
    contexts: tuple[str, ...]
    parties: tuple[LinkedParty, ...]  # actors first
    day: str | None  # the one that most reports tell, as the coding guide writes a date
    first_day: date | None
    last_day: date | None
    date_precision: str | None
    place_text: str | None
    place_name: str | None
    place_region: str | None
    place_country: str | None
    latitude: float | None
    longitude: float | None
    geonames: int | None
    members: tuple[str, ...]  # ids of its events, sorted
    reports: tuple[str, ...]  # ids of the reports that tell it, the first published first
    sources: int  # independent of one another: reprints, and reports by one agency or outlet, count once
    first_published: date | None
    best_event: str  # the member that tells it most fully
    details: tuple[Detail, ...]
    confidence: float  # 0 to 1
    reason: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A report, or an input that should have held one, which could not be read or coded."""

    path: str  # file, with the line after a colon where there is one
    reason: str  # what is wrong, and the way out
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """All actor mentions of one report, findable by their syntactic head or their place in the text."""

    mentions: tuple[ActorMention, ...]  # sorted by start
    heads: dict[int, tuple[ActorMention, ...]] = field(default_factory=dict)  # index of the head token -> mentions

    def at(self, token: int) -> tuple[ActorMention, ...]:
        """The mentions whose head is that token; several for a plural such as "both sides"."""
        return self.heads.get(token, ())

    def within(self, start: int, end: int) -> tuple[ActorMention, ...]:
        """The mentions lying wholly inside the character span."""
        return tuple(m for m in self.mentions if start <= m.start and m.end <= end)
