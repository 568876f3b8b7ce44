"""How the words stand that make a speech an act: each frame of the table `speech_acts`, a function of a word."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dotterel.events.clauses import agents_by, clause_of, is_passive
from dotterel.events.grammar import child, clause_verb, is_infinitive, is_verb, nouns, prepositional
from dotterel.events.lexicon import load
from dotterel.events.slots import noun_slot
from dotterel.events.speeches import Speech
from dotterel.events.subjects import surface_subjects
from dotterel.types import Actor, ActorMention, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Token

OURS = {"i", "we"}
POSSESSIVES = {"our", "my"}
BEING = {"be", "become", "remain"}
THIS = {"this", "that", "it", "which", "these"}
FUTURE = {"will", "shall", "'ll", "’ll", "wo"}
UNREAL = {"would", "could", "may", "might", "should", "must", "can"}
WILLING = {"will", "shall", "'ll", "’ll", "must", "want", "continue", "ready", "intend", "plan", "committed", "let"}
HOSTILE = {"ASSAULT", "COERCE", "SANCTION", "MOBILIZE"}
DEEDS = {"act", "action", "deed", "behaviour", "behavior", "conduct", "policy", "regime", "violence", "campaign",
         "crime", "practice", "measure", "move", "decision", "statement", "rhetoric", "blockade", "annexation",
         "occupation", "law", "war", "claim", "demand", "tactic", "presence"}  # fmt: skip
HINDER = {"deny", "prevent", "stop", "deter", "punish", "isolate", "degrade", "destroy", "defeat", "disrupt", "counter",
          "curb", "contain", "weaken", "dismantle", "block", "deprive", "end"}  # fmt: skip
KNOWN = {"GOV", "LEG", "MIL", "IGO", "NGO", "PTY", "OPP", "REB", "JUD", "COP"}


@dataclass(frozen=True, slots=True)
class Told:
    """An act in a speech: its words, the verb of its clause, who else than the speaker does it, whom it is done to."""

    words: tuple[Token, ...]
    verb: Token
    recipients: tuple[Token, ...] = ()
    agents: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Saying:
    """A speech and who is named in it."""

    speech: Speech
    roster: Roster

    def parties(self, words: Iterable[Token]) -> tuple[Token, ...]:
        """Those of the words that name another political party than the speaker or his side, or whose things they are:
        Israel for "Israeli occupiers", where these are no actors themselves."""
        found: list[Token] = []
        for word in words:
            if word.lower_ not in OURS and self.is_other(word):
                found.append(word)
            elif word.pos_ == "NOUN" and not self.roster.at(word.i):
                found.extend(self.behind(word))
        return tuple(found)

    def is_other(self, word: Token) -> bool:
        """Does the word name somebody political who is not the speaker?"""
        own = self.speech.speaker.actor
        return any(
            m.actor.id != own.id
            and m.actor.sector in KNOWN
            and not (m.actor.country == own.country and same_side(m, own))
            for m in self.roster.at(word.i)
        )

    def behind(self, noun: Token) -> tuple[Token, ...]:
        """The parties who own, did or qualify what a noun names: "ISIL's violence", "acts by", "Russian aggression"."""
        for slot in ("poss", "by", "mod"):
            found = tuple(t for t in noun_slot(slot, noun) if self.is_other(t))
            if found:
                return found
        return ()


def same_side(mention: ActorMention, own: Actor) -> bool:
    """Is a mention the state that the speaker speaks for?"""
    return mention.actor.id.startswith("state:") and own.sector in {"GOV", "MIL"}


def auxiliaries(verb: Token) -> set[str]:
    """The verb's auxiliaries, in lower case."""
    return {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}


def is_real(verb: Token) -> bool:
    """Is the clause asserted: no negation, condition, modal or question, its own or of a clause over it?"""
    for word in (verb, *verb.ancestors):
        if is_verb(word) and (word == verb or verb.dep_ in {"ccomp", "advcl", "xcomp", "acl", "relcl"}):
            if any(c.dep_ == "neg" for c in word.children) or (auxiliaries(word) & UNREAL and word == verb):
                return False
            if any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether", "lest"} for c in word.children):
                return False
    return not verb.sent.text.rstrip(" \"”'").endswith("?")


