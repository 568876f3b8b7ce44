"""Writes the true output under every command of a page that shows one whole: `python docs/outputs.py docs/analysis.md`.

A command whose output is shown with three dots is run and left as it is.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.DOTALL | re.MULTILINE)
CALL = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
PROGRAM = re.compile(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def renewed(page: str, folder: Path) -> str:
    """The page with the outputs of its commands and programmes, run in that folder in order."""

    def call(match: re.Match[str]) -> str:
        printed = run(match[1], folder, shell=True)
        return match[0] if "..." in match[2] else f"$ {match[1]}\n{printed}\n"

    def program(match: re.Match[str]) -> str:
        printed = run([sys.executable, "-c", match[1]], folder, shell=False)
        return f"```python\n{match[1]}```\n\n```text\n{printed}\n```"

    page = BLOCK.sub(lambda block: CALL.sub(call, block[0]), page)
    return PROGRAM.sub(program, page)


def run(command: str | list[str], folder: Path, shell: bool) -> str:
    """What a command prints, without blanks at the ends of lines."""
    environment = {**os.environ, "COLUMNS": "100", "PATH": PATH}
    done = subprocess.run(command, shell=shell, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return "\n".join(line.rstrip() for line in done.stdout.splitlines())


def main() -> int:
    """Renew the pages named; pictures that their commands draw go beside them where there are such."""
    for path in map(Path, sys.argv[1:]):
        with TemporaryDirectory() as place:
            folder = Path(place)
            shutil.copytree(HERE.parent / "examples", folder / "examples")
            (folder / "news").mkdir()
            for reports in (HERE.parent / "tests" / "linking").glob("reports_*.jsonl"):
                shutil.copy(reports, folder / "news")
            path.write_text(renewed(path.read_text(encoding="utf-8"), folder), encoding="utf-8")
            for picture in folder.glob("*.svg"):
                shutil.copy(picture, path.parent / picture.name)
        print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
