"""Blows or words: whom an attack is between, and what else its sentence tells, decide."""

import pytest

import dotterel
from dotterel.events.figurative import is_violent

CASES = (
    ("Nicolas Maduro savaged Juan Guaido in a televised speech.", "ASSAULT", False, "no arms, two politicians"),
    ("Donald Trump attacked Marco Rubio in a debate on Tuesday.", "ASSAULT", False, "two politicians in a debate"),
    ("Donald Trump attacked Marco Rubio in a debate on Tuesday.", "ACCUSE", True, "which is a rebuke"),
    ("Donald Trump kept up his assault on the media.", "ASSAULT", False, "the media are attacked in words"),
    ("Boris Johnson fought Jeremy Corbyn in the election of December.", "ASSAULT", False, "an election"),
    ("A gunman attacked Marco Rubio at a debate on Tuesday.", "ASSAULT", True, "a gunman is no politician"),
    ("Vladimir Putin attacked Ukraine in February.", "ASSAULT", True, "a leader attacks a state with its army"),
    ("Police attacked Juan Guaido with batons in Caracas.", "ASSAULT", True, "the police bear arms"),
    ("Marco Rubio attacked Ted Cruz with a stone, police said.", "ASSAULT", True, "a stone is told of"),
    ("Imran Khan was shot in an attack on his convoy near Wazirabad.", "ASSAULT", True, "a wound is told of"),
)


@pytest.mark.parametrize(("text", "kind", "told", "reason"), CASES)
def test_attacks_among_politicians(text: str, kind: str, told: bool, reason: str) -> None:
    assert (kind in {e.type for e in dotterel.code(text, published="2019-05-14").events}) is told, reason


def test_arms_and_wounds_are_signs_of_force() -> None:
    assert is_violent("He was beaten outside his house.")
    assert not is_violent("He took a shot at the winner in a radio interview.")
