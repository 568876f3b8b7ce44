"""Who does what in a clause, over the constructions of news English."""

import pytest

from dotterel.events.clauses import clause_of
from dotterel.events.grammar import own_words
from dotterel.parsing import parse

ROWS = [
    # sentence, verb, agents, patients, reason
    ("Brazil urged Venezuela to release the prisoners.", "urged", "Brazil", "Venezuela", "plain active"),
    ("Brazil urged Venezuela to release the prisoners.", "release", "Venezuela", "prisoners", "object control"),
    ("Peru promised to send doctors.", "send", "Peru", "doctors", "subject control"),
    ("The envoy was expelled by Canada.", "expelled", "Canada", "envoy", "passive with by-agent"),
    ("Five soldiers were killed in Mali.", "killed", "", "soldiers", "passive without agent"),
    ("A convoy attacked by gunmen turned back.", "attacked", "gunmen", "convoy", "reduced relative"),
    ("The general who ordered the raid resigned.", "ordered", "general", "raid", "relative clause, subject gap"),
    ("Ethiopia, which Sudan accused of meddling, protested.", "accused", "Sudan", "Ethiopia", "relative, object gap"),
    ("Troops shelled the town, killing five civilians.", "killing", "Troops", "civilians", "participle clause"),
    ("The minister accused rebels of torching villages.", "torching", "rebels", "villages", "gerund after of"),
    ("After meeting Merkel, Zelensky left Berlin.", "meeting", "Zelensky", "Merkel", "gerund after after"),
    ("Norway and Denmark agreed to send troops.", "send", "Norway Denmark", "troops", "coordinated controllers"),
    ("The suspect was arrested by police and charged.", "charged", "", "suspect", "coordinated passive"),
    ("Japan's decision to expel the diplomats angered Moscow.", "expel", "Japan", "diplomats", "possessor of a noun"),
    ("Efforts by Norway to mediate the dispute failed.", "mediate", "Norway", "dispute", "by-phrase of a noun"),
    ("The rebels, backed by Rwanda, seized Goma.", "backed", "Rwanda", "rebels", "passive participle apart"),
    ("The rebels, backed by Rwanda, seized Goma.", "seized", "rebels", "Goma", "main clause around it"),
    ("Egypt, Jordan to host talks on Gaza", "host", "Egypt Jordan", "talks", "headline list and infinitive"),
    ("The army seized and burned the village.", "burned", "army", "village", "shared subject and object"),
    ("Ethiopia has denied planning to attack.", "attack", "Ethiopia", "", "gerund as object, then infinitive"),
]


def verb(text, word):
    return next(t for t in parse(text).doc if t.text == word)


@pytest.mark.parametrize(("text", "word", "agents", "patients", "reason"), ROWS, ids=lambda v: str(v)[:40])
def test_arguments(text, word, agents, patients, reason):
    clause = clause_of(verb(text, word))
    assert [t.text for t in clause.agents] == agents.split(), reason
    assert [t.text for t in clause.patients] == patients.split(), reason


def test_own_words_leave_other_clauses_out():
    found = verb("Kenya sent troops on Monday, and Uganda withdrew on Friday.", "sent")
    words = {t.text for t in own_words(found)}
    assert "Monday" in words
    assert "Friday" not in words
