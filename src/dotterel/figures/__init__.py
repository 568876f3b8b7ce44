"""Figures: the counts that measure political action or its toll."""

from dotterel.figures.find import find_figures

__all__ = ["find_figures"]
