from datetime import date

import pytest

from dotterel.actors import find_actors
from dotterel.actors.members import members_of
from dotterel.parsing import parse
from dotterel.tables import read
from dotterel.types import Report

CODES = {row["code"] for row in read("states")}
BODIES = {row["name"] for row in read("organisations")}


@pytest.mark.parametrize("row", read("members"), ids=lambda r: f"{r['organisation']}-{r['from']}")
def test_a_row_names_a_known_body_and_known_states_in_order_of_years(row):
    assert row["organisation"] in BODIES
    assert set(row["members"].split("|")) <= CODES
    assert not row["to"] or int(row["from"]) <= int(row["to"])


@pytest.mark.parametrize(
    ("body", "year", "code", "member"),
    [
        ("organisation:north-atlantic-treaty-organization", 1981, "ESP", False),
        ("organisation:north-atlantic-treaty-organization", 1982, "ESP", True),
        ("organisation:european-union", 2019, "GBR", True),
        ("organisation:european-union", 2021, "GBR", False),
        ("organisation:warsaw-pact", 1970, "ALB", False),
        ("organisation:nobody", 2000, "FRA", False),
    ],
)
def test_who_belonged_when(body, year, code, member):
    assert (code in members_of(body, year)) is member


@pytest.mark.parametrize(
    ("text", "day", "words", "expected"),
    [
        ("Turkey shot down a jet. Russia warned the NATO member.", "2015-11-25", "the NATO member", "Turkey"),
        ("Russia and Hungary met. The EU member thanked its guest.", "2019-02-01", "The EU member", "Hungary"),
        ("Greece accused Turkey. Its fellow NATO member denied it.", "2019-02-01", "Its fellow NATO member", "Greece"),
        ("Finland asked Sweden. Oslo thanked the NATO member.", "2005-02-01", "the NATO member", None),  # none was yet
    ],
)
def test_the_member_is_the_state_spoken_of_that_belonged(text, day, words, expected):
    roster = find_actors(parse(text), Report("r", text, published=date.fromisoformat(day)))
    names = [m.actor.name for m in roster.mentions if m.text == words]
    assert names == [expected] if expected else not {"Finland", "Sweden"} & set(names)
