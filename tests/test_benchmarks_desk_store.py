"""The generated database that the desk is measured on is one that the ordinary API reads whole, with true spans."""

from itertools import pairwise

import pytest
from benchmarks.desk_store import make

from dotterel import dyad_series
from dotterel.codebook import types
from dotterel.store import open_store

EVENTS = 200


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("desk") / "made.duckdb"
    make(path, EVENTS)
    with open_store(path, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def codings(store):
    return list(store.codings())


def spans(coding):
    """(words, start, end) of everything in a coding that has a span."""
    for event in coding.events:
        parties = [*event.actors, *event.recipients, event.attribution, event.claimed_by, event.interval, event.place]
        yield from ((one.text, one.start, one.end) for one in parties if one)
        for mention in event.mentions:
            yield mention.trigger, mention.start, mention.end
            yield mention.sentence, mention.sentence_start, mention.sentence_end
    for quote in coding.quotes:
        yield quote.text, quote.start, quote.end
        yield quote.speaker.text, quote.speaker.start, quote.speaker.end
    yield from ((stance.sentence, stance.start, stance.end) for stance in coding.stances)
    yield from ((f"{figure.value:,}", figure.start, figure.end) for figure in coding.figures)
    yield from ((place.text, place.start, place.end) for place in coding.places)
    for found in coding.attributions:
        yield found.source_text, found.source_start, found.source_end
        yield found.cue_text, found.cue_start, found.cue_end


def test_it_holds_as_many_events_as_were_asked_for(store):
    counts = store.counts()
    assert counts["events"] == EVENTS
    assert counts["reports"] in range(EVENTS // 6, EVENTS // 2)
    assert all(counts[table] for table in counts if table != "failures")


def test_every_span_is_of_the_words_it_says(codings):
    assert sum(len(list(spans(coding))) for coding in codings) > 5 * EVENTS
    for coding in codings:
        for words, start, end in spans(coding):
            assert coding.report.text[start:end] == words


def test_figures_and_events_belong_together(codings):
    for coding in codings:
        ids = [event.id for event in coding.events]
        assert ids == [f"{coding.report.id}-{n}" for n in range(1, len(ids) + 1)]
        assert {figure.event for figure in coding.figures} <= {*ids, None}
        assert all(a.start <= b.start for a, b in pairwise(coding.places))


def test_every_event_is_in_one_linked_event_and_some_are_told_more_than_once(store):
    acts = list(store.acts())
    assert sum(len(act.reports) for act in acts) >= len(acts) + 10
    rows = store.query("SELECT count(*) AS n, count(DISTINCT event_id) AS events FROM linked_members").to_pylist()
    assert rows == [{"n": EVENTS, "events": EVENTS}]
    pairs = "SELECT event_a, event_b, same FROM judgements"
    assert all(row["same"] and row["event_a"] < row["event_b"] for row in store.query(pairs).to_pylist())


def test_a_users_say_on_a_linked_event_can_be_kept_and_undone(store, tmp_path):
    path = tmp_path / "copy.duckdb"
    path.write_bytes(store.path.read_bytes())
    members = "SELECT event_ids FROM (SELECT linked_id, list(event_id) AS event_ids FROM linked_members GROUP BY 1)"
    a, b = store.query(f"{members} WHERE len(event_ids) = 2 LIMIT 1").to_pylist()[0]["event_ids"]
    with open_store(path) as copy:
        before = copy.query("SELECT count(*) FROM linked_events").to_pylist()
        number = copy.part(a, b, "me")
        assert copy.query("SELECT count(*) FROM linked_events").to_pylist() != before
        copy.undo_judgement(number)
        assert copy.query("SELECT count(*) FROM linked_events").to_pylist() == before
        assert not list(copy.link()), "no report waits for being linked"


def test_searches_and_analyses_find_what_is_there(store):
    (event,) = store.query("SELECT * FROM event_rows WHERE trigger = 'condemned' LIMIT 1").to_pylist()
    found = store.search("condemned", by="events", type=event["type"]).to_pylist()
    assert event["event_id"] in {row["event_id"] for row in found}
    pairs = "SELECT actor_id, recipient_id FROM linked_dyads WHERE recipient_id IS NOT NULL AND status = 'occurred'"
    a, b = next(iter(store.query(pairs).to_pylist())).values()
    assert dyad_series(store, a, b)["acts"].sum() >= 1


def test_all_types_with_their_modes_have_sentences_and_the_same_seed_gives_the_same(tmp_path, codings):
    from benchmarks.desk_world import patterns

    told = {(kind, pattern.mode) for kind, found in patterns().items() for pattern in found}
    assert {(kind.name, mode.name) for kind in types() for mode in kind.modes} <= told
    assert {kind.name for kind in types()} == {kind for kind, _ in told}
    make(tmp_path / "again.duckdb", 50)
    make(tmp_path / "once more.duckdb", 50)
    with open_store(tmp_path / "again.duckdb") as one, open_store(tmp_path / "once more.duckdb") as other:
        assert list(one.codings()) == list(other.codings())
