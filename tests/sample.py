"""Codings made by hand, with true offsets, for the tests of what is done with codings."""

import hashlib
from datetime import date

from dotterel.types import (
    Actor,
    ActorMention,
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

TITLE = "Norland bombs rebel depot as ministers meet"
BODY = """NORSTAD (Wire) - Norland's air force bombed a depot of the Free Hills Front near Tarn on Monday, \
killing 12 fighters, police said. The Southern Brigade claimed responsibility for a raid.

Foreign Minister Ada Holm met her Estmark counterpart, Jon Berg, in Norstad. "We will not yield," Holm told reporters. \
"Not one step."

Dozens of protesters marched in the capital. Estmark has long supported Norland against the Front."""

NORLAND_MIL = Actor("organ:norland-air-force", "Norland Air Force", "NOR", "MIL", ("MIL", "GOV"))
FRONT = Actor("group:free-hills-front", "Free Hills Front", "NSA", "REB", ("REB",))
HOLM = Actor("person:ada-holm", "Ada Holm", "NOR", "GOV", ("GOV",))
BERG = Actor("person:jon-berg", "Jon Berg", "EST", "GOV", ("GOV",))
POLICE = Actor("organ:norland-police", "Norland police", "NOR", "COP", ("COP",))
BRIGADE = Actor("group:southern-brigade", "Southern Brigade", None, "REB", ())
CROWD = Actor("crowd:protesters", "protesters", "NOR", "CVL", ("CVL",))


def make_coding(extra: str = "") -> Coding:
    """A coding with every kind of record; `extra` is added to the text, so that another report results."""
    text = f"{TITLE}\n\n{BODY}{extra}"
    report = Report(
        id=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16],
        text=text,
        title=TITLE,
        published=date(2021, 3, 16),
        source="example.org",
        agency="Wire",
        dateline="NORSTAD",
        url="https://example.org/1",
        path="news/one.txt",
    )
    made = Maker(report)
    return Coding(
        report, made.events(), made.quotes(), made.figures(), made.stances(), made.attributions(), made.places()
    )


class Maker:
    """The records of the sample report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.text = report.text

    def span(self, words: str) -> tuple[int, int]:
        start = self.text.index(words)
        return start, start + len(words)

    def actor(self, words: str, actor: Actor, kind: str = "named", score: float = 1.0) -> ActorMention:
        return ActorMention(words, *self.span(words), actor, kind, score, "named in full")

    def mention(self, sentence: str, trigger: str) -> Mention:
        return Mention(sentence, trigger, *self.span(trigger), *self.span(sentence))

    def events(self) -> tuple[Event, ...]:
        bombed = Event(
            id=f"{self.report.id}-1",
            type="ASSAULT",
            mode="aerial",
            status="occurred",
            actors=(self.actor("Norland's air force", NORLAND_MIL),),
            recipients=(self.actor("the Free Hills Front", FRONT, score=0.9),),
            interval=Interval(
                date(2021, 3, 15), date(2021, 3, 15), "day", "on Monday", *self.span("on Monday"), "anchor"
            ),
            place=Place(
                "Tarn", *self.span("Tarn"), "Tarn", "NOR", 60.5, 10.25, 314159, 0.8, "only one of that name", "Fjell"
            ),
            attribution=self.actor("police", POLICE, "described"),
            claimed_by=self.actor("The Southern Brigade", BRIGADE),
            mentions=(
                self.mention(self.text[self.text.index("Norland's") : self.text.index(" The Southern")], "bombed"),
                self.mention(TITLE, "bombs"),
            ),
            confidence=0.875,
            reason="lexicon: bomb",
            contexts=("military", "terrorism"),
        )
        met = Event(
            id=f"{self.report.id}-2",
            type="CONSULT",
            mode=None,
            status="occurred",
            actors=(self.actor("Ada Holm", HOLM), self.actor("Jon Berg", BERG, "titled")),
            recipients=(),
            interval=None,
            place=None,
            attribution=None,
            claimed_by=None,
            mentions=(
                self.mention("Foreign Minister Ada Holm met her Estmark counterpart, Jon Berg, in Norstad.", "met"),
            ),
            confidence=0.5,
            reason="lexicon: meet",
        )
        sentence = "Dozens of protesters marched in the capital."
        marched = Event(
            id=f"{self.report.id}-3",
            type="PROTEST",
            mode="demo",
            status="ongoing",
            actors=(self.actor("Dozens of protesters", CROWD, "described", 0.5),),
            recipients=(),
            interval=Interval(date(2021, 3, 1), date(2021, 3, 31), "month", "Monday", *self.span("Monday")),
            place=Place("the capital", *self.span("the capital")),
            attribution=None,
            claimed_by=None,
            mentions=(self.mention(sentence, "marched"),),
            confidence=0.6,
            reason="lexicon: march",
        )
        return bombed, met, marched

    def quotes(self) -> tuple[Quote, ...]:
        start, _ = self.span("We will not yield")
        end = self.text.index("step.") + len("step.")
        named = Quote(
            "We will not yield, ... Not one step.",
            self.actor("Holm told"[:4], HOLM),
            "Holm",
            None,
            start,
            end,
            "cue after",
        )
        return named, Quote("Not one step.", None, None, "Wire", *self.span("Not one step."))

    def figures(self) -> tuple[Figure, ...]:
        sentence = "Dozens of protesters marched in the capital."
        return (
            Figure(12, "fighters", "dead", "Norland Air Force", "Free Hills Front", "Tarn", "2021-03-15", "police",
                   "killing 12 fighters", *self.span("12"), "number and noun", f"{self.report.id}-1"),
            Figure("dozens", "protesters", "protesters", None, None, None, None, None, sentence, *self.span("Dozens")),
            Figure(2.5, "million", "money", None, None, None, None, None, sentence, *self.span("marched"),
                   bound="range", low=2, high=2.5),
        )  # fmt: skip

    def stances(self) -> tuple[Stance, ...]:
        sentence = "Estmark has long supported Norland against the Front."
        return (
            Stance("Estmark", "Norland", "supports", "the Front", sentence, *self.span(sentence), "long supported"),
        )

    def attributions(self) -> tuple[Attribution, ...]:
        content = self.span("Norland's air force bombed a depot of the Free Hills Front near Tarn on Monday")
        police = self.actor("police", POLICE, "described")
        front = self.span("the Front")
        return (
            Attribution(police, *self.span("police"), "police", *self.span("said"), "said", *content, "indirect"),
            Attribution(None, *front, "the Front", *self.span("told"), "told", *content, "according", "Wire"),
        )

    def places(self) -> tuple[Place, ...]:
        return (
            Place("NORSTAD", *self.span("NORSTAD"), "Norstad", "NOR", 61.5, 11.0, 271828, 1.0, "dateline", "Fjell"),
            Place("the capital", *self.span("the capital")),
        )
