"""What takes long to import is imported while the first page is looked at."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module

HEAVY = ("pandas", "bokeh.plotting", "bokeh.embed")
LONGEST = 5.0  # seconds that closing waits for an import that is under way


@contextmanager
def warming() -> Iterator[None]:
    """Meanwhile the libraries are imported; a page that needs one before does so itself."""
    thread = threading.Thread(target=warm, name="warming", daemon=True)
    thread.start()
    yield
    thread.join(LONGEST)  # an import that is cut off may be told of at the very end


def warm() -> None:
    """Import them all; one that is not installed is told of by the page that needs it."""
    for name in HEAVY:
        with suppress(ImportError):
            import_module(name)
