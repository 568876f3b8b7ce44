"""The sense of a sentence as a vector, from the packaged network: near for sentences that tell the same."""

from __future__ import annotations

import json
from functools import lru_cache

import numpy as np

from dotterel.events import network
from dotterel.settings import CLASSIFIER

SCALE = 400  # of a vector of length one to whole numbers in one byte
CENTRE = "centre.json"  # the mean over sentences of news, which all of them share and which tells nothing


@lru_cache(maxsize=2048)
def sense_of(sentence: str) -> bytes:
    """384 whole numbers of one byte, -127 to 127. The same in every process, whatever else is asked for."""
    found = network.load(CLASSIFIER).sense(sentence).astype(np.float64) - centre()
    found /= np.linalg.norm(found) or 1.0
    return np.clip(np.rint(found * SCALE), -127, 127).astype(np.int8).tobytes()


@lru_cache(maxsize=1)
def centre() -> np.typing.NDArray[np.float64]:
    """The mean vector of sentences of news."""
    return np.array(json.loads((CLASSIFIER / CENTRE).read_text(encoding="utf-8"))["centre"], dtype=np.float64)
