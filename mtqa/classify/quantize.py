"""Rounds a network's weights to 8 bits, so that it is small; done once, when a model is made.

Each matrix is held as 8-bit integers with a scale for each block of inputs, and multiplied out when the network is
loaded: products run in 32 bits. So a score does not depend on the others in its batch, and is torch's own where the
weights were snapped to these values beforehand (`mtqa.train.export.snap`). Whole-tensor dynamic quantisation would be
quicker, but moves scores by more than 0.02; MatMulNBits is as exact, and a sixth slower.
"""

from typing import Any

import numpy as np

BLOCK = 64
_MANY = 10_000


def quantize(network: bytes) -> bytes:
    """Return a network with the same inputs and outputs and weights of 8 bits."""
    # onnx is needed to make a model, not to run one.
    import onnx
    from onnx import numpy_helper

    model = onnx.load_from_string(network)
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in list(model.graph.node):
        if node.op_type == "MatMul" and node.input[1] in tensors:
            weights = numpy_helper.to_array(tensors[node.input[1]])
            if weights.ndim == 2 and len(weights) % BLOCK == 0:
                _shrink_matrix(model.graph, node, tensors[node.input[1]], weights)
        elif node.op_type == "Gather" and node.input[0] in tensors and tensors[node.input[0]].dims[0] > _MANY:
            _shrink_embeddings(model.graph, node, tensors[node.input[0]])
    found: bytes = model.SerializeToString()
    return found


def _shrink_matrix(graph: Any, node: Any, tensor: Any, weights: "np.ndarray[Any, Any]") -> None:
    """Hold a matrix `(inputs, outputs)` by blocks of inputs, the largest weight of a block at -128."""
    from onnx import helper

    blocks = weights.reshape(-1, BLOCK, weights.shape[1])
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(1, keepdims=True), 1)
    scales = np.where(largest == 0, 1, largest / -128).astype(np.float32)
    small = np.clip(np.round(blocks / scales), -128, 127).astype(np.int8)
    name = tensor.name
    _replace(graph, tensor, {f"{name}_int8": small, f"{name}_scale": scales, f"{name}_shape": np.array(weights.shape)})
    steps = [
        helper.make_node("Cast", [f"{name}_int8"], [f"{name}_float"], to=1),
        helper.make_node("Mul", [f"{name}_float", f"{name}_scale"], [f"{name}_blocks"]),
        helper.make_node("Reshape", [f"{name}_blocks", f"{name}_shape"], [name]),
    ]
    _insert(graph, node, steps)


def _shrink_embeddings(graph: Any, node: Any, tensor: Any) -> None:
    """Hold word embeddings with a scale for each word, and multiply out those of the words that are read."""
    from onnx import helper, numpy_helper

    table = numpy_helper.to_array(tensor)
    scales = np.abs(table).max(1, keepdims=True) / 127
    scales[scales == 0] = 1
    name, ids, output = tensor.name, node.input[1], node.output[0]
    small = np.round(table / scales).astype(np.int8)
    _replace(graph, tensor, {f"{name}_int8": small, f"{name}_scale": scales.astype(np.float32)})
    steps = [
        helper.make_node("Gather", [f"{name}_int8", ids], [f"{name}_rows"], axis=0),
        helper.make_node("Cast", [f"{name}_rows"], [f"{name}_floats"], to=1),
        helper.make_node("Gather", [f"{name}_scale", ids], [f"{name}_scales"], axis=0),
        helper.make_node("Mul", [f"{name}_floats", f"{name}_scales"], [output]),
    ]
    _insert(graph, node, steps)
    graph.node.remove(node)


def _replace(graph: Any, tensor: Any, arrays: "dict[str, np.ndarray[Any, Any]]") -> None:
    from onnx import numpy_helper

    graph.initializer.remove(tensor)
    graph.initializer.extend(numpy_helper.from_array(array, name) for name, array in arrays.items())


def _insert(graph: Any, node: Any, steps: list[Any]) -> None:
    """Put nodes before another."""
    place = list(graph.node).index(node)
    for step in reversed(steps):
        graph.node.insert(place, step)
