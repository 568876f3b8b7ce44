"""How states voted in a body of states is read off lists and verbs; who abstains does nothing."""

import pytest

from parsed import coded

GA = "United Nations General Assembly"
SC = "United Nations Security Council"
OPENED = "The UN General Assembly debated fishing rights on Monday. "

# text, type, who voted so (countries), the body; reason
VOTES = [
    (OPENED + "The text passed with 150 votes in favour and two against (Togo and Chad).", "REJECT", {"TGO", "TCD"}, GA,
     "a list in brackets, put to the body named before"),
    ("The UN General Assembly adopted the text by 150 votes in favour to one against (Peru).", "REJECT", {"PER"}, GA,
     "the body of the same sentence"),
    ("The UN Security Council adopted the draft, with Gabon and Ghana voting no.", "REJECT", {"GAB", "GHA"}, SC,
     "by the verb"),
    ("Norway voted in favour of the resolution at the UN General Assembly.", "SUPPORT", {"NOR"}, GA, "a vote for"),
    ("Malta cast the only vote against the text at the UN General Assembly.", "REJECT", {"MLT"}, GA, "a vote cast"),
]  # fmt: skip

# text, reason
NONE = [
    (OPENED + "The text passed with ten abstentions (Togo and Chad).", "to abstain is no act"),
    (OPENED + "Togo spoke against (in its own words) fishing at night.", "no names in the brackets"),
    ("Togo voted no.", "no body of states"),
    ("The UN General Assembly met. Nurses in Togo voted no.", "voters who are no states"),
    ("The UN General Assembly met. Togo did not vote against the text.", "what was not done"),
]


def votes(text: str) -> list[tuple[str, set[str | None], list[str]]]:
    """Type, actors' countries and recipients of the real acts by states and against or for a body."""
    events = (e for e in coded(text).events if e.type in {"REJECT", "SUPPORT"} and e.status == "occurred")
    return [
        (e.type, {m.actor.country for m in e.actors}, [m.actor.name for m in e.recipients])
        for e in events
        if any(m.actor.id.startswith("state:") for m in e.actors)
    ]


@pytest.mark.parametrize(("text", "kind", "voters", "body", "reason"), VOTES)
def test_votes_are_acts_towards_the_body(text, kind, voters, body, reason):
    assert (kind, voters, [body]) in votes(text), (reason, votes(text))


@pytest.mark.parametrize(("text", "reason"), NONE)
def test_no_vote_is_read(text, reason):
    assert not [v for v in votes(text) if v[2]], (reason, votes(text))


def test_the_same_countries_are_those_who_voted_so_before():
    text = OPENED + "It got two against (Togo and Chad). In 2017 it passed, with the same countries voting no."
    assert ("REJECT", {"TGO", "TCD"}, [GA]) in votes(text)
