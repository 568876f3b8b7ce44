"""Parties, hosts, claimants, days, places and sources of an act, as one sentence tells them."""

from __future__ import annotations

import pytest

from dotterel.events.draft import Draft
from parsed import drafts, names


def act(text: str, kind: str, published: str = "2019-05-14") -> Draft:
    """The only act of that type in a text. Raises ValueError where there are none or several."""
    (found,) = [d for d in drafts(text, published) if d.type == kind]
    return found


# text, type, one name or country of the actor, of the recipient (empty: nobody), reason
PARTIES = [
    ("Kenya condemned Sudan.", "ACCUSE", "KEN", "SDN", "two states"),
    ("The Kremlin accused Kiev of breaking the truce.", "ACCUSE", "RUS", "UKR", "seats of power"),
    ("Turkish jets bombed Kurdish rebels.", "ASSAULT", "TUR", "Kurdish rebels", "nationalities of forces"),
    ("Members of the Taliban killed three Pakistani soldiers.", "ASSAULT", "Taliban", "PAK", "members of a group"),
    ("France's ambassador was summoned by Iran.", "ACCUSE", "IRN", "FRA", "the owner of a man is his country"),
    ("Egypt's decision to expel the Qatari ambassador was praised by Bahrain.", "SUPPORT", "BHR", "EGY",
     "the owner of a thing that is no actor"),
    ("The UN Security Council's resolution condemned North Korea.", "ACCUSE", "United Nations Security Council", "PRK",
     "a document speaks for its author"),
    ("Minister arrested over bribes", "COERCE", "", "Minister", "nobody said to have done it"),
    ("Rebels shelled Bangui.", "ASSAULT", "CAF", "Bangui", "the people of a town that is shelled"),
    ("An attack in Mogadishu killed four.", "ASSAULT", "", "Mogadishu", "the people of the scene of an attack"),
    ("Thousands marched in Lagos on Saturday.", "PROTEST", "NGA", "", "a number marching is the people of the place"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "actor", "recipient", "reason"), PARTIES, ids=[r[0] for r in PARTIES])
def test_parties(text: str, kind: str, actor: str, recipient: str, reason: str) -> None:
    found = act(text, kind)
    assert actor in names(found.actors) or (not actor and not found.actors), (reason, found.actors)
    assert recipient in names(found.recipients) or (not recipient and not found.recipients), (reason, found.recipients)


TOGETHER = [
    ("Norway and Sweden held talks in Oslo.", "both stand in the subject"),
    ("Norway held talks with Sweden.", "one stands in a with-phrase"),
    ("Talks between Norway and Sweden began on Monday.", "both belong to the noun"),
    ("Norway's talks with Sweden went on.", "one owns the noun"),
    ("Norway met Sweden.", "one stands in the object"),
]


@pytest.mark.parametrize(("text", "reason"), TOGETHER)
def test_parties_of_a_joint_act_are_all_actors(text: str, reason: str) -> None:
    found = act(text, "CONSULT")
    assert {"NOR", "SWE"} <= names(found.actors), reason
    assert found.recipients == (), reason


def test_nobody_stands_on_both_sides() -> None:
    for text in ("Kenya condemned Kenya.", "Kenya and Uganda condemned Uganda and Sudan."):
        found = act(text, "ACCUSE")
        assert not {m.actor.id for m in found.actors} & {m.actor.id for m in found.recipients}
        assert "KEN" in names(found.actors)


HOSTS = [
    ("France's foreign minister travelled to Bamako on Friday.", "FRA", "MLI", "a town stands for its government"),
    ("Germany's president visited Ghana on Monday.", "DEU", "GHA", "a state is visited"),
    ("The Japanese emperor's visit to Singapore lasted two days.", "JPN", "SGP", "a visit as a noun"),
]


@pytest.mark.parametrize(("text", "guest", "host", "reason"), HOSTS)
def test_who_is_visited(text: str, guest: str, host: str, reason: str) -> None:
    found = act(text, "CONSULT")
    assert found.mode == "visit"
    assert guest in names(found.actors), reason
    assert host in names(found.recipients), reason


CLAIMS = [
    ("Islamic State claimed responsibility for the bombing in Kabul.", "Islamic State", "claimed responsibility"),
    ("An attack in Kabul, claimed by Islamic State, killed nine soldiers.", "Islamic State", "a claim after the noun"),
    ("Kenya condemned a bombing in Kabul that was claimed by Islamic State.", "Islamic State", "a relative clause"),
    ("Boko Haram claimed responsibility for a raid on the town of Gwoza.", "Boko Haram", "another group"),
    ("An attack in Kabul killed nine soldiers.", "", "nobody claimed it"),
    ("The Taliban killed nine soldiers in Kabul.", "", "who did it did not claim it"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "claimant", "reason"), CLAIMS)
