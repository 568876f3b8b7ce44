"""Who is meant where a sentence does not say: the other party of an act, where the report leaves but one to be meant.

What is filled in has a low score and says why. In news that nobody had looked at, the party a sentence names beside,
the one the actor last dealt with and the one the report names most were wrong nine times in ten: only the other side
of a report that is about two sides is taken, and whom or who an attack like those told elsewhere in it means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dotterel.actors import enemy_of, fights_in
from dotterel.events.draft import Draft
from dotterel.events.parties import people_of, state_of
from dotterel.types import Actor, ActorMention, Roster

PARTIES = {"GOV", "MIL", "REB", "LEG", "PTY", "OPP", "IGO", "JUD", "COP"}  # sectors that are parties to politics
OPEN = {"ASSAULT", "ACCUSE", "REQUEST", "REJECT", "THREATEN", "SANCTION", "SUPPORT", "COERCE", "MOBILIZE"}
DECREES = {"impose", "declare", "introduce", "extend", "decree", "ban", "prohibit", "outlaw", "censor", "curfew"}
ALONE = {
    "adopt",
    "approve",
    "vote",
    "pass",
    "resign",
    "step",
    "quit",
    "abdicate",
    "resignation",
    "surrender",
}  # done to nobody
STATE_DEEDS = {"invasion", "invade", "war", "occupation", "occupy", "airstrike", "strike", "offensive", "campaign"}
WARFARE = STATE_DEEDS | {"bomb", "bombing", "bombardment", "bombard", "shell", "shelling", "fire", "firing", "raid",
                         "assault", "airstrikes", "air", "sortie"}  # fmt: skip
FRIENDLY = {"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID"}
HOSTILE = {"ASSAULT", "ACCUSE", "THREATEN", "SANCTION", "COERCE", "MOBILIZE", "PROTEST"}
GUESS = 0.55  # the highest score of a state that only context gave
REAL = {"occurred", "ongoing"}
FINDS = {"body", "corpse", "grave", "remains"}  # found, with no word of who killed
BY_PLACE = 0.6  # the highest score of a state that the place of the act gave
OWN_PEOPLE = 0.45
ADVERSARY, OTHER_SIDE = 0.45, 0.3
NEAR = 600  # characters before an attack in which the armed group must be named
LEAST_PROTESTS = 2  # against one state, that make a wave
LEAST_MENTIONS = 2  # of a party, before it is taken for one of the two sides of the report
LEAST_SHARE, LEAST_RIVAL_SHARE = 0.25, 0.5  # of all parties' mentions, and of those that are not of the actor's side
LEAST_AT_WAR = 0.1  # of all parties' mentions, for whom acts of war are waged on


def completed(act: Draft, acts: Sequence[Draft], roster: Roster) -> Draft:
    """The act with the party that its type has and the sentence leaves out, where the text lets it be known."""
    if act.type == "PROTEST":
        target = protested(act, acts)
        return act if target is None else replace(act, recipients=(target,))
    if act.reciprocal or act.type not in OPEN or act.lemma in ALONE:
        return act
    if act.spoken and act.type == "REQUEST":  # "it is vital that they be freed": of whoever can do it
        return act
    if act.actors and (not act.recipients or own_side_by_guess(act)):
        found = recipient_of(act, acts, roster)
        return act if found is None else replace(act, recipients=(found,), confidence=round(act.confidence * 0.8, 3))
    if act.actors and nobodys_targets(act):
        found = sworn_enemy(act, roster) or adversary(act, acts)
        return act if found is None else replace(act, recipients=(found,), confidence=round(act.confidence * 0.8, 3))
    if (
        act.recipients
        and not act.actors
        and act.type == "ASSAULT"
        and act.status != "negated"
        and act.lemma not in FINDS
    ):
        found = assailant(act, acts) or last_resort(act, acts, roster)
        return act if found is None else replace(act, actors=(found,), confidence=round(act.confidence * 0.8, 3))
    return act


def protested(act: Draft, acts: Sequence[Draft]) -> ActorMention | None:
    """Whom a crowd protests against without its being said: the one foreign state all other protests are against.

    Where not even the crowd is told ("protests were held in Rome"), nothing is concluded.
    """
    crowd = [m for m in act.actors if not m.actor.id.startswith("place:")]
    if act.recipients or not crowd or act.status not in REAL:
        return None
    against = [a for a in acts if a.type == "PROTEST" and a.recipients and a.status in REAL]
    targets = {party(m): m for a in against for m in a.recipients}
    if len(targets) != 1 or len(against) < LEAST_PROTESTS:
        return None
    ((name, target),) = targets.items()
    at_home = any(party(m) == name for a in (act, *against) for m in a.actors)
    return (
        None if at_home or state_of(name) is None else taken(target, ADVERSARY, "whom the other protests are against")
    )


def own_side_by_guess(act: Draft) -> bool:
    """Does an army seem to attack its own side only because its victims' state was guessed?"""
    own = {party(m) for m in act.actors}
    guessed = all(m.kind == "described" and m.score <= GUESS and party(m) in own for m in act.recipients)
    return act.type == "ASSAULT" and guessed and any(m.actor.sector in {"MIL", "GOV"} for m in act.actors)


