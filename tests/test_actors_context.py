"""Whose a bare "the army" is, and whom a second description, a pair or a shared name means."""

import pytest

from test_actors_roster import meant

STATES = [
    ("Canada urged the authorities to free the poet.", "the authorities", "ZWE", "HARARE", "not the state that urges"),
    ("Norway condemned the junta.", "the junta", "THA", "BANGKOK", "not the state that condemns"),
    ("France accused the government of fraud.", "the government", "GAB", "LIBREVILLE", "not the accuser's"),
    (
        "Kenya said it had sent soldiers to back the government. People fled Bujumbura in Burundi.",
        "the government",
        "BDI",
        None,
        "not the backer's",
    ),
    ("Kenya said it had sent soldiers to back the government.", "soldiers", "KEN", None, "the sender's own"),
    ("Chile shelled an islet, killing two marines. Peru protested.", "two marines", "PER", None, "not the attacker's"),
    ("China sent frigates to reinforce troops there. Japan fumed.", "troops", "CHN", None, "the purpose is one's own"),
    ("Ghana deployed troops in Mali.", "troops", "GHA", None, "a place where they go is not theirs"),
    ("NATO deployed jets. Latvia cheered.", "jets", "IGO", None, "sent by a body"),
    (
        "Uganda closed its border. In Kinshasa, protesters marched. Police fired and the army watched.",
        "Police",
        "COD",
        None,
        "the place told earlier in the paragraph",
    ),
    (
        "Uganda closed its border. In Kinshasa, protesters marched. Police fired and the army watched.",
        "the army",
        "COD",
        None,
        "the same for soldiers",
    ),
    ("Teachers marched on Friday.", "Teachers", "NGA", "LAGOS", "nothing but the dateline, no capital"),
    ("Kurdish fighters attacked a post in Turkey.", "Kurdish fighters", "TUR", None, "a people without a state"),
    ("Shia militiamen killed a guard in Baghdad.", "Shia militiamen", "IRQ", None, "a faith without a state"),
]


@pytest.mark.parametrize(("text", "words", "country", "dateline", "reason"), STATES)
def test_the_state_of_a_bare_description(
    text: str, words: str, country: str | None, dateline: str | None, reason: str
) -> None:
    found = meant(text, words, dateline=dateline) if dateline else meant(text, words)
    assert [m[1] for m in found] == [country], reason


NAMES = [
    ("The envoy visited Scotland on Monday.", "Scotland", "2018-05-05", [], "a place, not Patricia Scotland"),
    ("Scotland voted. Patricia Scotland spoke.", "Scotland", "2018-05-05", [], "a place beside its bearer"),
    (
        "Secretary-General Scotland left. Patricia Scotland spoke.",
        "Secretary-General Scotland",
        "2018-05-05",
        [("Patricia Scotland", "IGO", "IGO")],
        "a title stands before it",
    ),
    (
        "Marquez, a baker, was robbed in Leeds.",
        "Marquez",
        "2016-02-10",
        [("Marquez", None, "UNK")],
        "no rebel leader where Colombia is not spoken of",
    ),
    ("Putin flew home.", "Putin", "2016-02-10", [("Vladimir Putin", "RUS", "GOV")], "a leader alone of that name"),
    (
        "The PAP news agency reported it from Singapore.",
        "The PAP news agency",
        "2016-02-10",
        [("Polish Press Agency", "POL", "MED")],
        "an agency, not a party",
    ),
    (
        "Foreign Secretary Harold Pym flew to Bonn.",
        "Foreign Secretary Harold Pym",
        "1976-06-01",
        [("Harold Pym", "GBR", "GOV")],
        "the title's own state, not that of the destination",
    ),
    (
        "Foreign Secretary Asha Verma spoke in India.",
        "Foreign Secretary Asha Verma",
        "2016-02-10",
        [("Asha Verma", "IND", "GOV")],
        "the title's state that the report is about",
    ),
    (
        "Anastasio Somoza addressed the nation. Later Somoza left.",
        "Somoza",
        "1978-07-18",
        [("Anastasio Somoza Debayle", "NIC", "GOV")],
        "the one of the family in office, without a second surname",
    ),
    (
        "Luis Somoza Debayle spoke in Managua. Somoza then left.",
        "Somoza",
        "1960-07-18",
        [("Luis Somoza", "NIC", "GOV")],
        "the one of the family whom the report names",
    ),
    (
        "The Department of Commerce denied it. China protested.",
        "The Department of Commerce",
        "2016-02-10",
        [("US Department of Commerce", "USA", "GOV")],
        "departments are American",
    ),
    (
        "The governor resigned. America voted.",
        "The governor",
        "2001-05-05",
        [("American governor", "USA", "GOV")],
        "one of many governors is nobody certain",
    ),
]


