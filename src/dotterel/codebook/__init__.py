"""PLOVER as data: event types, modes, contexts, sectors, and where each stands between conflict and cooperation."""

from dotterel.codebook.loader import (
    EventType,
    Mode,
    Term,
    cameo_roots,
    contexts,
    get,
    modes,
    plv,
    quad,
    score,
    sectors,
    types,
)
from dotterel.codebook.markdown import as_markdown

__all__ = [
    "EventType",
    "Mode",
    "Term",
    "as_markdown",
    "cameo_roots",
    "contexts",
    "get",
    "modes",
    "plv",
    "quad",
    "score",
    "sectors",
    "types",
]