def nobodys_targets(act: Draft) -> bool:
    """Does an attack hit units, positions or works of whom no word says whose they are, or those of a guessed place?

    A place may be read as one of the attacker's own ("Indian forces fired at villages in Battal"): only another state
    that the same side attacks elsewhere can then be meant.
    """
    own = {party(m) for m in act.actors}
    forces = any(m.actor.sector in {"MIL", "GOV", "IGO"} for m in act.actors)
    things = [m for m in act.recipients if m.kind == "described" and (m.actor.country is None or m.score <= BY_PLACE)]
    untold = all((m.actor.country is None and m.actor.sector != "CVL") or party(m) in own for m in things)
    return act.type == "ASSAULT" and forces and untold and len(things) == len(act.recipients) > 0


def recipient_of(act: Draft, acts: Sequence[Draft], roster: Roster) -> ActorMention | None:
    """The one other party that can be meant: who is attacked elsewhere, else the other side of a two-sided report."""
    if act.type == "COERCE":
        return own_people(act) if act.lemma in DECREES else None
    friends = partners(act, acts) if act.type in HOSTILE else frozenset()
    open_to = [m for m in roster.mentions if eligible(m, act) and party(m) not in friends]
    if act.type == "ASSAULT":
        return sworn_enemy(act, roster) or adversary(act, acts) or enemy(act, open_to, roster)
    return adversary(act, acts) or other_side(act, open_to, roster)


def sworn_enemy(act: Draft, roster: Roster) -> ActorMention | None:
    """The group a coalition was formed to fight, where the report names it."""
    foes = {enemy_of(m.actor.id) for m in act.actors} - {None}
    found = next((m for m in roster.mentions if m.actor.id in foes), None)
    return None if found is None else taken(found, ADVERSARY, "whom the coalition was formed to fight")


def enemy(act: Draft, open_to: Sequence[ActorMention], roster: Roster) -> ActorMention | None:
    """Whom acts of war by forces are waged on: the armed group the report names most, else its other side."""
    if act.lemma not in WARFARE or any(m.actor.sector not in {"MIL", "GOV", "IGO", "REB"} for m in act.actors):
        return None
    groups = [m for m in open_to if m.actor.sector == "REB" and m.actor.id.startswith("group:")]
    if act.place is not None and act.place.country is not None:
        groups = [m for m in groups if in_its_war(m, act)]
    name, count = next(iter(Counter(party(m) for m in groups).most_common(1)), ("", 0))
    if count >= LEAST_MENTIONS and count >= LEAST_RIVAL_SHARE * len(groups):
        return taken(next(m for m in groups if party(m) == name), OTHER_SIDE, "the armed group the report names most")
    return other_side(act, open_to, roster, LEAST_AT_WAR) or people_there(act)


