"""Reports coded side by side in processes of their own, each report within a time limit, none able to stop a run."""

from __future__ import annotations

from dotterel.workers.pool import Workers, cores

__all__ = ["Workers", "cores"]
