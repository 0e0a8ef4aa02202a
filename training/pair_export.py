"""Write the network that reads pairs of claims as `pairs.onnx` beside an exported reader, whose weights it shares."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from onnx import TensorProto, helper

from kg.reader.pairs import OUTCOMES
from training.adapted_graph import AdaptedGraph, node
from training.pair_model import PairEncoder

_EMBEDDED: Final = "/encoder/embeddings/Add_1_output_0"


def export(weights: Path, model: PairEncoder) -> None:
    """Write `pairs.onnx`: wordpieces "ids" and whether each is of the second claim "second", both (1, pieces), to "outcome"
    (1, OUTCOMES), logits."""
    made = helper.make_tensor_value_info("outcome", TensorProto.FLOAT, [1, len(OUTCOMES)])
    graph = AdaptedGraph(weights, "pairs", made)
    graph.adapt(model.encoder)
    _add_places(graph, model)
    _add_head(graph, model)
    graph.write(weights / "pairs.onnx")


def _add_places(graph: AdaptedGraph, model: PairEncoder) -> None:
    """Add to each wordpiece the vector of the claim that it is of."""
    at = next(number for number, one in enumerate(graph.graph.node) if _EMBEDDED in one.output) + 1
    for one in graph.graph.node:
        one.input[:] = ["pair/placed" if name == _EMBEDDED else name for name in one.input]
    graph.tensor("pair/place", model.place.detach().numpy())
    graph.graph.input.append(helper.make_tensor_value_info("second", TensorProto.INT64, [1, "pieces"]))
    nodes = [
        node("Gather", ["pair/place", "second"], "pair/places"),
        node("Add", [_EMBEDDED, "pair/places"], "pair/placed"),
    ]
    graph.insert(at, nodes)


def _add_head(graph: AdaptedGraph, model: PairEncoder) -> None:
    nodes = []
    for name, layer in (("inside", model.head.inside), ("out", model.head.out)):
        nodes += graph.matrix(f"pair/{name}", layer.weight.detach().numpy().T.copy())
        graph.tensor(f"pair/{name}_bias", layer.bias.detach().numpy())
    graph.tensor("pair/first", np.asarray(0, np.int64))
    graph.graph.node.extend([
        *nodes,
        node("Gather", [graph.pieces, "pair/first"], "pair/cls", axis=1),
        node("ReduceMean", [graph.pieces], "pair/mean", axes=[1], keepdims=0),
        node("Concat", ["pair/cls", "pair/mean"], "pair/both", axis=-1),
        node("MatMul", ["pair/both", "pair/inside"], "pair/product"),
        node("Add", ["pair/product", "pair/inside_bias"], "pair/seen"),
        node("Tanh", ["pair/seen"], "pair/bent"),
        node("MatMul", ["pair/bent", "pair/out"], "pair/scores"),
        node("Add", ["pair/scores", "pair/out_bias"], "outcome"),
    ])  # fmt: skip
