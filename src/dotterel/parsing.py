"""The only home of spaCy: loads the pipeline once, parses reports, keeps paragraphs and sentences apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dotterel.errors import ModelError
from dotterel.settings import MODEL, PARSE_BATCH

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

    __all__ = ["Doc", "Language", "Parse", "Span", "Token", "load", "parse", "parse_many"]


@dataclass(frozen=True, slots=True)
class Parse:
    """A report's text with its grammar. Token offsets (`token.idx`) count characters of `Report.text`."""

    doc: Doc
    text: str = field(init=False)  # of the report; spaCy would join it from its tokens at every asking
    sentences: tuple[Span, ...] = field(init=False)  # those with words in them, in order

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.doc.text)
        object.__setattr__(self, "sentences", tuple(s for s in self.doc.sents if not s.text.isspace()))


def paragraph_starts(doc: Doc) -> Doc:
    """Start a sentence at every new line, so that no parse runs across paragraphs or out of the title."""
    for token in doc[:-1]:
        following = token.nbor(1)
        if "\n" in token.text:
            following.is_sent_start = not following.is_space
    return doc


# words with a hyphen inside, which the tokenizer would take apart and the parser then misread
JOINED = tuple(
    first + rest for first in ("co-", "Co-") for rest in ("operation", "operate", "operates", "operated", "operating")
)


def keep_joined(nlp: Language) -> None:
    """Have words with a hyphen inside left whole, and read as they are without it."""
    tokenizer: Any = nlp.tokenizer
    for word in JOINED if hasattr(tokenizer, "add_special_case") else ():
        tokenizer.add_special_case(word, [{"ORTH": word, "NORM": word.replace("-", "").lower()}])


@lru_cache(maxsize=2)
def load(model: str = MODEL) -> Language:
    """The spaCy pipeline of that name, loaded once per process.

    Raises ModelError where it is not installed, or lacks a parser, a lemmatiser or entities.
    """
    import spacy
    from spacy.language import Language

    try:
        nlp = spacy.load(model)
    except (OSError, ImportError) as error:
        raise ModelError(
            f"spaCy model '{model}' is not installed or cannot be loaded; "
            f"install it with pip, or name another installed English pipeline with --model"
        ) from error
    missing = [name for name in ("tagger", "parser", "lemmatizer", "ner") if name not in nlp.pipe_names]
    if nlp.lang != "en" or missing:
        raise ModelError(
            f"spaCy model '{model}' is no English pipeline with tagger, parser, lemmatizer and ner"
            f" (language {nlp.lang}, lacking: {', '.join(missing) or 'nothing'}); name another with --model"
        )
    if not Language.has_factory("dotterel_paragraphs"):
        Language.component("dotterel_paragraphs", func=paragraph_starts)
    nlp.add_pipe("dotterel_paragraphs", before="parser")
    keep_joined(nlp)
    return nlp


def parse(text: str, model: str = MODEL) -> Parse:
    """Parse one text."""
    return Parse(load(model)(text))


def parse_many(texts: Iterable[str], model: str = MODEL) -> Iterator[Parse]:
    """Parse texts in batches, in order."""
    for doc in load(model).pipe(texts, batch_size=PARSE_BATCH):
        yield Parse(doc)
