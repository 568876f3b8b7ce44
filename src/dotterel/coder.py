"""The story on one page: a report goes in, its coding comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from dotterel.actors import OwnActors, find_actors, own_actors
from dotterel.attribution import find_attributions
from dotterel.contexts import find_contexts
from dotterel.errors import DotterelError
from dotterel.events import lexical, network
from dotterel.events.ballots import find_ballots
from dotterel.events.candidates import find_candidates
from dotterel.events.figurative import literal
from dotterel.events.judge import Judge, judged
from dotterel.events.lexicon import load as load_lexicon
from dotterel.events.locate import scene_of
from dotterel.events.merge import merge
from dotterel.events.responsibility import with_claims
from dotterel.events.setting import Context
from dotterel.events.spoken import find_spoken, with_spoken
from dotterel.figures import find_figures
from dotterel.memory import settle
from dotterel.parsing import Parse, load, parse, parse_many
from dotterel.places import find_places
from dotterel.quotes import find_quotes
from dotterel.quotes.first_person import with_speakers
from dotterel.reading.dates import parse_written_date
from dotterel.reading.text import report_from_text
from dotterel.settings import CLASSIFIER, MIN_CONFIDENCE, MODEL, PARSE_BATCH
from dotterel.stances import find_stances
from dotterel.times import find_times
from dotterel.types import Coding, Failure, Report


def code_parse(
    report: Report,
    parsed: Parse,
    *,
    classifier: Path = CLASSIFIER,
    min_confidence: float = MIN_CONFIDENCE,
    own: OwnActors | None = None,
) -> Coding:
    """All records of one report, from its parse; events less sure than `min_confidence` are left out.

    `own` are actors of the user's, whose names win over the package's.
    """
    places = find_places(parsed, report)
    times = find_times(parsed, report)
    roster = find_actors(parsed, report, places, own)
    attributions = find_attributions(parsed, report, roster)
    lexicon = load_lexicon()
    quotes = find_quotes(parsed, report, roster, attributions)
    spoken = with_speakers(roster, parsed, quotes, attributions, acts=True)
    context = Context(report, spoken, times, places, attributions, lexicon, scene_of(places))
    candidates = with_spoken(
        find_candidates(parsed.doc, lexicon), find_spoken(parsed.doc, attributions, quotes, spoken), spoken
    )
    candidates = (*candidates, *find_ballots(parsed.doc, roster))
    judge = Judge(network.load(classifier), lexical.read(parsed.doc, lexicon, candidates), context)
    events = merge(literal(judged(judge, parsed.sentences, candidates)), report, roster)
    events = with_claims(events, parsed.doc, roster)
    events = find_contexts((event for event in events if event.confidence >= min_confidence), report)
    return Coding(
        report=report,
        events=events,
        quotes=quotes,
        figures=find_figures(parsed, report, roster, places, times, events, attributions),
        stances=find_stances(parsed, report, roster, events),
        attributions=attributions,
        places=places,
    )


class Coder:
    """Codes reports with one spaCy pipeline and one classifier of acts, loaded at the first use.

    `model` names any installed English spaCy pipeline, `classifier` a folder that `dotterel train` wrote, `actors` a
    table of the user's own actors; events less sure than `min_confidence` (0 to 1) are left out. Raises ModelError
    where pipeline or classifier is missing, DataError where the table is malformed.
    """

    def __init__(
        self,
        model: str = MODEL,
        *,
        classifier: Path | str = CLASSIFIER,
        min_confidence: float = MIN_CONFIDENCE,
        actors: Path | str | None = None,
    ) -> None:
        self.model = model
        self.actors = Path(actors) if actors is not None else None
        self.own = own_actors(self.actors) if self.actors is not None else None
        self.classifier = Path(classifier)
        self.min_confidence = min_confidence

    def load(self) -> None:
        """Load pipeline and classifier now, and not at the first use. Raises ModelError where one is missing."""
        load(self.model)
        network.load(self.classifier)
        settle()

    def __reduce__(self) -> tuple[Callable[..., Coder], tuple[str, Path, float, Path | None]]:
        """Worker processes make a coder of their own from what this one was made from."""
        return remade, (self.model, self.classifier, self.min_confidence, self.actors)

    def code(self, report: Report | str, *, title: str | None = None, published: date | str | None = None) -> Coding:
        """Code one report, or one text with its title and day of publication.

        Raises InputError for a text that is empty, too long, not English, or whose date cannot be read.
        """
        if isinstance(report, str):
            report = report_from_text(report, title=title, published=as_date(published))
        return self.coded(report, parse(report.text, self.model))

    def coded(self, report: Report, parsed: Parse) -> Coding:
        """The coding of a report that is parsed."""
        return code_parse(report, parsed, classifier=self.classifier, min_confidence=self.min_confidence, own=self.own)

    def pipe(self, reports: Iterable[Report | Failure]) -> Iterator[Coding | Failure]:
        """Code a stream of reports in batches, in order; failures pass through, a bad report becomes one."""
        self.load()
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
            return self.coded(report, parsed or parse(report.text, self.model))
        except DotterelError as error:
            return Failure(report.path or report.id, str(error))
        except Exception as error:  # a report must never stop the run; the record says what broke
            reason = f"could not be coded ({type(error).__name__}: {error}); please report it with the text"
            return Failure(report.path or report.id, reason)


def remade(model: str, classifier: Path, min_confidence: float, actors: Path | None) -> Coder:
    """A coder from what another was made from."""
    return Coder(model, classifier=classifier, min_confidence=min_confidence, actors=actors)


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
