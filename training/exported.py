"""The network of an exported reader, its int8 weights taken back to 32 bits: where a further training may begin."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper

from training.model import Reader

Array = npt.NDArray[np.float32]
GATES = (0, 2, 3, 1)
"""Where PyTorch's gates (input, forget, cell, output) stand among ONNX's (input, output, forget, cell)."""
UNSHIPPED = {"antecedent_distance", "antecedent_same"}
"""Tables of coreference within a training window, which the product does not need: they start at zero again."""


def exported_scripts(folder: Path) -> list[str]:
    """The lemma scripts of an exported reader, in the order of its labels."""
    found: list[str] = json.loads((folder / "lemmas.json").read_text(encoding="utf8"))["scripts"]
    return found


def load_exported(folder: Path, reader: Reader) -> None:
    """Give `reader` the weights that `training.export` wrote to `folder`. Raises ValueError where one is missing there."""
    found = dict(_arrays(onnx.load(str(folder / "reader.onnx")).graph, reader))
    with np.load(folder / "decoder.npz") as arrays:
        found.update({n: arrays[short] for n in reader.state_dict() if (short := n.replace(".", "_")) in arrays.files})
    wanted = {name: value.shape for name, value in reader.state_dict().items() if name not in UNSHIPPED}
    if missing := [n for n, shape in wanted.items() if n not in found or found[n].shape != tuple(shape)]:
        raise ValueError(f"{folder}: no weights that fit {', '.join(sorted(missing))}")
    reader.load_state_dict({name: torch.from_numpy(found[name].copy()) for name in wanted}, strict=False)


def _arrays(graph: onnx.GraphProto, reader: Reader) -> Iterator[tuple[str, Array]]:
    """(name in the network, array) of all that the ONNX graph holds."""
    raw = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    for name in raw:
        if name.startswith("reader.") and not name.endswith(("_scale", "_zero_point")):
            yield name.removeprefix("reader.").removesuffix("_quantized"), _whole(raw, name)
    for node in graph.node:
        if node.op_type == "QAttention":
            place = f"encoder.encoder.layer.{node.name.split('_')[1]}.attention.self"
            weight, bias = _whole(raw, node.input[1]), _whole(raw, node.input[2])
            for part, columns, offset in zip(
                ("query", "key", "value"), np.split(weight, 3, 1), np.split(bias, 3), strict=True
            ):
                yield f"{place}.{part}.weight", columns.T
                yield f"{place}.{part}.bias", offset
        elif node.op_type == "MatMulInteger":
            yield from _matrix(node.name.strip("/").rpartition("/")[0].replace("/", "."), raw, node.input[1], reader)
        elif node.op_type == "DynamicQuantizeLSTM":
            yield from _lstm(node.name.strip("/").partition("/")[0], *(_whole(raw, name) for name in node.input[1:4]))


def _whole(raw: dict[str, npt.NDArray[np.generic]], name: str) -> Array:
    """An initializer in 32 bits, scaled back where it is quantised (one scale a column or a tensor)."""
    short = name.removesuffix("_quantized")
    if short == name:
        return np.asarray(raw[name], np.float32)
    scale, zero = (np.asarray(raw[f"{short}_{part}"], np.float32) for part in ("scale", "zero_point"))
    if scale.ndim == 2:  # an LSTM: directions, inputs, gates
        scale, zero = scale[:, None], zero[:, None]
    return np.asarray((np.asarray(raw[name], np.float32) - zero) * scale, np.float32)


def _matrix(
    place: str, raw: dict[str, npt.NDArray[np.generic]], name: str, reader: Reader
) -> Iterator[tuple[str, Array]]:
    weight = _whole(raw, name).T
    heads = {"grammar": reader.grammar_heads, "spans": reader.span_heads}.get(place)
    if heads is None:
        yield f"{'sentence' if place.startswith('sentence') else place}.weight", weight
        return
    bounds = np.cumsum([head.out_features for head in heads.values()])[:-1]
    offsets = np.split(_whole(raw, f"{place}.bias"), bounds)
    for head, rows, offset in zip(heads, np.split(weight, bounds), offsets, strict=True):
        yield f"{place.removesuffix('s')}_heads.{head}.weight", rows
        yield f"{place.removesuffix('s')}_heads.{head}.bias", offset


def _lstm(name: str, inputs: Array, states: Array, biases: Array) -> Iterator[tuple[str, Array]]:
    def gates(array: Array) -> Array:  # rows by gate, in PyTorch's order
        parts = np.split(array, 4)
        return np.concatenate([parts[i] for i in GATES])

    for direction, suffix in enumerate(("l0", "l0_reverse")):
        yield f"{name}.weight_ih_{suffix}", gates(inputs[direction].T)
        yield f"{name}.weight_hh_{suffix}", gates(states[direction].T)
        for part, bias in zip(("bias_ih", "bias_hh"), np.split(biases[direction], 2), strict=True):
            yield f"{name}.{part}_{suffix}", gates(bias)
