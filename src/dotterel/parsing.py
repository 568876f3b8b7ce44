"""The only home of spaCy: loads the pipeline once, parses reports, keeps paragraphs and sentences apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from sys import intern
from typing import TYPE_CHECKING, Any

from dotterel.document import Doc, Span, Token
from dotterel.errors import ModelError
from dotterel.pieces import batches
from dotterel.ruling import Ruling, memorable
from dotterel.settings import MAX_SENTENCE, MODEL

if TYPE_CHECKING:
    import spacy.tokens
    from spacy.language import Language

__all__ = ["Doc", "Parse", "Span", "Token", "load", "parse", "parse_many", "read_off"]


@dataclass(frozen=True, slots=True)
class Parse:
    """A report's text with its grammar. Token offsets (`token.idx`) count characters of `Report.text`."""

    doc: Doc
    text: str = field(init=False)  # of the report
    sentences: tuple[Span, ...] = field(init=False)  # those with words in them, in order

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.doc.text)
        object.__setattr__(self, "sentences", tuple(s for s in self.doc.sents if not s.text.isspace()))


WORDS = ("ORTH", "LOWER", "LEMMA", "TAG", "POS", "DEP", "ENT_TYPE")
FLAGS = ("IS_ALPHA", "IS_UPPER", "IS_LOWER", "IS_TITLE", "IS_SPACE", "IS_PUNCT", "IS_STOP", "LIKE_NUM")
IOB = ("", "I", "O", "B")  # in spaCy's numbers


def read_off(parsed: spacy.tokens.Doc) -> Doc:
    """What spaCy found in a text, in words that are quick to ask; spaCy's own document is not kept."""
    return joined([parsed], parsed.text)


def joined(parts: Iterable[spacy.tokens.Doc], text: str) -> Doc:
    """The same of a text that was parsed in parts."""
    doc = Doc(text)
    heads: list[int] = []
    ents: list[Span] = []
    begin = 0
    for parsed in parts:
        first = len(doc.tokens)
        add(doc, parsed, begin)
        heads += (parsed.to_array("HEAD").astype("int64") + range(first, len(doc.tokens))).tolist()
        ents += (Span(doc, first + e.start, first + e.end, e.label_) for e in parsed.ents)
        begin += len(parsed.text)
    doc.offsets = [token.idx for token in doc.tokens]
    doc.ents = tuple(ents)
    doc.tied(heads, [token.i for token in doc.tokens if token.is_sent_start])
    return doc


def add(doc: Doc, parsed: spacy.tokens.Doc, begin: int) -> None:
    """Add the words of a part that begins there in the text."""
    before = len(doc.tokens)
    keys: list[list[int]] = parsed.to_array(list(WORDS)).tolist()
    flags: list[list[bool]] = parsed.to_array(list(FLAGS)).astype(bool).tolist()
    spots: list[list[int]] = parsed.to_array(["IDX", "SPACY", "ENT_IOB"]).tolist()
    names = {key: intern(parsed.vocab.strings[key]) for key in {key for row in keys for key in row}}
    firsts = {sentence.start for sentence in parsed.sents}
    for token, key, flag, (idx, spaced, iob) in zip(parsed, keys, flags, spots, strict=True):
        i, edges = token.i, (before + token.left_edge.i, before + token.right_edge.i)
        text, lower, lemma, tag, pos, dep, entity = [names[k] for k in key]
        blank = " " if spaced else ""
        told: Any = (text, blank, lower, lemma, tag, pos, dep, entity, IOB[iob], *flag, i in firsts, *edges)
        doc.tokens.append(Token(doc, before + i, begin + idx, *told))


def paragraph_starts(doc: spacy.tokens.Doc) -> spacy.tokens.Doc:
    """Start a sentence at every new line, so that no parse runs across paragraphs or out of the title."""
    for token in doc[:-1]:
        following = token.nbor(1)
        if "\n" in token.text:
            following.is_sent_start = not following.is_space
    return doc


def endless_cut(doc: spacy.tokens.Doc) -> spacy.tokens.Doc:
    """Start a sentence where none has ended for hundreds of words: what has no full stops is a list, or no text at all.

    Time and memory of all that looks at pairs of words in a sentence stay within bounds.
    """
    begun = 0
    for token in doc:
        if token.is_sent_start or token.text in STOPS:
            begun = token.i
        elif token.i - begun >= MAX_SENTENCE:
            token.is_sent_start, begun = True, token.i
    return doc


STOPS = frozenset(".?!")
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
        Language.component("dotterel_endless", func=endless_cut)
    nlp.add_pipe("dotterel_paragraphs", before="parser")
    nlp.add_pipe("dotterel_endless", after="dotterel_paragraphs")
    keep_joined(nlp)
    remember_rules(nlp)
    return nlp


def remember_rules(nlp: Language) -> None:
    """Have the attribute ruler, where there is one, look its hundreds of rules up once for each kind of word."""
    ruler: Any = nlp.get_pipe("attribute_ruler") if nlp.has_pipe("attribute_ruler") else None
    if ruler is not None and memorable(ruler):
        ruler.match = Ruling(ruler)


def parse(text: str, model: str = MODEL) -> Parse:
    """Parse one text. Raises InputError where it has more words than a report may have."""
    return next(parse_many([text], model))


def parse_many(texts: Iterable[str], model: str = MODEL) -> Iterator[Parse]:
    """Parse texts in batches, in order. Raises InputError at one of more words than a report may have."""
    nlp = load(model)
    for batch in batches(texts):
        alone = len(batch) == 1  # then piece by piece
        docs = nlp.pipe((piece for parts in batch for piece in parts), batch_size=1 if alone else len(batch))
        for parts in batch:
            yield Parse(joined(islice(docs, len(parts)), "".join(parts)))
