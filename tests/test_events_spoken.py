"""Acts done by what a speech says: the speaker's requests, blame, praise, offers, refusals and threats."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from dotterel import codebook, tables
from dotterel.events.frames import FRAMES
from dotterel.events.spoken import rows
from dotterel.types import Event
from parsed import coded
from scoring import is_dyad

ROWS = tables.read("speech_acts")
NAMES = {"Norwegian": "NOR", "Belarus": "BLR", "Belarusian": "BLR", "Iceland": "ISL"}


def told(text: str, kind: str, actor: str, recipient: str) -> bool:
    """Is that act coded?"""
    return any(is_dyad(e, kind, actor, recipient) for e in coded(text).events)


def marked(example: str, marks: str) -> str:
    """The country of the party between those marks of an example."""
    (found,) = re.findall(rf"\{marks[0]}(.+?)\{marks[1]}", example)
    return NAMES[found]


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['frame']}-{r['words'].split('|')[0]}" for r in ROWS])
def test_example_is_coded_as_its_row_says(row: dict[str, str]) -> None:
    text = re.sub(r"[\[\]{}]", "", row["example"])
    assert told(text, row["type"], marked(row["example"], "[]"), marked(row["example"], "{}"))


def test_frames_and_types_are_known() -> None:
    assert {row["frame"] for row in ROWS} == set(FRAMES)
    assert {row["type"] for row in ROWS} <= {kind.name for kind in codebook.types()}


def test_no_frame_lists_a_word_twice() -> None:
    listed = [(word, frame) for word, acts in rows().items() for frame, _ in acts]
    assert len(listed) == len(set(listed))


# text, type, actor, recipient, reason
DONE = [
    ("Kenya's foreign minister said Uganda must withdraw its troops from the island.",
     "REQUEST", "KEN", "UGA", "indirect speech with a modal"),
    ('"The Peruvian navy should stop boarding our boats," Chilean president Ana Soto told reporters.',
     "REQUEST", "CHL", "PER", "a quotation before its cue"),
    ('Thai premier Somchai Rattana said: "We hope the Cambodian government will open the crossing."',
     "REQUEST", "THA", "KHM", "a hope that another does something"),
    ('"It is essential for Angola to open its ports," Zambian president Joseph Banda said.',
     "REQUEST", "ZMB", "AGO", "an adjective with for and infinitive"),
    ('"The Eritrean blockade is illegal," Ethiopian foreign minister Abebe Tadesse said.',
     "ACCUSE", "ETH", "ERI", "a bad name for a party's deed"),
    ('"Rwanda is bombing our villages, and that is shameful," Congolese president Jean Mbala said.',
     "ACCUSE", "COD", "RWA", "a bad name for the deed told just before"),
    ('"We will not be cowed by Serbian aggression," Croatian premier Ivan Horvat said.',
     "ACCUSE", "HRV", "SRB", "a bad noun with who did it"),
    ("Amnesty International said the Honduran government had failed to protect the farmers.",
     "ACCUSE", "Amnesty International", "HND", "a failed duty"),
    ('"Our people are being oppressed by Moroccan forces," activist Salma Bashir told the crowd.',
     "ACCUSE", "Salma Bashir", "MAR", "an activist's words count"),
    ('"Portugal remains our closest friend," Mozambican president Luis Machava said.',
     "SUPPORT", "MOZ", "PRT", "a lasting friendship declared"),
    ('"We grieve with the people of Nepal," Bhutanese premier Dorji Wangdi said.',
     "SUPPORT", "BTN", "NPL", "condolence"),
    ('"Jordan has shown great generosity," UN envoy Maria Keller said.',
     "SUPPORT", "Maria Keller", "JOR", "praise of what a party shows"),
    ('"We want to cooperate with Oman on fishing," Yemeni president Faisal Noman said.',
     "AGREE", "YEM", "OMN", "willingness to do something together"),
    ('"We will never recognise Algerian rule over the desert," Moroccan premier Karim Amrani said.',
     "REJECT", "MAR", "DZA", "a future denied by who would do it"),
    ('"We will take all necessary measures against Armenia," Azerbaijani president Rauf Aliyev said.',
     "THREATEN", "AZE", "ARM", "measures announced against a party"),
    ('"Sudan will face serious consequences," Chadian minister Idriss Moussa warned.',
     "THREATEN", "TCD", "SDN", "what a party will face"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "actor", "recipient", "reason"), DONE, ids=[r[-1] for r in DONE])
def test_a_speech_does_its_act(text: str, kind: str, actor: str, recipient: str, reason: str) -> None:
    assert told(text, kind, actor, recipient), (reason, [(e.type, e.actors, e.recipients) for e in coded(text).events])


def by_saying(text: str) -> Iterator[Event]:
    """The acts that are coded because they are said."""
    return (e for e in coded(text).events if "saying so" in e.reason)


# text, reason
NOT_DONE = [
    ("Uganda must withdraw its troops from the island.", "the writer's own opinion"),
    ('"Uganda must withdraw its troops," economist Peter Smith wrote.', "no political actor"),
    ('"Uganda must have seen the plane," Kenyan minister Joseph Otieno said.', "a guess, no demand"),
    ('"Should Uganda attack, nothing changes," Kenyan minister Joseph Otieno said.', "a condition"),
    ('"Must Uganda withdraw?" Kenyan minister Joseph Otieno asked.', "a question"),
    ('"The Ugandan raid is not illegal," Kenyan minister Joseph Otieno said.', "denied"),
    ('"A Ugandan raid would be a crime," Kenyan minister Joseph Otieno said.', "unreal"),
    ('"Our policy is not cruel," Kenyan minister Joseph Otieno said.', "his own side"),
    ('"The weather was brutal," Kenyan minister Joseph Otieno said.', "nobody is blamed"),
    ('"Uganda did not fail to pay," Kenyan minister Joseph Otieno said.', "denied failure"),
    ('"Uganda is not our ally," Kenyan minister Joseph Otieno said.', "denied friendship"),
    ('"We need to fix our own roads," Kenyan minister Joseph Otieno said.', "a duty of one's own"),
    ("American senator Ted Cruz said voters must go with him.", "voters owe nothing"),
    ("American senator Ted Cruz said Republicans need to unite.", "what a politician says of the parties at home"),
    ('"We must be honest with the people," American senator Ted Cruz said.', "we"),
    ("Strategist Paul Hill said Democrats should worry.", "who has no office"),
    ('"We worked with Uganda for years," Kenyan minister Joseph Otieno said.', "the past is no offer"),
]


# text, whether something is asked
ASKED = [
    ("American senator Ted Cruz said that Iran must free the sailors.", True),
    ("The Norwegian parliament said that Shell must leave the delta.", True),
    ("The opposition leader said the government must resign.", True),
    ("Protesters said that the government of Chile must resign.", True),
    ("American senator Ted Cruz said that voters must go with him.", False),
    ("Pundit Anna Hill said the government of Chile must resign.", False),
]


@pytest.mark.parametrize(("text", "asked"), ASKED, ids=[r[0] for r in ASKED])
def test_must_is_a_demand_of_one_power_to_another(text: str, asked: bool) -> None:
    assert ("REQUEST" in [e.type for e in coded(text).events]) == asked


@pytest.mark.parametrize(("text", "reason"), NOT_DONE, ids=[r[-1] for r in NOT_DONE])
def test_words_that_do_nothing(text: str, reason: str) -> None:
    assert not list(by_saying(text)), (reason, [(e.type, e.mentions[0].trigger) for e in by_saying(text)])


def test_what_is_asked_for_is_not_coded_again() -> None:
    text = '"It is vital that Belarus frees the reporters," Norwegian minister Anna Berg said.'
    assert [e.type for e in coded(text).events] == ["REQUEST"]


def test_a_blamed_deed_is_coded_beside_the_blame() -> None:
    text = '"We will answer the cowardly attack by Belarus on our border guards," Norwegian minister Anna Berg said.'
    assert {"ACCUSE", "ASSAULT"} <= {e.type for e in coded(text).events}


def test_a_later_sentence_of_a_quotation_is_its_speakers_too() -> None:
    text = 'Norwegian minister Anna Berg said: "The talks were long. Belarus must free the reporters."'
    assert told(text, "REQUEST", "NOR", "BLR")


def test_who_says_we_speaks_for_himself() -> None:
    text = '"We condemn the raid by Belarus," Norwegian minister Anna Berg said.'
    (blame,) = [e for e in coded(text).events if e.type == "ACCUSE"]
    assert [m.actor.name for m in blame.actors] == ["Anna Berg"]


def test_we_who_strike_are_the_state() -> None:
    text = '"We bombed the Belarusian camp on Monday," Norwegian minister Anna Berg said.'
    (strike,) = [e for e in coded(text).events if e.type == "ASSAULT"]
    assert [m.actor.name for m in strike.actors] == ["Norway"]


def test_what_must_be_done_is_asked_of_no_thing() -> None:
    text = '"Such insanity should go into a book of records," Norwegian minister Anna Berg said.'
    assert not coded(text).events


def test_who_is_needed_owes_nothing() -> None:
    text = "Norwegian minister Anna Berg said a Belarusian convoy was needed to feed the town."
    assert "REQUEST" not in {e.type for e in coded(text).events}


def test_two_parties_asked_are_two_requests() -> None:
    text = "Kenya urges action on the dam\n\nKenya urged Sudan to open the road. Kenya also urged Chad to send food."
    asked = [e.recipients[0].actor.country for e in coded(text).events if e.type == "REQUEST" and e.recipients]
    assert sorted(filter(None, asked)) == ["SDN", "TCD"]


def test_what_must_happen_is_asked_of_nobody_by_guess() -> None:
    text = 'Sudan closed the road. Sudan fined Chad. "It is vital that the men be freed," UN envoy Maria Keller said.'
    (request,) = [e for e in coded(text).events if e.type == "REQUEST"]
    assert not request.recipients


def test_who_must_be_destroyed_is_not_asked() -> None:
    text = 'Norwegian minister Anna Berg said: "Belarus must be punished."'
    assert not told(text, "REQUEST", "NOR", "BLR")
