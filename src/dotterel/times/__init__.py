"""Time expressions: finds them in a report and resolves them against its day of publication."""

from dotterel.times.find import find_times, is_attributive

__all__ = ["find_times", "is_attributive"]
