"""Acts made by hand, for the tests of exports."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from dotterel.codebook import quad, score
from dotterel.exports.acts import Act, Party, Source, Spot

FRANCE = Party("state:FRA", "France", "FRA", "GOV", ("GOV",), "Paris")
RUSSIA = Party("state:RUS", "Russia", "RUS", "GOV", ("GOV",), "Moscow")
MINISTER = Party("person:ada-holm", "Ada Holm", "NOR", "GOV", ("GOV",), "the Norwegian minister")
POLICE = Party("organisation:police", "Russian police", "RUS", "COP", ("COP", "GOV"), "police")
CROWD = Party("role:RUS-CVL-workers", "Russian workers", "RUS", "CVL", ("CVL", "LAB"), "workers")
NATO = Party("organisation:nato", "North Atlantic Treaty Organization", "IGO", "IGO", ("IGO",), "the alliance")
JIHADISTS = Party("group:islamic-state", "Islamic State", "NSA", "REB", ("REB",), "the jihadists")
SOMEBODY = Party("person:x", "X", None, "UNK", ("UNK",), "X")

MOSCOW = Spot("Moscow", "Moscow", "Moscow", "RUS", 55.75222, 37.61556, 524901)
REPORT = Source(
    "0123456789abcdef", "A title", dt.date(2021, 3, 16), "The Courier", "Wire", "https://news.example/1", "en",
    "dotterel 0.1.0", ("Ada Holm",), ("Russian police",), ("Moscow", "Oslo"),
)  # fmt: skip


def make_act(kind: str = "CONSULT", mode: str | None = None, **changes: Any) -> Act:
    """An act of that type and mode: France meets Russia in Moscow on 15 March 2021, changed as told."""
    act = Act(
        id="0123456789abcdef-1",
        type=kind,
        mode=mode,
        status="occurred",
        contexts=("diplomatic",),
        quad=quad(kind),
        score=score(kind, mode),
        date="2021-03-15",
        first_day=dt.date(2021, 3, 15),
        last_day=dt.date(2021, 3, 15),
        place=MOSCOW,
        actors=(FRANCE,),
        recipients=(RUSSIA,),
        claimed_by=(),
        attribution=(),
        source=REPORT,
        trigger="met",
        sentence="France met Russia in Moscow on Monday.",
        lead=True,
        reports=(REPORT.id,),
        sources=1,
        mentions=2,
        confidence=0.875,
        reason="lexicon: meet",
    )
    return replace(act, **changes)
