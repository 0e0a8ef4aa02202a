"""Graphs that stand on the encoder of an exported reader: with adapters, and without a second copy of what the reader holds.

Adapters and heads are held in 8 bits, with a scale for each column, or each vector that an adapter is made of. Larger tensors
of the encoder are read from where they lie in `reader.onnx` (external data of the ONNX specification: file, offset, length), so
such a graph belongs to that very file, whose sha256 it names.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from transformers import BertModel

from training.adapters import SCALE, Adapted, adapters

Matrix = npt.NDArray[np.float32]

SHARED: Final = 512
"""Bytes of a tensor from which on it is not held twice."""
READER: Final = "reader.onnx"
_LAYER_OUTPUT: Final = re.compile(r"/encoder/encoder/layer\.(\d+)/output/LayerNorm/LayerNormalization_output_0")
_ATTENTION: Final = re.compile(r"layer\.(\d+)\.attention\.self\.(query|key|value)")


class AdaptedGraph:
    """The graph of a reader's encoder, to which adapters and a head are added; then written."""

    def __init__(self, weights: Path, name: str, output: onnx.ValueInfoProto) -> None:
        self._source = (weights / READER).read_bytes()
        self._model = onnx.load_from_string(self._source)
        self.pieces = _pieces(self._model.graph)
        """The value that holds the wordpieces' vectors (1, pieces, SENTENCE)."""
        self.graph = _encoder_graph(self._model.graph, self.pieces, name, output)

    def adapt(self, encoder: BertModel) -> None:
        """Add the adapters of an encoder."""
        attentions: dict[str, dict[str, Adapted]] = {}
        for name, one in adapters(encoder):
            if found := _ATTENTION.fullmatch(name):
                attentions.setdefault(found[1], {})[found[2]] = one
            else:
                self._adapt_product(f"/encoder/encoder/{name.replace('.', '/').replace('layer/', 'layer.')}", one)
        for layer, parts in attentions.items():
            self._adapt_attention(int(layer), parts)

    def matrix(self, name: str, array: Matrix, axis: int = 0) -> list[onnx.NodeProto]:
        """Hold a matrix in 8 bits and return the nodes that make it, as value `name`; along `axis` numbers have one scale."""
        scale = np.maximum(np.abs(array).max(axis, keepdims=True), 1e-9) / 127
        whole = np.rint(array / scale).astype(np.int8)
        self.tensor(f"{name}_8", whole)
        self.tensor(f"{name}_scale", scale.astype(np.float32))
        cast = node("Cast", [f"{name}_8"], f"{name}_cast", to=TensorProto.FLOAT)
        return [cast, node("Mul", [f"{name}_cast", f"{name}_scale"], name)]

    def tensor(self, name: str, array: npt.NDArray[np.generic]) -> None:
        """Hold an array."""
        self.graph.initializer.append(numpy_helper.from_array(array, name))

    def write(self, path: Path) -> None:
        """Write the graph beside the reader."""
        self._share()
        self._shorten()
        made = helper.make_model(self.graph, opset_imports=self._model.opset_import, ir_version=self._model.ir_version)
        helper.set_model_props(made, {"reader": hashlib.sha256(self._source).hexdigest()})
        path.write_bytes(made.SerializeToString())

    def insert(self, at: int, nodes: Iterable[onnx.NodeProto]) -> None:
        """Put nodes before the one at a place: a graph's nodes stand in the order in which they run."""
        whole = [*self.graph.node[:at], *nodes, *self.graph.node[at:]]
        del self.graph.node[:]
        self.graph.node.extend(whole)

    def _product(self, place: str, value: str, one: Adapted) -> list[onnx.NodeProto]:
        """Nodes that make `place`/product, what an adapter adds for a value."""
        down, up = one.down.detach().numpy(), SCALE * one.up.detach().numpy()
        return [
            *self.matrix(f"{place}/down", down),
            *self.matrix(f"{place}/up", up, axis=1),
            node("MatMul", [value, f"{place}/down"], f"{place}/thin"),
            node("MatMul", [f"{place}/thin", f"{place}/up"], f"{place}/product"),
        ]

    def _adapt_product(self, place: str, one: Adapted) -> None:
        """Add the product of two thin matrices to that of a quantised one."""
        product = next(some for some in self.graph.node if some.name == f"{place}/MatMul_quant")
        made = f"{place}/MatMul_output_0"
        quantised = next(some for some in self.graph.node if product.input[0] in some.output)
        at = next(number for number, some in enumerate(self.graph.node) if made in some.output) + 1
        for some in self.graph.node:
            some.input[:] = [f"{place}/adapted" if name == made else name for name in some.input]
        nodes = self._product(place, quantised.input[0], one)
        self.insert(at, [*nodes, node("Add", [made, f"{place}/product"], f"{place}/adapted")])

    def _adapt_attention(self, layer: int, parts: dict[str, Adapted]) -> None:
        """Take a fused attention apart, so that products of thin matrices can be added to queries, keys and values."""
        place = f"attention.{layer}"
        at, fused = next(
            (n, some) for n, some in enumerate(self.graph.node) if some.name.startswith(f"Attention_{layer}_")
        )
        codes, weight, bias, scale, weight_scale, _, zero, weight_zero, *_ = fused.input
        value = next(some for some in self.graph.node if codes in some.output).input[0]
        sizes = [one.up.shape[1] for one in parts.values()]
        self.tensor(f"{place}/sizes", np.asarray(sizes, np.int64))
        whole = [f"{place}/{part}" for part in ("query", "key", "value")]
        nodes = [
            node(
                "MatMulIntegerToFloat",
                [codes, weight, scale, weight_scale, zero, weight_zero, bias],
                f"{place}/all",
                domain="com.microsoft",
            ),
            helper.make_node("Split", [f"{place}/all", f"{place}/sizes"], whole, name=f"{place}/split", axis=-1),
        ]
        for part in ("query", "key", "value"):
            nodes += self._product(f"{place}/{part}", value, parts[part])
            nodes.append(node("Add", [f"{place}/{part}", f"{place}/{part}/product"], f"{place}/{part}/adapted"))
        heads = next(one.i for one in fused.attribute if one.name == "num_heads")
        adapted = [f"{one}/adapted" for one in whole]
        nodes.append(node("MultiHeadAttention", adapted, fused.output[0], domain="com.microsoft", num_heads=heads))
        self.graph.node.remove(fused)
        self.insert(at, nodes)

    def _share(self) -> None:
        """Have larger tensors read from where they lie in the reader's file, if they do, instead of a copy."""
        for tensor in self.graph.initializer:
            data = tensor.raw_data
            at = self._source.find(data) if len(data) >= SHARED else -1
            if at < 0:
                continue
            tensor.ClearField("raw_data")
            tensor.data_location = TensorProto.EXTERNAL
            for key, value in (("location", READER), ("offset", str(at)), ("length", str(len(data)))):
                tensor.external_data.add(key=key, value=value)

    def _shorten(self) -> None:
        """Call values by numbers, but those that go in and come out: the long names take more room than an adapter."""
        ends = {one.name for one in (*self.graph.input, *self.graph.output)}
        short: dict[str, str] = {name: name for name in ends} | {"": ""}
        for some in self.graph.node:
            some.input[:] = [short.setdefault(name, str(len(short))) for name in some.input]
            some.output[:] = [short.setdefault(name, str(len(short))) for name in some.output]
            some.ClearField("name")
        for tensor in self.graph.initializer:
            tensor.name = short.setdefault(tensor.name, str(len(short)))


