"""A token classifier of BERT-base's size (110 M parameters) in PyTorch over given texts: how long it takes.

Random weights: the cost is that of trained ones. Needs torch, transformers and tokenizers, nothing of kg, so that it
can run in another environment. Reads one JSON object from standard input (`tokenizer`: path of a tokenizer.json,
`texts`, `threads`, `window` in wordpieces, `batch` in windows, `precisions`, `patience` in seconds) and prints one JSON
object: `wordpieces` of the texts, `rates` in wordpieces a second by precision (cutting the texts into wordpieces
included; where patience ends, of the part that was done), `parameters`, `versions`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any

import torch
import transformers
from tokenizers import Tokenizer

CLS, SEP = 101, 102
TAGS = 7  # begin and inside of source, cue and content; outside


def windows(tokenizer: Tokenizer, texts: Sequence[str], size: int) -> list[list[int]]:
    """The texts' wordpieces in windows of at most `size` with their two marks, without overlap; the longest first."""
    found = []
    for encoding in tokenizer.encode_batch(list(texts), add_special_tokens=False):
        ids, room = encoding.ids, size - 2
        found += [[CLS, *ids[at : at + room], SEP] for at in range(0, len(ids), room)]
    return sorted(found, key=len, reverse=True)


def batches(cut: Sequence[list[int]], size: int) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Windows of like length side by side, padded: ids and mask."""
    for at in range(0, len(cut), size):
        rows = cut[at : at + size]
        ids = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
        for row, window in zip(ids, rows, strict=True):
            row[: len(window)] = torch.tensor(window)
        yield ids, (ids != 0).long()


def rate(model: Any, tokenizer: Tokenizer, request: dict[str, Any], dtype: torch.dtype) -> float:
    """Wordpieces a second, from texts to tags."""
    model = model.to(dtype)
    with torch.inference_mode():
        warm = torch.full((request["batch"], request["window"]), CLS)
        model(input_ids=warm, attention_mask=torch.ones_like(warm))
        begin = time.perf_counter()
        done = 0
        for ids, mask in batches(windows(tokenizer, request["texts"], request["window"]), request["batch"]):
            model(input_ids=ids, attention_mask=mask).logits.argmax(-1)
            done += int(mask.sum()) - 2 * len(mask)
            if time.perf_counter() - begin > request["patience"]:
                break
        return done / (time.perf_counter() - begin)


def main() -> None:
    request = json.load(sys.stdin)
    torch.manual_seed(0)
    torch.set_num_threads(request["threads"])
    tokenizer = Tokenizer.from_file(request["tokenizer"])
    model = transformers.BertForTokenClassification(transformers.BertConfig(num_labels=TAGS)).eval()
    rates = {name: rate(model, tokenizer, request, getattr(torch, name)) for name in request["precisions"]}
    answer = {
        "wordpieces": sum(len(window) - 2 for window in windows(tokenizer, request["texts"], request["window"])),
        "rates": rates,
        "parameters": sum(p.numel() for p in model.parameters()),
        "versions": f"torch {torch.__version__}, transformers {transformers.__version__}",
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