def people_there(act: Draft) -> ActorMention | None:
    """The people of the place abroad where forces wage war, of nobody else is told: "Ankara's offensive in Afrin"."""
    own = {party(m) for m in act.actors}
    abroad = act.place is not None and act.place.country is not None and act.place.country not in own
    states = all(m.actor.sector in {"GOV", "MIL"} for m in act.actors)
    return people_of(act.place) if act.place is not None and abroad and states else None


def own_people(act: Draft) -> ActorMention | None:
    """On whom a curfew, a ban or a state of emergency falls where nobody is named: the people of who declares it."""
    rulers = [m for m in act.actors if m.actor.sector in {"GOV", "MIL", "COP"}]
    state = next((state_of(m.actor.country) for m in rulers if m.actor.country), None)
    if state is None:
        return None
    people = Actor(f"people:{state.country}", f"people of {state.name}", state.country, "CVL", ("CVL",))
    return replace(rulers[0], actor=people, score=OWN_PEOPLE, reason="not said here: the people of the state that acts")


def last_resort(act: Draft, acts: Sequence[Draft], roster: Roster) -> ActorMention | None:
    """Who must have made an attack: the only armed group of the report, named shortly before, where it fights."""
    if act.type != "ASSAULT" or act.lemma in STATE_DEEDS:
        return None
    rebels = [m for m in roster.mentions if eligible(m, act) and m.actor.sector == "REB"]
    named = {party(m): m for m in reversed(rebels) if m.kind == "named"}
    near = any(act.mention.start - NEAR <= m.start < act.mention.sentence_end for m in rebels)
    if len(named) != 1 or not near:
        return None
    (only,) = named.values()
    claims = any(a.claimed_by is not None and a.claimed_by.actor.id == only.actor.id for a in acts)
    theirs = claims or in_its_war(only, act) or is_about(roster, only)
    return taken(only, OTHER_SIDE, "the only armed group of the report") if theirs else None


def is_about(roster: Roster, group: ActorMention) -> bool:
    """Is a report about the group, so that an attack it condemns in passing elsewhere is taken for the group's?"""
    named = [m.actor.id for m in roster.mentions if m.actor.country is not None and m.actor.sector in PARTIES]
    own = named.count(group.actor.id)
    return own >= LEAST_MENTIONS and own >= LEAST_SHARE * len(named)


def in_its_war(group: ActorMention, act: Draft) -> bool:
    """Does an attack lie in a state where the group fights: that of the place, or of the victims if none is told?"""
    scenes = {act.place.country} if act.place is not None else {m.actor.country for m in act.recipients}
    return any(scene is not None and fights_in(group.actor, scene) for scene in scenes)


def partners(act: Draft, acts: Sequence[Draft]) -> frozenset[str]:
    """The parties with whom the actor cooperates in the report: they are not whom it turns against."""
    own = {party(m) for m in act.actors}
    sides = ({party(m) for m in (*a.actors, *a.recipients)} for a in acts if a.type in FRIENDLY)
    return frozenset(p for side in sides if own & side for p in side)


def taken(mention: ActorMention, score: float, reason: str) -> ActorMention:
    """The mention as a party that was concluded, not read; for a state's soldiers or things the state is meant."""
    state = state_of(party(mention)) if mention.kind == "described" else None
    mention = mention if state is None else replace(mention, actor=state)
    return replace(mention, score=round(score * mention.score, 3), reason=f"not said here: {reason}")


def party(mention: ActorMention) -> str:
    """What parties are told apart by: the state, or the identity of who belongs to none."""
    actor = mention.actor
    return actor.country if actor.country and actor.country not in {"IGO", "NGO", "NSA", "MNC"} else actor.id


