"""Persons: finds personal names, reads their titles and appositions, and resolves them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from dotterel.actors.offices import office_class, persons_by_surname, serves, surname, term_at, terms
from dotterel.actors.persons import (
    CLOSE,
    Identity,
    alike_first,
    identify_full,
    in_office,
    known,
    namesakes,
    once_in_office,
    with_role,
)
from dotterel.actors.phrases import Draft, is_plural, phrase_start, premodifies
from dotterel.actors.roles import owners_of, read_title, right_owners, role_of, sector_of
from dotterel.actors.scene import Scene
from dotterel.actors.spelling import surnames_like
from dotterel.actors.vocabulary import Title, fold, titles, word_class
from dotterel.types import Actor, Alternative

if TYPE_CHECKING:
    from dotterel.parsing import Token


SURE = 0.7  # score from which a full name is known


def _entity_start(token: Token) -> int:
    i = token.i
    while i > 0 and token.doc[i].ent_iob_ == "I":
        i -= 1
    return i


def _entity_end(token: Token) -> int:
    i = token.i + 1
    while i < len(token.doc) and token.doc[i].ent_iob_ == "I":
        i += 1
    return i


def _clean(token: Token, start: int, end: int) -> tuple[int, int]:
    """A personal name without the titles before it and the possessive after it."""
    doc = token.doc
    while end > start + 1 and (
        doc[end - 1].text in {"'s", "’s", "'", "’"}
        or doc[end - 1].pos_ in {"PUNCT", "PART", "VERB"}
        or doc[end - 1].lower_ in word_class("headline verb")
    ):
        end -= 1
    end = next((i for i in range(start + 1, end) if doc[i].lower_ in {"of", "for", "in", "at", "from", "and"}), end)
    moved = True
    while moved and start < end - 1:
        moved = False
        for size in range(min(4, end - 1 - start), 0, -1):
            if " ".join(t.lower_ for t in doc[start : start + size]) in titles():
                start, moved = start + size, True
                break
    return start, end


def person_span(scene: Scene, token: Token) -> tuple[int, int] | None:
    """The tokens of the personal name that this token heads; None where it heads none."""
    name = scene.name_at(token.i)
    if name is not None:
        if name.entry.kind == "person":
            return (name.start, name.end) if token.i == name.root else None
        inside = (
            token.ent_type_ == "PERSON"
            and _entity_end(token) - _entity_start(token) > name.end - name.start
            and name.entry.kind == "state"
        )
        if not inside:
            return None
    if token.pos_ == "NOUN" and _surname_read_as_noun(scene, token):
        return token.i, token.i + 1
    if token.pos_ != "PROPN" or (premodifies(token) and token.dep_ != "poss"):
        return None
    if token.ent_type_ == "PERSON":
        start, end = _clean(token, _entity_start(token), _entity_end(token))
        inside = start <= token.i < end and token.doc[start].text not in {"the", "The"}
        return (start, end) if inside and not _mere_place(scene, token, start, end) else None
    return _untagged(scene, token)


def _mere_place(scene: Scene, token: Token, start: int, end: int) -> bool:
    """Whether a single word taken for a person is a place, and no surname in this report."""
    if end - start > 1 or not scene.is_place(token.i) or surname(token.text) in scene.family_names:
        return False
    titled = read_title([t.lower_ for t in token.doc[phrase_start(token) : start]])
    return titled is None and token.i not in scene.surname_tokens


def _untagged(scene: Scene, token: Token) -> tuple[int, int] | None:
    """A name the recogniser missed: a title stands before it, or the report or an office knows the surname."""
    start = phrase_start(token)
    first = token.i
    while (
        first > start
        and token.doc[first - 1].pos_ == "PROPN"
        and not read_title([t.lower_ for t in token.doc[start:first]])
    ):
        first -= 1
    if first > start and role_of(token, start) is None and read_title([t.lower_ for t in token.doc[start:first]]):
        return first, token.i + 1
    follows = token.doc[token.i + 1].text if token.i + 1 < len(token.doc) else ""
    if (
        token.text[0].isupper()
        and (not token.is_upper or follows == ":")
        and (
            token.i in scene.surname_tokens or (_named_in_full(scene, token.text) and not scene.is_known_place(token.i))
        )
    ):
        return token.i, token.i + 1
    return None


def _surname_read_as_noun(scene: Scene, token: Token) -> bool:
    """Whether a capitalised noun is the surname of somebody named in full: "Trump urges ...", "Sanders: No deal"."""
    if not token.text[0].isupper() or token.is_upper or surname(token.text) not in scene.family_names:
        return False
    common = token.is_sent_start and any(t.text == token.lower_ for t in token.doc)
    return not common and not (premodifies(token) and token.dep_ != "poss")


def _named_in_full(scene: Scene, word: str) -> bool:
    """Whether a word is the surname, or the given name, of somebody whom the report names in full."""
    return surname(word) in scene.family_names or (len(word) > 3 and fold(word).lower() in scene.first_names)


def _titled_so(name: str, office: str, scene: Scene, country: str | None = None) -> str | None:
    """The one of that surname who holds on that day the very office, of that state, that the title names."""
    people = persons_by_surname().get(surname(name), ())
    held = [
        p
        for p in people
        if (t := term_at(p, scene.day))
        and office_class(t.office) == office
        and (serves(t, scene.day) or (scene.day is None and country is not None))
        and (country is None or t.country == country)
        and (" " not in name.strip() or alike_first(name, p))
    ]
    return held[0] if len(held) == 1 else None


def title_home(scene: Scene, title: Title) -> str | None:
    """The state whose title it is by its own words: of several, the one the report is from or about, else the first."""
    here = next((code for code in (scene.dateline, scene.home) if code in title.home), None)
    return here or next(iter(title.home), None)


def identify(scene: Scene, name: str, country: str | None, office: str = "", gender: str = "") -> Identity:
    """Who a name means in this report; `office` and `gender` are what the title before it comes to."""
    if " " in name.strip():
        found = _named(scene, _whole_name(scene, name))
        person = _titled_so(name, office, scene, country) if office and found.score < SURE else None
        return known(person, scene.day, 0.8, "holder of that office and surname, spelt otherwise") if person else found
    full = scene.surnames.get(surname(name)) or scene.first_names.get(fold(name).lower())
    if full:
        found = _named(scene, full)
        return Identity(
            found.actor, min(found.score, 0.92), "surname of someone the report names in full", found.gender
        )
    if rivals := scene.family_names.get(surname(name)):
        return _of_one_family(scene, rivals, gender)
    spoken = {country} if country else scene.spoken
    if surname(name) in persons_by_surname() and (person := in_office(name, scene.day, spoken)):
        term = term_at(person, scene.day)
        if country is None or (term and term.country == country):
            identity = known(person, scene.day, 0.8, "surname of an office-holder of that day")
            return replace(identity, others=namesakes(person, scene.day))
    for like in surnames_like(name):
        if person := in_office(like, scene.day, spoken):
            return known(person, scene.day, 0.7, "surname of an office-holder of that day, transliterated otherwise")
    if office and (person := _titled_so(name, office, scene)):
        return known(person, scene.day, 0.8, "surname of the holder of that office")
    if person := once_in_office(name, scene.day, spoken):
        return known(person, scene.day, 0.6, "surname that one office-holder of the tables bears")
    if near := _nearly_one_of(scene, name):
        found = _named(scene, near)
        return Identity(
            found.actor, min(found.score, 0.6), "surname, misspelt, of someone the report names", found.gender
        )
    return _named(scene, name)


def _whole_name(scene: Scene, name: str) -> str:
    """The one longer name in the report that ends so: Ildefonso Guajardo Villarreal, for "Guajardo Villarreal"."""
    longer = [full for full in scene.family_names.get(surname(name), ()) if fold(full).endswith(f" {fold(name)}")]
    return longer[0] if len(longer) == 1 and name not in terms() else name


def _nearly_one_of(scene: Scene, word: str) -> str | None:
    """Of the people named in full, the one whose surname differs from the word by a letter; None where not just one."""
    last = surname(word)
    if len(last) < CLOSE or last in persons_by_surname():
        return None
    near = [names[0] for other, names in scene.family_names.items() if OSA.distance(last, other, score_cutoff=1) <= 1]
    return near[0] if len(near) == 1 else None


def _of_one_family(scene: Scene, rivals: tuple[str, ...], gender: str) -> Identity:
    """Of several whom the report names in full under one surname: the title's gender decides, then how often."""
    found = [_named(scene, full) for full in rivals]
    fitting = [i for i in found if not gender or not i.gender or i.gender == gender] or found
    best, others = fitting[0], [i for i in found if i is not fitting[0] and i.actor.id != fitting[0].actor.id]
    score = min(best.score, 0.85 if len(fitting) == 1 else 0.6)
    told = tuple(Alternative(i.actor, round((1 - score) / len(others), 3)) for i in others)
    return Identity(best.actor, score, "surname of the one of that name whom the report names most", best.gender, told)


