"""Finds what all sentences of news have in common in their vectors, after the network was trained anew:
`python -m training.centre`. Writes centre.json beside the model; `events/sense.py` takes it off every vector.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import numpy as np

from dotterel.events import network
from dotterel.events.sense import CENTRE
from dotterel.settings import CLASSIFIER
from dotterel.training.corpus import read_corpus

CORPUS = Path(__file__).parent / "corpus"
SENTENCES, SEED = 2_500, 7


def main() -> int:
    """Write the mean over sentences of the corpus, drawn by a fixed seed."""
    told = sorted({pair.sentence for pair in read_corpus(sorted(CORPUS.glob("w*.jsonl")))})
    drawn = random.Random(SEED).sample(told, SENTENCES)
    mean = np.mean([network.load(CLASSIFIER).sense(sentence) for sentence in drawn], axis=0)
    about = f"mean sense of {SENTENCES:,} sentences of training/corpus: python -m training.centre"
    centre = [round(float(value), 4) for value in mean]
    (CLASSIFIER / CENTRE).write_text(json.dumps({"about": about, "centre": centre}) + "\n", encoding="utf-8")
    print(f"wrote {CLASSIFIER / CENTRE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
