"""Who a phrase means: every sort of mention, over regions and periods."""

from datetime import date
from itertools import pairwise

import pytest

from dotterel.actors import find_actors
from dotterel.parsing import parse
from dotterel.places import find_places
from dotterel.types import Report, Roster


def roster(text: str, day: str = "2016-02-10", dateline: str | None = None) -> Roster:
    parsed = parse(text)
    report = Report("test", text, published=date.fromisoformat(day), dateline=dateline)
    return find_actors(parsed, report, find_places(parsed, report))


def meant(text: str, words: str, **setting: str) -> list[tuple[str, str | None, str]]:
    """Name, country and sector of every mention with those words."""
    found = [m.actor for m in roster(text, **setting).mentions if m.text == words]
    return [(a.name, a.country, a.sector) for a in found]


NAMED = [
    ("Peru recalled its envoy.", "Peru", ("Peru", "PER", "GOV"), "a state by its short name"),
    ("Britain and the US signed it.", "the US", ("United States", "USA", "GOV"), "an alias with its article"),
    ("The bomb killed Daesh recruits.", "Daesh recruits", ("Islamic State", "NSA", "REB"), "an alias of a group"),
    ("Police said IS fighters fled.", "IS fighters", ("Islamic State", "NSA", "REB"), "IS, though tagged as a verb"),
    ("The envoy told us that it is over.", "us", None, "the pronoun is no country"),
    ("Who will lead the party?", "Who", None, "the pronoun is no health organisation"),
    ("WHO urged Guinea to close its markets.", "WHO", ("World Health Organization", "IGO", "IGO"), "the acronym is"),
    (
        "The ICC indicted a warlord.",
        "The ICC",
        ("International Criminal Court", "IGO", "JUD"),
        "a court by its acronym",
    ),
    (
        "The FARC freed two hostages.",
        "The FARC",
        ("Revolutionary Armed Forces of Colombia", "COL", "REB"),
        "guerrillas",
    ),
    (
        "Amnesty International accused Egypt.",
        "Amnesty International",
        ("Amnesty International", "NGO", "NGO"),
        "an NGO",
    ),
    ("The Knesset passed the law.", "The Knesset", ("Knesset", "ISR", "LEG"), "a parliament"),
    ("The Kremlin rejected it.", "The Kremlin", ("Russia", "RUS", "GOV"), "a seat of power"),
    ("The Pentagon said it struck first.", "The Pentagon", ("Pentagon", "USA", "MIL"), "a seat with its own sector"),
    ("Hezbolah fighters crossed over.", "Hezbolah fighters", ("Hezbollah", "LBN", "REB"), "a letter missing"),
    ("The Tamil Tigers shelled it.", "The Tamil Tigers", ("Liberation Tigers of Tamil Eelam", "LKA", "REB"), "old"),
]


@pytest.mark.parametrize(("text", "words", "expected", "reason"), NAMED)
def test_names(text: str, words: str, expected: tuple[str, str, str] | None, reason: str) -> None:
    assert meant(text, words) == ([expected] if expected else []), reason


CAPITALS = [
    ("Talks between Moscow and Paris collapsed.", "Moscow", "Russia", "a party to talks"),
    ("Beijing rejected the ruling.", "Beijing", "China", "the subject of an act"),
    ("Ankara's decision angered Athens.", "Ankara", "Turkey", "the owner of a decision"),
    ("Ankara's decision angered Athens.", "Athens", "Greece", "the object of such a verb"),
    ("The ministers met in Vienna.", "Vienna", None, "where it happened"),
    ("He travelled to Moscow on Monday.", "Moscow", None, "where somebody went"),
    ("The bombings in Paris killed dozens.", "Paris", None, "where it struck"),
    ("A warehouse near Tripoli burned.", "Tripoli", None, "near it"),
    ("Talks with Tehran resumed.", "Tehran", "Iran", "after with"),
]


@pytest.mark.parametrize(("text", "words", "name", "reason"), CAPITALS)
def test_capitals_act_or_are_places(text: str, words: str, name: str | None, reason: str) -> None:
    assert [m[0] for m in meant(text, words)] == ([name] if name else []), reason