def _named(scene: Scene, name: str) -> Identity:
    """Who a name means, the user's own persons first."""
    mine = scene.own.person(name, scene.day.year if scene.day else None) if scene.own else None
    return Identity(mine, 0.98, "person of your own table", "") if mine else identify_full(name, scene.day)


def person_draft(scene: Scene, token: Token, start: int, end: int, first: int | None = None) -> Draft:
    """A person with what title, nationality or apposition say of them; `first` is where the phrase starts, if known."""
    doc = scene.doc
    first = min(phrase_start(doc[end - 1]), phrase_start(token), start) if first is None else first
    words = [t.lower_ for t in doc[first:start]]
    found = read_title(words)
    title = titles()[found[0]] if found else None
    left = first if found or (first < start and owners_of(scene, first, doc[start])) else start
    owners = owners_of(scene, first, doc[start]) if start > first else []
    owners = owners or (right_owners(scene, token, frozenset({"of", "from"})) if left < start else [])
    country, sector = (owners[0].actor.country, "") if owners else (None, "")
    if title and title.office != "none":
        sector = _title_sector(title.sector, owners[0].actor if owners else None)
    text = doc[start:end].text.removesuffix("'s").removesuffix("’s")
    office, gender = (title.office, title.gender) if title else ("", "")
    identity = identify(scene, text, country, office, gender)
    if title and identity.actor.country is None:
        country = country or title_home(scene, title)
    if identity.actor.country is None and (country is None or not sector):
        far_country, far_sector = _apposed(scene, token)
        country, sector = country or far_country, sector or far_sector
    identity = with_role(identity, country, sector or ("CVL" if country else ""), 0.85)
    kind = "titled" if left < start else "named"
    office = title.office if title else _office_word(scene, identity)
    need = "" if identity.actor.country or not sector or sector in {"UNK"} else "state"
    gender = gender or _told_gender(words) or identity.gender
    return Draft(
        token.i,
        left,
        end,
        identity.actor,
        kind,
        identity.score,
        identity.reason,
        need,
        office,
        gender,
        human=True,
        others=identity.others,
    )


