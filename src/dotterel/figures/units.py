"""What a number counts: the noun it goes with, and the words beside it that tell its sense."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dotterel import tables
from dotterel.figures.governors import NOUNS, governing_sense, in_context, senses
from dotterel.figures.numbers import Number

if TYPE_CHECKING:
    from dotterel.parsing import Doc, Span, Token

LONGEST_UNIT = 4  # words; a longer noun phrase is cut to its end
SMALLEST_FORCE = 10  # fewer soldiers are persons in a story, not the size of a force
SETTLED = {"strikes", "votes", "dead", "injured"}  # units whose sense no verb changes
MODIFIERS = {"nummod", "amod", "quantmod", "compound", "det", "nmod", "predet"}
OF_PEOPLE = {"dead", "injured", "displaced", "protesters"}
DROPPED = {"of", "the", "other", "more", "additional", "his", "its", "their", "these", "about", "total", "or", "strong"}
LARGE_SUM = 1_000_000
TOLD_ANEW = 20  # "the two soldiers" takes up a count told before, "the 8,289 strikes" tells one


@dataclass(frozen=True, slots=True)
class Count:
    """A number that measures something political. Offsets count characters and span the number and its unit."""

    number: Number
    unit: str
    what: str
    start: int
    end: int
    head: Token  # heads the counted noun phrase
    governor: Token | None  # the verb or noun that gave the sense, where one did
    reason: str


@lru_cache(maxsize=1)
def _currencies() -> dict[str, str]:
    return {r["word"]: r["unit"] for r in tables.read("figure_words") if r["role"] == "symbol"}


def count_of(number: Number, doc: Doc) -> Count | None:
    """The count a number makes, or None where it measures nothing political."""
    tokens = doc.char_span(number.start, number.end)
    if tokens is None or _is_name(tokens) or _is_year(number, tokens):
        return None
    if number.symbol:
        return _money(number, tokens, _currencies()[number.symbol.upper()], number.start, number.end)
    noun = _noun(tokens)
    if noun is None:
        return _bare(number, tokens)
    if noun.lemma_.lower() in senses("not_unit") or _is_sample(noun):
        return None
    unit = _unit(tokens, noun)
    if senses("unit").get(noun.lemma_.lower()) == "money":
        return _money(number, tokens, unit, number.start, noun.idx + len(noun))
    return _counted(number, tokens, noun, unit)


def _is_name(tokens: Span) -> bool:
    """A number in a name, an age, or "one of the"."""
    start, doc = tokens.start, tokens.doc
    before = doc[start - 1] if start else None
    after = doc[tokens.end] if tokens.end < len(doc) else None
    if before is not None and before.lower_.rstrip(".") in senses("before"):
        return True
    if tokens.text.lower() == "one":
        return after is None or after.lower_ in {"of", "another", "day", "which", "who"} or _noun(tokens) is None
    return before is not None and before.text == "," and (after is None or after.text in {",", "."})


def _is_year(number: Number, tokens: Span) -> bool:
    """Four bare digits such as 2011 are a year, but after "about", "at least"."""
    at = number.start - tokens.start_char
    bare = re.fullmatch(r"(?:19|20)\d\d", tokens.text[at : at + number.end - number.start]) and not number.symbol
    before = tokens.doc[tokens.start - 1].lower_ if tokens.start else ""
    return bool(bare) and before not in senses("counting")


def _noun(tokens: Span) -> Token | None:
    """The counted noun: that which the number modifies, or that after "of"."""
    root, doc = tokens.root, tokens.doc
    if tokens.end < len(doc) and doc[tokens.end].lower_ == "of":
        return next((c for c in doc[tokens.end].children if c.dep_ == "pobj" and c.pos_ in NOUNS), None)
    if "-strong" in doc[tokens.start : tokens.end + 2].text and root.head.dep_ == "amod":
        return root.head.head if root.head.head.pos_ in NOUNS else None
    for node in (root, root.head):
        head = node.head
        if node.dep_ in MODIFIERS and head.i >= tokens.end:
            if head.pos_ in NOUNS:
                return head
        elif node is root:
            break
    following = list(doc[tokens.end : tokens.sent.end])[:5]
    for token in following:
        if token.pos_ in NOUNS:
            return _last_of_compound(token)
        if token.pos_ != "ADJ" or token.lower_ in senses("state"):
            return None
    return None


def _is_sample(noun: Token) -> bool:
    """ "a poll of 400 voters" counts whom it asked."""
    of = noun.head
    return noun.dep_ == "pobj" and of.lower_ in {"of", "among"} and of.head.lemma_.lower() in senses("sample")


def _last_of_compound(token: Token) -> Token:
    return token.head if token.dep_ == "compound" and token.head.i > token.i else token


def _unit(tokens: Span, noun: Token) -> str:
    words = list(tokens.doc[tokens.end : noun.i + 1])
    while words and words[0].lower_ in DROPPED | {"-"}:
        words = words[1:]
    first = max(words[0].i, noun.i + 1 - LONGEST_UNIT) if words else noun.i
    while words and first > words[0].i and "-" in (tokens.doc[first].text[0], tokens.doc[first - 1].text):
        first -= 1  # "vehicle-borne bombs" is one word
    return tokens.doc[first : noun.i + 1].text


# --- the sense of a counted noun ------------------------------------------------------------------------------------


def _counted(number: Number, tokens: Span, noun: Token, unit: str) -> Count | None:
    """The count of a number with a noun: what befell the counted goes before what they are."""
    end = max(number.end, noun.idx + len(noun))
    own = _own_sense(tokens, noun)
    befell = _fate(tokens, noun) if own not in SETTLED else None
    if befell is None:
        if own is None or _is_small(number, own) or _is_definite(number, tokens) or _speaks(noun):
            return None
        governed = governing_sense(noun)
        befell = own, governed[1] if governed else noun.head, "unit"
    what, governor, role = befell
    return Count(number, unit, what, number.start, end, noun, governor, f"{governor.lemma_}: {role}")


def _in_camp(noun: Token) -> tuple[str, Token, str] | None:
    """People in a refugee camp are displaced, where nothing else befalls them."""
    if noun.lemma_.lower() not in senses("people"):
        return None
    preposition = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
    camps = [c for c in preposition.children if c.dep_ == "pobj" and c.lemma_.lower() == "camp"]
    return ("displaced", camps[0], "people") if camps and preposition.lower_ in {"in", "at"} else None


def _own_sense(tokens: Span, noun: Token) -> str | None:
    """What the counted noun itself tells; of a "10,000-strong crowd" what the crowd is."""
    lemma = noun.lemma_.lower()
    if any(t.lower_.endswith("strong") for t in tokens.doc[tokens.start : noun.i]):
        return senses("strong").get(lemma)
    used = {noun.head.lemma_.lower(), *(c.lemma_.lower() for c in noun.children if c.dep_ in {"acl", "relcl"})}
    if lemma in senses("weapon") and used.isdisjoint(senses("weapon_verb")):
        return "other"
    return senses("unit").get(lemma)


def _fate(tokens: Span, noun: Token) -> tuple[str, Token, str] | None:
    """What befell the counted, or what they did, by the words beside and above; with the word and its role."""
    between = [t for t in tokens.doc[tokens.end : noun.i] if t.lower_ in senses("state")]
    state = _state_after(tokens.doc, noun.i + 1) or _state_before(tokens)
    if state:
        return *state, "state"
    if between:
        return senses("state")[between[0].lower_], between[0], "state"
    return governing_sense(noun) or _in_camp(noun) or (governing_sense(tokens.root) if tokens.root.i < noun.i else None)


def _is_small(number: Number, what: str) -> bool:
    return what == "troops" and not isinstance(number.value, str) and number.value < SMALLEST_FORCE


def _is_definite(number: Number, tokens: Span) -> bool:
    """ "the two soldiers" takes up a count told before."""
    if number.bound == "range" or (not isinstance(number.value, str) and number.value >= TOLD_ANEW):
        return False
    return tokens.start > 0 and tokens.doc[tokens.start - 1].lower_ in {"the", "these", "those", "both", "his", "their"}


def _speaks(noun: Token) -> bool:
    verb = noun.head
    return noun.dep_ == "nsubj" and verb.lemma_ in {"say", "tell", "add", "report", "warn", "speak", "think", "believe"}


def _state_after(doc: Doc, start: int) -> tuple[str, Token] | None:
    """The word after a number or its noun that tells its state: "12 dead", "12 others were hurt", "182 in favour"."""
    for token in doc[start : start + 5]:
        for length in (2, 1):
            words = doc[token.i : token.i + length].text.lower()
            what = senses("state").get(words)
            if what == "votes" and not in_context("votes", token.sent):
                return None
            if what and not any(c.dep_ in {"dobj", "nsubj"} and c.i > token.i for c in token.children):
                return what, token
        if token.lower_ not in senses("between"):
            return None
    return None


def _state_before(tokens: Span) -> tuple[str, Token] | None:
    """ "dead" in "shot dead six villagers"."""
    head = tokens.root.head
    first = head.head.left_edge.i + 1 if head.dep_ == "conj" else tokens.start  # "shot dead two women and six men"
    if min(first, tokens.start) < 2:
        return None
    for at in {first, tokens.start}:
        before, verb = tokens.doc[at - 1], tokens.doc[at - 2]
        if verb.lemma_.lower() == "shoot" and before.lower_ == "dead":
            return "dead", verb
    return None


# --- numbers without a noun, and money ------------------------------------------------------------------------------


def _bare(number: Number, tokens: Span) -> Count | None:
    """A number that stands alone, as in "killing 12" or "the toll rose to 12": people, or votes."""
    if _is_score(tokens) and in_context("votes", tokens.sent):
        return Count(number, "votes", "votes", number.start, number.end, tokens.root, None, "score of a vote")
    state = _state_after(tokens.doc, tokens.end)
    if state and state[0] == "votes":
        return _vote(number, tokens, state[1])
    if state:
        return Count(number, "people", state[0], number.start, number.end, tokens.root, state[1], "state")
    governed = governing_sense(tokens.root)
    if governed is None or tokens.root.pos_ not in {"NUM", "NOUN"}:
        return None
    # nothing says that a bare number is people but a toll, a flight, a march, or a verb such as "arrest"
    if governed[0] not in OF_PEOPLE and governed[1].lemma_.lower() not in senses("of_people"):
        return None
    what, governor, role = governed
    return Count(number, "people", what, number.start, number.end, tokens.root, governor, f"{governor.lemma_}: {role}")


def _is_score(tokens: Span) -> bool:
    """One side of "182 to 4" or "182-4"."""
    doc, links = tokens.doc, {"to", "-", "–"}
    before, after = doc[max(0, tokens.start - 2) : tokens.start], doc[tokens.end : tokens.end + 2]
    return (
        len(before) == 2 and before[1].lower_ in links and (before[0].pos_ == "NUM" or before[0].lower_ == "votes")
    ) or (len(after) == 2 and after[0].lower_ in links and after[1].pos_ == "NUM")


def _vote(number: Number, tokens: Span, state: Token) -> Count | None:
    if not in_context("votes", tokens.sent):
        return None
    words = tokens.doc[state.i : state.i + 2] if state.lower_ == "in" else tokens.doc[state.i : state.i + 1]
    end = words.end_char if words.start == tokens.end else number.end
    return Count(number, words.text, "votes", number.start, end, tokens.root, None, "state of a vote")


def _money(number: Number, tokens: Span, unit: str, start: int, end: int) -> Count | None:
    converted = tokens.start > 0 and tokens.doc[tokens.start - 1].text == "("  # the same sum in another currency
    if converted or _is_price(tokens) or not (in_context("money", tokens.sent) or _is_gift(number, tokens)):
        return None
    return Count(number, unit, "money", start, end, tokens.root, None, "sum beside a political purpose")


def _is_gift(number: Number, tokens: Span) -> bool:
    """A large sum beside a verb of giving."""
    large = not isinstance(number.value, str) and number.value >= LARGE_SUM
    return large and any(t.pos_ == "VERB" and t.lemma_.lower() in senses("gift") for t in tokens.sent)


def _is_price(tokens: Span) -> bool:
    """ "$4.25 an hour", "$60 a barrel" """
    after = tokens.doc[tokens.end : tokens.end + 2]
    return len(after) == 2 and after[0].lower_ in {"a", "an", "per", "each"} and after[1].pos_ in NOUNS
