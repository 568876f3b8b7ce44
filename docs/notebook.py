"""Runs docs/tutorial.ipynb and keeps what its cells give: `python docs/notebook.py`; and makes the page of it."""

from __future__ import annotations

import base64
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat

HERE = Path(__file__).parent
TUTORIAL = HERE / "tutorial.ipynb"
SECONDS = 120  # for one cell, on a slow machine


def executed(path: Path, folder: Path) -> Any:
    """The notebook with what its cells give, run in `folder`; raises where a cell fails."""
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=SECONDS, resources=place, coalesce_streams=True).execute()
    return notebook


def laid_out(folder: Path) -> Path:
    """A folder to run the notebook in, with the examples where it looks for them."""
    shutil.copytree(HERE.parent / "examples", folder / "examples")
    (folder / "docs").mkdir()
    return folder / "docs"


def lasting(notebook: Any) -> Any:
    """The notebook without what differs from run to run: times, and versions of Python."""
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    for cell in notebook.cells:
        cell.metadata = {}
    return notebook


def as_markdown(path: Path) -> str:
    """The notebook as a page: its prose, its code, and what each cell gave."""
    parts = []
    for number, cell in enumerate(nbformat.read(path, as_version=4).cells):
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        else:
            parts.append(f"```python\n{cell.source}\n```")
            parts += [part for output in cell.outputs for part in shown(output, picture_name(path, number))]
    return "\n\n".join(parts) + "\n"


def pictures(path: Path) -> dict[str, bytes]:
    """The pictures of the page by name."""
    cells = nbformat.read(path, as_version=4).cells
    return {
        picture_name(path, number): base64.b64decode(output.data["image/png"])
        for number, cell in enumerate(cells)
        if cell.cell_type == "code"
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    }


def picture_name(path: Path, number: int) -> str:
    """The file of the picture that the cell of that number draws; a cell draws one."""
    return f"{path.stem}_{number}.png"


def shown(output: Any, picture: str) -> Iterator[str]:
    """One output of a cell in Markdown: a picture, a table, or text."""
    if output.output_type == "stream":
        yield f"```text\n{output.text.rstrip()}\n```"
    elif "image/png" in output.data:
        yield f"![What the lines above draw]({picture})"
    elif "text/html" in output.data:
        yield table(output.data["text/html"])
    else:
        yield f"```text\n{output.data['text/plain']}\n```"


def table(html: str) -> str:
    """A data frame as a table of the page, without the look that pandas gives it, each day on one line."""
    bare = re.sub(r"<style.*?</style>|</?div>", "", html, flags=re.DOTALL)
    plain = re.sub(r"<(table|tr)[^>]*>", r"<\1>", bare).strip()
    return re.sub(r"<td>(?=\d{4}-\d\d)", '<td style="white-space: nowrap">', plain)


def main() -> int:
    """Run the notebook and keep what its cells give."""
    with TemporaryDirectory() as place:
        notebook = lasting(executed(TUTORIAL, laid_out(Path(place))))
    nbformat.write(notebook, TUTORIAL)
    print("wrote docs/tutorial.ipynb")
    return 0


if __name__ == "__main__":
    sys.exit(main())
