"""What the event types mean: `dotterel codebook`."""

from __future__ import annotations

from typing import Annotated

import typer


def codebook(
    name: Annotated[str | None, typer.Argument(metavar="TYPE", help="An event type, such as ASSAULT.")] = None,
) -> None:
    """Print the sixteen event types, or one of them with its modes.

    \b
    Examples:
      dotterel codebook
      dotterel codebook assault
    """
    from dotterel.codebook import get, types
    from dotterel.terminal import console, type_view, types_view

    console().print(type_view(get(name)) if name else types_view(types()))
