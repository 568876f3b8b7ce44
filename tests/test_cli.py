import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from dotterel.cli import app
from dotterel.run import Run, open_output, printable
from dotterel.store import open_store
from dotterel.terminal import marked
from dotterel.types import Failure, Report
from forked import forks
from sample import make_coding

TEXT = """Rebels shell Estonian patrol

Russian troops attacked a Ukrainian convoy on Monday, officials said. "We will answer," President Petro Poroshenko \
told reporters.
"""


def dotterel(*arguments, **options):
    """The command line in a process of its own."""
    return forks().dotterel(*arguments, **options)


ONE = ("--workers", "1", "--timeout", "0")  # no process of its own, which would load the models anew


def make_news(folder, number):
    folder.mkdir()
    for n in range(number):
        (folder / f"{n}.txt").write_text(TEXT + f"Soldiers bombed village number {n}.\n")
    return folder


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    """A folder with three reports, a bad one, and the database made of them."""
    folder = tmp_path_factory.mktemp("coded")
    make_news(folder / "news", 3)
    (folder / "news" / "empty.txt").write_text("")
    return folder, dotterel("code", "news", "--output", "o.duckdb", "--published", "2014-03-12", cwd=folder)


def test_a_run_tells_in_one_line_what_it_did(coded):
    _, done = coded
    assert re.fullmatch(r"3 reports coded, \d+ events, 1 failed; in o\.duckdb\n", done.stdout)


def test_a_failure_is_one_line_and_the_status_tells_of_it(coded):
    folder, done = coded
    told = [line for line in done.stderr.splitlines() if " a second" not in line]  # the progress of a slow machine
    assert len(told) == 1
    assert re.fullmatch(r"dotterel: news/empty\.txt: .*empty.*", told[0])
    assert done.returncode == 1
    with open_store(folder / "o.duckdb", read_only=True) as store:
        assert store.counts()["failures"] == 1
        assert store.counts()["events"] >= 3


def test_the_same_run_again_codes_nothing(coded):
    folder, _ = coded
    done = dotterel("code", "news/0.txt", "news/1.txt", "-o", "o.duckdb", "--published", "2014-03-12", cwd=folder)
    assert done.stdout == "0 reports coded, 0 events, 2 already there; in o.duckdb\n"
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_every_output_can_be_coded_into_and_exported_to(coded, suffix, tmp_path):
    folder, _ = coded
    assert dotterel("code", folder / "news" / "0.txt", "-o", tmp_path / f"a{suffix}", *ONE).returncode == 0
    done = dotterel("export", folder / "o.duckdb", tmp_path / f"b{suffix}")
    assert done.stdout == f"3 reports written to {tmp_path / f'b{suffix}'}\n"
    assert (tmp_path / f"a{suffix}").stat().st_size
    assert (tmp_path / f"b{suffix}").stat().st_size


@pytest.mark.parametrize("form", ["polecat", "icews", "gdelt", "cameo", "csv", "parquet", "geojson", "graphml", "rdf"])
def test_every_format_is_exported_and_what_it_cannot_hold_is_told(coded, form, tmp_path):
    folder, _ = coded
    done = dotterel("export", folder / "o.duckdb", "--format", form, "--output", tmp_path / "o", "--unit", "report")
    assert re.fullmatch(rf"\d+ (rows|points|edges|events) written to {tmp_path / 'o'}\n", done.stdout)
    assert done.returncode == 0
    assert all(re.match(r"dotterel: \d+ ", line) for line in done.stderr.splitlines())
    assert (tmp_path / "o").exists()


def test_undated_events_stand_under_the_day_of_publication_where_asked(coded, tmp_path):
    folder, _ = coded
    left, put = (
        dotterel("export", folder / "o.duckdb", "--format", "polecat", "-o", tmp_path / "o", *more)
        for more in ((), ("--publication-day",))
    )
    assert "without date" not in left.stderr or "as was asked" in put.stderr
    assert "left out: POLECAT needs one" not in put.stderr


def test_a_database_that_is_not_linked_has_the_events_of_its_reports_exported(tmp_path):
    with open_store(tmp_path / "o.duckdb") as store:
        store.add(make_coding())
        store._connection.execute("DELETE FROM linked_events; DELETE FROM linked_members; DELETE FROM linked_actors")
    done = dotterel("export", tmp_path / "o.duckdb", "--format", "csv", "-o", tmp_path / "o.csv")
    assert done.stdout == f"3 rows written to {tmp_path / 'o.csv'}\n"
    assert f"link them with: dotterel link {tmp_path / 'o.duckdb'}\n" in done.stderr


def test_json_lines_hold_whole_codings_under_any_name(coded, tmp_path):
    folder, _ = coded
    done = dotterel("export", folder / "o.duckdb", "--format", "jsonl", "-o", tmp_path / "o.txt")
    assert (done.stdout, done.stderr) == (f"3 reports written to {tmp_path / 'o.txt'}\n", "")
    assert len((tmp_path / "o.txt").read_text().splitlines()) == 3


