"""Settles the memory of a process that codes many reports: what is loaded stays, what is freed is used again."""

from __future__ import annotations

import ctypes
import gc
import sys
from functools import cache

MMAP_THRESHOLD, TRIM_THRESHOLD = -3, -1  # of mallopt, in the GNU C library
KEPT = 1 << 28  # bytes; blocks and free memory up to that size are not handed back to the system


@cache
def settle() -> None:
    """Spare the garbage collector the tables and models in memory, and the system the giving out of the same pages.

    The network takes and frees tens of megabytes for every few sentences, which cost a tenth of its time in new pages.
    """
    gc.collect()
    gc.freeze()
    if sys.platform == "linux":
        allocation = getattr(ctypes.CDLL(None), "mallopt", None)  # other C libraries lack it
        if allocation is not None:
            allocation(MMAP_THRESHOLD, KEPT)
            allocation(TRIM_THRESHOLD, KEPT)
