"""Arguments and options that several commands take, and the libraries that some need."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dotterel.errors import MissingExtraError

Published = Annotated[
    str | None, typer.Option(metavar="DATE", help="Day of publication of reports that give none, as 2015-11-27.")
]
Model = Annotated[str, typer.Option(metavar="NAME", help="Any installed English spaCy pipeline.")]
Classifier = Annotated[
    Path | None, typer.Option(metavar="DIR", help="A classifier that dotterel train wrote, with its event types.")
]
OwnTable = Annotated[
    Path | None, typer.Option("--actors", metavar="FILE", help="A table of actors of your own; see docs/actors.md.")
]
MinConfidence = Annotated[
    float, typer.Option(min=0, max=1, metavar="P", help="Leave out events less probable than this, 0 to 1.")
]
WorkerCount = Annotated[
    int | None, typer.Option("--workers", min=1, metavar="N", help="Processes that code side by side; all cores.")
]
FewWorkers = Annotated[int, typer.Option("--workers", min=1, metavar="N", help="Processes that code side by side.")]
Timeout = Annotated[
    float, typer.Option(min=0, metavar="SECONDS", help="The longest that a report may take; 0 for no limit.")
]
Cluster = Annotated[
    str | None, typer.Option("--cluster", metavar="ADDRESS", help="Scheduler of a Dask cluster that codes instead.")
]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where --format parquet writes.")]
Database = Annotated[Path, typer.Argument(metavar="DB", help="A database that dotterel code made.")]


def require(purpose: str, extra: str, names: Iterable[str]) -> None:
    """Raises MissingExtraError where libraries of an extra, which `purpose` needs, are not installed."""
    from importlib.util import find_spec

    if missing := [name for name in names if find_spec(name) is None]:
        raise MissingExtraError(f"{purpose} needs {', '.join(missing)}; run: pip install 'dotterel[{extra}]'")


class Format(StrEnum):
    """How the answer to a query is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class FileFormat(StrEnum):
    """How an answer is printed, or written to a file."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"