def test_a_query_answers_as_csv_and_json(coded):
    folder, _ = coded
    question = "SELECT id, published, title FROM reports ORDER BY id"
    as_csv = dotterel("query", folder / "o.duckdb", question, "--format", "csv").stdout.splitlines()
    as_json = json.loads(dotterel("query", folder / "o.duckdb", question, "--format", "json").stdout)
    assert list(csv.DictReader(as_csv)) == as_json
    assert as_json[0]["published"] == "2014-03-12"


def test_a_query_answers_as_a_table_that_says_where_it_ends(coded):
    folder, _ = coded
    done = dotterel("query", folder / "o.duckdb", "SELECT range AS n FROM range(300)")
    assert " 199 " in done.stdout
    assert " 200 " not in done.stdout
    assert done.stderr == "dotterel: 200 of 300 rows; --format csv prints them all\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("code", "nowhere.txt"), "no such file"),
        (("code", "news/0.txt", "-o", "absent/o.duckdb"), "does not exist"),
        (("code", "news/0.txt", "-o", "news"), "is a folder"),
        (("code", "news/0.txt", "-o", "o.xlsx"), "suffix"),
        (("code", "news/0.txt", "-o", "o2.duckdb", "--published", "gestern"), "no date"),
        (("code", "news/0.txt", "-o", "o2.duckdb", "--model", "nl_none"), "not installed"),
        (("code", "news/0.txt", "-o", "o2.duckdb", "--classifier", "news"), "no classifier in news"),
        (("code", "news/0.txt", "-o", "news.duckdb"), "not a DuckDB database"),
        (("show", "nowhere.txt"), "no such file"),
        (("show", "news/0.txt", "--number", "2"), "fewer than 2"),
        (("show", "o.duckdb"), "name a report"),
        (("show", "o.duckdb", "zzz"), "holds no report zzz"),
        (("query", "o.duckdb", "DELETE FROM events"), "only reads"),
        (("query", "nowhere.duckdb", "SELECT 1"), "no such database"),
        (("export", "o.duckdb", "x.xlsx"), "suffix"),
        (("export", "o.duckdb"), "add --output"),
        (("export", "o.duckdb", "a.csv", "-o", "b.csv"), "name one file"),
        (("export", "o.duckdb", "--format", "polcat", "-o", "x"), "did you mean polecat? the formats are"),
        (("export", "o.duckdb", "--format", "polecat", "-o", "o.duckdb", "--unit", "report"), "no polecat file"),
        (("export", "o.duckdb", "--format", "polecat", "-o", "absent/x"), "does not exist"),
        (("export", "o.duckdb", "x.csv", "--unit", "linked"), "name a --format"),
        (("codebook", "assalt"), "near: ASSAULT"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(coded, arguments, message):
    folder, _ = coded
    (folder / "news.duckdb").write_text("Norland bombs depot. " * 100)
    done = dotterel(*arguments, cwd=folder)
    assert done.returncode == 2
    assert message in done.stderr
    assert re.fullmatch(r"dotterel: .*\n", done.stderr)


def test_events_less_sure_than_asked_for_are_left_out(tmp_path):
    make_news(tmp_path / "news", 1)
    told = {}
    for least in ("0", "1"):
        done = dotterel("code", "news", "-o", f"{least}.csv", "--min-confidence", least, *ONE, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        with (tmp_path / f"{least}.csv").open(newline="") as file:
            told[least] = list(csv.DictReader(file))
    assert told["1"] == []
    assert all(0 < float(row["confidence"]) < 1 for row in told["0"])


@pytest.mark.skipif(find_spec("torch") is not None, reason="the train extra is installed: nothing is missing")
def test_training_without_its_extra_names_it(tmp_path):
    done = dotterel("train", "--corpus", "c.jsonl", "--codebook", "c.tsv", "--output", "o", cwd=tmp_path)
    assert done.returncode == 2
    assert "pip install 'dotterel[train]'" in done.stderr
    assert re.fullmatch(r"dotterel: .*\n", done.stderr)


def test_bad_usage_has_status_2():
    assert dotterel("code").returncode == 2
    assert dotterel("code", "news", "-o", "o.csv", "--min-confidence", "7").returncode == 2
    assert dotterel("fly").returncode == 2


def test_show_prints_the_report_and_its_record(coded):
    folder, _ = coded
    shown = dotterel("show", folder / "news" / "0.txt", "--published", "2014-03-12")
    assert shown.returncode == 0
    for words in ("Russian troops attacked a Ukrainian convoy", "Events", "ASSAULT", "2014-03-10", "Quotes"):
        assert words in shown.stdout
    assert "\x1b" not in shown.stdout, "plain where it is piped"


def test_show_finds_a_report_of_a_database(coded):
    folder, _ = coded
    with open_store(folder / "o.duckdb", read_only=True) as store:
        coding = next(store.codings())
    shown = dotterel("show", folder / "o.duckdb", coding.report.id)
    assert coding.report.id in shown.stdout
    assert "Events" in shown.stdout


@pytest.mark.parametrize(
    ("words", "style"),
    [
        ("bombed", "bold red"),
        ("Jon Berg", "bold cyan"),
        ("Tarn", "magenta"),
        ("on Monday", "green"),
        ("12", "bright_blue"),
    ],
)
def test_spans_are_marked_where_they_stand(words, style):
    text = marked(make_coding())
    start = text.plain.index(words)
    assert (start, start + len(words), style) in [(s.start, s.end, s.style) for s in text.spans]


def test_a_report_cannot_steer_the_terminal():
    assert marked(make_coding("\x1b[2Jgone")).plain.endswith("\ufffd[2Jgone")


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(coded, width):
    folder, _ = coded
    shown = dotterel("show", folder / "news" / "0.txt", env={**os.environ, "COLUMNS": str(width)})
    assert max(map(len, shown.stdout.splitlines())) <= width


def test_codebook_prints_all_types_and_one():
    assert dotterel("codebook").stdout.count("material conflict") == 5
    assert "firearms" in dotterel("codebook", "assault").stdout


def test_every_command_has_an_example_in_its_help():
    names = [command.callback.__name__ for command in app.registered_commands]
    assert {"code", "show", "query", "train", "codebook"} <= set(names)
    for name in names:
        shown = dotterel(name, "--help")
        assert f"dotterel {name} " in shown.stdout.split("Example")[1], name


@pytest.mark.parametrize(
    "command",
    [("link", "none.duckdb"), ("search", "none.duckdb", "war"), ("actors", "none.duckdb", "--undo", "1")],
    ids=lambda command: command[0],
)
def test_a_database_that_is_not_there_is_not_made_by_asking(tmp_path, command):
    done = dotterel(*command, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("dotterel: none.duckdb: there is no such database; make one with: ")
    assert not list(tmp_path.iterdir())


def test_help_answers_without_loading_anything_heavy():
    code = "import sys; from dotterel.cli import app; app(['--help'], standalone_mode=False); print(*sys.modules)"
    loaded = set(subprocess.check_output([sys.executable, "-c", code], text=True).split())
    assert not {"spacy", "duckdb", "pyarrow", "pandas", "numpy", "trafilatura"} & loaded


def test_version_is_printed():
    assert re.fullmatch(r"dotterel \d+\.\d+\.\d+\n", dotterel("--version").stdout)


def test_an_interrupted_run_keeps_what_was_coded_and_goes_on_from_there(tmp_path):
    make_news(tmp_path / "news", 150)
    output = tmp_path / "o.jsonl"
    command = [sys.executable, "-c", "from dotterel.cli import main; main()", "code", "news", "-o", output.name]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as running:
        deadline = time.monotonic() + 60
        while not (output.exists() and output.stat().st_size) and time.monotonic() < deadline:
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        complaint = running.stderr.read()
    lines = output.read_text().splitlines()
    assert running.returncode == 130
    last = complaint.splitlines()[-1]
    assert re.fullmatch(rf"dotterel: stopped; o\.jsonl holds {len(lines)} reports? of this run; .*", last)
    assert 0 < len(lines) < 150
    assert all(json.loads(line)["events"] for line in lines)
    again = dotterel("code", "news", "-o", output.name, *ONE, cwd=tmp_path)
    assert f"{150 - len(lines)} reports coded" in again.stdout
    assert len(output.read_text().splitlines()) == 150


# SQL that takes hours, how it is stopped, why it is asked
ENDLESS = [
    ("SELECT count(*) FROM range(9000000) a CROSS JOIN range(9000000) b", signal.SIGINT, "it counts"),
    ("SELECT a.range FROM range(9000000) a CROSS JOIN range(90000) b ORDER BY 1", signal.SIGINT, "DuckDB is deaf then"),
    ("SELECT count(DISTINCT a.range * b.range) FROM range(90000) a, range(90000) b", signal.SIGTERM, "it gathers"),
]


@pytest.mark.parametrize(("sql", "sent", "why"), ENDLESS, ids=[row[2] for row in ENDLESS])
def test_a_query_is_stopped_at_once(tmp_path, sql, sent, why):
    with open_store(tmp_path / "o.duckdb"):
        pass
    code = "from dotterel.cli import main; import dotterel.store; print('begun', flush=True); main()"
    command = [sys.executable, "-c", code, "query", "o.duckdb", sql]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout.readline() == "begun\n"
        time.sleep(2)  # until it is in the midst of the query
        begun = time.monotonic()
        running.send_signal(sent)
        try:
            _, complaint = running.communicate(timeout=60)
        finally:
            running.kill()
    assert (running.returncode, complaint) == (130, "dotterel: stopped\n"), why
    assert time.monotonic() - begun < 10, "a second or two, more on a machine that has other work"


def test_a_closed_pipe_is_quiet(coded):
    folder, _ = coded
    question = "\"SELECT range, repeat('x', 100) FROM range(100000)\""
    call = (
        f"{sys.executable} -c 'from dotterel.cli import main; main()' query o.duckdb {question} --format csv | head -1"
    )
    done = subprocess.run(call, shell=True, cwd=folder, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


class ByHand:
    """Codes without a parser: every report becomes the sample coding of its own text, and 'bad' fails."""

    def pipe(self, reports):
        for report in reports:
            if isinstance(report, Report) and "bad" not in report.text:
                yield make_coding(report.text)
            else:
                yield report if isinstance(report, Failure) else Failure(report.path, "is bad")


def as_reports(words):
    return [Report(id=make_coding(word).report.id, text=word, path=f"{word}.txt") for word in words]


def test_a_run_counts_what_happens_and_notes_only_the_first_failures(tmp_path):
    reports = [*as_reports(["a", "b", "a"]), *as_reports([f"bad {n}" for n in range(30)])]
    with open_output(tmp_path / "o.duckdb") as output:
        tally = Run(output, ByHand()).code(iter(reports))
    assert (tally.coded, tally.written, tally.present, tally.failed) == (2, 2, 1, 30)
    assert (tally.events, tally.seen, len(tally.failures)) == (6, 33, 20)


def test_the_output_in_a_folder_that_is_read_is_no_failure(tmp_path):
    with open_output(tmp_path / "o.jsonl") as output:
        failures = [Failure(f"{tmp_path}/o.jsonl:1", "is output", 1), Failure(f"{tmp_path}/p.jsonl:1", "is bad", 1)]
        tally = Run(output, ByHand()).code(iter(failures))
    assert [Path(failure.path).name for failure in tally.failures] == ["p.jsonl:1"]


def test_halves_of_characters_become_question_marks_and_offsets_stay():
    report = printable(Report(id="x", text="Bad \ud800 half", title="Fine", path="a\udcff.txt"))
    assert (report.text, report.title, report.path) == ("Bad ? half", "Fine", "a?.txt")


def test_actors_are_listed_merged_split_and_put_back(coded):
    folder, _ = coded

    def ask(*arguments):
        done = dotterel("actors", "o.duckdb", *arguments, cwd=folder)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    before = json.loads(ask("--format", "json"))
    convoy = "role:UKR-MIL-ukrainian-convoy"
    assert {convoy, "role:RUS-MIL-russian-troops", "person:petro-poroshenko"} <= {row["actor_id"] for row in before}
    assert [row["name"] for row in json.loads(ask("--search", "porosh", "--format", "json"))] == ["Petro Poroshenko"]
    assert ask("--split", convoy, "Army", "--text", "a Ukrainian convoy") == f"decision 1: Army split off {convoy}\n"
    assert ask("--merge", "person:petro-poroshenko", "role:RUS-MIL-russian-troops", "--note", "a test") == (
        "decision 2: person:petro-poroshenko is role:RUS-MIL-russian-troops\n"
    )
    assert "person:petro-poroshenko" not in ask()
    assert [row["kind"] for row in json.loads(ask("--decisions", "--format", "json"))] == ["split", "merge"]
    assert [ask("--undo", number) for number in "21"] == ["decision 2 undone\n", "decision 1 undone\n"]
    assert json.loads(ask("--format", "json")) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--merge", "person:nobody", "state:EST"), "nobody"),  # who is not in the database
        (("--undo", "99"), "99"),  # what was never decided
    ],
)
def test_a_decision_that_cannot_be_taken_is_told_in_a_line(coded, arguments, words):
    done = dotterel("actors", "o.duckdb", *arguments, cwd=coded[0])
    assert done.returncode != 0
    assert re.fullmatch(rf"dotterel: .*{words}.*\n", done.stderr)


def test_actors_of_the_users_own_are_read_from_a_table(tmp_path):
    (tmp_path / "own.tsv").write_text("name\tcountry\tsector\nRiverbank League\tCOL\tREB\n")
    (tmp_path / "a.txt").write_text("The Riverbank League attacked a Venezuelan convoy on Monday.\n")
    assert dotterel("code", "a.txt", "-o", "o.jsonl", "--actors", "own.tsv", *ONE, cwd=tmp_path).returncode == 0
    event = json.loads((tmp_path / "o.jsonl").read_text())["events"][0]
    assert [(a["name"], a["country"]) for a in event["actors"]] == [("Riverbank League", "COL")]
