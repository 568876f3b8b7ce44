"""Which act links two marked spans: probabilities of the sixteen types and of none."""

from __future__ import annotations

from functools import lru_cache

import pytest

from dotterel import classify, classify_many, codebook
from dotterel.errors import InputError

JETS = "Turkish jets bombed Kurdish rebels while Norway praised Sweden."
# sentence, actor, recipient, the likeliest type, reason
ROWS = [
    ("Kenya condemned Sudan.", "Kenya", "Sudan", "ACCUSE", "active"),
    ("Sudan was condemned by Kenya.", "Kenya", "Sudan", "ACCUSE", "passive"),
    ("Norway held talks with Sweden.", "Sweden", "Norway", "CONSULT", "a joint act, its parties the other way round"),
    (JETS, "Norway", "Sweden", "SUPPORT", "the act between the marked spans, the second of two"),
    (JETS, "Turkish jets", "Kurdish rebels", "ASSAULT", "the act between the marked spans, the first of two"),
    ("Japan promised to send Cambodia two boats.", "Japan", "Cambodia", "AGREE", "a promise beats what is promised"),
    ("Poland urged Belarus to free the reporters.", "Poland", "Belarus", "REQUEST", "a request beats what is asked"),
    ("Serbia threatened to attack Kosovo.", "Serbia", "Kosovo", "THREATEN", "a threat beats what is threatened"),
    ("Nigeria refused to recognise Niger.", "Nigeria", "Niger", "REJECT", "a refusal beats what is refused"),
    ("Peru gave Ecuador three helicopters.", "Peru", "Ecuador", "AID", "a gift"),
    ("Police arrested the student.", "Police", "the student", "COERCE", "common nouns can be marked"),
    ("Hungary expelled two Polish diplomats.", "Hungary", "Polish diplomats", "SANCTION", "a span of two words"),
    ("Students marched against the government.", "Students", "the government", "PROTEST", "a recipient after against"),
    ("Kenya withdrew its troops from Sudan.", "Kenya", "Sudan", "RETREAT", "a recipient after from"),
    ("Ghana will send aid to Togo.", "Ghana", "Togo", "AGREE", "help to come is an agreement"),
    ("Ghana will not release the Togolese pilots.", "Ghana", "Togolese pilots", "REJECT", "a kindness withheld"),
    ("Ghana will release the Togolese pilots.", "Ghana", "Togolese pilots", "AGREE", "a yielding to come"),
    ("Serbia will blockade Kosovo.", "Serbia", "Kosovo", "THREATEN", "harm announced"),
    ("Ghana said Togo must free the pilots.", "Ghana", "Togo", "REQUEST", "a duty laid on another"),
    ("Kenya lies south of Sudan.", "Kenya", "Sudan", "NONE", "a description"),
    ("Kenya walked past Sudan.", "Kenya", "Sudan", "NONE", "a verb of no politics"),
    ("The ministers of Kenya and Sudan like tea.", "Kenya", "Sudan", "NONE", "two names side by side"),
]  # fmt: skip


@lru_cache(maxsize=1)
def answers() -> list[dict[str, float]]:
    """What is said of all rows, asked at once."""
    return classify_many([(sentence, actor, recipient) for sentence, actor, recipient, *_ in ROWS])


@pytest.mark.parametrize("number", range(len(ROWS)), ids=[row[-1] for row in ROWS])
def test_likeliest_type(number: int) -> None:
    *_, kind, reason = ROWS[number]
    answer = answers()[number]
    assert max(answer, key=answer.__getitem__) == kind, (reason, answer)


@pytest.mark.parametrize("number", range(len(ROWS)), ids=[row[-1] for row in ROWS])
def test_an_answer_is_a_distribution_over_all_types_and_none(number: int) -> None:
    answer = answers()[number]
    assert set(answer) == {t.name for t in codebook.types()} | {"NONE"}
    assert len(answer) == 17
    assert sum(answer.values()) == pytest.approx(1)
    assert all(0 < p < 1 for p in answer.values())


def test_an_act_between_others_is_less_likely_than_one_between_the_spans() -> None:
    linked = classify(JETS, "Norway", "Sweden")["SUPPORT"]
    apart = classify(JETS, "Turkish jets", "Sweden")["SUPPORT"]
    assert linked > apart


def test_spans_are_offsets_or_words() -> None:
    sentence = "Kenya condemned Sudan."
    assert classify(sentence, (0, 5), (16, 21)) == classify(sentence, "Kenya", "Sudan") == answers()[0]


def test_offsets_tell_two_mentions_of_one_name_apart() -> None:
    sentence = "Sudan praised Kenya and Kenya condemned Chad."
    second = sentence.rindex("Kenya")
    answer = classify(sentence, (second, second + 5), "Chad")
    assert max(answer, key=answer.__getitem__) == "ACCUSE"


def test_many_are_answered_in_order_and_none_with_nothing() -> None:
    assert classify_many([]) == []
    alone = [classify(sentence, actor, recipient) for sentence, actor, recipient, *_ in ROWS[:4]]
    assert answers()[:4] == [pytest.approx(answer) for answer in alone]


WRONG = [
    ("Uganda", "Sudan", "'Uganda'", "a name that is not there"),
    ("Kenya", "sudan", "'sudan'", "letter case counts"),
    ("", "Sudan", "''", "no words"),
    ((0, 99), "Sudan", r"\(0, 99\)", "beyond the end"),
    ((5, 5), "Sudan", r"\(5, 5\)", "an empty span"),
    ((-3, 2), "Sudan", r"\(-3, 2\)", "before the beginning"),
]


@pytest.mark.parametrize(("actor", "recipient", "named", "reason"), WRONG, ids=[r[-1] for r in WRONG])
def test_a_span_outside_the_sentence_is_named(
    actor: str | tuple[int, int], recipient: str, named: str, reason: str
) -> None:
    with pytest.raises(InputError, match=named):
        classify("Kenya condemned Sudan.", actor, recipient)
