"""The notebook of docs/ runs from beginning to end, and holds nothing of a machine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from docs import notebook


def kinds(cells: Any) -> list[list[str]]:
    """What each cell gives, by kind: words, a picture, a table. Warnings are none of them."""
    return [
        [output.output_type + (" table" if "text/html" in output.get("data", {}) else "") for output in cell.outputs]
        for cell in cells
        if cell.cell_type == "code"
    ]


def test_the_notebook_runs_and_gives_what_it_gave(tmp_path: Path) -> None:
    """To the letter it is not held: a better coder finds other acts, and `make docs` writes them."""
    ran = notebook.executed(notebook.TUTORIAL, notebook.laid_out(tmp_path))
    given = kinds(ran.cells)
    assert given == kinds(nbformat.read(notebook.TUTORIAL, as_version=4).cells), "run: make docs"
    assert sum(map(len, given)) >= 15


def test_the_notebook_is_small_and_tells_no_path_time_or_warning() -> None:
    text = notebook.TUTORIAL.read_text(encoding="utf-8")
    assert len(text) < 150_000
    assert re.findall(r"/(?:tmp|home|root|Users|work)/|\"iopub|\"stderr\"|\d{4}-\d\d-\d\dT\d\d:", text) == []


def test_a_cell_that_fails_fails_the_notebook(tmp_path: Path) -> None:
    from nbclient.exceptions import CellExecutionError

    wrong = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")])
    nbformat.write(wrong, tmp_path / "wrong.ipynb")
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        notebook.executed(tmp_path / "wrong.ipynb", tmp_path)


def test_the_page_has_prose_code_tables_and_pictures(tmp_path: Path) -> None:
    look = '<style scoped>x</style><table border="1" class="dataframe"><tr style="a"><td>1</td></tr></table>'
    frame = {"text/html": f"<div>{look}</div>", "text/plain": "1"}
    code = nbformat.v4.new_code_cell("draw()")
    code.outputs = [
        nbformat.v4.new_output("stream", text="two\n"),
        nbformat.v4.new_output("display_data", data={"image/png": "AAAA", "text/plain": "Figure"}),
        nbformat.v4.new_output("execute_result", data=frame),
        nbformat.v4.new_output("execute_result", data={"text/plain": "3"}),
    ]
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# One"), code])
    nbformat.write(made, tmp_path / "made.ipynb")
    assert notebook.as_markdown(tmp_path / "made.ipynb").split("\n\n") == [
        "# One",
        "```python\ndraw()\n```",
        "```text\ntwo\n```",
        "![What the lines above draw](made_1.png)",
        "<table><tr><td>1</td></tr></table>",
        "```text\n3\n```\n",
    ]
    assert notebook.pictures(tmp_path / "made.ipynb") == {"made_1.png": b"\x00\x00\x00"}
