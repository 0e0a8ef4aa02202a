"""How far the reader's sentence vectors keep the order of all-MiniLM-L6-v2's cosines: Spearman's rho on dev sentences.

    python -m training.vectors --corpora ../shared/corpora --encoder FOLDER [--weights FOLDER]

Sentences of PolNeAR dev, EWT dev and GUM dev; pairs are each sentence with its nearest neighbours in the original and
with as many at random, so that near and far are both in the figure.
"""

from __future__ import annotations

import argparse
import json
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import torch
from scipy.stats import spearmanr
from tokenizers import Tokenizer
from transformers import BertModel

from kg.reader.model import Model
from kg.reader.network import LONGEST_TEXT
from training.corpora import conllu, lines

EACH, NEAR, SHORTEST = 400, 5, 25


def sentences(folder: Path) -> list[str]:
    """Up to EACH sentences of at least SHORTEST characters from each dev set, spread over its documents."""
    found: list[str] = []
    pieces = list(lines(folder / "attribution/polnear-dev.jsonl.gz"))
    texts = [p for line in pieces for p in json.loads(line)["text"].split(". ")]
    trees = [list(conllu(folder / f"syntax/{part}-dev.conllu.gz")) for part in ("ewt", "gum")]
    spoken = [[" ".join(s) for text in some for s in _split(text.words, text.starts or [])] for some in trees]
    for some in (texts, *spoken):
        kept = [" ".join(s.split()) for s in some if len(s) >= SHORTEST]
        found += islice(kept, 0, None, max(1, len(kept) // EACH))
    return found


def _split(words: list[str], starts: list[int]) -> list[list[str]]:
    cuts = [*np.flatnonzero(starts).tolist(), len(words)]
    return [words[a:b] for a, b in pairwise(cuts)]


def original_vectors(encoder: Path, texts: list[str]) -> np.ndarray:
    """Vectors (texts, dimension) of length 1: the published model's mean of wordpieces."""
    bert = BertModel.from_pretrained(str(encoder), add_pooling_layer=False).eval()
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST_TEXT)
    tokenizer.no_padding()
    found = []
    with torch.no_grad():
        for text in texts:
            pieces = bert(input_ids=torch.tensor([tokenizer.encode(text).ids])).last_hidden_state
            found.append(torch.nn.functional.normalize(pieces.mean(1), dim=-1)[0].numpy())
    return np.stack(found)


def rank_correlation(ours: np.ndarray, theirs: np.ndarray) -> tuple[float, float, int]:
    """Spearman's rho of cosines over near and random pairs, the mean cosine of a vector with its original, the pairs."""
    draw = np.random.default_rng(1)
    alike = theirs @ theirs.T
    np.fill_diagonal(alike, -1)
    near = np.argsort(-alike, axis=1)[:, :NEAR]
    rows = np.repeat(np.arange(len(theirs)), 2 * NEAR)
    columns = np.concatenate([near, draw.integers(0, len(theirs), near.shape)], axis=1).ravel()
    kept = rows != columns
    pairs = rows[kept], columns[kept]
    rho = spearmanr((ours[pairs[0]] * ours[pairs[1]]).sum(1), (theirs[pairs[0]] * theirs[pairs[1]]).sum(1)).statistic
    return float(rho), float((ours * theirs).sum(1).mean()), int(kept.sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="another model than the shipped one")
    options = parser.parse_args()
    network = Model(options.weights) if options.weights else Model()
    texts = sentences(options.corpora)
    rho, cosine, pairs = rank_correlation(network.sentence_vectors(texts), original_vectors(options.encoder, texts))
    print(
        f"sentence vectors: Spearman {rho:.4f} over {pairs} pairs of {len(texts)} sentences, mean cosine {cosine:.4f}"
    )


if __name__ == "__main__":
    main()