def eligible(mention: ActorMention, act: Draft) -> bool:
    """Can the mention be the other party: a political actor that neither acts here nor is cited?"""
    own = {party(m) for m in act.actors or act.recipients}
    cited = act.attribution is not None and act.attribution.actor.id == mention.actor.id
    known = mention.actor.country is not None and mention.actor.sector in PARTIES
    return known and party(mention) not in own and not cited


def adversary(act: Draft, acts: Sequence[Draft]) -> ActorMention | None:
    """Whom the same side attacks elsewhere in the report."""
    if act.type not in {"ASSAULT", "MOBILIZE"}:
        return None
    own = {party(m) for m in act.actors}
    for other in acts:
        if other.type == "ASSAULT" and other.status in REAL and own & {party(m) for m in other.actors}:
            sides = (m for m in other.recipients if m.actor.sector in PARTIES and m.actor.country is not None)
            found = next((m for m in sides if party(m) not in own), None)
            if found is not None:
                return taken(found, ADVERSARY, "whom the same side attacks elsewhere in the report")
    return None


def assailant(act: Draft, acts: Sequence[Draft]) -> ActorMention | None:
    """Who does the same to the same side elsewhere in the report."""
    suffering = {party(m) for m in act.recipients}
    for other in acts:
        if other.type == act.type and other.status in REAL and suffering & {party(m) for m in other.recipients}:
            found = next((m for m in other.actors if eligible(m, act) and could_have(m, act, other)), None)
            if found is not None:
                return taken(found, ADVERSARY, "who does the same to this side elsewhere in the report")
    return None


def could_have(mention: ActorMention, act: Draft, other: Draft) -> bool:
    """Can an attack be by who made the other: a group of rebels in a state where it fights, or made that one too?"""
    group = mention.actor.sector == "REB" and mention.actor.id.startswith("group:")
    there = act.place is not None and other.place is not None and act.place.country == other.place.country
    return not group or there or in_its_war(mention, act)


def other_side(
    act: Draft, open_to: Sequence[ActorMention], roster: Roster, share: float = LEAST_SHARE
) -> ActorMention | None:
    """The other of the two sides that the report is about; an organisation of states is no side against one of them."""
    own = {party(m) for m in act.actors if m.actor.sector in PARTIES}
    sides = Counter(party(m) for m in roster.mentions if m.actor.country is not None and m.actor.sector in PARTIES)
    rivals = sum(count for side, count in sides.items() if side not in own)
    name, _ = next(iter(Counter(party(m) for m in open_to).most_common(1)), ("", 0))
    least = max(LEAST_MENTIONS, share * sum(sides.values()), LEAST_RIVAL_SHARE * rivals)
    between = all(m.actor.country == "IGO" for m in act.actors) and state_of(name) is not None
    if not own & set(sides) or sides[name] < least or between or (act.type != "ASSAULT" and scene_is(act, name)):
        return None
    if act.type in {"REQUEST", "SUPPORT"} and not (between_states(act) and state_of(name) is not None):
        return None
    return taken(face_of(act, [m for m in open_to if party(m) == name]), OTHER_SIDE, "the other side of the report")


def between_states(act: Draft) -> bool:
    """Do governments act, who ask and praise each other: lawmakers and parties mostly speak to those at home?"""
    return all(m.actor.sector in {"GOV", "MIL", "IGO"} for m in act.actors)


def scene_is(act: Draft, state: str) -> bool:
    """Does the act tell of something in that state: "condemned the attack in Nice" is not said to France?"""
    return act.place is not None and act.place.country == state


def face_of(act: Draft, side: Sequence[ActorMention]) -> ActorMention:
    """Who stands for a side: its state, but towards a leader the leader whom the report names most."""
    state = state_of(party(side[0]))
    if state is None:
        return side[0]
    most, _ = Counter(m.actor.id for m in side).most_common(1)[0]
    if most.startswith("person:") and any(m.actor.id.startswith("person:") for m in act.actors):
        return next(m for m in side if m.actor.id == most)
    return replace(side[0], actor=state)
