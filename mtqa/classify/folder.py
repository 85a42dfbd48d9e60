"""Reads a model folder and says in one line what is wrong with it: folders come from strangers."""

import json
import zlib
from pathlib import Path
from typing import Any, NamedTuple

from mtqa.errors import MtqaError
from mtqa.match import KINDS

FORMAT = 1
"""Version of the folder's layout and of what the network takes and returns."""

FILES = ("config.json", "model.onnx", "thresholds.json", "tokenizer.json")
_MAX_JSON = 16 * 2**20
_MAX_ONNX = 2 * 2**30


class Scale(NamedTuple):
    """Turn a logit into a probability: `sigmoid(factor * logit + shift)`."""

    factor: float
    shift: float


class Band(NamedTuple):
    """Hold two probabilities: from `upper` on a finding has its severity, from `lower` on it is a note."""

    lower: float
    upper: float


class Thresholds(NamedTuple):
    """Hold how logits become scores and scores become severities.

    `pair` scales by the candidate's evidence, `bands` decide by it; `calque` and `error` put the point of decision for
    a word at 0.5.
    `calque_precision` is what rule calque reached on articles not trained on. `taught` are the ids of the terms that
    the model was taught after it was made.
    """

    pair: dict[str, Scale]
    bands: dict[str, Band]
    calque: Scale
    error: Scale
    calque_precision: float
    taught: frozenset[str]


class ModelFolder(NamedTuple):
    """Hold a model folder that has been looked through; `signature` names the model and a checksum of its files."""

    path: Path
    signature: str
    thresholds: Thresholds


def open_folder(path: Path) -> ModelFolder:
    """Look a model folder through.

    Raises MtqaError when it is no such folder, lacks a file, is of another version or holds broken settings.
    """
    if not path.is_dir():
        raise MtqaError(str(path), "is no folder; --model takes a model folder such as models/press-small, or none")
    for name in FILES:
        if not (path / name).is_file():
            raise MtqaError(str(path), f"has no {name}, so it is no model folder; it needs {', '.join(FILES)}")
    config = read_json(path / "config.json")
    found = config.get("mtqa_format")
    if found != FORMAT:
        what = f"mtqa_format is {found!r}, this version reads {FORMAT}; train the model again or install another mtqa"
        raise MtqaError(str(path / "config.json"), what)
    file = path / "thresholds.json"
    try:
        thresholds = _thresholds(read_json(file))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise MtqaError(str(file), f"broken settings ({error!r}); copy the file from the model's source") from None
    if (path / "model.onnx").stat().st_size > _MAX_ONNX:
        raise MtqaError(str(path / "model.onnx"), f"is larger than {_MAX_ONNX:,} bytes; mtqa's models are small")
    checksum = 0
    for name in FILES:
        checksum = zlib.crc32((path / name).read_bytes(), checksum)
    return ModelFolder(path, f"{path.resolve().name}@{checksum:08x}", thresholds)


def read_json(path: Path) -> dict[str, Any]:
    """Read an object of a model folder. Raises MtqaError when the file is broken, missing or no model's."""
    try:
        if path.stat().st_size > _MAX_JSON:
            raise MtqaError(str(path), f"is larger than {_MAX_JSON:,} bytes; that is no model's {path.name}")
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise MtqaError(str(path), f"cannot be read ({error}); copy the file from the model's source") from None
    if not isinstance(value, dict):
        raise MtqaError(str(path), "holds no JSON object; copy the file from the model's source")
    return value


def _thresholds(value: dict[str, Any]) -> Thresholds:
    bands = {name: Band(_probability(low), _probability(high)) for name, (low, high) in value["bands"].items()}
    pair = {name: Scale(*map(_number, pair)) for name, pair in value["pair"].items()}
    if set(bands) != set(KINDS) or set(pair) != set(KINDS):
        raise ValueError(f"pair and bands need the keys {', '.join(KINDS)}")
    return Thresholds(
        pair,
        bands,
        Scale(*map(_number, value["calque"])),
        Scale(*map(_number, value["error"])),
        _probability(value["calque_precision"]),
        frozenset(map(str, value.get("taught", ()))),
    )


def _number(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not -1e6 < value < 1e6:
        raise ValueError(f"{value!r} is no number")
    return float(value)


def _probability(value: Any) -> float:
    number = _number(value)
    if not 0 <= number <= 1:
        raise ValueError(f"{value!r} is not between 0 and 1")
    return number
