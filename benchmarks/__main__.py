"""Lists the benchmarks and what each one measures; with --run, runs all but the soak and the growth in turn."""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
from pathlib import Path

from benchmarks.common import print_table

TOOLS = ("page", "measured", "desk_store")  # commands here that measure nothing themselves
LONG = ("soak", "growth")  # run by themselves


def commands() -> list[tuple[str, str]]:
    """The name of each benchmark and the first line of what its module says of itself."""
    found = []
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if path.stem not in TOOLS and any(
            isinstance(node, ast.FunctionDef) and node.name == "main" for node in tree.body
        ):
            found.append((path.stem, (ast.get_docstring(tree) or "").split("\n")[0]))
    return found


def main() -> int:
    """List or run the benchmarks. The exit status is 1 where one that was run failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--run", action="store_true", help="run them, each with its defaults")
    if not parser.parse_args().run:
        body = [(f"python -m benchmarks.{name}", summary) for name, summary in commands()]
        print_table("Benchmarks (each has --help; --run: all but soak, growth)", ("command", "what it does"), body)
        return 0
    names = [name for name, _ in commands() if name not in LONG]
    runs = [subprocess.run([sys.executable, "-m", f"benchmarks.{name}"]) for name in names]
    return int(any(run.returncode for run in runs))


if __name__ == "__main__":
    sys.exit(main())
