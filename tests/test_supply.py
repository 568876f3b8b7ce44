"""What dotterel is installed from: the lock names what the ranges ask for, and nothing that development can spare."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
GROUPS = PROJECT["dependency-groups"]
LOCK = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
LOWEST = (ROOT / "requirements-floors.txt").read_text(encoding="utf-8")
FLOORS = dict(re.findall(r"^([a-z0-9-]+)==(\S+)$", LOWEST, re.MULTILINE))
TESTED = re.findall(r"^([a-z0-9-]+)\t(test_.+)$", (ROOT / ".ci" / "libraries.tsv").read_text(encoding="utf-8"), re.M)
PINNED = {
    name: set(re.findall(rf"^{re.escape(name)}==(\S+)", LOCK, re.MULTILINE))
    for name in re.findall(r"^([a-z0-9][a-z0-9.-]*)==", LOCK, re.MULTILINE)
}


def used() -> list[Requirement]:
    """What dotterel asks for by itself, extras included; training has an environment of its own."""
    lines = list(PROJECT["project"]["dependencies"])
    for extra, asked in EXTRAS.items():
        lines += asked if extra != "train" else []
    return [found for found in map(Requirement, lines) if found.name != "dotterel"]


def wanted() -> list[Requirement]:
    """What development needs beside that."""
    groups = (GROUPS[group] for group in ("dev", "build", "site", "test"))
    return used() + [Requirement(line) for group in groups for line in group if isinstance(line, str)]


@pytest.mark.parametrize("needed", wanted(), ids=str)
def test_lock_holds_a_version_in_range(needed: Requirement) -> None:
    versions = PINNED.get(canonicalize_name(needed.name), set())
    assert versions, "run: make lock"
    assert all(needed.specifier.contains(version, prereleases=True) for version in versions), "run: make lock"


@pytest.mark.parametrize("needed", wanted(), ids=str)
def test_every_range_has_a_floor(needed: Requirement) -> None:
    assert any(part.operator in (">=", "==", "~=") for part in needed.specifier), "give it a floor"


@pytest.mark.parametrize("needed", used(), ids=str)
def test_the_floor_that_was_tried_is_the_lowest_version_allowed(needed: Requirement) -> None:
    lowest = [Version(part.version) for part in needed.specifier if part.operator == ">="]
    assert [Version(FLOORS[canonicalize_name(needed.name)])] == lowest, "run: make floors"


def test_every_library_has_tests_that_floors_and_pythons_run() -> None:
    assert {name for name, _ in TESTED} == {canonicalize_name(needed.name) for needed in used()}
    assert [name for _, names in TESTED for name in names.split() if not (ROOT / "tests" / name).is_file()] == []


def test_every_pin_has_hashes() -> None:
    parts = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert [part.split()[0] for part in parts if "--hash=sha256:" not in part] == []


def test_lock_names_no_host_and_neither_torch_nor_dotterel() -> None:
    assert not re.search(r"://|^-", LOCK, re.MULTILINE)
    assert {"torch", "dotterel"} & set(PINNED) == set()


def test_makefile_locks_every_extra_but_training() -> None:
    listed = re.search(r"^EXTRAS := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert listed
    assert set(listed[1].split()) == set(EXTRAS) - {"train"}


def test_what_stands_behind_an_extra_spelt_otherwise_is_asked_for_by_name(licences: ModuleType) -> None:
    """pip before 23.3 takes html_clean and html-clean for two extras, and leaves out what the second brings."""
    asked = {canonicalize_name(Requirement(line).name) for line in PROJECT["project"]["dependencies"]}
    missed = set()
    for name in licences.brought(PROJECT["project"]["dependencies"]):
        for needed in map(Requirement, licences.inner_of(name)):
            if needed.extras and not needed.marker:
                told = metadata.metadata(needed.name).get_all("Provides-Extra") or []
                behind = map(Requirement, metadata.requires(needed.name) or [])
                other = {canonicalize_name(extra) for extra in needed.extras - set(told)}
                missed |= {part.name for part in behind if any(reads(part, extra) for extra in other)}
    assert {canonicalize_name(name) for name in missed} - asked == set()


def reads(part: Requirement, extra: str) -> bool:
    """Whether a requirement is one of that extra alone."""
    asked, unasked = ({"extra": extra}, {"extra": ""})
    return part.marker is not None and part.marker.evaluate(asked) and not part.marker.evaluate(unasked)


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", ROOT / "docs" / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_licences_has_every_package_and_none_that_went(licences: ModuleType) -> None:
    told = set(re.findall(r"^\| ([a-z0-9-]+) \|", (ROOT / "docs" / "licences.md").read_text(encoding="utf-8"), re.M))
    told -= {"package", "source", "---"}
    parts = licences.parts()
    assert set().union(*parts.values()) - told == set(), "run: make licences"
    # Other systems and Pythons bring a few others, which the lock has as well.
    assert told - set(PINNED) - parts["Extra `train`"] == set(), "run: make licences"


def test_the_page_of_licences_tells_what_the_locked_packages_tell(licences: ModuleType) -> None:
    rows = re.findall(
        r"^\| ([a-z0-9-]+) \| (.+) \|$", (ROOT / "docs" / "licences.md").read_text(encoding="utf-8"), re.M
    )
    locked = {name: told for name, told in rows if len(PINNED.get(name, ())) == 1 and is_installed(name)}
    assert len(locked) > 100
    assert {name: licences.licence(name) for name in locked} == locked, "run: make licences"


def is_installed(name: str) -> bool:
    """Whether the version of the lock is what is installed; another may be under another licence."""
    try:
        return metadata.version(name) in PINNED[name]
    except metadata.PackageNotFoundError:
        return False


def test_the_page_of_licences_tells_where_every_table_is_from(licences: ModuleType) -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    assert licences.data_table() + "\n" + licences.parser_sources() in page, "run: make licences"
    assert licences.sources() in page, "run: make licences"


@pytest.mark.parametrize(
    ("source", "table"),
    [
        ("GeoNames", "places.tsv"),
        ("Natural Earth", "outlines.tsv"),
        ("Wikidata", "offices.tsv"),
        ("REIGN (One Earth Future)", "offices.tsv"),
        ("Phoenix dictionaries (Open Event Data Alliance)", "groups.tsv"),
        ("ISO 3166", "states.tsv"),
    ],
)
def test_a_table_is_listed_under_whom_its_head_names(licences: ModuleType, source: str, table: str) -> None:
    assert f"`{table}`" in licences.tables_of(licences.SOURCES[source][0])


def test_notice_names_every_source_of_a_table(licences: ModuleType) -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert [name for name in licences.SOURCES if name.partition(" (")[0] not in notice] == []
    assert [name for name, (sign, _) in licences.SOURCES.items() if not licences.tables_of(sign)] == []


def test_nothing_that_users_install_forbids_them_what_apache_allows(licences: ModuleType) -> None:
    installed = {name for part, names in licences.parts().items() if part != "Development" for name in names}
    assert [(name, licences.licence(name)) for name in installed if not licences.allows(licences.licence(name))] == []


@pytest.mark.parametrize(
    ("told", "allowed"),
    [
        ("MIT", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),  # MPL may be chosen
        ("LGPL-2.1", True),  # a library of it may be used by what is not
        ("GPL-3.0-or-later", False),
        ("GNU Affero General Public License v3", False),
        ("CC-BY-NC-4.0 (non-commercial)", False),
        ("not told", False),
    ],
)
def test_a_licence_is_weighed(licences: ModuleType, told: str, allowed: bool) -> None:
    assert licences.allows(told) is allowed


def built(folder: Path, kind: str) -> Path:
    """What hatchling makes of the source."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1704067200"}
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("wheel"), "wheel")


def test_wheel_holds_all_of_the_package_and_nothing_else(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    source = ROOT / "src"
    kept = {
        path.relative_to(source).as_posix()
        for path in (source / "dotterel").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert names == kept
    assert {"dotterel/py.typed", "dotterel/data/classifier/model.onnx", "dotterel/data/places.tsv"} <= names
    assert {Path(name).suffix for name in names} >= {".sql", ".html", ".css", ".js", ".tsv", ".onnx"}


def test_wheel_carries_the_licence_and_the_notice(wheel: Path) -> None:
    names = {Path(name).name for name in zipfile.ZipFile(wheel).namelist()}
    assert {"LICENSE", "NOTICE", "METADATA", "entry_points.txt"} <= names


def test_wheel_is_as_small_as_told(wheel: Path) -> None:
    assert 15e6 < wheel.stat().st_size < 30e6  # the README says 21 MB


def test_source_archive_is_the_same_each_time(tmp_path: Path) -> None:
    first, second = (built(tmp_path / name, "sdist") for name in ("first", "second"))
    assert first.read_bytes() == second.read_bytes()
