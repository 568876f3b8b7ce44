"""Codings written as files and frames."""
