"""Runs the encoder on onnxruntime: batches of similar length, no torch."""

import math
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from mtqa.errors import MtqaError
from mtqa.features import Features, Special, Tokens

BATCH_TOKENS = 2048
_INPUTS = ("input_ids", "token_type_ids")
_OUTPUTS = ("pair", "tokens")
_SPECIAL = ("[PAD]", "[CLS]", "[SEP]")
_AT_ONCE = 4096


class Network:
    """Hold a tokenizer and a network ready to run."""

    def __init__(self, folder: Path) -> None:
        """Open the folder's tokenizer and network. Raises MtqaError when one of them is broken."""
        self._tokenizer = _tokenizer(folder / "tokenizer.json")
        self._session = _session(folder / "model.onnx")
        self._pad, start, end = (self._tokenizer.token_to_id(name) or 0 for name in _SPECIAL)
        self.special = Special(start, end)

    def tokens(self, text: str) -> Tokens:
        """Split a text into tokens, without special ones."""
        coded = self._tokenizer.encode(text, add_special_tokens=False)
        return Tokens(coded.ids, coded.offsets)

    def run(self, inputs: Sequence[Features]) -> Iterator[tuple[int, float, "np.ndarray[Any, Any]"]]:
        """Yield, in no particular order, the number of each input, its pair logit, and its token logits.

        Token logits are `(tokens, 2)`: calque and error for each of the input's tokens, special ones included.
        """
        for start in range(0, len(inputs), _AT_ONCE):
            for batch in batches([len(features.ids) for features in inputs[start : start + _AT_ONCE]]):
                numbers = [start + i for i in batch]
                pair, tokens = self._session.run(_OUTPUTS, self._feed([inputs[i] for i in numbers]))
                for number, logit, row in zip(numbers, pair.tolist(), tokens, strict=True):
                    yield number, logit, row[: len(inputs[number].ids)]

    def _feed(self, inputs: Sequence[Features]) -> dict[str, "np.ndarray[Any, Any]"]:
        longest = max(len(features.ids) for features in inputs)
        ids = np.full((len(inputs), longest), self._pad, np.int64)
        types = np.zeros((len(inputs), longest), np.int64)
        for row, features in enumerate(inputs):
            ids[row, : len(features.ids)] = features.ids
            types[row, : len(features.types)] = features.types
        return dict(zip(_INPUTS, (ids, types), strict=True))


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the numbers of inputs of like length, so that little of a batch is padding.

    >>> list(batches([9, 2000, 8]))
    [[2, 0], [1]]
    """
    batch: list[int] = []
    for number in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[number] > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


def sigmoid(value: float) -> float:
    """Return the logistic function, without overflow."""
    return 1 / (1 + math.exp(-value)) if value >= 0 else 1 - 1 / (1 + math.exp(value))


def _tokenizer(path: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises bare Exception
        raise MtqaError(str(path), f"is no tokenizer ({error}); copy the file from the model's source") from None
    missing = [name for name in _SPECIAL if tokenizer.token_to_id(name) is None]
    if missing:
        raise MtqaError(str(path), f"does not know {missing[0]}; copy the file from the model's source")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _processors()
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        # From bytes, so that a network cannot name further files of its own.
        session = onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors share no base but Exception
        what = f"cannot be run ({str(error)[:200]}); copy the file from the model's source"
        raise MtqaError(str(path), what) from None
    inputs, outputs = ({value.name for value in values} for values in (session.get_inputs(), session.get_outputs()))
    if inputs != set(_INPUTS) or outputs != set(_OUTPUTS):
        raise MtqaError(str(path), f"takes {sorted(inputs)} and returns {sorted(outputs)}; it is no mtqa model")
    return session


def _processors() -> int:
    """Return how many processors this process may use; onnxruntime itself would take all that the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