def subjects_of(verb: Token) -> tuple[Token, ...]:
    """A verb's own subjects, conjuncts included."""
    own = child(verb, "nsubj", "nsubjpass")
    return nouns(own) if own is not None else ()


def is_ours(verb: Token) -> bool:
    """Is the doer "we" or "I"?"""
    return any(t.lower_ in OURS for t in surface_subjects(verb))


def duty(word: Token, saying: Saying) -> Told | None:
    """A party must, should: "Minsk must free the men"; in the passive whoever is to do it, if told."""
    verb = word.head
    done = any(c.lower_ in {"have", "has"} and c.dep_ == "aux" for c in verb.children)
    if word.dep_ != "aux" or done or not is_asked(verb) or (word.i < min((t.i for t in subjects_of(verb)), default=0)):
        return None
    if is_passive(verb):
        doers = saying.parties(agents_by(verb))
        plain = word.lower_ == "must" and saying.speech.direct
        return Told((word, verb), verb, doers) if doers or plain else None
    asked = saying.parties(subjects_of(verb))
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
    asked = saying.parties(subjects_of(word)) if word.tag_ in {"VBZ", "VBP"} else ()
    return Told((word,), word, asked) if asked else None


def vital(word: Token, saying: Saying) -> Told | None:
    """ "It is vital that", "it is essential for a party to"."""
    verb = word.head
    if word.dep_ not in {"acomp", "attr"} or verb.lemma_ != "be" or not is_real(verb):
        return None
    if not any(t.lower_ == "it" for t in verb.children):
        return None
    for clause in (c for head in (verb, word) for c in head.children if c.dep_ in {"ccomp", "xcomp", "advcl"}):
        asked = saying.parties(subjects_of(clause))
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


def said_of(word: Token, saying: Saying) -> Told | None:
    """A bad name given to a party, to its deed, or to "this" after its deed."""
    verb = word.head
    if word.dep_ not in {"acomp", "attr", "oprd"} or verb.lemma_ not in BEING or not is_real(verb):
        return None
    return blamed(word, verb, saying)


def amounts(word: Token, saying: Saying) -> Told | None:
    """The same after "amounts to", "constitutes", "is an act of"."""
    verb = clause_verb(word)
    holder = word.head.head if word.dep_ == "pobj" else word.head
    act_of = holder.lemma_ in {"act", "declaration", "form"} and holder.dep_ == "attr"
    if not is_real(verb) or not (act_of or (holder == verb and verb.lemma_ in {"amount", "constitute", "represent"})):
        return None
    return blamed(word, verb, saying)


def blamed(word: Token, verb: Token, saying: Saying) -> Told | None:
    """The party that the subject of a bad name is, did, or is told to have done just before."""
    for subject in subjects_of(verb) or tuple(c for c in verb.children if c.dep_ == "csubj"):
        if subject.lower_ in OURS:
            return None
        found = saying.parties((subject,)) or saying.behind(subject)
        if not found and is_deed(subject) and any(c.lower_ == "the" for c in subject.children):
            return Told((word,), verb)
        if not found and subject.dep_ == "csubj":
            found = saying.parties(clause_of(subject).agents)
        if not found and subject.lower_ in THIS:
            found = doers_before(verb, saying)
        if found:
            return Told((word,), verb, found)
    return None


def doers_before(verb: Token, saying: Saying) -> tuple[Token, ...]:
    """Who does what is told in the clause before this one: "is bombing the town, and that is shameful"."""
    if verb.dep_ == "conj" and is_verb(verb.head):
        return saying.parties(surface_subjects(verb.head))
    return ()


