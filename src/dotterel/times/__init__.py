"""Time expressions: finds them in a report and resolves them against its day of publication."""

from dotterel.times.find import event_time, find_times

__all__ = ["event_time", "find_times"]
