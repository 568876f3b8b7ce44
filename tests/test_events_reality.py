"""Where the classifier's status replaces that of grammar, and where it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dotterel import Coder
from dotterel.events.reality import OVERRULED, weighed
from test_events_merge import FIRST

SURE = 0.99
# status by grammar, by the classifier, the classifier's probability, status that counts, reason
ROWS = [
    ("occurred", "ongoing", SURE, "ongoing", "the classifier knows which acts last"),
    ("occurred", "ongoing", 0.5, "occurred", "but not where it is in doubt"),
    ("planned", "occurred", SURE, "occurred", "a governor far away"),
    ("proposed", "occurred", SURE, "occurred", "an attempt to explain an act that took place"),
    ("negated", "occurred", SURE, "negated", "grammar sees negations better"),
    ("ongoing", "occurred", SURE, "ongoing", "grammar was told that it lasts"),
    ("occurred", "negated", SURE, "occurred", "a denial elsewhere in the sentence"),
]


@pytest.mark.parametrize(("grammar", "classifier", "belief", "status", "reason"), ROWS, ids=[r[-1] for r in ROWS])
def test_the_surer_witness_counts(grammar: str, classifier: str, belief: float, status: str, reason: str) -> None:
    act = weighed(replace(FIRST, status=grammar), {grammar: 1 - belief, classifier: belief})
    assert act.status == status, reason
    assert ("by the classifier" in act.reason) == (status != grammar), "the reason says who decided"


def test_a_cooperative_act_that_proves_to_come_is_an_agreement_and_the_reverse() -> None:
    meeting = replace(FIRST, type="CONSULT", plain="CONSULT")
    to_come = weighed(meeting, {"planned": SURE})
    assert (to_come.type, to_come.status) == ("AGREE", "planned")
    held = weighed(to_come, {"occurred": SURE})
    assert (held.type, held.status) == ("CONSULT", "occurred")


def test_without_an_answer_grammar_decides() -> None:
    assert weighed(FIRST, {}) == FIRST


def test_what_overrules_grammar_is_surer_than_a_guess() -> None:
    assert all(0.6 < least < 1 for least in OVERRULED.values())


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Turkey supports the Libyan government.", "ongoing"),
        ("Turkey attacked Libya on Monday.", "occurred"),
    ],
)
def test_in_a_report(text: str, status: str) -> None:
    assert [e.status for e in Coder().code(text, published="2019-05-02").events] == [status]
