import json

import pytest

from dotterel.errors import InputError
from dotterel.serial import actor_dict, coding_dict, coding_from_dict
from dotterel.types import Coding, Report
from sample import make_coding


def test_reading_back_what_was_written_gives_the_same_coding():
    coding = make_coding()
    assert coding_from_dict(json.loads(json.dumps(coding_dict(coding)))) == coding


def test_a_report_without_any_record_or_date_survives_the_round_trip():
    coding = Coding(Report(id="x", text="Nothing happened."))
    assert coding_from_dict(json.loads(json.dumps(coding_dict(coding)))) == coding


def test_a_coding_written_before_there_were_contexts_attributions_and_places_is_read():
    coding = make_coding()
    data = json.loads(json.dumps(coding_dict(coding)))
    del data["attributions"], data["places"]
    for event in data["events"]:
        del event["contexts"]
        if event["place"]:
            del event["place"]["region"]
    for figure in data["figures"]:
        del figure["event"]
    old = coding_from_dict(data)
    assert (old.attributions, old.places, old.figures[0].event) == ((), (), None)
    assert [event.contexts for event in old.events] == [(), (), ()]
    assert old.quotes == coding.quotes
    assert old.events[0].place.region is None


def test_the_record_and_its_dict_method_agree():
    assert make_coding().to_dict() == coding_dict(make_coding())


@pytest.mark.parametrize(
    ("keys", "expected", "reason"),
    [
        (("report", "published"), "2021-03-16", "days are ISO dates"),
        (("events", 0, "date"), "2021-03-15", "a day is written in full"),
        (("events", 1, "date"), None, "an undated act has a null"),
        (("events", 2, "date"), "2021-03", "a month is written as year and month"),
        (("events", 0, "date_text"), "on Monday", "the words of the date stay beside it"),
        (("events", 0, "attribution"), "police", "the source cited is text"),
        (("events", 0, "claimed_by"), "Southern Brigade", "the claimant is named as resolved"),
        (("events", 0, "contexts"), ["military", "terrorism"], "the likeliest first"),
        (("events", 1, "contexts"), [], "an act may have none"),
        (("events", 0, "actors", 0, "sector"), "MIL", "the primary sector alone"),
        (("events", 0, "actors", 0, "sectors"), ["MIL", "GOV"], "and all of them"),
        (("events", 0, "place", "country"), "NOR", "a place carries its country"),
        (("events", 0, "place", "region"), "Fjell", "and its region"),
        (("events", 1, "place"), None, "an act without a place has a null"),
        (("events", 1, "recipients"), [], "a reciprocal act has no recipients"),
        (("quotes", 0, "speaker"), "Ada Holm", "the speaker is named as resolved"),
        (("quotes", 0, "speaker_id"), "person:ada-holm", "with the id that holds across reports"),
        (("quotes", 1, "speaker"), None, "an unknown speaker is null"),
        (("figures", 0, "value"), 12, "a whole number stays one"),
        (("figures", 1, "value"), "dozens", "a vague count stays words"),
        (("stances", 0, "position"), "supports", "the position of a stance"),
        (("attributions", 0, "source"), "Norland police", "who is cited, as resolved"),
        (("attributions", 1, "source_id"), None, "a source nobody knows has its words alone"),
        (("attributions", 1, "source_text"), "the Front", "which are there"),
        (("places", 0, "name"), "Norstad", "a place where nothing happened is listed too"),
    ],
)
def test_the_form_is_that_of_the_coding_guide(keys, expected, reason):
    value = coding_dict(make_coding())
    for key in keys:
        value = value[key]
    assert value == expected, reason


def test_offsets_of_every_span_point_to_its_words():
    data = coding_dict(make_coding())
    text = data["report"]["text"]
    spans = [(a["text"], a) for e in data["events"] for a in e["actors"] + e["recipients"]]
    spans += [(m["trigger"], m) for e in data["events"] for m in e["mentions"]]
    spans += [(e["place"]["text"], e["place"]) for e in data["events"] if e["place"]]
    spans += [(p["text"], p) for p in data["places"]]
    assert len(spans) == 13
    assert all(text[span["start"] : span["end"]] == words for words, span in spans)


def test_offsets_of_an_attribution_point_to_its_source_and_its_cue():
    data = coding_dict(make_coding())
    for one in data["attributions"]:
        for part in ("source", "cue"):
            assert data["report"]["text"][one[f"{part}_start"] : one[f"{part}_end"]] == one[f"{part}_text"]


def test_actor_dict_tells_why():
    mention = make_coding().events[0].recipients[0]
    assert actor_dict(mention)["score"] == 0.9
    assert actor_dict(mention)["reason"] == "named in full"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "lacks 'report'"),
        ({"report": {}}, "lacks 'published'"),
        ({**coding_dict(make_coding()), "figures": [{"value": 3}]}, "missing"),
        ({**coding_dict(make_coding()), "events": [{"id": "x"}]}, "lacks 'type'"),
        ([], "list indices"),
    ],
)
def test_an_object_that_is_no_coding_is_refused_by_name(data, message):
    with pytest.raises(InputError, match=message):
        coding_from_dict(data)
