"""How the words stand that make a speech an act: the frames of will, and all frames of the table `speech_acts`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dotterel.events.clauses import agents_by, clause_of, is_passive
from dotterel.events.grammar import child, is_infinitive, is_verb, prepositional
from dotterel.events.judgements import amounts, crime, deed, does, fails, feels, partner, said_of, shows, thoughts
from dotterel.events.sayings import FUTURE, Saying, Told, auxiliaries, is_ours, is_real, subjects_of
from dotterel.events.subjects import surface_subjects

if TYPE_CHECKING:
    from dotterel.parsing import Token

WILLING = {"will", "shall", "'ll", "’ll", "must", "want", "continue", "ready", "intend", "plan", "committed", "let"}
HINDER = {"deny", "prevent", "stop", "deter", "punish", "isolate", "degrade", "destroy", "defeat", "disrupt", "counter",
          "curb", "contain", "weaken", "dismantle", "block", "deprive", "end"}  # fmt: skip


def duty(word: Token, saying: Saying) -> Told | None:
    """A party must, should: "Minsk must free the men"; in the passive whoever is to do it, if told."""
    verb = word.head
    done = any(c.lower_ in {"have", "has"} and c.dep_ == "aux" for c in verb.children)
    if word.dep_ != "aux" or done or not is_asked(verb) or (word.i < min((t.i for t in subjects_of(verb)), default=0)):
        return None
    if is_passive(verb):
        doers = saying.bound(agents_by(verb))
        plain = word.lower_ == "must" and saying.speech.direct and not saying.parties(subjects_of(verb))
        return Told((word, verb), verb, doers) if doers or plain else None
    asked = saying.bound(subjects_of(verb))
    return Told((word, verb), verb, asked) if asked else None


def is_asked(verb: Token) -> bool:
    """Is the duty the speaker's own demand, not part of a question or a condition?"""
    conditional = any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in verb.children)
    asked = any(c.tag_ in {"WP", "WRB", "WDT"} for c in verb.children)
    return not conditional and not asked and verb.dep_ != "relcl" and not verb.sent.text.rstrip(" \"”'").endswith("?")


def needs(word: Token, saying: Saying) -> Told | None:
    """A party needs to, has to."""
    todo = child(word, "xcomp")
    if todo is None or not is_infinitive(todo) or is_passive(todo) or not is_real(word) or not is_asked(word):
        return None
    asked = saying.bound(subjects_of(word)) if word.tag_ in {"VBZ", "VBP"} else ()
    return Told((word,), word, asked) if asked else None


def vital(word: Token, saying: Saying) -> Told | None:
    """ "It is vital that", "it is essential for a party to"."""
    verb = word.head
    if word.dep_ not in {"acomp", "attr"} or verb.lemma_ != "be" or not is_real(verb):
        return None
    if not any(t.lower_ == "it" for t in verb.children):
        return None
    for clause in (c for head in (verb, word) for c in head.children if c.dep_ in {"ccomp", "xcomp", "advcl"}):
        asked = saying.bound(subjects_of(clause))
        if clause.i > word.i and (asked or is_passive(clause)):
            return Told((word, clause), verb, asked)
    return None


def wish(word: Token, saying: Saying) -> Told | None:
    """Hopes that a party will: of "we" or of who is said to hope."""
    clause = child(word, "ccomp")
    if not is_verb(word) or clause is None or not is_real(word):
        return None
    asked = saying.parties(subjects_of(clause))
    doers = surface_subjects(word)
    if not asked or not auxiliaries(clause) & (FUTURE | {"would", "can"}) or is_passive(clause):
        return None
    own = is_ours(word) or any(
        m.actor.id == saying.speech.speaker.actor.id for t in doers for m in saying.roster.at(t.i)
    )
    return (
        Told((word, clause), word, asked, () if own else saying.parties(doers))
        if own or saying.parties(doers)
        else None
    )


def together(word: Token, saying: Saying) -> Told | None:
    """What we will do together, or with a party."""
    if not is_verb(word) or not is_ours(word) or any(c.dep_ == "neg" for c in word.children) or not is_willing(word):
        return None
    partners = saying.parties(prepositional(word, "with"))
    jointly = any(c.lower_ in {"together", "jointly"} for c in word.children)
    you = any(t.lower_ == "you" for t in prepositional(word, "with"))
    return Told((word,), word, partners) if partners or jointly or you else None


def is_willing(verb: Token) -> bool:
    """Is the act to come: with "will", or under "want", "continue", "ready"?"""
    heads = (verb, *(a for a in verb.ancestors if verb.dep_ in {"xcomp", "conj", "ccomp", "advcl"}))[:4]
    return any(auxiliaries(h) & WILLING or h.lemma_.lower() in WILLING for h in heads) or "could" in auxiliaries(
        verb.head
    )


def refuses(word: Token, saying: Saying) -> Told | None:
    """What we will never do: accept, tolerate, negotiate."""
    denied = any(c.dep_ == "neg" for c in word.children)
    bound = auxiliaries(word) & (FUTURE | {"can", "ca", "cannot"})
    if not is_verb(word) or not denied or not bound or not is_ours(word):
        return None
    clause = clause_of(word)
    toward = saying.parties((*clause.patients, *prepositional(word, "with"), *prepositional(word, "to")))
    return Told((word,), word, toward)


def strikes(word: Token, saying: Saying) -> Told | None:
    """What we will do to a party: punish, retaliate."""
    if not is_verb(word) or not is_ours(word) or any(c.dep_ == "neg" for c in word.children):
        return None
    if not any(auxiliaries(h) & FUTURE for h in (word, word.head)):
        return None
    against = saying.parties((*clause_of(word).patients, *prepositional(word, "against")))
    return Told((word,), word, against) if against else None


def measures(word: Token, saying: Saying) -> Told | None:
    """What we will take against a party: action, measures, steps, or to stop it."""
    verb = word.head
    coming = any(auxiliaries(h) & FUTURE for h in (verb, verb.head) if is_verb(h))
    if word.dep_ != "dobj" or verb.lemma_ != "take" or not coming or not is_ours(verb):
        return None
    hostile = [c for h in (verb, word) for c in h.children if c.lemma_.lower() in HINDER and is_infinitive(c)]
    stopped = (*clause_of(hostile[0]).patients, *within(hostile[0])) if hostile else ()
    against = saying.parties((*prepositional(verb, "against"), *prepositional(word, "against"), *stopped))
    return Told((verb, word), verb, against[:1]) if against else None


def within(verb: Token) -> tuple[Token, ...]:
    """The objects of the prepositions on a verb's objects: "deny any haven for the group"."""
    return tuple(
        t for p in clause_of(verb).patients for name in ("for", "to", "by", "of") for t in prepositional(p, name)
    )


def pays(word: Token, saying: Saying) -> Told | None:
    """What a party will pay, face, suffer."""
    verb = word.head
    if word.dep_ != "dobj" or verb.lemma_ not in {"pay", "face", "suffer", "bear", "reap", "feel"}:
        return None
    warned = saying.parties(surface_subjects(verb)) if auxiliaries(verb) & FUTURE else ()
    return Told((verb, word), verb, warned) if warned else None


FRAMES: dict[str, Callable[[Token, Saying], Told | None]] = {
    "duty": duty, "needs": needs, "vital": vital, "wish": wish, "is": said_of, "amounts": amounts, "deed": deed,
    "crime": crime, "does": does, "fails": fails, "partner": partner, "feels": feels, "thoughts": thoughts,
    "shows": shows, "together": together, "refuses": refuses, "strikes": strikes, "measures": measures,
    "pays": pays,
}  # fmt: skip
