"""Writes a fitted network as a folder the coder reads: an int8 ONNX graph, the tokenizer, the labels."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import warnings
from dataclasses import asdict
from pathlib import Path

import torch

from dotterel.errors import OutputError
from dotterel.events.network import LABELS, NETWORK, SENSE, TOKENIZER, Labels
from dotterel.training.network import MarkedNetwork, WithSense, base_folder

OPSET = 17
AXES = {"ids": {0: "pairs", 1: "tokens"}, "mask": {0: "pairs", 1: "tokens"}, "places": {0: "pairs"}}


def export(network: MarkedNetwork, labels: Labels, folder: Path) -> None:
    """Write `model.onnx` (weights of one byte), `tokenizer.json` and `labels.json`.

    Raises OutputError where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_network(network, folder / NETWORK)
        shutil.copyfile(base_folder() / TOKENIZER, folder / TOKENIZER)
        write_labels(labels, folder)
    except OSError as error:
        raise OutputError(f"the classifier cannot be written to {folder} ({error})") from None


def write_network(network: MarkedNetwork, path: Path) -> None:
    """The graph of a network, its matrices and word vectors in int8."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    example = torch.ones(2, 16, dtype=torch.long)
    places = torch.zeros(2, 3, dtype=torch.long)
    logging.getLogger().setLevel(logging.ERROR)  # the quantiser advises on the root logger
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = Path(scratch) / NETWORK
        torch.onnx.export(
            WithSense(network).eval(), (example, example, places), str(whole), input_names=list(AXES),
            output_names=["scores", SENSE],
            dynamic_axes=AXES, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(str(whole), str(path), weight_type=QuantType.QInt8, per_channel=True)


def write_labels(labels: Labels, folder: Path) -> None:
    """The labels and what calibration found, readable and one item a line."""
    told = {name: round(v, 4) if isinstance(v, float) else v for name, v in asdict(labels).items()}
    (folder / LABELS).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
