"""Which act links two marked spans: probabilities of the sixteen types and of none."""

from __future__ import annotations

from functools import lru_cache

import pytest

from dotterel import Classification, classify, classify_many, codebook
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
    ("Peru refused to extradite the banker to Kenya.", "Peru", "Kenya", "REJECT", "a refusal beats what is refused"),
    ("Peru gave Ecuador three helicopters.", "Peru", "Ecuador", "AID", "a gift"),
    ("Police arrested the student.", "Police", "the student", "COERCE", "common nouns can be marked"),
    ("Hungary expelled two Polish diplomats.", "Hungary", "Polish diplomats", "SANCTION", "a span of two words"),
    ("Students marched against the government.", "Students", "the government", "PROTEST", "a recipient after against"),
    ("Kenya withdrew its troops from Sudan.", "Kenya", "Sudan", "RETREAT", "a recipient after from"),
    ("Ghana will send aid to Togo.", "Ghana", "Togo", "AGREE", "help to come is an agreement"),
    ("Ghana will not release the Togolese pilots.", "Ghana", "Togolese pilots", "REJECT", "a kindness withheld"),
    ("Ghana released the Togolese pilots.", "Ghana", "Togolese pilots", "RETREAT", "a yielding done"),
    ("Serbia vowed to attack Kosovo.", "Serbia", "Kosovo", "THREATEN", "harm announced"),
    ("Ghana said Togo must free the pilots.", "Ghana", "Togo", "REQUEST", "a duty laid on another"),
    ("The senator attacked the premier over the budget.", "The senator", "the premier", "ACCUSE", "words that hurt"),
    ("Kenya lies south of Sudan.", "Kenya", "Sudan", "NONE", "a description"),
    ("Kenya walked past Sudan.", "Kenya", "Sudan", "NONE", "a verb of no politics"),
    ("The ministers of Kenya and Sudan like tea.", "Kenya", "Sudan", "NONE", "two names side by side"),
]  # fmt: skip


@lru_cache(maxsize=1)
def answers() -> list[Classification]:
    """What is said of all rows, asked at once."""
    return classify_many([(sentence, actor, recipient) for sentence, actor, recipient, *_ in ROWS])


@pytest.mark.parametrize("number", range(len(ROWS)), ids=[row[-1] for row in ROWS])
def test_likeliest_type(number: int) -> None:
    *_, kind, reason = ROWS[number]
    assert answers()[number].type == kind, (reason, answers()[number].types)


@pytest.mark.parametrize("number", range(len(ROWS)), ids=[row[-1] for row in ROWS])
def test_an_answer_is_a_distribution_over_all_types_and_none(number: int) -> None:
    answer = answers()[number]
    assert set(answer.types) == {t.name for t in codebook.types()} | {"NONE"}
    assert sum(answer.types.values()) == pytest.approx(1)
    assert set(answer.plv) == {t.plv for t in codebook.types()}
    assert sum(answer.plv.values()) == pytest.approx(1)
    assert all(0 < p < 1 for p in (*answer.types.values(), *answer.plv.values()))


# sentence, actor, recipient, mode, status, reason
SHADES = [
    ("Kenya withdrew its troops from Sudan.", "Kenya", "Sudan", "withdraw", "occurred", "a mode of its type"),
    ("Police arrested the student.", "Police", "the student", "arrest", "occurred", "another"),
    ("Norway will hold talks with Sweden next week.", "Norway", "Sweden", None, "planned", "AGREE has no modes"),
    ("Kenya is considering sanctions against Sudan.", "Kenya", "Sudan", None, "proposed", "thought about"),
    ("The army is besieging the town of Kutum.", "army", "the town", None, "ongoing", "going on"),
    ("If Sudan refuses, Kenya would cut off aid to Sudan.", "Kenya", "Sudan", None, "hypothetical", "on a condition"),
    ("Kenya denied having shelled Sudan.", "Kenya", "Sudan", None, "negated", "denied by the doer"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "actor", "recipient", "mode", "status", "reason"), SHADES, ids=[r[-1] for r in SHADES]
)
def test_mode_and_status(sentence: str, actor: str, recipient: str, mode: str | None, status: str, reason: str) -> None:
    answer = classify(sentence, actor, recipient)
    assert answer.status == status, reason
    assert mode is None or answer.mode == mode, reason


def test_a_mode_belongs_to_the_likeliest_type() -> None:
    for answer in answers():
        modes = {m.name for t in codebook.types() if answer.type == t.name for m in codebook.modes(t.name)}
        assert answer.type == "NONE" or answer.mode is None or answer.mode in modes


def test_an_act_between_others_is_less_likely_than_one_between_the_spans() -> None:
    linked = classify(JETS, "Norway", "Sweden").types["SUPPORT"]
    apart = classify(JETS, "Turkish jets", "Sweden").types["SUPPORT"]
    assert linked > apart


def test_the_reverse_of_a_one_way_act_is_none() -> None:
    assert classify("Kenya condemned Sudan.", "Sudan", "Kenya").type == "NONE"


def test_a_party_may_be_untold() -> None:
    assert classify("The prime minister resigned on Friday.", "The prime minister", None).type == "RETREAT"
    assert classify("Two of the hostages have been freed.", None, "the hostages").type == "RETREAT"


def test_spans_are_offsets_or_words() -> None:
    sentence = "Kenya condemned Sudan."
    assert classify(sentence, (0, 5), (16, 21)) == classify(sentence, "Kenya", "Sudan")


def test_offsets_tell_two_mentions_of_one_name_apart() -> None:
    sentence = "Sudan praised Kenya and Kenya condemned Chad."
    second = sentence.rindex("Kenya")
    assert classify(sentence, (second, second + 5), "Chad").type == "ACCUSE"


def test_many_are_answered_in_order_and_none_with_nothing() -> None:
    assert classify_many([]) == []
    alone = [classify(sentence, actor, recipient) for sentence, actor, recipient, *_ in ROWS[:4]]
    for one, other in zip(alone, answers(), strict=False):
        assert one.type == other.type
        assert one.types[one.type] == pytest.approx(other.types[one.type], abs=0.05)  # int8 rounds by batch


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
