"""Export a checkpoint to the files that the reader ships with: an int8 ONNX model and the small arrays of its decoders.

    python -m training.export --checkpoint build/reader/checkpoint.pt --encoder FOLDER --out kg/reader/weights [--float32]

One window at a time (batch 1, no padding), so that what is read of a document never depends on its neighbours.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from training.model import Reader

VECTORS = ("arc_dependent", "arc_head", "relation_dependent", "relation_head", "link")
ARRAYS = (
    "crf", "crf_start", "crf_end", "arc_root", "arc_bias", "relation_root", "relation_out.weight", "relation_out.bias",
    "no_source", "source_distance", "content_distance",
)  # fmt: skip


class Window(nn.Module):
    """The reader on one window, its heads in one product: scores kept for stitching, labels and vectors a word."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader
        names = list(reader.heads)
        self.sizes = [reader.heads[name].out_features for name in names]
        self.names = names
        self.all = nn.Linear(2 * reader.lstm.hidden_size, sum(self.sizes))
        with torch.no_grad():
            self.all.weight.copy_(torch.cat([reader.heads[name].weight for name in names]))
            self.all.bias.copy_(torch.cat([reader.heads[name].bias for name in names]))

    def forward(self, ids: Tensor, first: Tensor, shape: Tensor, gap: Tensor) -> tuple[Tensor, ...]:
        mask = torch.ones_like(ids)
        words = self.reader.words(ids, mask, first, shape, gap)
        hidden = self.reader.lstm(words)[0]
        out = dict(zip(self.names, torch.split(self.all(hidden)[0], self.sizes, dim=-1), strict=True))
        scores = torch.cat([out["attribution"], out["entity"], out["start"]], dim=-1)
        labels = torch.stack([out[name].argmax(-1) for name in ("upos", "xpos", "lemma")], dim=-1)
        return scores, labels, torch.cat([out[name] for name in VECTORS], dim=-1)


def load_reader(checkpoint: Path, encoder: Path, average: bool = True) -> tuple[Reader, list[str]]:
    """The trained network (its averaged weights by default) and its lemma scripts."""
    state = torch.load(checkpoint, map_location="cpu")
    bert = BertModel.from_pretrained(str(encoder), add_pooling_layer=False, attn_implementation="eager")
    reader = Reader(bert, len(state["lemmas"]))
    reader.load_state_dict(state["average" if average else "model"])
    return reader.eval(), state["lemmas"]


def export_onnx(reader: Reader, path: Path) -> None:
    words, pieces = 5, 9
    ids = torch.randint(1000, 2000, (1, pieces))
    first = torch.tensor([[1, 2, 4, 5, 7]])
    inputs = (ids, first, torch.zeros(1, words, dtype=torch.long), torch.ones(1, words, dtype=torch.long))
    torch.onnx.export(
        Window(reader).eval(), inputs, str(path), dynamo=False, opset_version=17,
        input_names=["ids", "first", "shape", "gap"], output_names=["scores", "labels", "vectors"],
        dynamic_axes={"ids": {1: "pieces"}, "first": {1: "words"}, "shape": {1: "words"}, "gap": {1: "words"},
                      "scores": {0: "words"}, "labels": {0: "words"}, "vectors": {0: "words"}},
    )  # fmt: skip


def quantise(source: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.onnx"
        quant_pre_process(str(source), str(ready), skip_symbolic_shape=True)
        # Signed 8-bit weights, one scale a column: a scale a tensor costs accuracy, and this costs no time.
        quantize_dynamic(str(ready), str(target), weight_type=QuantType.QInt8, per_channel=True,
                         op_types_to_quantize=["MatMul", "Gemm", "Attention", "LSTM", "Gather"])  # fmt: skip


def save_tokenizer(encoder: Path, target: Path) -> None:
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(target), pretty=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--float32", action="store_true", help="keep 32-bit weights (to measure what int8 loses)")
    parser.add_argument("--last", action="store_true", help="the last weights instead of their running average")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    reader, lemmas = load_reader(options.checkpoint, options.encoder, average=not options.last)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "reader.onnx"
        export_onnx(reader, raw)
        onnx.checker.check_model(str(raw))
        if options.float32:
            shutil.copy(raw, options.out / "reader.onnx")
        else:
            quantise(raw, options.out / "reader.onnx")
    state = reader.state_dict()
    arrays = {name.replace(".", "_"): state[name].numpy().astype(np.float32) for name in ARRAYS}
    np.savez(options.out / "decoder.npz", **arrays)
    (options.out / "lemmas.json").write_text(json.dumps(lemmas, ensure_ascii=False) + "\n", encoding="utf8")
    save_tokenizer(options.encoder, options.out / "tokenizer.json")
    for file in sorted(options.out.iterdir()):
        print(f"{file.name}  {file.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
