"""What tests of pages read of them."""

from __future__ import annotations

import re
from typing import Any


def text_of(answer: Any) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.text))
