"""The documentation as a site: it builds without a warning, and works in a browser from a folder, without network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ["index.html", "tutorial.html", "peers.html", "codebook.html", "repository/CONTRIBUTING.html"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly: a link or an anchor that leads nowhere, or a page in no group, is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture
def opened(chromium: Any) -> Iterator[Any]:
    """A page of the browser. The test fails where the page tells an error or asks for anything but a file."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(30_000)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda sent: None if sent.url.startswith(("file:", "data:")) else told.append(sent.url))
    yield page
    context.close()
    assert told == []


def test_every_page_is_there_and_asks_no_other_host(site: Path) -> None:
    written = {path.stem for path in (ROOT / "docs").glob("*.md")} - {"scores_notes"}
    assert {path.stem for path in site.glob("*.html")} >= written | {"index", "tutorial"}
    asks = re.compile(r"<(?:link|script|img|iframe|source)\b[^>]*\b(?:href|src)=[\"']?(?:https?:)?//")
    assert [path.name for path in site.rglob("*.html") if asks.search(path.read_text(encoding="utf-8"))] == []


def test_no_list_table_fence_or_escape_is_left_as_text(site: Path) -> None:
    """Markdown is read otherwise here than where the repository is shown: a list wants an empty line before it."""
    escaped = re.compile(r"<td>(?:(?!</td>).)*<code>[^<]*\\\|")
    assert [path.name for path in site.rglob("*.html") if escaped.search(path.read_text(encoding="utf-8"))] == []
    left = re.compile(r"\n(?:[-*] |\d+\. |\||```)|^\||```")
    found = [
        (path.name, text[:80])
        for path in site.rglob("*.html")
        for text in re.findall(r"<p>(.*?)</p>", path.read_text(encoding="utf-8"), re.DOTALL)
        if left.search(re.sub(r"<code>.*?</code>", "", text, flags=re.DOTALL))
    ]
    assert found == []


def test_pages_open_from_their_folder_and_stay_within_a_narrow_window(site: Path, opened: Any) -> None:
    opened.set_viewport_size({"width": 390, "height": 844})
    for name in PAGES:
        opened.goto((site / name).as_uri())
        assert opened.locator("h1").first.is_visible(), name
        assert opened.evaluate("document.documentElement.scrollWidth") <= 390, name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_that_is_to_be_read_stands_out_from_its_ground(scheme: str, site: Path, opened: Any) -> None:
    opened.emulate_media(color_scheme=scheme)
    opened.goto((site / "tutorial.html").as_uri())
    opened.evaluate((files("axe_playwright_python") / "axe.min.js").read_text())
    rules = "['color-contrast', 'link-in-text-block']"
    assert opened.evaluate(f"axe.run({{runOnly: {rules}}}).then((r) => r.violations.map((v) => v.nodes[0].html))") == []


def test_search_finds_a_page_from_its_folder(site: Path, opened: Any) -> None:
    opened.goto((site / "index.html").as_uri())
    opened.locator(".md-search__input").click()
    opened.keyboard.type("reprints")
    opened.locator(".md-search-result__link", has_text="Reprints and the same act").first.click()
    opened.wait_for_url("**/linking.html*")


def test_neither_archive_nor_wheel_takes_the_site_along(tmp_path: Path) -> None:
    from hatchling.builders.sdist import SdistBuilder
    from hatchling.builders.wheel import WheelBuilder

    for name in (".gitignore", "pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("site/index.html", "src/dotterel/__init__.py", "docs/index.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    taken = {file.relative_path for file in SdistBuilder(str(tmp_path)).recurse_included_files()}
    assert "docs/index.md" in taken
    assert not any(name.startswith("site/") for name in taken)
    assert {file.relative_path for file in WheelBuilder(str(tmp_path)).recurse_included_files()} == {
        "src/dotterel/__init__.py"
    }
