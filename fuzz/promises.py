"""What dotterel promises of whatever it is given: its own errors only, nothing lost, every record true to the text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from dotterel.coder import Coder
from dotterel.reading.rows import Columns
from dotterel.reading.sources import guarded, read_stream
from dotterel.serial import coding_dict, coding_from_dict
from dotterel.types import ActorMention, Coding, Event, Failure, Report
from fuzz.files import stream

Item = Report | Failure
UNFORESEEN = "could not be coded"  # how a failure begins that the coder did not see coming


def reads(data: bytes, suffix: str, passed: Counter[str] | None = None) -> list[Item]:
    """What is read from bytes as from a file of that suffix, all of it as promised."""
    name = f"a.{suffix}" if suffix else "a"
    counts: Counter[str] = Counter() if passed is None else passed
    found = list(guarded(name, read_stream(stream(data), name, name, Columns(), counts)))
    for item in found:
        check_item(item)
    return found


def check_item(item: Item) -> None:
    """A failure is one line that can be printed; a report holds nothing that an output cannot."""
    if isinstance(item, Failure):
        assert item.path, item
        assert item.reason, item
        assert item.reason.isprintable(), item
        item.path.encode()
        return
    assert any(c.isalpha() for c in item.text), item
    assert item.title is None or item.text.startswith(item.title), item
    for words in (item.text, item.title, item.source, item.agency, item.dateline, item.url, item.path):
        assert "\x00" not in (words or ""), item
        (words or "").encode()


def codes(coder: Coder, report: Report, twice: bool = True) -> Coding | Failure:
    """What becomes of a report, as promised: one result, true to the text, the same on paper, and `twice` the same."""
    (found,) = coder.pipe([report])
    if isinstance(found, Failure):
        assert not found.reason.startswith(UNFORESEEN), found
        return found
    check_coding(found)
    written = coding_dict(found)
    assert coding_dict(coding_from_dict(json.loads(json.dumps(written)))) == written
    if twice:
        (again,) = coder.pipe([report])
        assert again == found, "coded otherwise the second time"
    return found


def check_coding(coding: Coding) -> None:
    """Every span lies in the text, and its words are those that stand there."""
    text = coding.report.text
    for words, start, end in spans(coding):
        assert 0 <= start <= end <= len(text), (words, start, end)
        assert words is None or text[start:end] == words, (words, text[start:end])
    for quote in coding.quotes:
        assert all(part in text[quote.start : quote.end] for part in quote.text.split(" ... ")), quote
    ids = [event.id for event in coding.events]
    assert len(ids) == len(set(ids)), ids
    for event in coding.events:
        assert 0 <= event.confidence <= 1, event
        assert event.mentions, event


Words = tuple[str | None, int, int]  # None where the words are not kept as written


def spans(coding: Coding) -> Iterator[Words]:
    """All words that a coding points to, with where they stand."""
    for event in coding.events:
        yield from of_event(event)
    for quote in coding.quotes:
        yield None, quote.start, quote.end
        yield from of_actors([quote.speaker])
    for figure in coding.figures:
        yield None, figure.start, figure.end
        assert figure.sentence in coding.report.text, figure
    for stance in coding.stances:
        yield None, stance.start, stance.end
        assert stance.sentence in coding.report.text, stance
    for told in coding.attributions:
        yield told.source_text, told.source_start, told.source_end
        yield told.cue_text, told.cue_start, told.cue_end
        yield None, told.content_start, told.content_end
        yield from of_actors([told.source])
    for place in coding.places:
        yield place.text, place.start, place.end


def of_event(event: Event) -> Iterator[Words]:
    """The words that an event points to."""
    yield from of_actors([*event.actors, *event.recipients, event.attribution, event.claimed_by])
    for mention in event.mentions:
        yield mention.sentence, mention.sentence_start, mention.sentence_end
        yield mention.trigger, mention.start, mention.end
        assert mention.sentence_start <= mention.start <= mention.end <= mention.sentence_end, mention
    if event.interval:
        yield event.interval.text, event.interval.start, event.interval.end
        assert event.interval.first <= event.interval.last, event
    if event.place and event.place.end:  # a place of the dateline, which is no part of the text, has no offsets
        yield event.place.text, event.place.start, event.place.end


def of_actors(mentions: Iterable[ActorMention | None]) -> Iterator[Words]:
    """The words of mentions of actors."""
    for mention in mentions:
        if mention:
            yield mention.text, mention.start, mention.end
