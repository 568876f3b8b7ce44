"""Fits the classifier of acts to labelled sentences; needs the extra `train`."""