def test_who_claimed_an_attack(text: str, claimant: str, reason: str) -> None:
    claims = {d.claimed_by.actor.name for d in drafts(text) if d.type == "ASSAULT" and d.claimed_by}
    assert claims == ({claimant} if claimant else set()), reason


def test_who_claims_an_attack_whose_doer_is_not_named_did_it() -> None:
    found = act("Islamic State claimed responsibility for the bombing in Kabul.", "ASSAULT")
    assert names(found.actors) >= {"Islamic State"}


DAYS = [
    ("Kenya condemned Sudan on Sunday.", "ACCUSE", "2019-05-12", "a weekday is the last one before the report"),
    ("Kenya condemned Sudan yesterday.", "ACCUSE", "2019-05-13", "yesterday"),
    ("Kenya arrested two rebels on May 3.", "COERCE", "2019-05-03", "a day of the year of the report"),
    ("Kenya arrested two rebels in 2016.", "COERCE", "2016", "a year"),
    ("Ghana and Togo signed a pact last month.", "SUPPORT", "2019-04", "a month"),
    ("Kenya will host talks with Somalia on June 3.", "AGREE", "2019-06-03", "a day to come"),
]


@pytest.mark.parametrize(("text", "kind", "day", "reason"), DAYS)
def test_day_of_an_act(text: str, kind: str, day: str, reason: str) -> None:
    found = act(text, kind)
    assert found.interval is not None, reason
    assert found.interval.iso() == day, reason


def test_each_clause_has_its_own_day() -> None:
    text = "Kenya arrested two rebels on Sunday and Uganda freed two monks on Monday."
    assert [d.interval.iso() for d in drafts(text) if d.interval] == ["2019-05-12", "2019-05-13"]


SCENES = [
    ("Kenya bombed rebels near Garissa on Sunday.", "ASSAULT", "Garissa", "KEN", "near a town"),
    ("Ghana and Togo signed a pact in Accra.", "SUPPORT", "Accra", "GHA", "in a town"),
    ("Turkish troops killed four rebels in northern Syria.", "ASSAULT", "Syria", "SYR", "a compass point before it"),
    ("Kenya condemned Sudan.", "ACCUSE", "", "", "a party is no scene"),
]


@pytest.mark.parametrize(("text", "kind", "place", "country", "reason"), SCENES)
def test_scene_of_an_act(text: str, kind: str, place: str, country: str, reason: str) -> None:
    scene = act(text, kind).place
    if not place:
        assert scene is None, reason
        return
    assert scene is not None, reason
    assert place in scene.text, reason
    assert scene.country == country, reason


SOURCES = [
    ("Sudan shelled Chadian villages, Chad said.", "ASSAULT", "TCD", "a source after the act"),
    ("According to Chad, Sudan shelled two villages.", "ASSAULT", "TCD", "a source before the act"),
    ("Chad said Sudan had shelled two villages.", "ASSAULT", "TCD", "a clause of the source's own"),
    ("Sudan shelled Chadian villages.", "ASSAULT", "", "the reporter's own words"),
    ("Kenya condemned Sudan.", "ACCUSE", "", "who speaks is no source for his own words"),
]


@pytest.mark.parametrize(("text", "kind", "source", "reason"), SOURCES)
def test_who_is_cited_for_an_act(text: str, kind: str, source: str, reason: str) -> None:
    cited = act(text, kind).attribution
    assert source in names((cited,)) if cited else not source, (reason, cited)


TO_COME = [
    ("The president of Ghana will visit Ivory Coast.", "AGREE", "planned", "a visit to come is agreed"),
    ("Norway will send aid to Malawi.", "AGREE", "planned", "help to come is agreed"),
    ("Kenya will attack the rebels.", "ASSAULT", "planned", "an attack to come is not agreed"),
    ("The president of Ghana visited Ivory Coast.", "CONSULT", "occurred", "a visit paid is a visit"),
]


@pytest.mark.parametrize(("text", "kind", "status", "reason"), TO_COME)
def test_cooperation_still_to_come_is_an_agreement(text: str, kind: str, status: str, reason: str) -> None:
    assert act(text, kind).status == status, reason


def test_belief_falls_with_what_is_left_open() -> None:
    told = act("Kenya attacked Sudan.", "ASSAULT").confidence
    unsaid = act("Sudan was attacked.", "ASSAULT").confidence
    supposed = act("Kenya could attack Sudan.", "ASSAULT").confidence
    assert 0 < unsaid < told <= 1
    assert 0 < supposed < told


@pytest.mark.parametrize("text", [row[0] for row in PARTIES])
def test_every_act_says_what_it_was_read_from(text: str) -> None:
    for found in drafts(text):
        assert found.type in found.reason
        assert text[found.mention.start : found.mention.end] == found.mention.trigger
