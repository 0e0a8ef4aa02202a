"""Write the claim vectors' network as `claims.onnx` beside an exported reader, whose weights it shares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper
from transformers import BertModel

from kg.reader.claims import CLAIM
from training.adapted_graph import AdaptedGraph, Matrix, node
from training.claim_model import ClaimHead


def export(weights: Path, encoder: BertModel, head: ClaimHead) -> None:
    """Write `claims.onnx`: wordpieces "ids" (1, pieces) to "claim" (1, CLAIM), not yet of length 1."""
    graph = AdaptedGraph(weights, "claims", helper.make_tensor_value_info("claim", TensorProto.FLOAT, [1, CLAIM]))
    graph.adapt(encoder)
    _add_head(graph, head)
    graph.write(weights / "claims.onnx")


def _add_head(graph: AdaptedGraph, head: ClaimHead) -> None:
    nodes = [one for name, array in _matrices(head) for one in graph.matrix(f"claim/{name}", array)]
    for name, layer in (("look", head.look), ("value", head.value)):
        graph.tensor(f"claim/{name}_bias", layer.bias.detach().numpy())
    graph.tensor("claim/axis", np.asarray([1], np.int64))
    graph.graph.node.extend([
        *nodes,
        node("MatMul", [graph.pieces, "claim/look"], "claim/looked"),
        node("Add", ["claim/looked", "claim/look_bias"], "claim/seen"),
        node("Tanh", ["claim/seen"], "claim/bent"),
        node("MatMul", ["claim/bent", "claim/weigh"], "claim/score"),
        node("Softmax", ["claim/score"], "claim/weight", axis=1),
        node("Mul", ["claim/weight", graph.pieces], "claim/weighed"),
        node("ReduceSum", ["claim/weighed", "claim/axis"], "claim/pooled", keepdims=0),
        node("MatMul", ["claim/pooled", "claim/value"], "claim/mapped"),
        node("Add", ["claim/mapped", "claim/value_bias"], "claim"),
    ])  # fmt: skip


def _matrices(head: ClaimHead) -> Iterator[tuple[str, Matrix]]:
    """The head's matrices as the graph multiplies by them; what is added to every score alike changes nothing and is left out."""
    for name, layer in (("look", head.look), ("value", head.value), ("weigh", head.weigh)):
        yield name, layer.weight.detach().numpy().T.copy()
