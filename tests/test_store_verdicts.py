"""The table of verdicts is what corrections come to, in whatever order acts are corrected, coded anew and linked."""

import random
from contextlib import suppress
from dataclasses import replace

import pytest

from dotterel.errors import StoreError
from dotterel.store import open_store
from sample import make_coding

CODINGS = (make_coding(), make_coding(" It rained."), make_coding(" It rained all day."))
TYPES = ("AGREE", "CONSULT", "ASSAULT", "PROTEST", "COERCE")
WORDS = ("bombed", "met", "marched", "claimed responsibility", "supported", "told")
ACTORS = ("person:ada-holm", "group:free-hills-front", "France", "Some New Band")
STEPS = 40


def rows(store, sql):
    return [tuple(row.values()) for row in store.query(sql).to_pylist()]


def any_event(store, chance):
    """An event that holds, was rejected, or was added by hand."""
    found = rows(store, "SELECT id FROM events UNION SELECT event_id FROM verdicts ORDER BY 1")
    return chance.choice(found)[0]


def correct(store, chance):
    event = any_event(store, chance)
    edits = (
        {"type": chance.choice(TYPES)},
        {"date": chance.choice(("2021-03", "", "2020-01-01/2020-02"))},
        {"actors": chance.sample(ACTORS, chance.randrange(3)), "recipients": ()},
        {"place": chance.choice(("Aleppo, SYR", ""))},
    )
    chance.choice((store.accept, store.reject, lambda one: store.edit(one, **chance.choice(edits))))(event)


def add(store, chance):
    report = chance.choice(CODINGS).report.id
    store.add_event(report, chance.choice(TYPES), chance.choice(WORDS), actors=chance.sample(ACTORS, 1))


def undo(store, chance):
    store.undo_correction(chance.choice(rows(store, "SELECT DISTINCT number FROM corrections ORDER BY 1"))[0])


def recode(store, chance):
    """Another coding of a report: with fewer acts in another order, of other types, told by other words."""
    coding = chance.choice(CODINGS)
    events = chance.sample(coding.events, chance.randrange(len(coding.events) + 1))
    events = [retold(event, coding.report, chance) for event in events]
    numbered = tuple(replace(event, id=f"{coding.report.id}-{n}") for n, event in enumerate(events, 1))
    store.replace(replace(coding, events=numbered, figures=()))


def retold(event, report, chance):
    if chance.random() < 0.3:
        event = replace(event, type=chance.choice(TYPES), mode=None)
    main = event.mentions[0]
    if chance.random() < 0.3:
        main = replace(main, end=main.end + 4, trigger=report.text[main.start : main.end + 4])
    return replace(event, mentions=(main, *event.mentions[1:]))


def link(store, chance):
    a, b = (any_event(store, chance) for _ in range(2))
    chance.choice((store.join, store.part))(a, b, "ada")


def identify(store, chance):
    if chance.random() < 0.5:
        store.merge(*chance.sample(ACTORS[:2], 2))
    else:
        store.split(ACTORS[0], "Ada Berg", report=chance.choice(CODINGS).report.id)


@pytest.mark.parametrize("seed", range(3))
def test_the_table_keeps_up_with_whatever_is_done(tmp_path, seed):
    chance = random.Random(seed)
    with open_store(tmp_path / "d.duckdb") as store:
        store.add_many(CODINGS)
        for step in range(STEPS):
            act = chance.choice((correct, correct, correct, add, undo, recode, recode, link, identify))
            with suppress(StoreError, IndexError):  # what cannot be corrected so; then nothing may be left half done
                act(store, chance)
            kept, worked_out = (rows(store, f"SELECT * FROM {name} ORDER BY ALL") for name in ("verdicts", "last_say"))
            assert kept == worked_out, f"step {step}: {act.__name__}"
            listed = rows(store, "SELECT id FROM current_events ORDER BY 1")
            assert listed == sorted(set(listed)), f"step {step}: {act.__name__}: an event is there twice"
            linked = rows(
                store, "SELECT event_id FROM current_members JOIN current_linked ON id = linked_id ORDER BY 1"
            )
            assert linked == listed, f"step {step}: {act.__name__}: an event is in no act, or an act has one too many"


def test_a_join_follows_its_events_into_a_new_coding(tmp_path):
    one, other = CODINGS[:2]
    bombed, met, marched = one.events
    with open_store(tmp_path / "d.duckdb") as store:
        store.add_many([one, other])
        number = store.join(met.id, other.events[2].id, "ada")
        parted = store.part(bombed.id, other.events[0].id, "ada")
        renamed = replace(met, id=bombed.id), replace(marched, id=met.id)
        store.replace(replace(one, events=renamed, figures=()))
        (pair,) = rows(store, f"SELECT event_a, event_b FROM judgements WHERE number = {number}")
        assert set(pair) == {bombed.id, other.events[2].id}, "which is what the meeting is called now"
        members = "SELECT linked_id FROM linked_members WHERE event_id IN ('{}', '{}')"
        assert len(set(rows(store, members.format(*pair)))) == 1
        assert rows(store, f"SELECT undone IS NOT NULL, note FROM judgements WHERE number = {parted}") == [
            (True, "no longer coded")
        ]
        with pytest.raises(StoreError, match="undone before"):
            store.undo_judgement(parted)
        store.undo_judgement(number)
