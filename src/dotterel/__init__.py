"""dotterel reads news reports and writes down who did what to whom, with the words that say so.

The public names, in dataflow order: `read` → `Report` → `code`, `Coder` → `Coding` (`Event`, `Quote`, `Figure`,
`Stance`) → `open_store`, `to_pandas`, `to_polars` → `dyad_series`, `quad_profile`, `sides`, `coalitions`,
`tallies`, `itinerary`, `change_points`; `classify`, `classify_many` name the act between two marked spans.
Each is loaded at its first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dotterel.analysis import (
        Sides,
        change_points,
        coalitions,
        dyad_series,
        itinerary,
        quad_profile,
        sides,
        tallies,
    )
    from dotterel.coder import Coder, code
    from dotterel.errors import DotterelError
    from dotterel.events.classify import Classification, classify, classify_many
    from dotterel.exports.frames import to_pandas, to_polars
    from dotterel.reading.sources import read
    from dotterel.store.database import Store, open_store
    from dotterel.types import (
        Actor,
        ActorMention,
        Attribution,
        Coding,
        Event,
        Failure,
        Figure,
        Interval,
        LinkedEvent,
        Mention,
        Place,
        Quote,
        Report,
        Stance,
    )

__version__ = "0.1.0"

HOMES = {
    "dotterel.reading.sources": ("read",),
    "dotterel.types": ("Report", "Actor", "ActorMention", "Place", "Interval", "Mention", "Event", "Quote", "Figure",
                       "Stance", "Attribution", "Coding", "LinkedEvent", "Failure"),
    "dotterel.coder": ("Coder", "code"),
    "dotterel.events.classify": ("Classification", "classify", "classify_many"),
    "dotterel.store.database": ("Store", "open_store"),
    "dotterel.exports.frames": ("to_pandas", "to_polars"),
    "dotterel.analysis": ("dyad_series", "quad_profile", "sides", "Sides", "coalitions", "tallies", "itinerary",
                          "change_points"),
    "dotterel.errors": ("DotterelError",),
}  # fmt: skip

__all__ = [
    "Actor",
    "ActorMention",
    "Attribution",
    "Classification",
    "Coder",
    "Coding",
    "DotterelError",
    "Event",
    "Failure",
    "Figure",
    "Interval",
    "LinkedEvent",
    "Mention",
    "Place",
    "Quote",
    "Report",
    "Sides",
    "Stance",
    "Store",
    "__version__",
    "change_points",
    "classify",
    "classify_many",
    "coalitions",
    "code",
    "dyad_series",
    "itinerary",
    "open_store",
    "quad_profile",
    "read",
    "sides",
    "tallies",
    "to_pandas",
    "to_polars",
]


def __getattr__(name: str) -> Any:
    """A public name, from the module that defines it."""
    for module, names in HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module 'dotterel' has no attribute '{name}'")
