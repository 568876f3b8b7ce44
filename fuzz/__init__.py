"""Looks for files and texts that break what dotterel promises: `make fuzz`; the tests of whatever comes use it too."""
