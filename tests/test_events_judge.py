"""The classifier's say in a report's acts: doubt, belief, parties filled in, acts no trigger tells."""

from __future__ import annotations

from functools import lru_cache

import pytest

from dotterel import Coder
from dotterel.types import Event

Act = tuple[str, str | None, str | None]  # type, actor's and recipient's country


@lru_cache(maxsize=1)
def coder() -> Coder:
    return Coder()


def events(text: str) -> tuple[Event, ...]:
    return coder().code(text, published="2019-05-02").events


def acts(text: str) -> set[Act]:
    return {
        (e.type, *(side[0].actor.country if side else None for side in (e.actors, e.recipients))) for e in events(text)
    }


# text, an act that must be found, reason
FOUND = [
    ("Kenya condemned Sudan on Monday.", ("ACCUSE", "KEN", "SDN"), "the lexicon's act is believed"),
    ("Norway on Monday poured cold water on a Swedish plea for more electricity, and Sweden lashed out at Norway.",
     ("ACCUSE", "SWE", "NOR"), "an idiom"),
    ("The Kenyan police and allied Ugandan army units have been accused of committing serious violations during "
     "operations against al-Shabaab.", ("ASSAULT", "KEN", "SOM"), "those who act together, all of them"),
    ("Turkey read Greece the riot act over the frigate, and recalled its ambassador from Athens on Monday.",
     ("SANCTION", "TUR", "GRC"), "the act beside an idiom"),
    ("The Danish sailor was captured on Friday.", ("COERCE", None, "DNK"), "done by nobody told: the lexicon's type"),
]  # fmt: skip

# text, a type that must not be coded, reason
DOUBTED = [
    ("Kenya won the battle of ideas with Ethiopia over coffee prices.", "ASSAULT", "a figure of speech"),
    ("Germany attacked its energy problem with new wind farms, and France admired the result.", "ASSAULT", "a problem"),
    ("Brazil beat Argentina 2-0 in a friendly match in Lima on Monday.", "ASSAULT", "sport"),
]


@pytest.mark.parametrize(("text", "act", "reason"), FOUND, ids=[r[-1] for r in FOUND])
def test_an_act_is_found(text: str, act: Act, reason: str) -> None:
    assert act in acts(text), (reason, acts(text))


@pytest.mark.parametrize(("text", "kind", "reason"), DOUBTED, ids=[r[-1] for r in DOUBTED])
def test_a_doubted_act_is_dropped(text: str, kind: str, reason: str) -> None:
    assert kind not in {act[0] for act in acts(text)}, reason


def test_confidence_is_a_probability_and_a_plain_act_is_surer_than_a_vague_one() -> None:
    plain = events("Russian jets bombed a Ukrainian hospital on Monday.")[0]
    vague = events("Russia is thought to have had a hand in what befell a Ukrainian hospital, some say.")
    assert 0.5 < plain.confidence <= 1
    assert all(event.confidence < plain.confidence for event in vague)


def test_min_confidence_leaves_out_what_is_less_sure() -> None:
    text = "Kenya condemned Sudan. Chad may be considering whether to support Niger some day."
    everything = Coder(min_confidence=0).code(text).events
    sure = Coder(min_confidence=0.9).code(text).events
    assert {e.type for e in sure} == {e.type for e in everything if e.confidence >= 0.9}
    assert Coder(min_confidence=1.0).code(text).events == ()
