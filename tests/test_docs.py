"""The documentation is true: generated pages are current, examples run, every public name and command is told."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest
from benchmarks import page

import dotterel
from dotterel import settings, types
from dotterel.cli import app
from dotterel.exports import formats
from dotterel.serial import coding_dict
from forked import forks
from sample import make_coding

ROOT = Path(__file__).parents[1]
GENERATED = {"api.md", "cli.md", "licences.md", "codebook.md", "scores.md"}  # no examples to run
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
WRITTEN = [path for path in PAGES if path.name not in GENERATED]
PROSE = {path: path.read_text(encoding="utf-8") for path in PAGES}
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def module_at(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def blocks(path: Path, kind: str) -> list[str]:
    return [body for found, body in BLOCK.findall(PROSE[path]) if found == kind]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def printed(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a command that is shown gives, where lines have a hundred signs."""
    name, *arguments = shlex.split(command)
    assert name == "dotterel"
    return forks().dotterel(*arguments, cwd=folder, env={**os.environ, "COLUMNS": "100"})


def calls(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output shown below it."""
    found = []
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        length = next(n for n in range(1, len(lines) + 1) if "\n".join(lines[:n]).count('"') % 2 == 0)
        found.append(("\n".join(lines[:length]), "\n".join(lines[length:])))
    return found


def is_shown(expected: str, printed: str) -> bool:
    """Is the output as shown? Three dots stand for anything, also for several lines; blanks that end lines for none."""
    expected, printed = (re.sub(r" +$", "", text, flags=re.MULTILINE) for text in (expected, printed))
    pattern = ".*".join(re.escape(part.strip("\n")) for part in expected.split("..."))
    return re.fullmatch(pattern, printed.strip("\n"), re.DOTALL) is not None


def without_progress(complaints: str) -> str:
    """What was complained of, without the lines that a slow machine's progress gives."""
    progress = re.compile(r"dotterel: [\d,]+(?: of [\d,]+)? reports, [\d.]+ a second")
    return "".join(line for line in complaints.splitlines(keepends=True) if not progress.match(line))


def laid_out(folder: Path) -> Path:
    """A folder as the examples want it."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    (folder / "news").mkdir()
    for reports in (ROOT / "tests" / "linking").glob("reports_*.jsonl"):
        shutil.copy(reports, folder / "news")
    return folder


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    return laid_out(tmp_path)


BEGINNING = "dotterel code examples/ --output events.duckdb"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """What the command that most pages begin with printed, and the database that it made: once for all of them."""
    folder = laid_out(tmp_path_factory.mktemp("begun"))
    return printed(BEGINNING, folder), folder / "events.duckdb"


def test_generated_pages_are_current() -> None:
    assert module_at(ROOT / "docs" / "generate.py").stale() == [], "run: make docs"


@pytest.mark.parametrize("path", [p for p in WRITTEN if blocks(p, "python") or blocks(p, "console")], ids=named)
def test_examples_of_a_page_run_and_print_what_they_show(
    path: Path, examples: Path, begun: tuple[subprocess.CompletedProcess[str], Path]
) -> None:
    for command, expected in [call for block in blocks(path, "console") for call in calls(block)]:
        if command == BEGINNING:
            done, database = begun
            shutil.copy(database, examples)
        else:
            done = printed(command, examples)
        told = without_progress(done.stderr)
        assert (done.returncode, told) == (0, "") or command.startswith("dotterel export "), command
        assert done.stdout.strip()
        assert is_shown(expected, told + done.stdout), f"{command}\n{told}{done.stdout}"
    code = "\n".join(blocks(path, "python"))
    done = forks().run(code, cwd=examples)
    assert (done.returncode, done.stderr) == (0, "")
    assert bool(done.stdout) == bool(code)
    if path.name in ("analysis.md", "actors.md", "contexts.md", "exports.md", "figures.md", "linking.md"):
        assert done.stdout in blocks(path, "text")
    if path.name in ("places.md", "times.md"):
        assert done.stdout == "".join(blocks(path, "text"))


def test_five_lines_of_python_print_what_the_readme_says(examples: Path) -> None:
    readme = ROOT / "README.md"
    first = blocks(readme, "python")[0]
    assert len(first.splitlines()) <= 6
    assert forks().run(first, cwd=examples).stdout in blocks(readme, "text")


@pytest.mark.parametrize("name", dotterel.__all__)
def test_public_name_is_in_the_readme(name: str) -> None:
    assert f"`{name}`" in PROSE[ROOT / "README.md"]


@pytest.mark.parametrize("command", app.registered_commands, ids=lambda c: c.callback.__name__)
def test_command_is_documented(command: object) -> None:
    name = command.callback.__name__  # type: ignore[attr-defined]
    assert any(f"$ dotterel {name} " in PROSE[page] for page in WRITTEN)
    assert f"## dotterel {name} " in PROSE[ROOT / "docs" / "cli.md"]


@pytest.mark.parametrize(
    ("heading", "record"),
    [
        ("report", types.Report),
        ("quotes", types.Quote),
        ("figures", types.Figure),
        ("stances", types.Stance),
        ("places", types.Place),
        ("attributions", types.Attribution),
        ("events", types.Event),
    ],
)
def test_every_field_of_a_record_is_told(heading: str, record: type) -> None:
    section = PROSE[ROOT / "docs" / "record.md"].partition(f"## {heading}\n")[2].partition("\n## ")[0]
    missing = [field.name for field in fields(record) if f"`{field.name}`" not in section]
    assert missing == []


def test_every_key_of_the_json_form_is_told() -> None:
    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*(keys(part) for part in value.values()))
        return set().union(*(keys(part) for part in value)) if isinstance(value, list) else set()

    told = set(re.findall(r"[`\"](\w+)[`\"]", PROSE[ROOT / "docs" / "record.md"]))
    assert keys(json.loads(json.dumps(coding_dict(make_coding())))) - told == set()


@pytest.mark.parametrize("form", ["polecat", "icews", "gdelt", "cameo"])
def test_every_column_of_a_format_is_told(form: str) -> None:
    columns = importlib.import_module(f"dotterel.exports.{form}").COLUMNS
    page = PROSE[ROOT / "docs" / "exports.md"]
    part = page.partition(f"\n## {'CAMEO' if form == 'cameo' else form.upper()}")[2].partition("\n## ")[0]
    same = re.compile("^Actor2(?!Geo)|^Actor[12]Geo_(?!Type)")  # told once for both actors
    assert [name for name in columns if not same.search(name) and name not in part] == []


def test_every_format_is_told() -> None:
    page = PROSE[ROOT / "docs" / "exports.md"]
    assert [name for name in formats.NAMES if f"`{name}`" not in page] == []


def test_every_table_of_knowledge_is_told() -> None:
    told = PROSE[ROOT / "docs" / "tables.md"]
    assert [path.stem for path in settings.DATA.glob("*.tsv") if f"`{path.stem}`" not in told] == []


def test_every_table_and_view_of_the_database_is_told() -> None:
    store = ROOT / "src" / "dotterel" / "store"
    schema = "".join((store / name).read_text(encoding="utf-8") for name in ("schema.sql", "views.sql"))
    names = re.findall(r"^CREATE (?:OR REPLACE )?(?:TABLE|VIEW) (\w+)", schema, re.MULTILINE)
    assert len(names) >= 15
    assert [name for name in names if f"| `{name}` |" not in PROSE[ROOT / "docs" / "store.md"]] == []


def test_every_test_that_the_page_of_faults_names_is_there() -> None:
    told = re.findall(r"`tests/(\w+)\.py::(\w+)`", PROSE[ROOT / "docs" / "reliability.md"])
    assert len(told) > 30
    assert [name for file, name in told if f"\ndef {name}(" not in (ROOT / "tests" / f"{file}.py").read_text()] == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", PROSE[path]):
        assert (path.parent / target).exists(), target


def test_table_of_the_readme_is_that_of_the_scores() -> None:
    if not page.PAGE.exists():
        pytest.skip("docs/scores.md is absent; make it with: make scores")
    scores = page.PAGE.read_text(encoding="utf-8")
    readme = PROSE[ROOT / "README.md"]
    assert page.with_table(readme, page.against_peers(scores)) == readme, "run: python -m benchmarks.page --table"
    assert page.NOTES.read_text(encoding="utf-8") in scores, "run: make scores"


def test_figures_beside_the_peers_are_those_of_the_scores() -> None:
    if not page.PAGE.exists():
        pytest.skip("docs/scores.md is absent; make it with: make scores")
    peers = PROSE[page.PEERS_PAGE]
    told = page.FIGURE.findall(peers)
    assert len(told) >= 15
    assert len(told) == peers.count("`python -m benchmarks."), "a command stands beside no figure that can be renewed"
    scores = page.PAGE.read_text(encoding="utf-8")
    assert page.with_figures(peers, scores) == peers, "run: python -m benchmarks.page --table"


@pytest.mark.parametrize(
    ("arguments", "measure", "column", "figure"),
    [("plv", "macro-F1", "value", "0.5"), ("plv", "ACCUSE", "R", "0.7"), ("score", "dyad", "F1", "0.3")],
)
def test_a_figure_is_found_by_bench_row_and_column(arguments: str, measure: str, column: str, figure: str) -> None:
    text = (
        "## A\n\n`python -m benchmarks.score`\n\n| measure | P | F1 |\n| --- | --- | --- |\n| dyad | 0.4 | 0.3 |\n\n"
        "## B\n\n`python -m benchmarks.plv`\n\n| measure | value |\n| --- | --- |\n| macro-F1 | 0.5 |\n\n"
        "| type | P | R |\n| --- | --- | --- |\n| ACCUSE | 0.6 | 0.7 |\n"
    )
    assert page.cell(text, arguments, measure, column) == figure
    with pytest.raises(RuntimeError, match="has no"):
        page.cell(text, arguments, "absent", column)


def test_picture_is_of_the_example_and_fetches_nothing() -> None:
    picture = (ROOT / "docs" / "show.svg").read_text(encoding="utf-8")
    assert "dotterel&#160;show&#160;examples/moscow_meeting.txt" in picture
    assert "Hollande" in picture
    assert re.findall(r"url\((?!#)|@import|@font-face|<image|href=", picture) == []


def committed() -> list[Path]:
    """The files of the repository, or of an archive of it, that are text."""
    kinds = {".py", ".md", ".tsv", ".txt", ".json", ".jsonl", ".html", ".svg", ".toml", ".sql", "", ".yml"}
    hidden = {part for part in os.listdir(ROOT) if part.startswith(".") and part != ".ci"} | {"site"}
    found = [p for p in ROOT.rglob("*") if p.is_file() and p.suffix in kinds]
    return [p for p in found if not hidden & set(p.relative_to(ROOT).parts) and "__pycache__" not in p.parts]


def test_no_path_of_a_machine_and_no_package_host_is_committed() -> None:
    wanted = re.compile(r"/(?:home|root|Users|work|opt)/\w+|\bfile://|pypi\.|index-url|\.whl\b|devpi|artifactory")
    own = Path(__file__).resolve()
    found = [
        f"{named(path)}: {match[0]}"
        for path in committed()
        if path.resolve() != own and (match := wanted.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert found == []


def test_every_library_imported_is_declared() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = [name for extra in declared["optional-dependencies"].values() for name in extra]
    names = {re.split(r"[<>=\[ ]", line)[0].replace("-", "_") for line in [*declared["dependencies"], *optional]}
    imported = set()
    for path in (ROOT / "src").rglob("*.py"):
        imported |= set(re.findall(r"^\s*(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    foreign = {name for name in imported - sys.stdlib_module_names - {"dotterel"} if importlib.util.find_spec(name)}
    assert foreign - names == set()
