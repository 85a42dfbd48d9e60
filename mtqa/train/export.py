"""Writes a trained classifier: weights to go on from, and a network that runs without torch."""

import logging
import warnings
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from mtqa.train.encoder import Classifier

_OPSET = 21


def save_weights(model: Classifier, path: Path) -> None:
    """Write the weights of a classifier in 16 bits."""
    save_file({name: value.half().contiguous() for name, value in model.state_dict().items()}, path)


def load_weights(model: Classifier, path: Path) -> Classifier:
    """Read weights into a classifier of the same shape; adapters that the file lacks start by changing nothing.

    Raises RuntimeError when they do not fit.
    """
    try:
        weights = {name: value.float() for name, value in load_file(path).items()}
    except SafetensorError as error:
        raise RuntimeError(str(error)) from None
    if model.rank and not any(name.startswith("taught_pair") for name in weights):
        weights |= {name: value for name, value in model.state_dict().items() if name.startswith("adapters")}
        weights |= {f"taught_{name}": value for name, value in weights.items() if name.startswith("pair.")}
    model.load_state_dict(weights)
    return model.eval()


def snap(model: Classifier, block: int = 64) -> Classifier:
    """Move the weights to the nearest that 8 bits hold, in place, so that the rounded network says the same.

    Of a model with adapters only those are moved: the others were, and must stay what they are to the last bit.

    Matrices are rounded by blocks of inputs, with the largest weight of a block at -128, as onnxruntime does it, word
    embeddings word by word; `block` must be that of `mtqa.classify.quantize`, which stands on the same floor.
    """
    parts = (model.adapters, model.taught_pair) if model.rank else (model,)
    with torch.no_grad():
        for module in (module for part in parts for module in part.modules()):
            if isinstance(module, torch.nn.Linear):
                for part in torch.split(module.weight, block, dim=1):
                    largest = part.gather(1, part.abs().argmax(1, keepdim=True))
                    scale = torch.where(largest == 0, 1.0, largest / -128)
                    part.copy_((part / scale).round().clamp(-128, 127) * scale)
        if model.rank:
            return model
        words = model.encoder.embeddings.word_embeddings.weight
        scale = words.abs().amax(1, keepdim=True).clamp(min=1e-12) / 127
        words.copy_((words / scale).round() * scale)
    return model


def network(model: Classifier) -> bytes:
    """Return a classifier as an ONNX network with the inputs and outputs of `Classifier.forward`."""
    model = model.eval()
    ids = torch.randint(1000, 20000, (3, 24))
    types = torch.zeros_like(ids)
    types[:, 5:8], types[:, 15:] = 1, 2
    types[1, 15:] = 3
    shape = {0: torch.export.Dim("batch"), 1: torch.export.Dim("tokens")}
    # What the exporter has to say is of no use to who trains a model: torchvision is not installed, and the like.
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
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
