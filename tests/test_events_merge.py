"""The same act told twice is one event; different acts stay apart."""

from dataclasses import replace
from datetime import date

import pytest

from dotterel.events.draft import Draft
from dotterel.events.merge import merge
from dotterel.types import Actor, ActorMention, Interval, Mention, Report, Roster


def who(name, country, sector="GOV", kind="state"):
    actor = Actor(f"{kind}:{name}", name, country, sector, (sector,))
    return ActorMention(name, 0, len(name), actor, "named")


KENYA, SOMALIA = who("Kenya", "KEN"), who("Somalia", "SOM")
RUTO, ODINGA = who("Ruto", "KEN", kind="person"), who("Odinga", "KEN", kind="person")
SHABAAB = who("al-Shabaab", "NSA", "REB", "group")


def day(number):
    when = date(2024, 5, number)
    return Interval(when, when, "day", "then", 0, 4)


def some(text):
    """People told by their number and trade."""
    actor = Actor("described:villagers:SOM", "villagers", "SOM", "CVL", ("CVL",))
    return ActorMention(text, 0, len(text), actor, "described")


NOBODY = Roster(())
REPORT = Report("r", "Kenya bombed al-Shabaab.")
FIRST = Draft(
    type="ASSAULT",
    plain="ASSAULT",
    mode="aerial",
    status="occurred",
    actors=(KENYA,),
    recipients=(SHABAAB,),
    interval=day(3),
    place=None,
    attribution=None,
    claimed_by=None,
    mention=Mention("Kenya bombed al-Shabaab.", "bombed", 6, 12, 0, 24),
    lemma="bomb",
    definite=False,
    reciprocal=False,
    elsewhere=frozenset(),
    spoken=False,
    current=True,
    narrated=True,
    confidence=0.8,
    reason="",
)
LATER = Mention("The bombing went on.", "bombing", 104, 111, 100, 120)
MEETING = replace(
    FIRST, type="CONSULT", mode="meet", lemma="meet", reciprocal=True, recipients=(), actors=(RUTO, SOMALIA)
)

ROWS = [
    (replace(FIRST, mention=LATER), 1, "same parties, same day"),
    (replace(FIRST, mention=LATER, interval=None), 1, "a day left out agrees"),
    (replace(FIRST, mention=LATER, interval=day(9)), 2, "another day is another act"),
    (replace(FIRST, mention=LATER, status="negated"), 2, "done and not done"),
    (replace(FIRST, mention=LATER, status="ongoing"), 1, "occurred and ongoing are both real"),
    (replace(FIRST, mention=LATER, recipients=()), 1, "the victim left out, the same words"),
    (replace(FIRST, mention=LATER, recipients=(SOMALIA,)), 2, "another victim"),
    (replace(FIRST, mention=LATER, type="COERCE"), 2, "another type"),
    (
        replace(FIRST, mention=LATER, actors=(), recipients=(), definite=True, lemma="bombing"),
        1,
        "'the bombing' points back",
    ),
    (
        replace(FIRST, mention=LATER, actors=(), recipients=(), definite=False),
        1,
        "a bare noun without parties is no act",
    ),
]


@pytest.mark.parametrize(("second", "count", "reason"), ROWS, ids=lambda v: str(v)[:40])
def test_joined_or_kept_apart(second, count, reason):
    assert len(merge([FIRST, second], REPORT, NOBODY)) == count, reason


def test_a_state_and_its_leader_are_one_party_but_two_leaders_are_two():
    assert len(merge([MEETING, replace(MEETING, actors=(KENYA, SOMALIA), mention=LATER)], REPORT, NOBODY)) == 1
    assert len(merge([MEETING, replace(MEETING, actors=(ODINGA, SOMALIA), mention=LATER)], REPORT, NOBODY)) == 2


def test_the_fullest_mention_leads_and_both_are_kept():
    short = replace(FIRST, recipients=(), mention=LATER)
    (event,) = merge([short, FIRST], REPORT, NOBODY)
    assert [m.trigger for m in event.mentions] == ["bombed", "bombing"]
    assert event.recipients == (SHABAAB,)
    assert event.id == "r-1"


def test_different_numbers_and_doers_are_different_acts() -> None:
    """Fifteen killed by one side and sixty by the other do not become one act by a third telling without a doer."""
    one = replace(FIRST, interval=None, lemma="kill", recipients=(some("15 villagers"),), actors=(SHABAAB,))
    again = replace(one, actors=(), mention=LATER)
    other = replace(one, actors=(KENYA,), recipients=(some("60 villagers"),), mention=replace(LATER, start=204))
    assert len(merge([one, again, other], REPORT, NOBODY)) == 2
    assert len(merge([one, again, replace(one, mention=LATER)], REPORT, NOBODY)) == 1


def test_praise_and_condolences_are_two_acts() -> None:
    """One leader may praise and mourn with another on one day; the same word told again is one act."""
    praise = replace(FIRST, type="SUPPORT", mode=None, lemma="praise", actors=(RUTO,), recipients=(SOMALIA,))
    mourning = replace(praise, lemma="mourn", mention=LATER)
    assert len(merge([praise, mourning], REPORT, NOBODY)) == 2
    assert len(merge([praise, replace(praise, mention=LATER)], REPORT, NOBODY)) == 1
