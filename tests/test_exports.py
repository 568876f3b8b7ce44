import csv
import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest

from dotterel.errors import InputError, MissingExtraError, OutputError
from dotterel.exports import open_export, to_arrow, to_pandas, to_polars
from dotterel.exports.files import naming
from dotterel.serial import coding_from_dict
from dotterel.types import Coding, Failure, Report
from sample import make_coding

EMPTY = Coding(Report(id="empty", text="Nothing happened."))


def many(number):
    return [make_coding(f" Number {n}.") for n in range(number)]


def interrupted(number):
    yield from many(number)
    raise KeyboardInterrupt


def read_lines(path):
    return [coding_from_dict(json.loads(line)) for line in path.read_text().splitlines()]


def read_csv(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write(path, codings):
    with open_export(path) as export:
        return export.add_many(codings)


def test_json_lines_hold_whole_codings(tmp_path):
    path = tmp_path / "o.jsonl"
    assert write(path, [make_coding(), EMPTY]) == 2
    assert read_lines(path) == [make_coding(), EMPTY]


def test_json_lines_skip_reports_that_are_there(tmp_path):
    path = tmp_path / "o.jsonl"
    write(path, many(2))
    with open_export(path) as export:
        assert export.has(many(1)[0].report.id)
        assert export.add_many(many(3)) == 1
    assert read_lines(path) == many(3)


@pytest.mark.parametrize("torn", [1, 10, 500, -1], ids=["a byte", "the key", "much", "all but the end of the line"])
def test_json_lines_drop_a_torn_last_line_and_go_on(tmp_path, torn):
    path = tmp_path / "o.jsonl"
    write(path, many(2))
    first, second = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + second[:torn])
    write(path, many(3))
    assert read_lines(path) == many(3)


def test_an_interruption_while_lines_are_written_leaves_whole_lines(tmp_path):
    path = tmp_path / "o.jsonl"
    with pytest.raises(KeyboardInterrupt):
        write(path, interrupted(3))
    assert read_lines(path) == many(3)


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_a_file_that_is_not_ours_is_never_destroyed(tmp_path, suffix):
    path = tmp_path / f"mine{suffix}"
    path.write_text('{"text": "a report of mine"}')
    with pytest.raises(OutputError, match="name another output"):
        write(path, [make_coding()])
    assert path.read_text() == '{"text": "a report of mine"}'
    assert list(tmp_path.iterdir()) == [path]


def test_csv_has_one_row_an_event(tmp_path):
    path = tmp_path / "o.csv"
    write(path, [make_coding(), EMPTY])
    bombed, met, marched = read_csv(path)
    assert (bombed["actors"], bombed["recipients"]) == ("Norland Air Force", "Free Hills Front")
    assert (bombed["type"], bombed["mode"], bombed["date"]) == ("ASSAULT", "aerial", "2021-03-15")
    assert (bombed["place"], bombed["place_country"], bombed["latitude"]) == ("Tarn", "NOR", "60.5")
    assert (bombed["attribution"], bombed["claimed_by"]) == ("police", "Southern Brigade")
    assert (bombed["contexts"], bombed["place_region"], met["contexts"]) == ("military; terrorism", "Fjell", "")
    assert (bombed["trigger"], bombed["title"]) == ("bombed", make_coding().report.title)
    assert (met["actors"], met["actor_countries"], met["recipients"]) == ("Ada Holm; Jon Berg", "NOR; EST", "")
    assert (marched["date"], marched["first_day"], marched["place"]) == ("2021-03", "2021-03-01", "the capital")


@pytest.mark.parametrize(
    ("table", "rows"),
    [("quotes", 2), ("figures", 3), ("stances", 1), ("attributions", 2), ("places", 2), ("failures", 1)],
)
@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_the_other_records_stand_beside_the_events(tmp_path, suffix, table, rows):
    with open_export(tmp_path / f"o{suffix}") as export:
        export.add_many([make_coding()])
        assert export.add_failure(Failure("a.txt", "is empty"))
        assert not export.add_failure(Failure("a.txt", "is empty"))
    path = tmp_path / f"o.{table}{suffix}"
    assert (len(read_csv(path)) if suffix == ".csv" else pq.read_table(path).num_rows) == rows


