"""The party a sentence leaves out is filled in from the report, with a low score and the reason, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dotterel.events.complete import completed
from dotterel.events.draft import Draft
from dotterel.types import Actor, ActorMention, Mention, Roster
from parsed import coded, drafts, names


def who(name: str, country: str | None, sector: str, start: int, kind: str = "state") -> ActorMention:
    """A mention of an actor at a place in the text."""
    actor = Actor(f"{kind}:{name}", name, country, sector, (sector,))
    return ActorMention(name, start, start + len(name), actor, "named")


KENYA, SOMALIA, CHAD = who("Kenya", "KEN", "GOV", 0), who("Somalia", "SOM", "GOV", 30), who("Chad", "TCD", "GOV", 230)
UNION = who("African Union", "IGO", "IGO", 120, "organisation")
ARMY = who("Kenyan army", "KEN", "MIL", 60, "organ")
SHABAAB = who("al-Shabaab", "NSA", "REB", 90, "group")
QAIDA = who("al-Qaida", "NSA", "REB", 90, "group")
BAND = who("Boko Haram", "NSA", "REB", 330, "group")
NURSES = who("nurses", None, "CVL", 20, "crowd")
ACT = replace(
    drafts("Kenya condemned Sudan.")[0],
    actors=(KENYA,),
    recipients=(),
    mention=Mention("Kenya complained.", "complained", 10, 20, 0, 40),
    confidence=0.8,
)
BEFORE = Mention("Earlier.", "earlier", 0, 7, 0, 8)
LATER = replace(ACT, mention=Mention("Kenya complained.", "complained", 110, 120, 100, 130))
RAID = replace(LATER, type="ASSAULT", lemma="raid")
STRUCK = replace(RAID, recipients=(SHABAAB,), mention=BEFORE)
SPOKE = replace(LATER, type="REQUEST", recipients=(SOMALIA,), mention=BEFORE)
HELPED = replace(LATER, type="AID", recipients=(SOMALIA,), mention=BEFORE)

TWICE = (SOMALIA, replace(SOMALIA, start=300))

# act, other acts, mentions of the report, who is the recipient then (empty: nobody), reason
RECIPIENTS = [
    (ACT, [], [KENYA, SOMALIA], "", "a party that the sentence names beside is not therefore the other side"),
    (ACT, [], [KENYA, ARMY], "", "an organ of the actor's own state is no other party"),
    (ACT, [], [KENYA, NURSES], "", "a crowd of no politics is no party"),
    (ACT, [], [KENYA], "", "nobody else is named"),
    (LATER, [], [KENYA, SOMALIA], "", "who is named once, elsewhere, is no principal of the report"),
    (LATER, [], [KENYA, *TWICE], "Somalia", "the other side of a report about two sides"),
    (replace(LATER, type="RETREAT"), [], [KENYA, *TWICE], "", "what is yielded names its taker or nobody"),
    (LATER, [], [KENYA, *TWICE, CHAD, who("Mali", "MLI", "GOV", 400), BAND], "", "one party of many is no other side"),
    (LATER, [], [*(replace(KENYA, start=n) for n in range(500, 580, 10)), *TWICE], "", "named by the way only"),
    (replace(LATER, actors=(UNION,)), [], [UNION, *TWICE], "", "an organisation stands between states"),
    (replace(LATER, actors=(NURSES,)), [], [KENYA, *TWICE], "", "a crowd is neither side of a report"),
    (LATER, [SPOKE], [KENYA, *TWICE, CHAD, replace(CHAD, start=260)], "Somalia", "as often named as another"),
    (RAID, [], [KENYA, SHABAAB, replace(SHABAAB, start=210), *TWICE], "al-Shabaab", "forces raid the armed group"),
    (replace(RAID, actors=(NURSES,)), [], [KENYA, SHABAAB, replace(SHABAAB, start=210)], "", "a crowd wages no war"),
    (replace(RAID, lemma="kill"), [], [KENYA, SHABAAB, replace(SHABAAB, start=210)], "", "a killing is no act of war"),
    (
        replace(LATER, type="COERCE", lemma="impose"),
        [],
        [KENYA],
        "people of Kenya",
        "a curfew falls on one's own people",
    ),
    (replace(LATER, type="COERCE", lemma="close"), [], [KENYA], "", "a border closed falls on others as well"),
    (replace(LATER, type="PROTEST"), [], [KENYA, *TWICE], "", "a crowd marches against whom it is said to"),
    (LATER, [HELPED], [KENYA, SOMALIA, replace(SOMALIA, start=300)], "", "one does not accuse whom one helps"),
    (RAID, [STRUCK], [KENYA, SHABAAB, SOMALIA, replace(SOMALIA, start=300)], "al-Shabaab", "whom it attacks elsewhere"),
    (replace(ACT, attribution=SOMALIA), [], [KENYA, SOMALIA], "", "who is cited is no party"),
    (replace(ACT, reciprocal=True), [], [KENYA, SOMALIA], "", "a joint act needs no recipient"),
    (replace(ACT, recipients=(CHAD,)), [], [KENYA, SOMALIA], "Chad", "who is said stays"),
    (replace(ACT, type="CONSULT"), [], [KENYA, SOMALIA], "", "with whom one talks cannot be guessed"),
]


@pytest.mark.parametrize(
    ("act", "acts", "mentions", "recipient", "reason"), RECIPIENTS, ids=[r[-1] for r in RECIPIENTS]
)
def test_recipient(act: Draft, acts: list[Draft], mentions: list[ActorMention], recipient: str, reason: str) -> None:
    found = completed(act, [*acts, act], Roster(tuple(mentions)))
    assert [m.actor.name for m in found.recipients] == ([recipient] if recipient else []), reason
    assert found.actors == act.actors


UNDONE = replace(RAID, actors=(), recipients=(SOMALIA,), place=None)
DOERS = [
    (UNDONE, [replace(UNDONE, actors=(QAIDA,), mention=BEFORE)], [SOMALIA, CHAD], "al-Qaida", "who did it before"),
    (UNDONE, [], [SOMALIA, QAIDA], "al-Qaida", "the only armed group of the report"),
    (replace(UNDONE, recipients=(CHAD,)), [], [CHAD, QAIDA], "", "an attack in a state where the group does not fight"),
    (
        replace(UNDONE, recipients=(CHAD,)),
        [replace(UNDONE, recipients=(CHAD,), claimed_by=QAIDA, mention=BEFORE)],
        [CHAD, QAIDA],
        "al-Qaida",
        "an attack elsewhere in a report that tells its claim",
    ),
    (
        replace(UNDONE, recipients=(CHAD,)),
        [],
        [CHAD, QAIDA, replace(QAIDA, start=60)],
        "al-Qaida",
        "an attack elsewhere in a report that is about the group",
    ),
    (UNDONE, [], [SOMALIA, QAIDA, BAND], "", "one of two armed groups, and nobody can say which"),
    (UNDONE, [], [SOMALIA, who("M23", "COD", "REB", 90, "group")], "", "an armed group strikes in its own state"),
    (UNDONE, [], [SOMALIA, CHAD, replace(CHAD, start=300)], "", "a state is not charged with an attack by guess"),
    (replace(UNDONE, type="COERCE"), [], [SOMALIA, CHAD, replace(CHAD, start=300)], "", "who arrests is not guessed"),
    (replace(UNDONE, lemma="body"), [], [SOMALIA, QAIDA], "", "who is found dead was killed by nobody knows whom"),
    (UNDONE, [replace(UNDONE, actors=(QAIDA,), status="negated", mention=BEFORE)], [SOMALIA, CHAD], "", "did not"),
    (replace(UNDONE, type="ACCUSE"), [], [SOMALIA, QAIDA], "", "words without a speaker stay without"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "acts", "mentions", "doer", "reason"), DOERS, ids=[r[-1] for r in DOERS])
def test_doer(act: Draft, acts: list[Draft], mentions: list[ActorMention], doer: str, reason: str) -> None:
    found = completed(act, [*acts, act], Roster(tuple(mentions)))
    assert [m.actor.name for m in found.actors] == ([doer] if doer else []), reason
    assert found.recipients == act.recipients


@pytest.mark.parametrize(
    ("act", "acts", "mentions"),
    [(act, acts, mentions) for act, acts, mentions, name, _ in RECIPIENTS if name and not act.recipients],
)
def test_what_is_filled_in_is_believed_less_and_says_why(
    act: Draft, acts: list[Draft], mentions: list[ActorMention]
) -> None:
    found = completed(act, [*acts, act], Roster(tuple(mentions)))
    (recipient,) = found.recipients
    assert 0 < recipient.score <= 0.5
    assert recipient.reason.startswith("not said here: ")
    assert 0 < found.confidence < act.confidence


def test_an_act_with_both_parties_is_left_as_it_is() -> None:
    act = replace(ACT, recipients=(SOMALIA,))
    assert completed(act, [act], Roster((KENYA, SOMALIA, SHABAAB))) is act


REPORTS = [
    (
        "Kenya and Somalia are at odds over the sea. Kenya recalled its envoy from Somalia. Somalia protested.",
        "ACCUSE", "SOM", "KEN", "a protest answers the act told before it",
    ),
    (
        "Chad shelled Boko Haram on Monday. Later Chad's jets made 12 air strikes on targets and positions.",
        "ASSAULT", "TCD", "Boko Haram", "whose targets nobody says: those of whom the same side attacks",
    ),
    (
        "The U.S.-led coalition met Islamic State in Syria. The coalition carried out 12 air strikes.",
        "ASSAULT", "Coalition against Islamic State", "Islamic State", "whom the coalition was formed to fight",
    ),
    (
        "Turkey began an offensive in Syria on Monday.",
        "ASSAULT", "TUR", "SYR", "the people of the place abroad, where no enemy is told",
    ),
    (
        "Ethiopia accused Eritrea of shelling a village. Eritrea denied it. Ethiopia then threatened to retaliate.",
        "THREATEN", "ETH", "ERI", "a threat to whom the report is about",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "actor", "recipient", "reason"), REPORTS, ids=[r[-1] for r in REPORTS])
def test_in_a_report(text: str, kind: str, actor: str, recipient: str, reason: str) -> None:
    found = [e for e in coded(text).events if e.type == kind and actor in names(e.actors)]
    assert any(recipient in names(e.recipients) for e in found), (reason, found)
