"""Lists the benchmarks and what each one measures: `python -m benchmarks`."""

from __future__ import annotations

import ast
from pathlib import Path

from benchmarks.common import print_table


def commands() -> list[tuple[str, str]]:
    """Each benchmark's command and the first line of what its module says of itself."""
    found = []
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in tree.body):
            summary = (ast.get_docstring(tree) or "").splitlines()[0]
            found.append((f"python -m benchmarks.{path.stem}", summary))
    return found


if __name__ == "__main__":
    print_table("Benchmarks (each has --help)", ("command", "what it measures"), commands())
