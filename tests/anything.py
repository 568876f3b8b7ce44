"""How often a property is tried: a few examples, always the same, or, with EXAMPLES in the environment, many new."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("EXAMPLES", "1"))


def examples(number: int) -> settings:
    """So many examples, always the same; EXAMPLES times as many, other ones at each run, where that is given."""
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
    return settings(
        max_examples=number * TIMES, derandomize=TIMES == 1, deadline=None, suppress_health_check=slow, database=None
    )