TITLED = [
    (
        "Bolivian Foreign Minister Ana Quispe resigned.",
        "Bolivian Foreign Minister Ana Quispe",
        ("Ana Quispe", "BOL", "GOV"),
        "title and nationality make a stranger's role",
    ),
    (
        "Ambassador Carl Beck of Sweden spoke.",
        "Ambassador Carl Beck",
        ("Carl Beck", "SWE", "GOV"),
        "the state after the name",
    ),
    (
        "French President Francois Hollande flew in.",
        "French President Francois Hollande",
        ("François Hollande", "FRA", "GOV"),
        "the name of the table, with its accents",
    ),
    (
        "Rebel commander Issa Dembo, from Mali, surrendered.",
        "Rebel commander Issa Dembo",
        ("Issa Dembo", "MLI", "REB"),
        "a rebel's title",
    ),
    (
        "A spokesman for the UN refugee agency, Peter Lind, said so.",
        "Peter Lind",
        ("Peter Lind", "IGO", "IGO"),
        "the role stands in apposition",
    ),
    ("The German chancellor called.", "The German chancellor", ("Angela Merkel", "DEU", "GOV"), "holder on that day"),
    ("The Syrian leader flew out.", "The Syrian leader", ("Bashar al-Assad", "SYR", "GOV"), "a leader by his state"),
    ("Iran's supreme leader refused.", "Iran's supreme leader", ("Ali Khamenei", "IRN", "GOV"), "not the president"),
    (
        "A former Chilean president died.",
        "A former Chilean president",
        ("Chilean president", "CHL", "GOV"),
        "no holder",
    ),
]


@pytest.mark.parametrize(("text", "words", "expected", "reason"), TITLED)
def test_titles(text: str, words: str, expected: tuple[str, str, str], reason: str) -> None:
    assert meant(text, words) == [expected], reason


def test_the_holder_changes_with_the_date() -> None:
    text = "The French president condemned the attack."
    assert meant(text, "The French president", day="2010-06-01")[0][0] == "Nicolas Sarkozy"
    assert meant(text, "The French president", day="2014-06-01")[0][0] == "François Hollande"


DESCRIBED = [
    ("Turkish fighter jets bombed it.", "Turkish fighter jets", "TUR", "MIL", "nationality and head noun"),
    ("Syrian government forces shelled it.", "Syrian government forces", "SYR", "MIL", "forces are military"),
    ("Chadian rebel forces attacked.", "Chadian rebel forces", "TCD", "REB", "unless they are rebels"),
    ("Kenya's police fired tear gas.", "Kenya's police", "KEN", "COP", "a possessor"),
    ("A Polish court ruled.", "A Polish court", "POL", "JUD", "a court"),
    ("Nepalese lawmakers voted.", "Nepalese lawmakers", "NPL", "LEG", "a legislature"),
    ("Three teachers were shot in Manila.", "Three teachers", "PHL", "CVL", "the place tells the state"),
    ("Police in Istanbul detained many.", "Police", "TUR", "COP", "the place after the noun"),
    ("Israel's embassy in Cairo was stormed.", "Israel's embassy", "ISR", "GOV", "whose it is beats where it is"),
    ("Four Iranians were arrested.", "Four Iranians", "IRN", "CVL", "people of a nation"),
    ("Somali pirates seized a tanker.", "Somali pirates", "SOM", "CVL", "outlaws are no rebels"),
    ("NATO warplanes hit a bridge.", "NATO warplanes", "IGO", "MIL", "the arms of an organisation"),
    ("Members of the separatist group ETA fled.", "Members of the separatist group ETA", "ESP", "REB", "named after"),
    ("India's army and Pakistani troops clashed.", "Pakistani troops", "PAK", "MIL", "a possessor of one conjunct"),
    ("India's army and Pakistani troops clashed.", "army", "IND", "MIL", "that conjunct"),
    ("Peru recalled its ambassador to Chile.", "its ambassador", "PER", "GOV", "not of the state he is sent to"),
    ("Foreign troops left Mali.", "Foreign troops", None, "MIL", "of no state the report tells"),
    ("A Red Cross convoy was hit in Goma.", "A Red Cross convoy", "NGO", "NGO", "a thing of an organisation"),
    ("Assad's troops entered Homs.", "Assad's troops", "SYR", "MIL", "a leader's troops are the state's"),
]


