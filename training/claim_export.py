"""Write the claim vectors' network as `claims.onnx` beside an exported reader.

It holds the adapters (in 16 bits) and the head, and the small parts of the encoder. The encoder's 8-bit matrices it does not hold
a second time: they are read from where they lie in `reader.onnx` (external data of the ONNX specification: file, offset, length),
so it belongs to that very file, whose sha256 it names.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from transformers import BertModel

from kg.reader.claims import CLAIM
from training.adapters import SCALE, adapters
from training.claim_model import ClaimHead

SHARED: Final = 4096
"""Bytes of a tensor from which on it is not held twice."""
READER: Final = "reader.onnx"
_LAYER_OUTPUT: Final = re.compile(r"/encoder/encoder/layer\.(\d+)/output/LayerNorm/LayerNormalization_output_0")


def export(weights: Path, encoder: BertModel, head: ClaimHead) -> None:
    """Write `claims.onnx`: wordpieces "ids" (1, pieces) to "claim" (1, CLAIM), not yet of length 1."""
    source = (weights / READER).read_bytes()
    model = onnx.load_from_string(source)
    graph = _encoder_graph(model.graph)
    for name, one in adapters(encoder):
        place = f"/encoder/encoder/{name.replace('.', '/').replace('layer/', 'layer.')}"
        _adapt(graph, place, one.down.detach().numpy(), SCALE * one.up.detach().numpy())
    _add_head(graph, head)
    _share(graph, source)
    made = helper.make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version)
    helper.set_model_props(made, {"reader": hashlib.sha256(source).hexdigest()})
    (weights / "claims.onnx").write_bytes(made.SerializeToString())


def _pieces(graph: onnx.GraphProto) -> str:
    """The value that holds the wordpieces' vectors: what the sentence vector is a mean of."""
    outputs = (_LAYER_OUTPUT.fullmatch(name) for node in graph.node for name in node.output)
    return max((one for one in outputs if one), key=lambda one: int(one[1]))[0]


def _encoder_graph(whole: onnx.GraphProto) -> onnx.GraphProto:
    """What of the reader's graph the wordpieces' vectors are made by."""
    maker = {name: node for node in whole.node for name in node.output}
    wanted, nodes = [_pieces(whole)], set()
    seen: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in maker:
            nodes.add(maker[name].name)
            wanted += maker[name].input
    return helper.make_graph(
        [node for node in whole.node if node.name in nodes],
        "claims",
        [one for one in whole.input if one.name in seen],
        [helper.make_tensor_value_info("claim", TensorProto.FLOAT, [1, CLAIM])],
        [one for one in whole.initializer if one.name in seen],
    )


def _adapt(graph: onnx.GraphProto, place: str, down: npt.NDArray[np.float32], up: npt.NDArray[np.float32]) -> None:
    """Add the product of two thin matrices to that of a quantised one."""
    product = next(node for node in graph.node if node.name == f"{place}/MatMul_quant")
    made = f"{place}/MatMul_output_0"
    quantised = next(node for node in graph.node if product.input[0] in node.output)
    at = next(number for number, node in enumerate(graph.node) if made in node.output) + 1
    for node in graph.node:
        node.input[:] = [f"{place}/adapted" if name == made else name for name in node.input]
    value = quantised.input[0]
    nodes = []
    for part, array in (("down", down), ("up", up)):
        graph.initializer.append(numpy_helper.from_array(array.astype(np.float16), f"{place}/{part}_16"))
        nodes.append(_node("Cast", [f"{place}/{part}_16"], f"{place}/{part}", to=TensorProto.FLOAT))
        nodes.append(_node("MatMul", [value, f"{place}/{part}"], f"{place}/{part}_product"))
        value = f"{place}/{part}_product"
    nodes.append(_node("Add", [made, value], f"{place}/adapted"))
    _insert(graph, at, nodes)


def _add_head(graph: onnx.GraphProto, head: ClaimHead) -> None:
    pieces = _pieces(graph)
    for name, array in _arrays(head):
        graph.initializer.append(numpy_helper.from_array(array.astype(np.float16), f"claim/{name}_16"))
        graph.node.append(_node("Cast", [f"claim/{name}_16"], f"claim/{name}", to=TensorProto.FLOAT))
    graph.initializer.append(numpy_helper.from_array(np.asarray([1], np.int64), "claim/axis"))
    graph.node.extend([
        _node("MatMul", [pieces, "claim/look"], "claim/looked"),
        _node("Add", ["claim/looked", "claim/look_bias"], "claim/seen"),
        _node("Tanh", ["claim/seen"], "claim/bent"),
        _node("MatMul", ["claim/bent", "claim/weigh"], "claim/score"),
        _node("Softmax", ["claim/score"], "claim/weight", axis=1),
        _node("Mul", ["claim/weight", pieces], "claim/weighed"),
        _node("ReduceSum", ["claim/weighed", "claim/axis"], "claim/pooled", keepdims=0),
        _node("MatMul", ["claim/pooled", "claim/value"], "claim/mapped"),
        _node("Add", ["claim/mapped", "claim/value_bias"], "claim"),
    ])  # fmt: skip


def _arrays(head: ClaimHead) -> Iterator[tuple[str, npt.NDArray[np.float32]]]:
    """The head's weights as the graph multiplies them; what is added to every score alike changes nothing and is left out."""
    for name, layer in (("look", head.look), ("value", head.value)):
        yield name, layer.weight.detach().numpy().T.copy()
        yield f"{name}_bias", layer.bias.detach().numpy()
    yield "weigh", head.weigh.weight.detach().numpy().T.copy()


def _share(graph: onnx.GraphProto, source: bytes) -> None:
    """Have large 8-bit tensors read from where they lie in the reader's file, instead of a copy."""
    for tensor in graph.initializer:
        data = tensor.raw_data
        if len(data) < SHARED or tensor.data_type not in (TensorProto.INT8, TensorProto.UINT8):
            continue
        at = source.find(data)
        assert at >= 0, f"{tensor.name} does not lie in {READER}"
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", READER), ("offset", str(at)), ("length", str(len(data)))):
            tensor.external_data.add(key=key, value=value)


def _node(kind: str, inputs: Sequence[str], made: str, **attributes: int) -> onnx.NodeProto:
    return helper.make_node(kind, list(inputs), [made], name=made, **attributes)


def _insert(graph: onnx.GraphProto, at: int, nodes: Iterable[onnx.NodeProto]) -> None:
    whole = [*graph.node[:at], *nodes, *graph.node[at:]]
    del graph.node[:]
    graph.node.extend(whole)
