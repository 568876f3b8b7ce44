"""dotterel inside a spaCy pipeline: `nlp.add_pipe("dotterel")` leaves the events in `doc._.events`."""

# Annotations stay what they are, and do not become words: spaCy reads those of a factory, and older ones not as words.
from spacy.language import Language
from spacy.tokens import Doc


class EventComponent:
    """A pipeline component that codes each document it is given, from the parse the pipeline has made."""

    def __init__(self) -> None:
        for name in ("events", "coding"):
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc._.events` (tuple of Event) and `doc._.coding` (Coding); the document itself is unchanged."""
        from dotterel.coder import code_parse
        from dotterel.parsing import Parse, read_off
        from dotterel.reading.text import report_as_is

        coding = code_parse(report_as_is(doc.text), Parse(read_off(doc)))
        doc._.coding = coding
        doc._.events = coding.events
        return doc


@Language.factory("dotterel")
def make_component(nlp: Language, name: str) -> EventComponent:
    """The factory behind `nlp.add_pipe("dotterel")`; the pipeline needs a tagger, a parser, a lemmatiser and ner."""
    return EventComponent()
