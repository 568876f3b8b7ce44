"""What dotterel is installed from: the lock names what the ranges ask for, and nothing that development can spare."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
GROUPS = PROJECT["dependency-groups"]
LOCK = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
PINNED = {
    name: set(re.findall(rf"^{re.escape(name)}==(\S+)", LOCK, re.MULTILINE))
    for name in re.findall(r"^([a-z0-9][a-z0-9.-]*)==", LOCK, re.MULTILINE)
}


def wanted() -> list[Requirement]:
    """What development needs, run-time and extras included; training has an environment of its own."""
    lines = list(PROJECT["project"]["dependencies"])
    for extra, asked in EXTRAS.items():
        lines += asked if extra != "train" else []
    for group in ("dev", "build", "site"):
        lines += [line for line in GROUPS[group] if isinstance(line, str)]
    return [found for found in map(Requirement, lines) if found.name != "dotterel"]


@pytest.mark.parametrize("needed", wanted(), ids=str)
def test_lock_holds_a_version_in_range(needed: Requirement) -> None:
    versions = PINNED.get(canonicalize_name(needed.name), set())
    assert versions, "run: make lock"
    assert all(needed.specifier.contains(version, prereleases=True) for version in versions), "run: make lock"


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