def node(
    kind: str, inputs: Sequence[str], made: str, domain: str = "", **attributes: int | list[int]
) -> onnx.NodeProto:
    """A node named by the one value that it makes."""
    return helper.make_node(kind, list(inputs), [made], name=made, domain=domain, **attributes)


def _pieces(graph: onnx.GraphProto) -> str:
    """The value that holds the wordpieces' vectors: what the sentence vector is a mean of."""
    outputs = (_LAYER_OUTPUT.fullmatch(name) for some in graph.node for name in some.output)
    return max((one for one in outputs if one), key=lambda one: int(one[1]))[0]


def _encoder_graph(whole: onnx.GraphProto, pieces: str, name: str, output: onnx.ValueInfoProto) -> onnx.GraphProto:
    """What of the reader's graph the wordpieces' vectors are made by."""
    maker = {made: some for some in whole.node for made in some.output}
    wanted, nodes = [pieces], set()
    seen: set[str] = set()
    while wanted:
        one = wanted.pop()
        if one in seen:
            continue
        seen.add(one)
        if one in maker:
            nodes.add(maker[one].name)
            wanted += maker[one].input
    return helper.make_graph(
        [some for some in whole.node if some.name in nodes],
        name,
        [one for one in whole.input if one.name in seen],
        [output],
        [one for one in whole.initializer if one.name in seen],
    )
