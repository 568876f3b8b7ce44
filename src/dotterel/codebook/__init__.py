"""PLOVER as data: event types, modes, contexts, sectors, and where each stands between conflict and cooperation."""

from dotterel.codebook.loader import (
    EventType,
    Mode,
    Term,
    adopt,
    cameo_roots,
    contexts,
    get,
    known,
    modes,
    plv,
    quad,
    read_codebook,
    score,
    sectors,
    types,
)
from dotterel.codebook.markdown import as_markdown

__all__ = [
    "EventType",
    "Mode",
    "Term",
    "adopt",
    "as_markdown",
    "cameo_roots",
    "contexts",
    "get",
    "known",
    "modes",
    "plv",
    "quad",
    "read_codebook",
    "score",
    "sectors",
    "types",
]
