"""What the selects of a filter form offer, from the codebook."""

from __future__ import annotations

from functools import cache

from dotterel.actors.vocabulary import states
from dotterel.codebook import contexts, modes, types
from dotterel.codebook.loader import QUADS
from dotterel.store.edits import STATUSES
from dotterel.web.wording import CORRECTED, LOCATED

Options = list[tuple[str, str]]  # value, words


@cache
def choices() -> dict[str, Options | list[tuple[int, list[str]]]]:
    """The options of every select, by the name of its filter."""
    kinds = types()
    return {
        "types": [(quad, [kind.name for kind in kinds if kind.quad == quad]) for quad in QUADS],
        "modes": [(name, name) for name in sorted({mode.name for kind in kinds for mode in modes(kind.name)})],
        "quads": [(str(quad), words) for quad, words in QUADS.items()],
        "statuses": [(name, name) for name in STATUSES],
        "contexts": [(term.name, term.name.replace("_", " ")) for term in contexts()],
        "located": list(LOCATED.items()),
        "corrected": list(CORRECTED.items()),
        "countries": sorted(((code, state.name) for code, state in states().items()), key=lambda item: item[1]),
    }
