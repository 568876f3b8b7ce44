"""Who claimed an attack, in whatever sentence the claim stands."""

from __future__ import annotations

import pytest

from parsed import coded

BOMB = "A car bomb killed ten people in Mogadishu on Sunday. "
CLAIMS = [
    # text, claimant of the one attack, reason
    (BOMB + "Al-Shabaab claimed responsibility.", "al-Shabaab", "the sentence after"),
    (BOMB + "Al-Shabaab claimed responsibility for the bombing in a statement.", "al-Shabaab", "with its act"),
    (BOMB + "Responsibility for the blast was claimed by al-Shabaab.", "al-Shabaab", "passive"),
    (BOMB + "Al-Shabaab took credit for the attack.", "al-Shabaab", "credit"),
    (BOMB + "Al-Shabaab said it was behind the attack.", "al-Shabaab", "said it was behind"),
    (BOMB + "Al-Shabaab said its fighters had carried out the attack.", "al-Shabaab", "its fighters"),
    (BOMB + "There was a claim of responsibility from al-Shabaab.", "al-Shabaab", "a claim as a noun"),
    (BOMB + "Al-Shabaab, which is linked to al-Qaeda, claimed the attack.", "al-Shabaab", "claimed the attack"),
    ("A bomb killed ten people in Mogadishu, an attack claimed by al-Shabaab.", "al-Shabaab", "the act summed up"),
    (BOMB + "No group has claimed responsibility.", None, "no group"),
    (BOMB + "Nobody has taken credit for the attack.", None, "nobody"),
    (BOMB + "There was no immediate claim of responsibility.", None, "no claim"),
    (BOMB + "Al-Shabaab has not claimed responsibility for the attack.", None, "negated"),
    (BOMB + "Al-Shabaab denied it was behind the attack.", None, "denied"),
    (BOMB + "Kenya said al-Shabaab was behind the attack.", None, "blamed by another"),
    ("Israel bombed Gaza on Sunday. Hamas claimed responsibility for the rockets.", None, "another named doer"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "claimant", "reason"), CLAIMS, ids=[row[2] for row in CLAIMS])
def test_who_claimed_it(text: str, claimant: str | None, reason: str) -> None:
    claims = {e.claimed_by.actor.name for e in coded(text).events if e.type == "ASSAULT" and e.claimed_by}
    assert claims == ({claimant} if claimant else set()), reason


def test_who_claims_it_is_the_doer_where_none_is_named() -> None:
    (attack,) = (e for e in coded(BOMB + "Al-Shabaab took credit for the attack.").events if e.type == "ASSAULT")
    assert {m.actor.name for m in attack.actors} == {"al-Shabaab"}


def test_the_act_claimed_is_the_one_told_before() -> None:
    found = coded(BOMB + "Al-Shabaab claimed responsibility for the bombing in a statement.").events
    assert [e.type for e in found].count("ASSAULT") == 1


def test_who_denies_it_is_neither_doer_nor_source() -> None:
    found = coded("Islamic State denied it was behind the attack on the mosque in Peshawar.").events
    assert all(e.attribution is None and not e.actors for e in found if e.type == "ASSAULT")
