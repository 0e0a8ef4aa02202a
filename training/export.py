"""Export a checkpoint to the files that the reader ships with: an int8 ONNX model and the small arrays of its decoders.

    python -m training.export --corpora ../shared/corpora --checkpoint build/reader/checkpoint.pt --encoder FOLDER \
        --out kg/reader/weights [--float32]

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
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from kg.reader.coreference import ALONE, TABLES
from kg.reader.model import SCORES, SIZES, words_of
from training.corpora import treebank_texts
from training.forms import irregular_forms
from training.model import Reader

ARRAYS = (
    "crf", "crf_start", "crf_end", "arc_root", "arc_bias", "relation_root", "relation_out.weight", "relation_out.bias",
    "no_source", "source_distance", "content_distance", "no_antecedent",
)  # fmt: skip
LABELS = ("upos", "xpos", "lemma")


class Window(nn.Module):
    """The reader on one window: scores kept for stitching, labels and vectors a word, one vector of the whole."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader
        self.grammar, self.grammar_sizes = _joined(reader.grammar_heads)
        self.spans, self.span_sizes = _joined(reader.span_heads)

    def forward(self, ids: Tensor, first: Tensor, shape: Tensor, gap: Tensor) -> tuple[Tensor, ...]:
        mask = torch.ones_like(ids)
        pieces = self.reader.pieces(ids, mask)
        words = self.reader.words(pieces, first, shape, gap)
        grammar = self.reader.lstm(words)[0]
        spans = self.reader.lstm_attribution(torch.cat([words, grammar], dim=-1))[0]
        out = dict(
            zip(self.reader.grammar_heads, torch.split(self.grammar(grammar)[0], self.grammar_sizes, -1), strict=True)
        )
        out.update(zip(self.reader.span_heads, torch.split(self.spans(spans)[0], self.span_sizes, -1), strict=True))
        out = self.reader.bent(out)
        scores = torch.cat([out[name] for name in SCORES], dim=-1)
        labels = torch.stack([out[name].argmax(-1) for name in LABELS], dim=-1)
        vectors = torch.cat([out[name] for name in SIZES], dim=-1)
        return scores, labels, vectors, self.reader.pooled(pieces, mask)


def _joined(heads: nn.ModuleDict) -> tuple[nn.Linear, list[int]]:
    """Heads over the same states as one matrix, and their sizes."""
    sizes = [head.out_features for head in heads.values()]
    joined = nn.Linear(next(iter(heads.values())).in_features, sum(sizes))
    with torch.no_grad():
        joined.weight.copy_(torch.cat([head.weight for head in heads.values()]))
        joined.bias.copy_(torch.cat([head.bias for head in heads.values()]))
    return joined, sizes


def load_reader(checkpoint: Path, encoder: Path, average: bool = True) -> tuple[Reader, list[str]]:
    """The trained network (its averaged weights by default) and its lemma scripts."""
    state = torch.load(checkpoint, map_location="cpu")
    bert = BertModel.from_pretrained(str(encoder), add_pooling_layer=False, attn_implementation="eager")
    reader = Reader(bert, len(state["lemmas"]))
    reader.load_state_dict(state["average" if average else "model"])
    return reader.eval(), state["lemmas"]


def export_onnx(reader: Reader, path: Path) -> None:
    """Write the network as it is, in 32 bits."""
    words, pieces = 5, 9
    ids = torch.randint(1000, 2000, (1, pieces))
    first = torch.tensor([[1, 2, 4, 5, 7]])
    inputs = (ids, first, torch.zeros(1, words, dtype=torch.long), torch.ones(1, words, dtype=torch.long))
    torch.onnx.export(
        Window(reader).eval(), inputs, str(path), dynamo=False, opset_version=17,
        input_names=["ids", "first", "shape", "gap"], output_names=["scores", "labels", "vectors", "sentence"],
        dynamic_axes={"ids": {1: "pieces"}, "first": {1: "words"}, "shape": {1: "words"}, "gap": {1: "words"},
                      "scores": {0: "words"}, "labels": {0: "words"}, "vectors": {0: "words"}},
    )  # fmt: skip


def quantise(source: Path, target: Path, encoder: BertModel) -> None:
    """8-bit weights, one scale a column (a scale a tensor costs accuracy, and this costs no time); attention in one node.

    The LSTMs first: their shapes cannot be inferred any more once attention is fused. Fused skip-layer-norms are left
    out: onnxruntime's take seven times as long as an addition and a layer norm.

    `reduce_range` (7 bits) stays off, for a bit of accuracy. On x86 CPUs without VNNI, sums of two products of 8 bits can
    saturate (VPMADDUBSW), so that scores there differ a little from those of other CPUs; with 7 bits they could not.
    """
    with tempfile.TemporaryDirectory() as folder:
        ready, recurrent, fused = (str(Path(folder) / name) for name in ("ready.onnx", "recurrent.onnx", "fused.onnx"))
        quant_pre_process(str(source), ready, skip_symbolic_shape=True)
        signed = {"weight_type": QuantType.QInt8, "per_channel": True}
        quantize_dynamic(ready, recurrent, op_types_to_quantize=["LSTM"], **signed)
        options = FusionOptions("bert")
        options.enable_skip_layer_norm = options.enable_bias_skip_layer_norm = options.enable_embed_layer_norm = False
        size = encoder.config
        network = optimizer.optimize_model(
            recurrent, model_type="bert", num_heads=size.num_attention_heads, hidden_size=size.hidden_size,
            optimization_options=options, opt_level=0,
        )  # fmt: skip
        assert network.get_fused_operator_statistics()["Attention"] == size.num_hidden_layers
        network.save_model_to_file(fused)
        quantize_dynamic(
            fused, str(target), op_types_to_quantize=["MatMul", "Gemm", "Attention", "Gather"],
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT}, **signed,
        )  # fmt: skip


def save_tokenizer(encoder: Path, target: Path) -> None:
    """Write the encoder's tokenizer without truncation and padding."""
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(target), pretty=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="for the list of irregular forms")
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--float32", action="store_true", help="keep 32-bit weights (to measure what int8 loses)")
    parser.add_argument("--last", action="store_true", help="the last weights instead of their running average")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    reader, scripts = load_reader(options.checkpoint, options.encoder, average=not options.last)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "reader.onnx"
        export_onnx(reader, raw)
        onnx.checker.check_model(str(raw))
        if options.float32:
            shutil.copy(raw, options.out / "reader.onnx")
        else:
            quantise(raw, options.out / "reader.onnx", reader.encoder)
    state = reader.state_dict()
    arrays = {name.replace(".", "_"): state[name].numpy().astype(np.float32) for name in ARRAYS}
    tables = torch.load(options.checkpoint, map_location="cpu").get("coreference")
    for name, size in {**TABLES, **ALONE}.items():  # before `training.antecedents`: nothing but the network's scores
        arrays[f"coreference_{name}"] = tables[name].numpy() if tables else np.zeros(size, np.float32)
    np.savez(options.out / "decoder.npz", **arrays)
    save_tokenizer(options.encoder, options.out / "tokenizer.json")
    known = words_of(Tokenizer.from_file(str(options.out / "tokenizer.json")))
    listed = {"scripts": scripts, "forms": irregular_forms(treebank_texts(options.corpora), known)}
    (options.out / "lemmas.json").write_text(json.dumps(listed, ensure_ascii=False) + "\n", encoding="utf8")
    for file in sorted(options.out.iterdir()):
        print(f"{file.name}  {file.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