@pytest.mark.parametrize(("text", "words", "day", "expected", "reason"), NAMES)
def test_names_that_collide(
    text: str, words: str, day: str, expected: list[tuple[str, str | None, str]], reason: str
) -> None:
    assert meant(text, words, day=day) == expected, reason


SITES = [
    ("The headquarters of the bank was hit.", "The headquarters", "CVL", "a thing of nobody's army"),
    ("The airport was shelled.", "The airport", "CVL", "a thing of nobody's army"),
    ("The military airport was shelled.", "The military airport", "MIL", "the army's by its qualifier"),
    ("The police headquarters was hit.", "The police headquarters", "COP", "the police's by its qualifier"),
    ("Rebels hit an air force base.", "an air force base", "MIL", "a base is the army's"),
]


@pytest.mark.parametrize(("text", "words", "sector", "reason"), SITES)
def test_sites_are_civil_unless_an_army_owns_them(text: str, words: str, sector: str, reason: str) -> None:
    assert [m[2] for m in meant(text, words)] == [sector], reason


AGAIN = [
    (
        "Peru and Chile made a deal after talks hosted by Cuba. The two neighbours shook hands.",
        "The two neighbours",
        ["Peru", "Chile"],
        "named together, not merely last",
    ),
    ("The two neighbours agreed. India and Nepal opened a post.", "The two neighbours", ["India", "Nepal"], "ahead"),
    (
        "Government troops and rebels clashed in Burundi. Both sides suffered losses.",
        "Both sides",
        ["Burundi", "Burundian rebels"],
        "two sides of one state",
    ),
    (
        "Angela Merkel met Francois Hollande in Bonn. The two leaders talked.",
        "The two leaders",
        ["Angela Merkel", "François Hollande"],
        "two persons",
    ),
    (
        "Ken Lasco, a gambling tycoon, fled. The gambling tycoon denied it.",
        "The gambling tycoon",
        ["Ken Lasco"],
        "noun",
    ),
    (
        "Opposition candidate Maria Lopes was held. The candidate denied it.",
        "The candidate",
        ["Maria Lopes"],
        "a title cut short",
    ),
    (
        "Ruth Abel, a lawmaker, condemned it. The lawmaker urged Ghana to act.",
        "The lawmaker",
        ["Ruth Abel"],
        "an apposition, against the state of what follows",
    ),
    ("The Security Council met. The Council urged calm.", "The Council", ["United Nations Security Council"], "short"),
    (
        "The General Assembly voted. The Assembly condemned Burma.",
        "The Assembly",
        ["United Nations General Assembly"],
        "no national parliament",
    ),
    (
        "NATO flew in jets. The alliance warned Libya.",
        "The alliance",
        ["North Atlantic Treaty Organization"],
        "by kind",
    ),
    ("ASEAN met. The bloc urged calm.", "The bloc", ["Association of Southeast Asian Nations"], "by kind"),
    (
        "The International Criminal Tribunal for Rwanda sat. The Tribunal convicted him.",
        "The Tribunal",
        ["International Criminal Tribunal for Rwanda"],
        "no Rwandan court",
    ),
    (
        "The International Atomic Energy Agency inspected Iran. The agency praised it.",
        "The agency",
        ["International Atomic Energy Agency"],
        "no Iranian agency",
    ),
    ("UN human rights staff visited it.", "UN human rights staff", ["United Nations"], "people of the UN"),
    ("Russia, France to coordinate strikes.", "Russia", ["Russia"], "the first of two in a headline"),
]


@pytest.mark.parametrize(("text", "words", "names", "reason"), AGAIN)
def test_second_descriptions(text: str, words: str, names: list[str], reason: str) -> None:
    assert [m[0] for m in meant(text, words)] == names, reason


NOBODY = [
    ("No group claimed responsibility.", "No group", "nobody"),
    ("No country backed it.", "No country", "nobody"),
    ("Neither side won.", "Neither side", "nobody"),
    ("Their allies protested. Syria stayed.", "Their allies", "of nobody the report tells"),
    ("Others fled. Syria stayed.", "Others", "of nobody the report tells"),
    ("Mali and Niger joined forces against crime.", "forces", "an idiom"),
]


@pytest.mark.parametrize(("text", "words", "reason"), NOBODY)
def test_nobody_is_no_actor(text: str, words: str, reason: str) -> None:
    assert meant(text, words) == [], reason


def test_the_allies_of_a_state_are_not_that_state() -> None:
    assert [m[1] for m in meant("Russia's allies stayed away.", "Russia's allies")] == [None]
