"""Makes docs/api.md: every public name of dotterel with its signature, what it gives and its fields."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import PurePath
from typing import Any

import dotterel

INTRODUCTION = """<!-- made by docs/generate.py; edit the docstrings in src/dotterel/, then run `make docs` -->

# The Python interface

Every public name, as `dotterel.NAME`, from its own docstring and signature. What is not listed here may change without
notice. [The record](record.md) tells what the fields of a coding mean, with examples.
"""


def api_reference() -> str:
    """The page, in the order of the dataflow."""
    names = [name for group in dotterel.HOMES.values() for name in group]
    return "\n".join([INTRODUCTION, *(section(name, getattr(dotterel, name)) for name in names)])


def section(name: str, told: Any) -> str:
    """One public name: called so, gives that, made of these."""
    kind = "class" if inspect.isclass(told) else "function"
    parts = [f"## {name}\n", f"{kind} of `{told.__module__}`\n"]
    if kind == "function" or not (is_dataclass(told) or issubclass(told, Exception)):
        parts.append(call(name, told))
    parts.append(prose(told) + "\n")
    if is_dataclass(told):
        parts.append(field_table(told))
    elif kind == "class":
        parts += [method(name, part, made) for part, made in methods(told)]
    return "\n".join(parts)


def call(name: str, told: Any) -> str:
    """How it is called: one line, or a parameter a line where that would be long."""
    source = told.__init__ if inspect.isclass(told) else told
    parameters = [p for p in inspect.signature(source).parameters.values() if p.name != "self"]
    given = inspect.signature(source).return_annotation
    gives = "" if inspect.isclass(told) or given is inspect.Signature.empty else f" -> {plain(given)}"
    parts = list(written(parameters))
    line = f"{name}({', '.join(parts)}){gives}"
    if len(line) > 100:
        line = f"{name}(\n" + "".join(f"    {part},\n" for part in parts) + f"){gives}"
    return f"```text\n{line}\n```\n"


def written(parameters: list[inspect.Parameter]) -> Iterator[str]:
    """The parameters as they stand in the source."""
    starred = False
    for parameter in parameters:
        if parameter.kind is parameter.KEYWORD_ONLY and not starred:
            starred = True
            yield "*"
        typed = "" if parameter.annotation is parameter.empty else f": {plain(parameter.annotation)}"
        default = "" if parameter.default is parameter.empty else f" = {shown(parameter.default)}"
        starred = starred or parameter.kind is parameter.VAR_POSITIONAL
        yield f"{'*' if parameter.kind is parameter.VAR_POSITIONAL else ''}{parameter.name}{typed}{default}"


def shown(default: Any) -> str:
    """A default value in one short line, never with a place on a disk or in memory."""
    return "..." if isinstance(default, PurePath) or len(repr(default)) > 60 else repr(default)


def plain(annotation: Any) -> str:
    """A type as it is written in the source."""
    text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    return text.replace("dotterel.", "").replace("typing.", "").replace("collections.abc.", "")


def prose(told: Any) -> str:
    """The docstring as Markdown."""
    text = inspect.getdoc(told) or ""
    return re.sub(r"(?<![`\w])<", "\\\\<", text)


def field_table(record: type) -> str:
    """The fields of a record, with the comment that each has in the source."""
    tree = ast.parse(inspect.getsource(record)).body[0]
    lines = inspect.getsource(record).splitlines()
    assert isinstance(tree, ast.ClassDef)
    rows = [
        f"| `{node.target.id}` | `{cell(ast.unparse(node.annotation))}` | {comment(node, lines)} |"
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]
    found = "".join(f"{row}\n" for row in rows)
    more = [method(record.__name__, name, made) for name, made in methods(record)]
    return "\n".join([f"| field | type | meaning |\n| --- | --- | --- |\n{found}", *more])


def comment(field: ast.AnnAssign, lines: list[str]) -> str:
    """What the source says of a field: in the lines of comment right above it, and beside it."""
    last = field.end_lineno or field.lineno
    found = [lines[last - 1][field.end_col_offset :].partition("#")[2].strip()]
    for line in reversed(lines[: field.lineno - 1]):
        if not line.strip().startswith("#"):
            break
        found.insert(0, line.strip().lstrip("# "))
    return cell(" ".join(found).strip())


def cell(text: str) -> str:
    """The text as it may stand in a cell of a table."""
    return text.replace("|", "\\|")


def methods(told: type) -> list[tuple[str, Any]]:
    """The public methods and properties that a class defines itself and tells of."""
    found = []
    for name, value in vars(told).items():
        made = value.__func__ if isinstance(value, classmethod | staticmethod) else value
        if not name.startswith("_") and (inspect.isfunction(made) or isinstance(made, property)):
            found.append((name, made))
    return found


def method(owner: str, name: str, made: Any) -> str:
    """A method, or a property, of a class."""
    if isinstance(made, property):
        return f"### {owner}.{name}\n\n{prose(made)}\n"
    return f"### {owner}.{name}\n\n{call(name, made)}\n{prose(made)}\n"