def deed(word: Token, saying: Saying) -> Told | None:
    """A bad word before what a party did: "the cowardly attack by", "ISIL's murderous violence"."""
    noun = word.head
    if word.dep_ != "amod" or not is_deed(noun):
        return None
    done_by = saying.behind(noun)
    return Told((word, noun), clause_verb(noun), done_by) if done_by else None


def is_deed(noun: Token) -> bool:
    """Does the noun name what somebody did?"""
    lemma = noun.lemma_.lower()
    return noun.pos_ == "NOUN" and (lemma in DEEDS or any(r.type in HOSTILE for r in load().nouns.get(lemma, ())))


def crime(word: Token, saying: Saying) -> Told | None:
    """A bad noun with who did it: "Russian aggression"."""
    done_by = saying.behind(word) if word.pos_ == "NOUN" and word.dep_ not in {"compound", "attr"} else ()
    denied = any(c.lower_ in {"no", "any"} for c in word.children)
    return Told((word,), clause_verb(word), done_by) if done_by and not denied else None


def does(word: Token, saying: Saying) -> Told | None:
    """A party does what is bad by its word."""
    if not is_verb(word) or not is_real(word) or auxiliaries(word) & FUTURE or word.dep_ == "amod":
        return None
    doers = saying.parties(clause_of(word).agents)
    return Told((word,), word, doers) if doers else None


def fails(word: Token, saying: Saying) -> Told | None:
    """A party fails to do its duty."""
    if not is_verb(word) or child(word, "xcomp") is None or not is_real(word) or auxiliaries(word) & FUTURE:
        return None
    doers = saying.parties(surface_subjects(word))
    return Told((word,), word, doers) if doers else None


def partner(word: Token, saying: Saying) -> Told | None:
    """Our partner, ally, friend: said of a party."""
    verb = clause_verb(word)
    ours = any(c.dep_ == "poss" and c.lower_ in POSSESSIVES for c in word.children)
    predicate = word.dep_ == "attr" or (word.dep_ == "pobj" and word.head.head.lower_ == "one")
    if not ours or not predicate or verb.lemma_ not in BEING or not is_real(verb):
        return None
    friends = saying.parties(subjects_of(verb))
    return Told((word,), verb, friends) if friends else None


def feels(word: Token, saying: Saying) -> Told | None:
    """We mourn, grieve with a party or with "you"."""
    companions = tuple(t for p in ("with", "for", "alongside") for t in prepositional(word, p))
    companions += tuple(t for c in word.children if c.dep_ == "advmod" for t in prepositional(c, "with"))
    if not is_verb(word) or not is_ours(word) or not is_real(word) or not companions:
        return None
    return Told((word,), word, known(companions, saying))


def known(words: Iterable[Token], saying: Saying) -> tuple[Token, ...]:
    """Those of the words that the roster knows as other than the speaker, whatever their sector."""
    own = saying.speech.speaker.actor.id
    return tuple(t for t in words if any(m.actor.id != own for m in saying.roster.at(t.i)))


def thoughts(word: Token, saying: Saying) -> Told | None:
    """Our thoughts are with, our hearts go out to a party."""
    verb = clause_verb(word)
    ours = any(c.dep_ == "poss" and c.lower_ in POSSESSIVES for c in word.children)
    if word.dep_ != "nsubj" or not ours or verb.lemma_ not in {"be", "go"}:
        return None
    toward = (*prepositional(verb, "with"), *prepositional(verb, "to"))
    toward += tuple(t for c in verb.children if c.dep_ in {"advmod", "prt"} for t in prepositional(c, "to"))
    return Told((word,), verb, known(toward, saying)) if toward else None


def shows(word: Token, saying: Saying) -> Told | None:
    """A party shows courage, has demonstrated unity."""
    verb = word.head
    if word.dep_ != "dobj" or verb.lemma_ not in {"show", "demonstrate", "display", "prove", "exhibit"}:
        return None
    praised = saying.parties(surface_subjects(verb)) if is_real(verb) and not auxiliaries(verb) & FUTURE else ()
    return Told((verb, word), verb, praised) if praised else None


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
