"""Whom a protest is against is read off its scene, its slogans or the report's other protests, else left unsaid."""

import pytest

from parsed import coded

# text, countries or names each protest is against, in text order; reason
PROTESTS = [
    ("Activists protested outside the Chinese consulate in Toronto.", [["CHN"]], "a consulate"),
    ("Around 200 people held a vigil outside the Iranian embassy in London.", [["IRN"]], "an embassy"),
    ("Students marched in Oslo past the Danish embassy.", [[]], "passed, not stood before"),
    ('About 300 people marched in Tunis with banners reading "Stop Russia\'s war".', [["RUS"]], "a slogan in anger"),
    ('Students marched in Tunis, chanting "Long live France".', [[]], "a slogan of praise"),
    (
        "Students demonstrated in Rabat against Spain. In Lagos, nurses marched against Spain. "
        "In Tunis, about 300 people marched through the city.",
        [["ESP"], ["ESP"], ["ESP"]],
        "the state all other protests are against",
    ),
    (
        "Students demonstrated in Rabat against Spain. In Tunis, about 300 people marched through the city.",
        [["ESP"], []],
        "one other protest makes no wave",
    ),
    (
        "Nurses marched in Rome to demand higher pay. Thousands protested in Athens against the Greek government.",
        [[], ["GRC"]],
        "one's own government is no target of a wave",
    ),
    (
        "Students demonstrated in Rabat against Spain. In Lagos, nurses marched against France. "
        "In Tunis, about 300 people marched through the city.",
        [["ESP"], ["FRA"], []],
        "two targets elsewhere",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), PROTESTS)
def test_targets_of_protests(text, expected, reason):
    events = sorted((e for e in coded(text).events if e.type == "PROTEST"), key=lambda e: e.mentions[0].start)
    assert [[m.actor.country for m in e.recipients] for e in events] == expected, reason
