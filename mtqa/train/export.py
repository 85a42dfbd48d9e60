"""Writes a trained classifier: weights to go on from, and a network that runs without torch."""

import warnings
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from mtqa.train.encoder import Classifier

_OPSET = 21


def save_weights(model: Classifier, path: Path) -> None:
    """Write the weights of a classifier in 16 bits."""
    save_file({name: value.half().contiguous() for name, value in model.state_dict().items()}, path)


def load_weights(model: Classifier, path: Path) -> Classifier:
    """Read weights into a classifier of the same shape. Raises RuntimeError when they do not fit."""
    model.load_state_dict({name: value.float() for name, value in load_file(path).items()})
    return model.eval()


def network(model: Classifier) -> bytes:
    """Return a classifier as an ONNX network with the inputs and outputs of `Classifier.forward`."""
    model = model.eval()
    ids = torch.randint(1000, 20000, (3, 24))
    types = torch.zeros_like(ids)
    types[:, 5:8], types[:, 15:] = 1, 2
    shape = {0: torch.export.Dim("batch"), 1: torch.export.Dim("tokens")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            model,
            (ids, types),
            dynamo=True,
            dynamic_shapes=(shape, shape),
            input_names=["input_ids", "token_type_ids"],
            output_names=["pair", "tokens"],
            opset_version=_OPSET,
            verbose=False,
        )
    found: bytes = program.model_proto.SerializeToString()  # type: ignore[union-attr]
    return found
