"""The questions that are put to stores of every size: what people ask most, in the words of the Python interface."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from dotterel import dyad_series, open_store, sides
from dotterel.exports.formats import write_acts
from dotterel.store import Store
from dotterel.store.sought import Search

ENOUGH = 30.0  # processor seconds after which a question is not put again
YEAR = "2014"  # in the middle of the years that the generated reports tell of
BY_TYPE = "SELECT type, year(first_day) AS year, count(*) AS acts FROM current_linked GROUP BY ALL ORDER BY ALL"
A_REPORT = "SELECT report_id FROM events GROUP BY report_id ORDER BY hash(report_id) LIMIT 1"
Question = Callable[[Store], object]


def one_report(store: Store) -> object:
    """The whole coding of a report, by its id."""
    return store.find(str(store.query(A_REPORT).column(0)[0]))


def exported(store: Store, search: Search | None) -> object:
    """A file in the format of POLECAT of the acts that answer a search, or of all."""
    with tempfile.TemporaryDirectory() as folder:
        acts = store.acts("linked", store.ids(search) if search else None)
        return write_acts(acts, Path(folder) / "acts.txt", "polecat")


QUESTIONS: dict[str, Question] = {
    "acts by type and year": lambda store: store.query(BY_TYPE),
    "two states by month": lambda store: dyad_series(store, "FRA", "RUS", by="month"),
    "words, the best 20 acts": lambda store: store.search("ceasefire talks", by="linked", limit=20),
    "one report's events": one_report,
    "one actor's acts, the latest 50": lambda store: store.page(Search(by="linked", actor="state:FRA")),
    "the latest 50 acts of all": lambda store: store.page(Search(by="linked")),
    "sides of a year": lambda store: sides(store, f"{YEAR}-01-01", f"{YEAR}-12-31"),
    "export of a year": lambda store: exported(store, Search(by="linked", since=YEAR, until=YEAR)),
    "export of everything": lambda store: exported(store, None),
}


def seconds(path: Path, rounds: int) -> dict[str, float]:
    """What each question takes, the median of so many rounds; one that takes long is asked less often."""
    with open_store(path, read_only=True) as store:
        return {name: asked(store, question, rounds) for name, question in QUESTIONS.items()}


def asked(store: Store, question: Question, rounds: int) -> float:
    """Processor seconds until it is answered."""
    took: list[float] = []
    while len(took) < rounds and sum(took) < ENOUGH:
        begun = time.process_time()
        question(store)
        took.append(time.process_time() - begun)
    return median(took)