@pytest.mark.parametrize(("text", "words", "country", "sector", "reason"), DESCRIBED)
def test_described(text: str, words: str, country: str | None, sector: str, reason: str) -> None:
    assert [(c, s) for _, c, s in meant(text, words)] == [(country, sector)], reason


def test_every_conjunct_of_a_shared_noun_is_an_actor() -> None:
    found = roster("U.S., French and British forces attacked the port.").mentions
    assert [(m.text, m.actor.country, m.actor.sector) for m in found[:3]] == [
        ("U.S.", "USA", "MIL"),
        ("French", "FRA", "MIL"),
        ("British forces", "GBR", "MIL"),
    ]


def test_a_shared_office_is_each_states_holder() -> None:
    found = roster("The Foreign Ministers of Iran, Saudi Arabia and Turkey met.", day="2015-10-01").mentions
    assert [m.actor.country for m in found] == ["IRN", "SAU", "TUR"]
    assert found[0].actor.name == "Mohammad Javad Zarif"


def test_nationality_of_an_act_is_reachable_at_its_token() -> None:
    parsed = parse("Turkish air strikes killed nine.")
    found = find_actors(parsed, Report("test", "Turkish air strikes killed nine."), ())
    assert [m.actor.name for m in found.at(0)] == ["Turkey"]


def test_the_possessor_of_an_act_is_reachable() -> None:
    text = "Israel's raid on the port was condemned."
    assert [m.actor.country for m in find_actors(parse(text), Report("test", text), ()).at(0)] == ["ISR"]


@pytest.mark.parametrize(
    "text",
    [
        "The party took office and the case is in court.",
        "He went to school and works at home.",
        "The use of force came at a high price.",
    ],
)
def test_idioms_name_no_actor(text: str) -> None:
    assert not [m for m in roster(text).mentions if m.text in {"office", "court", "school", "home", "force"}]


MIXED = (
    "UN official urges Sudan, Chad to end fighting\n\nKHARTOUM - Sudan's army and rebels of the Justice and Equality "
    "Movement clashed on Tuesday, killing 20 civilians. Peter Lind, a spokesman for the UN, said both sides should "
    'stop. "They must," he said. President Omar al-Bashir\'s government refused, and its troops advanced.'
)


def test_mentions_never_overlap_and_copy_the_text() -> None:
    found = roster(MIXED).mentions
    assert all(MIXED[m.start : m.end] == m.text for m in found)
    spans = sorted({(m.start, m.end) for m in found})
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_an_empty_report_has_no_actors() -> None:
    assert roster("   ").mentions == ()


AMERICANS = [
    (
        "Russian hackers struck. Democratic leaders met Republicans.",
        "Democratic leaders",
        "USA",
        "of an American party",
    ),
    ("Democratic lawmakers in South Korea met.", "Democratic lawmakers", "KOR", "of the place told with them"),
    ("India met Republicans. Congress paid states for it.", "states", "USA", "states beside American parties"),
]


@pytest.mark.parametrize(("text", "words", "country", "reason"), AMERICANS, ids=[r[-1] for r in AMERICANS])
def test_words_of_american_parties(text: str, words: str, country: str, reason: str) -> None:
    assert [c for _, c, _ in meant(text, words)] == [country], reason


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Former Rep. Gwen Graham spoke.", "Former Rep. Gwen Graham", "Gwen Graham"),
        ("Sen. L. Graham spoke.", "Sen. L. Graham", "Lindsey Graham"),
        ("Sen. Lindsay Graham spoke.", "Sen. Lindsay Graham", "Lindsey Graham"),
    ],
)
def test_another_first_name_is_another_person(text: str, words: str, name: str) -> None:
    assert [n for n, _, _ in meant(text, words)] == [name]
