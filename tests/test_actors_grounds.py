"""Where armed groups fight, and whose militants are meant there."""

from __future__ import annotations

import pytest

from dotterel import tables
from dotterel.actors import fights_in
from dotterel.types import Actor
from parsed import coded

IS = Actor("group:islamic-state", "Islamic State", "NSA", "REB", ("REB",))
SHABAAB = Actor("group:al-shabaab", "al-Shabaab", "SOM", "REB", ("REB",))


@pytest.mark.parametrize(
    ("group", "country", "there"),
    [(IS, "SYR", True), (IS, "USA", False), (SHABAAB, "SOM", True), (SHABAAB, "KEN", True), (SHABAAB, "TZA", False)],
)
def test_where_a_group_fights(group: Actor, country: str, there: bool) -> None:
    assert fights_in(group, country) == there


def test_every_group_with_grounds_is_known() -> None:
    assert {row["group"] for row in tables.read("grounds")} <= {row["name"] for row in tables.read("groups")}


def test_gunmen_elsewhere_are_not_of_the_one_group_named() -> None:
    text = "Gunmen killed three people in Orlando, Florida. Donald Trump blamed Islamic State for terrorism in Syria."
    (attack,) = (e for e in coded(text).events if e.type == "ASSAULT")
    assert [m.actor.id for m in attack.actors] != ["group:islamic-state"]