def test_parquet_keeps_types_and_columns_even_without_rows(tmp_path):
    write(tmp_path / "o.parquet", many(2))
    write(tmp_path / "e.parquet", [EMPTY])
    full, empty = pq.read_table(tmp_path / "o.parquet"), pq.read_table(tmp_path / "e.parquet")
    assert full.schema.equals(empty.schema)
    assert (full.num_rows, empty.num_rows) == (6, 0)
    assert str(full.schema.field("published").type) == "date32[day]"


def test_offsets_in_the_rows_point_to_the_trigger():
    text = make_coding().report.text
    for row in to_arrow(make_coding()).to_pylist():
        assert text[row["start_char"] : row["end_char"]] == row["trigger"]


def test_rows_of_attributions_carry_their_words():
    known, unknown = to_arrow(make_coding(), "attributions").to_pylist()
    text = make_coding().report.text
    assert (known["cited"], known["cited_id"], known["cue"]) == ("Norland police", "organ:norland-police", "said")
    assert known["content"] == text[known["start_char"] : known["end_char"]]
    assert (unknown["cited"], unknown["cited_id"], unknown["via"]) == ("the Front", None, "Wire")


def test_a_figure_leads_to_the_event_that_it_counts():
    events = [row["event_id"] for row in to_arrow(make_coding()).to_pylist()]
    assert [row["event_id"] for row in to_arrow(make_coding(), "figures").to_pylist()] == [events[0], None, None]


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_tables_are_replaced_whole_or_not_at_all(tmp_path, suffix):
    path = tmp_path / f"o{suffix}"
    write(path, many(1))
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(KeyboardInterrupt):
        write(path, interrupted(5))
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before
    write(path, many(2))
    assert len(read_csv(path) if suffix == ".csv" else pq.read_table(path).to_pylist()) == 6
    assert set(tmp_path.iterdir()) == set(before), "no temporary file stays"


def test_failures_go_beside_json_lines_once_each(tmp_path):
    for _ in range(2):
        with open_export(tmp_path / "o.jsonl") as export:
            export.add_failure(Failure("a.txt", "is empty", 3))
    lines = (tmp_path / "o.failures.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == [{"path": "a.txt", "line": 3, "reason": "is empty"}]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("o.xlsx", "suffix"),
        ("none", "suffix"),
        ("absent/o.csv", "does not exist"),
        ("folder.csv", "is a folder"),
        ("folder.jsonl", "is a folder"),
    ],
)
def test_an_output_that_cannot_be_is_refused_before_anything_is_coded(tmp_path, name, message):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(OutputError, match=message):
        open_export(tmp_path / name)


def write_to_a_full_disk():
    with naming(Path("/dev/full")), open("/dev/full", "wb", buffering=0) as file:
        file.write(b"x")


def test_a_full_disk_is_named_in_one_line():
    with pytest.raises(OutputError, match="/dev/full: cannot be written"):
        write_to_a_full_disk()


@pytest.mark.parametrize(
    ("table", "rows"),
    [("events", 6), ("quotes", 4), ("figures", 6), ("stances", 2), ("attributions", 4), ("places", 4)],
)
def test_frames_agree_with_one_another(table, rows):
    pandas_frame, polars_frame = to_pandas(many(2), table), to_polars(many(2), table)
    assert isinstance(polars_frame, pl.DataFrame)
    assert len(pandas_frame) == polars_frame.height == rows
    assert list(pandas_frame.columns) == polars_frame.columns
    assert len(to_polars(make_coding(), table)) == rows / 2, "one coding will do"


def test_an_unknown_table_is_named_with_the_known():
    with pytest.raises(InputError, match="events, quotes, figures, stances, attributions, places"):
        to_pandas([make_coding()], "dyads")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_missing_library_names_its_install_command(library, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    convert = {"pandas": to_pandas, "polars": to_polars}[library]
    with pytest.raises(MissingExtraError, match=rf'pip install "dotterel\[{library}\]"'):
        convert([make_coding()])


def test_importing_the_exports_loads_no_heavy_library():
    code = "import sys, dotterel.exports; print({'pandas', 'polars', 'pyarrow', 'spacy'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"
