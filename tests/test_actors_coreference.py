"""What pronouns, bare offices, counterparts and "the group" refer to."""

import pytest

from test_actors_roster import meant

COREFERENCE = [
    ("Turkey said it shot down a jet.", "it", ["Turkey"], "the subject that reports"),
    ("Angela Merkel called Mr Putin. She urged him to stop.", "She", ["Angela Merkel"], "by gender"),
    ("Angela Merkel called Mr Putin. She urged him to stop.", "him", ["Vladimir Putin"], "by gender"),
    ("The army attacked Boko Haram. The group fled.", "The group", ["Boko Haram"], "the group named before"),
    (
        "OPEC met in Vienna. The group agreed to cut output.",
        "The group",
        ["Organization of the Petroleum Exporting Countries"],
        "or a body named before",
    ),
    ("Warehouses of Amazon.com stand in Texas. The group's appeals failed.", "The group", [], "but no company"),
    (
        "Amnesty International and Human Rights Watch criticised Egypt on Monday. The groups urged Cairo to stop.",
        "The groups",
        ["Amnesty International", "Human Rights Watch"],
        "several that were named side by side",
    ),
    (
        "Several rights groups condemned Egypt. Facebook kept the page. The groups urged Cairo to stop.",
        "The groups",
        ["Several rights groups"],
        "or told as several, and no single body after them",
    ),
    ("Peru and Ecuador met. They signed a treaty.", "They", ["Peru", "Ecuador"], "a pair"),
    ("Israel and Hamas made a truce. Both sides broke it.", "Both sides", ["Israel", "Hamas"], "two sides"),
    ("Ugandan rebels attacked. The rebels fled to Sudan.", "The rebels", ["Ugandan rebels"], "the same noun again"),
    ("It is clear that Peru won.", "It", [], "an expletive"),
    ("It was raining when the talks began.", "It", [], "nothing to refer to"),
    ("The troops, who were from Chad, fled.", "who", ["Chadian troops"], "a relative pronoun"),
    ("Iran said its warships had sailed.", "its warships", ["Iranian warships"], "a possessive pronoun"),
    (
        "Barack Obama spoke. The president warned Iran.",
        "The president",
        ["Barack Obama"],
        "an office held by one named",
    ),
    (
        "The Russian president met his French counterpart.",
        "his French counterpart",
        ["François Hollande"],
        "same office",
    ),
    ("Francois Hollande spoke. Later Hollande left.", "Hollande", ["François Hollande"], "a surname again"),
    (
        "The opposition leader, Morgan Tsvangirai, fled.",
        "The opposition leader",
        ["Morgan Tsvangirai"],
        "an apposition",
    ),
    (
        "The U.S.-led coalition bombed Islamic State. Coalition jets hit tanks.",
        "Coalition jets",
        ["Coalition against Islamic State"],
        "the coalition against the group named",
    ),
    (
        "A UN spokesman spoke in Iraq. Iraqi troops fled. The spokesman praised them.",
        "The spokesman",
        ["United Nations"],
        "whom a spokesman told before speaks for",
    ),
    (
        "Manohar Parrikar spoke in India. Pakistan objected. India waits, the defence minister said.",
        "the defence minister",
        ["Manohar Parrikar"],
        "the report names one who held that office",
    ),
    ("Iran jailed Anwar Kebede Sisay, the envoy.", "the envoy", ["Anwar Kebede Sisay"], "a name beside its office"),
    (
        "Troops, helped by US-led coalition air strikes, beat Islamic State.",
        "US-led coalition",
        ["Coalition against Islamic State"],
        "a coalition before a noun, its leader no actor beside it",
    ),
    ("Troops, helped by US-led coalition air strikes, beat Islamic State.", "US", [], "who but leads a coalition"),
    ("A Nigerian-led coalition landed in Gambia.", "A Nigerian-led coalition", ["Nigerian-led coalition"], "of no row"),
    ("The coalition talks in Prague failed.", "coalition", [], "a coalition of parties"),
    (
        "Kofi Annan spoke. Mr. Annan's special envoy praised Chad.",
        "Mr. Annan's special envoy",
        ["special envoy of Kofi Annan"],
        "somebody's envoy is not he",
    ),
    ("Ban Ki-moon left. His deputy stayed.", "His deputy", ["deputy of Ban Ki-moon"], "nor is his deputy"),
    (
        "Peruvian police were in the valley. Amnesty International said they had beaten detainees.",
        "they",
        ["Peruvian police"],
        "a body tells of others as they",
    ),
    (
        "The UN helped the Kenyan Election Commission (KEC). Voters praised the KEC.",
        "the KEC",
        ["Kenyan Election Commission"],
        "initials once explained",
    ),
    (
        "The World Bank said that Russia had seized the loan. It urged calm.",
        "It",
        ["World Bank"],
        "the subject of the main clause before that of the clause in it",
    ),
    ("A New Mexico delegate spoke.", "Mexico", [], "a state of the Union, not the one it is named after"),
    ("Sweden lashed out at Norway.", "Norway", ["Norway"], 'a state after "at" is aimed at, no place'),
    ("North Korea fired a missile. The shells hit the South.", "the South", [], "a half of which no state is named"),
    ("South Korea met its foe. It will feed the North if North Koreans ask.", "the North", ["North Korea"], "a half"),
    ("North Korea fired. Its ships sail in the North Sea.", "the North", [], "a sea"),
    ("Libya fired. The UN tightened sanctions against the country.", "the country", ["Libya"], "a party again"),
    ("Chad blamed Libya. The UN has offices in the country.", "the country", [], "but where something is"),
    ("Oxfam said they had sent 20 lorries.", "they", ["Oxfam"], "where nobody else is meant, itself"),
    (
        "Kabila met a second rebel group, the M23, in Goma.",
        "a second rebel group",
        ["M23"],
        "the body in apposition to its kind",
    ),
    (
        "A raid hit a large Boko Haram depot. Jets hit the depot building again.",
        "the depot building",
        ["Boko Haram"],
        "a thing by the word it had before",
    ),
]


@pytest.mark.parametrize(("text", "words", "names", "reason"), COREFERENCE)
def test_coreference(text: str, words: str, names: list[str], reason: str) -> None:
    assert [m[0] for m in meant(text, words)] == names, reason


CONTEXT = [
    ("Protesters marched in Nairobi. Police fired tear gas.", "Police", "KEN", "the place of the paragraph"),
    ("Thailand closed its border. The army sent tanks.", "The army", "THA", "the state that acted last"),
    ("Finance Minister Ana Quispe resigned in Quito.", "Finance Minister Ana Quispe", "ECU", "a title without a state"),
]


@pytest.mark.parametrize(("text", "words", "country", "reason"), CONTEXT)
def test_state_by_context(text: str, words: str, country: str, reason: str) -> None:
    assert [m[1] for m in meant(text, words)] == [country], reason


def test_the_dateline_tells_the_state_of_a_bare_army() -> None:
    text = "The army attacked a village on Friday."
    assert [m[1] for m in meant(text, "The army", dateline="DHAKA")] == ["BGD"]
