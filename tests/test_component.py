"""Inside a spaCy pipeline the coder leaves its records on the document."""

from __future__ import annotations

from functools import lru_cache

import pytest
import spacy
from spacy.language import Language

from dotterel.settings import MODEL
from dotterel.types import Coding, Event
from parsed import names

TEXT = (
    "Kenya condemned Sudan.\n\nTurkish jets bombed Kurdish rebels near Mosul. “We will not yield,” Angela Merkel said."
)


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """A pipeline as a user sets it up, by the component's name alone."""
    nlp = spacy.load(MODEL)
    nlp.add_pipe("dotterel")
    return nlp


def test_events_are_left_on_the_document() -> None:
    doc = pipeline()(TEXT)
    assert isinstance(doc._.coding, Coding)
    assert doc._.events == doc._.coding.events
    assert all(isinstance(e, Event) for e in doc._.events)
    assert {"ACCUSE", "ASSAULT"} <= {e.type for e in doc._.events}
    (accused,) = [e for e in doc._.events if e.type == "ACCUSE"]
    assert "KEN" in names(accused.actors)
    assert "SDN" in names(accused.recipients)


def test_offsets_count_characters_of_the_document() -> None:
    doc = pipeline()(f"  {TEXT}\n")
    assert doc._.coding.report.text == doc.text
    spans = [(m.start, m.end, m.trigger) for e in doc._.events for m in e.mentions]
    spans += [(m.start, m.end, m.text) for e in doc._.events for m in (*e.actors, *e.recipients)]
    assert len(spans) >= 6
    assert all(doc.text[start:end] == words for start, end, words in spans)


def test_the_document_is_unchanged() -> None:
    plain, coded = spacy.load(MODEL)(TEXT), pipeline()(TEXT)
    assert [(t.text, t.dep_, t.ent_type_) for t in plain] == [(t.text, t.dep_, t.ent_type_) for t in coded]


def test_documents_are_streamed_in_order() -> None:
    texts = ["Kenya condemned Sudan.", "The road was dry.", "Norway praised Chad."]
    kinds = [[e.type for e in doc._.events] for doc in pipeline().pipe(texts)]
    assert kinds == [["ACCUSE"], [], ["SUPPORT"]]


@pytest.mark.parametrize(
    ("text", "reason"), [("", "an empty document"), (" \n", "blanks"), ("The road was dry.", "no act")]
)
def test_a_document_without_an_act_has_no_events(text: str, reason: str) -> None:
    assert pipeline()(text)._.events == (), reason


def test_two_pipelines_can_be_set_up() -> None:
    other = spacy.load(MODEL)
    other.add_pipe("dotterel", name="coder")
    assert other("Kenya condemned Sudan.")._.events == pipeline()("Kenya condemned Sudan.")._.events != ()
