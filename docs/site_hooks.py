"""What the site has beside the pages of docs/: the README, the tutorial, and the files that pages lead to."""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, join, normpath, relpath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from notebook import as_markdown, pictures

ROOT = Path(__file__).resolve().parents[1]
LOGO = "src/dotterel/web/static/dotterel.svg"
BEYOND = "repository/"  # where the site shows a file of the repository that is not in docs/
SPECIAL = {"README.md": "index.md", "docs/tutorial.ipynb": "tutorial.md"}
LINK = re.compile(r"(?<=\]\()[^)\s#:]+(?=[)#])")
CODE_IN_ROW = re.compile(
    r"(?<=`)[^`\n]*\\\|[^`\n]*(?=`)"
)  # where the repository is shown, a bar in a row needs its backslash


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is not in docs/, and the page of the notebook."""
    tutorial = ROOT / "docs" / "tutorial.ipynb"
    files.append(File.generated(config, "tutorial.md", content=as_markdown(tutorial)))
    for name, picture in pictures(tutorial).items():
        files.append(File.generated(config, name, content=picture))
    files.append(File.generated(config, "theme/dotterel.svg", content=(ROOT / LOGO).read_bytes()))
    pages = [f"docs/{file.src_uri}" for file in files.documentation_pages()]
    for path in led_to(["README.md", "CHANGELOG.md", *pages]):
        files.append(File.generated(config, address(path), content=shown(path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let the links of a page lead where the site has what they lead to, and code in a table have no backslash."""
    here = page.file.src_uri

    def led(match: re.Match[str]) -> str:
        target = normpath(join(dirname(source(here)), match[0]))
        return relpath(address(target), dirname(here) or ".") if (ROOT / target).is_file() else match[0]

    return CODE_IN_ROW.sub(lambda code: code[0].replace("\\|", "|"), LINK.sub(led, markdown))


def led_to(paths: list[str]) -> list[str]:
    """Files outside docs/: those given, and those that these, the pages of docs/ given, and so on lead to."""
    waiting, seen = list(paths), set(paths)
    for path in waiting:
        if path.endswith(".md") and (ROOT / path).is_file():
            targets = {normpath(join(dirname(path), link)) for link in LINK.findall((ROOT / path).read_text("utf-8"))}
            found = sorted(target for target in targets - seen if (ROOT / target).is_file())
            waiting += found
            seen |= set(found)
    return [path for path in waiting if not path.startswith("docs/")]


def address(path: str) -> str:
    """Where the site has a file of the repository, before pages become HTML."""
    if path in SPECIAL:
        return SPECIAL[path]
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    return BEYOND + path if path.endswith(".md") else f"{BEYOND}{path}.md"


def source(page: str) -> str:
    """The file of the repository that a page of the site is made from; the other way round than `address`."""
    for path, special in SPECIAL.items():
        if page == special:
            return path
    if not page.startswith(BEYOND):
        return f"docs/{page}"
    path = page.removeprefix(BEYOND)
    return path if (ROOT / path).is_file() else path.removesuffix(".md")


def shown(path: str) -> str:
    """A file of the repository as a page."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return text if path.endswith(".md") else f"# {path}\n\n````text\n{text}\n````\n"
