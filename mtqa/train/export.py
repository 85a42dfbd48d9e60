"""Writes a trained classifier as the files of a model folder: weights to go on from, and an int8 network to lint with.

Weights of matrix products are held in 8 bits by blocks of rows, and activations are rounded block by block as well
(onnxruntime's MatMulNBits at accuracy level 4). Whole-tensor dynamic quantisation is a tenth quicker, but five times
less exact, and makes the score of a sentence depend on the others in its batch.
"""

import warnings
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from mtqa.train.encoder import Classifier

_OPSET = 21
_BLOCK = 64


def save_weights(model: Classifier, path: Path) -> None:
    """Write the weights of a classifier in 16 bits."""
    save_file({name: value.half().contiguous() for name, value in model.state_dict().items()}, path)


def load_weights(model: Classifier, path: Path) -> Classifier:
    """Read weights into a classifier of the same shape. Raises RuntimeError when they do not fit."""
    model.load_state_dict({name: value.float() for name, value in load_file(path).items()})
    return model.eval()


def export(model: Classifier, path: Path) -> None:
    """Write a classifier as an int8 network with the inputs and outputs of `Classifier.forward`."""
    # Imported here: onnx is needed to write a model only.
    import onnx
    from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer

    graph = _network(model.eval())
    config = DefaultWeightOnlyQuantConfig(
        block_size=_BLOCK, is_symmetric=True, accuracy_level=4, bits=8, op_types_to_quantize=("MatMul",)
    )
    quantizer = MatMulNBitsQuantizer(graph, algo_config=config)
    quantizer.process()
    quantized = quantizer.model.model
    _shrink_embeddings(quantized)
    onnx.checker.check_model(quantized)
    path.write_bytes(quantized.SerializeToString())


def _network(model: Classifier) -> Any:
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
    return program.model_proto  # type: ignore[union-attr]


def _shrink_embeddings(graph: Any) -> None:
    """Hold the word embeddings in 8 bits with a scale for each word: they are half of the network."""
    import numpy as np
    from onnx import helper, numpy_helper

    tables = {tensor.name: tensor for tensor in graph.graph.initializer if tensor.dims[:1] and tensor.dims[0] > 10_000}
    for node in list(graph.graph.node):
        if node.op_type != "Gather" or node.input[0] not in tables:
            continue
        tensor = tables[node.input[0]]
        table = numpy_helper.to_array(tensor)
        scales = np.abs(table).max(1, keepdims=True) / 127
        scales[scales == 0] = 1
        small = np.round(table / scales).astype(np.int8)
        names = [f"{tensor.name}_{part}" for part in ("int8", "scale", "rows", "floats", "scales")]
        graph.graph.initializer.remove(tensor)
        graph.graph.initializer.append(numpy_helper.from_array(small, names[0]))
        graph.graph.initializer.append(numpy_helper.from_array(scales.astype(np.float32), names[1]))
        place = list(graph.graph.node).index(node)
        ids, output = node.input[1], node.output[0]
        graph.graph.node.remove(node)
        for step in (
            helper.make_node("Mul", [names[3], names[4]], [output]),
            helper.make_node("Gather", [names[1], ids], [names[4]], axis=0),
            helper.make_node("Cast", [names[2]], [names[3]], to=1),
            helper.make_node("Gather", [names[0], ids], [names[2]], axis=0),
        ):
            graph.graph.node.insert(place, step)
