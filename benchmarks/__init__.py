"""Measures dotterel against each bench of ../shared/bench; `python -m benchmarks` lists the commands."""
