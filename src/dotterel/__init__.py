"""Reads news reports and writes down who did what to whom."""
