"""The story on one page: a report goes in, its coding comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from dotterel.actors import find_actors
from dotterel.attribution import find_attributions
from dotterel.errors import DotterelError
from dotterel.events.candidates import find_candidates
from dotterel.events.draft import draft
from dotterel.events.lexicon import load as load_lexicon
from dotterel.events.locate import scene_of
from dotterel.events.merge import merge
from dotterel.events.setting import Context
from dotterel.figures import find_figures
from dotterel.parsing import Parse, load, parse, parse_many
from dotterel.places import find_places
from dotterel.quotes import find_quotes
from dotterel.quotes.first_person import with_speakers
from dotterel.reading.dates import parse_written_date
from dotterel.reading.text import report_from_text
from dotterel.settings import MODEL, PARSE_BATCH
from dotterel.stances import find_stances
from dotterel.times import find_times
from dotterel.types import Coding, Failure, Report


def code_parse(report: Report, parsed: Parse) -> Coding:
    """All records of one report, from its parse."""
    places = find_places(parsed, report)
    times = find_times(parsed, report)
    roster = find_actors(parsed, report, places)
    attributions = find_attributions(parsed, report, roster)
    lexicon = load_lexicon()
    quotes = find_quotes(parsed, report, roster, attributions)
    spoken = with_speakers(roster, parsed, quotes)
    context = Context(report, spoken, times, places, attributions, lexicon, scene_of(places))
    drafts = (draft(candidate, context) for candidate in find_candidates(parsed.doc, lexicon))
    events = merge((d for d in drafts if d is not None), report, roster)
    return Coding(
        report=report,
        events=events,
        quotes=quotes,
        figures=find_figures(parsed, report, roster, places, times, events),
        stances=find_stances(parsed, report, roster, events),
    )


class Coder:
    """Codes reports with one spaCy pipeline, loaded at the first use.

    `model` names any installed English spaCy pipeline. Raises ModelError where it is not installed.
    """

    def __init__(self, model: str = MODEL) -> None:
        self.model = model

    def code(self, report: Report | str, *, title: str | None = None, published: date | str | None = None) -> Coding:
        """Code one report, or one text with its title and day of publication.

        Raises InputError for a text that is empty, too long, not English, or whose date cannot be read.
        """
        if isinstance(report, str):
            report = report_from_text(report, title=title, published=as_date(published))
        return code_parse(report, parse(report.text, self.model))

    def pipe(self, reports: Iterable[Report | Failure]) -> Iterator[Coding | Failure]:
        """Code a stream of reports in batches, in order; failures pass through, a bad report becomes one."""
        load(self.model)
        stream = iter(reports)
        while batch := list(islice(stream, PARSE_BATCH)):
            yield from self.batch(batch)

    def batch(self, batch: list[Report | Failure]) -> Iterator[Coding | Failure]:
        """Code one batch; where the parser fails on it, each report by itself."""
        good = [r for r in batch if isinstance(r, Report)]
        try:
            parses = iter(list(parse_many((r.text for r in good), self.model)))
        except Exception:
            parses = iter([])
        for item in batch:
            yield item if isinstance(item, Failure) else self.guarded(item, next(parses, None))

    def guarded(self, report: Report, parsed: Parse | None) -> Coding | Failure:
        """The coding of a report, or the failure it ended in."""
        try:
            return code_parse(report, parsed or parse(report.text, self.model))
        except DotterelError as error:
            return Failure(report.path or report.id, str(error))
        except Exception as error:  # a report must never stop the run; the record says what broke
            reason = f"could not be coded ({type(error).__name__}: {error}); please report it with the text"
            return Failure(report.path or report.id, reason)


def as_date(value: date | str | None) -> date | None:
    """A day given as a date or in writing. Raises InputError where the writing cannot be read."""
    if value is None or isinstance(value, date):
        return value
    found = parse_written_date(value)
    if found is None:
        from dotterel.errors import InputError

        raise InputError(f"published: {value!r} is no date that can be read; write it as 2015-11-27")
    return found


def code(text: str, *, title: str | None = None, published: date | str | None = None, model: str = MODEL) -> Coding:
    """Code one text: who did what to whom, with the words that say so.

    `published` is a date, or a string such as "2015-11-27"; relative dates are resolved against it.
    Raises InputError for a text that cannot be coded, ModelError for a pipeline that is not installed.
    """
    return Coder(model).code(text, title=title, published=published)