def _told_gender(words: list[str]) -> str:
    """The gender that a noun before a name tells: a "widow", a "businessman"."""
    return next((g for g in ("m", "f") for w in words if w in word_class(f"gender {g}")), "")


def _office_word(scene: Scene, identity: Identity) -> str:
    term = term_at(identity.actor.name, scene.day)
    return office_class(term.office) if term else ""


def _title_sector(sector: str, owner: Actor | None) -> str:
    """A general's sector is the army's whoever commands; a spokesman's is that of the body he speaks for."""
    if owner is not None and sector in {"GOV", "UNK"} and not owner.id.startswith(("state", "person")):
        return owner.sector
    return sector


def _apposed(scene: Scene, token: Token) -> tuple[str | None, str]:
    """State and sector from "X, the spokesman for Y" or "a spokesman for Y, X"."""
    nouns = [child for child in token.children if child.dep_ == "appos"]
    above = token
    for _ in range(5):
        if above.dep_ not in {"appos", "pobj", "prep", "compound", "nmod", "conj"}:
            break
        above = above.head
        nouns.append(above)
    for noun in nouns:
        if noun.pos_ not in {"NOUN", "PROPN"} or is_plural(noun) or scene.name_at(noun.i) is not None:
            continue
        start = phrase_start(noun)
        role = role_of(noun, start)
        if role is None or (role.agent.kind not in {"person", "crowd"} and role.title is None):
            continue
        owners = owners_of(scene, start, noun)
        sector = sector_of(scene, noun, start, role)
        if owners:
            return owners[0].actor.country, _title_sector(sector, owners[0].actor)
        return None, sector
    return None, ""
