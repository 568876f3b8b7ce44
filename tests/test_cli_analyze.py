"""`dotterel analyze`: tables, CSV, JSON and plots, remarks on what is missing, errors of one line."""

import csv
import io
import json
import sys

import pytest

from deeds import act, make_store
from dotterel.analysis import needed
from dotterel.analysis.needed import library
from dotterel.cli import main
from dotterel.errors import MissingExtraError

ACTS = [
    act("ASSAULT", "TUR", "RUS", "2015-11-24", id="a"),
    act("ACCUSE", "putin", "TUR", "2015-11-24"),
    act("CONSULT", "putin hollande", "", "2015-11-26", place_name="Moscow", place_country="RUS"),
    act("SANCTION", "RUS", "TUR", "2015-12-08"),
    act("SANCTION", "SAU EGY", "QAT", "2015-12-08"),
    act("ACCUSE", "RUS", "TUR"),
]
FIGURES = [
    {"value": 2, "event_id": "a", "source": "the army"},
    {"value": 4500, "bound": "at least", "source": "rebels"},
    {"value": 4, "low": 2, "high": 4, "bound": "range", "event_id": "a", "source": "rebels"},
]
EACH = {
    "series": ("RUS", "TUR"), "quads": ("RUS", "TUR"), "sides": (), "coalitions": (), "tallies": ("dead",),
    "itinerary": ("putin",), "changes": ("RUS", "TUR"),
}  # fmt: skip


@pytest.fixture
def database(tmp_path):
    make_store(tmp_path / "d.duckdb", ACTS, figures=FIGURES).close()
    return tmp_path / "d.duckdb"


@pytest.fixture
def run(monkeypatch, capsys, database):
    def call(name, *arguments):
        monkeypatch.setenv("COLUMNS", "120")
        monkeypatch.setattr(sys, "argv", ["dotterel", "analyze", name, str(database), *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return ended.value.code, told.out, told.err

    return call


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("series", ["RUS and TUR: acts by week (linked events, occurred or ongoing)", "2015-11-23", "RUS to TUR", "--",
                    "Left out: 1 act without a date; --dating published"]),
        ("quads", ["material conflict", "ASSAULT 1", "ACCUSE 2"]),
        ("sides", ["Who stands with whom: actors; 100% of 1 triads in balance", "Saudi Arabia"]),
        ("coalitions", ["Egypt; Saudi Arabia", "SANCTION"]),
        ("tallies", ["at least 4,500 people", "2 to 4 people", "the army"]),
        ("itinerary", ["Vladimir Putin: meetings and visits", "François Hollande", "Moscow"]),
        ("changes", ["No change in 3 periods (week)"]),
    ],
)  # fmt: skip
def test_a_table_tells_what_is_counted(run, name, words):
    code, out, err = run(name, *EACH[name])
    assert (code, err) == (0, "")
    for word in words:
        assert word in out


@pytest.mark.parametrize("name", EACH)
def test_csv_and_json_have_the_same_rows_and_every_column(run, name):
    code, out, _ = run(name, *EACH[name], "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    _, out, err = run(name, *EACH[name], "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert len(rows) == len(found)
    assert rows or name == "changes"
    assert all(list(row) == list(one) for row, one in zip(rows, found, strict=True))
    assert ("Left out" in err) == (name in ("series", "changes")), "remarks go beside the data"


@pytest.mark.parametrize("suffix", ["png", "svg"])
@pytest.mark.parametrize("name", EACH)
def test_a_plot_is_written(run, tmp_path, name, suffix):
    path = tmp_path / f"plot.{suffix}"
    code, out, _ = run(name, *EACH[name], "--plot", str(path))
    assert code == 0
    assert f"plot written to {path}" in out
    start = path.read_bytes()[:600]
    assert start.startswith(b"\x89PNG" if suffix == "png" else b"<?xml")


def test_a_plot_says_what_it_counts_in_text_and_is_the_same_again(run, tmp_path):
    path = tmp_path / "plot.svg"
    run("series", "RUS", "TUR", "--plot", str(path))
    drawn = path.read_text()
    for words in ("RUS and TUR: acts by week (linked events, occurred or ongoing)", "mean PLOVER score",
                  "first day of the week", "cooperation"):  # fmt: skip
        assert words in drawn
    run("series", "RUS", "TUR", "--plot", str(path))
    assert path.read_text() == drawn


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("series", "RUS", "TUR", "--plot", "plot.gif"), "a plot is a .png or .svg file"),
        (("series", "RUS", "TUR", "--plot", "no/such/plot.svg"), "does not exist; make it first"),
        (("series", "RUS", "nobody"), "is called 'nobody'"),
        (("sides", "--show", "foes"), "choose one of actors, ties, triads"),
        (("series", "RUS", "TUR", "--by", "hour"), "choose one of day, week, month, year"),
        (("tallies", "deaths"), "choose one of strikes, dead"),
        (("series", "RUS"), "see: dotterel analyze series --help"),
    ],
)
def test_an_error_is_one_line(run, arguments, message):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("series", "QAT", "TUR"), "No acts between QAT and TUR in any week. Try a wider --since"),
        (("coalitions", "--days", "0", "--min-members", "3"), "No coalition of 3 or more within 0 days"),
        (("tallies", "votes"), "No figures of votes. Try"),
        (("itinerary", "lavrov", "--status", "planned"), "nobody"),
        (("itinerary", "Turkey"), "No meetings or visits of Turkey. Try"),
        (("sides", "--status", "planned"), "There are no actors to tell. Try"),
    ],
)
def test_nothing_found_says_what_to_do_next(run, tmp_path, arguments, words):
    _, out, err = run(*arguments)
    assert words in out + err
    if "nobody" not in words:
        code, out, _ = run(*arguments, "--plot", str(tmp_path / "plot.png"))
        assert code == 0
        assert not (tmp_path / "plot.png").exists() or arguments[0] == "series"


@pytest.mark.parametrize("name", EACH)
def test_help_has_an_example(run, monkeypatch, capsys, name):
    monkeypatch.setattr(sys, "argv", ["dotterel", "analyze", name, "--help"])
    with pytest.raises(SystemExit):
        main()
    assert f"dotterel analyze {name} events.duckdb" in capsys.readouterr().out


def test_a_missing_library_is_named_with_its_way_out(monkeypatch):
    def absent(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(needed, "import_module", absent)
    with pytest.raises(MissingExtraError, match=r"analysis needs networkx; run: pip install 'dotterel\[analysis\]'"):
        library("networkx.algorithms")
