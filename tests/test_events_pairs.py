"""Of which parties of a sentence the classifier is asked whether one acted on the other, where no trigger tells it."""

from __future__ import annotations

import pytest

from dotterel.events.pairs import may_act, pairs_of
from parsed import parsed, roster_of

# sentence, pairs of countries that may be actor and recipient of an act, reason
MAY_ACT = [
    ("Norway read Sweden the riot act.", {"NOR SWE"}, "a subject may act on an object, not the reverse"),
    ("Members of the Chadian army read Sweden the riot act.", {"TCD SWE"}, "of whom the subject is a part"),
    ("Sweden was read the riot act by Norway.", {"NOR SWE", "SWE NOR"}, "who is told with by, and who is the subject"),
    ("Kenya said that Norway had read Sweden the riot act.", {"KEN NOR", "KEN SWE", "NOR SWE"},
     "who speaks may act on who is spoken of, not the reverse"),
    ("Norway left, and Kenya read Sweden the riot act.", {"NOR KEN", "NOR SWE", "KEN SWE"},
     "who comes in a later clause does not act on the subject of the one before"),
    ("Norway and Kenya left for talks with Sweden.", {"NOR KEN", "NOR SWE", "KEN NOR", "KEN SWE"},
     "each of those who act together"),
    ("Norway, which after years of a quarrel over cod, haddock, plaice, herring and two small rocks in the northern "
     "sea had lost all patience with everybody there, left Sweden alone.", set(), "too far apart"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), MAY_ACT, ids=[r[-1] for r in MAY_ACT])
def test_who_may_act_on_whom(text, expected, reason):
    doc = parsed(text).doc
    pairs = [pair for sentence in doc.sents for pair in pairs_of(sentence, roster_of(text), sided=True)]
    found = {f"{p.actor.actor.country} {p.recipient.actor.country}" for p in pairs if may_act(p, doc)}
    assert found == expected, reason
