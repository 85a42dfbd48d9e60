"""Writes model folders: whole, or not at all."""

import json
import shutil
from pathlib import Path
from typing import Any

from mtqa.classify.folder import FORMAT
from mtqa.classify.quantize import quantize
from mtqa.train.encoder import Classifier, of_shape, shape_of
from mtqa.train.export import load_weights, network, save_weights, snap
from mtqa.write import write_atomic


def write_model(model: Classifier, base: Path, folder: Path) -> Classifier:
    """Write all files of a model but its thresholds and figures, and return the classifier as it was written.

    What is shipped are weights of few bits, and the network must not know better, so `model` is rounded in place.
    """
    folder.mkdir(parents=True, exist_ok=True)
    save_weights(snap(model), folder / "model.safetensors")
    shutil.copyfile(base / "tokenizer.json", folder / "tokenizer.json")
    config = {**shape_of(model), "mtqa_format": FORMAT}
    config.pop("_name_or_path", None)
    write_json(folder / "config.json", config)
    written = load_weights(of_shape(folder), folder / "model.safetensors")
    (folder / "model.onnx").write_bytes(quantize(network(written)))
    return written


def write_json(path: Path, value: Any) -> None:
    """Write a value as JSON, its keys in order; all of it or nothing. Raises MtqaError."""
    write_atomic(path, (json.dumps(value, indent=2, sort_keys=True, default=str) + "\n").encode())
