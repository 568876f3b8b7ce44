"""The folder names are the dataflow: imports point upstream only, and spaCy and DuckDB have one home each."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "dotterel"
# Each stage may import from those before it in this list, and from itself.
STAGES = [
    "types", "errors", "piping", "settings", "memory", "tables", "remote", "codebook", "reading", "document", "pieces",
    "ruling", "parsing", "times", "places", "quotation", "actors", "attribution", "quotes", "events", "contexts",
    "figures", "stances", "coder", "linking", "serial", "exports", "store", "analysis", "component", "run", "anew",
    "workers", "feeds", "progress", "cluster", "training", "terminal", "web", "cli",
]  # fmt: skip
HOMES = {"spacy": {"parsing", "component"}, "duckdb": {"store"}, "onnxruntime": {"events", "training"},
         "torch": {"training"}, "trafilatura": {"reading"}, "typer": {"cli"},
         "urllib3": {"feeds"}, "certifi": {"feeds"},
         "feedparser": {"feeds"}, "protego": {"feeds"}, "sqlite3": {"feeds"},
         "networkx": {"analysis"}, "matplotlib": {"analysis"},
         "starlette": {"web"}, "uvicorn": {"web"}, "jinja2": {"web"}, "bokeh": {"web"},
         "rensa": {"linking"}, "fsspec": {"remote"}, "distributed": {"cluster"}}  # fmt: skip


def stage(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Modules a file imports anywhere, imports for type checking left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = {
        id(n)
        for i in ast.walk(tree)
        if isinstance(i, ast.If) and "TYPE_CHECKING" in ast.unparse(i.test)
        for n in ast.walk(i)
    }
    found = set()
    for node in ast.walk(tree):
        if id(node) in guarded:
            continue
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= (
                {f"{node.module}.{name.name}" for name in node.names} if node.module == "dotterel" else {node.module}
            )
    return found


FILES = sorted(p for p in SOURCE.rglob("*.py") if p != SOURCE / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_point_upstream(path):
    here = STAGES.index(stage(path))
    for module in imported(path):
        if module.startswith("dotterel."):
            target = module.split(".")[1]
            lazy_serial = (stage(path), target) == ("types", "serial")  # Coding.to_dict, inside the method
            assert lazy_serial or STAGES.index(target) <= here, f"{path.name} imports {module} from downstream"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_heavy_libraries_have_one_home(path):
    for module in imported(path):
        homes = HOMES.get(module.split(".")[0])
        assert homes is None or stage(path) in homes, f"{path.name} imports {module}; its home is {homes}"


@pytest.mark.parametrize("path", [*FILES, SOURCE / "__init__.py"], ids=lambda p: str(p.relative_to(SOURCE)))
def test_every_module_says_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{path} has no docstring"
