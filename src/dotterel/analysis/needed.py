"""The libraries that analysis needs, loaded at their first use; one that is missing is named with its way out."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from dotterel.errors import MissingExtraError


def library(name: str) -> Any:
    """A library of the extra `analysis`. Raises MissingExtraError where it is not installed."""
    try:
        return import_module(name)
    except ImportError as error:
        missing = name.partition(".")[0]
        raise MissingExtraError(f"analysis needs {missing}; run: pip install 'dotterel[analysis]'") from error
