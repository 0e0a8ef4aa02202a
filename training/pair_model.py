"""The network that reads two claims together: the reader's encoder with adapters of its own, and what holds between the two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import torch
from torch import Tensor, nn
from transformers import BertModel

from kg.reader.model import SENTENCE
from kg.reader.network import CLS, SEP
from kg.reader.pairs import OUTCOMES
from training.adapters import adapt
from training.fitting import padded

RANKS: Final = dict.fromkeys(
    (
        "attention.self.query",
        "attention.self.key",
        "attention.self.value",
        "attention.output.dense",
        "intermediate.dense",
        "output.dense",
    ),
    16,
)
"""Ranks of the adapters of a layer. Attention has some too: what one claim says is to be looked for in the other."""
HIDDEN: Final = 128


class PairHead(nn.Module):
    """Logits (B, OUTCOMES) for wordpieces (B, L, SENTENCE) of which `there` (B, L) says which exist."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = nn.Linear(2 * SENTENCE, HIDDEN)
        self.dropout = nn.Dropout(0.1)
        self.out = nn.Linear(HIDDEN, len(OUTCOMES))

    def forward(self, pieces: Tensor, there: Tensor) -> Tensor:
        weight = there.unsqueeze(-1).to(pieces.dtype)
        mean = (pieces * weight).sum(1) / weight.sum(1)
        logits: Tensor = self.out(self.dropout(torch.tanh(self.inside(torch.cat([pieces[:, 0], mean], -1)))))
        return logits


class PairEncoder(nn.Module):
    """Encoder, adapters, head, and a vector for the wordpieces of either claim: pairs of claims to logits (pairs, OUTCOMES)."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        adapt(encoder, RANKS)
        self.encoder = encoder
        self.head = PairHead()
        self.place = nn.Parameter(torch.zeros(2, SENTENCE))

    def forward(self, pairs: Sequence[tuple[Sequence[int], Sequence[int]]]) -> Tensor:
        ids, there = padded([[CLS, *a, SEP, *b, SEP] for a, b in pairs])
        second = (torch.arange(ids.shape[1])[None] >= torch.tensor([len(a) + 2 for a, _ in pairs])[:, None]).long()
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.place[second]
        pieces = self.encoder(inputs_embeds=embedded, attention_mask=there.long()).last_hidden_state
        logits: Tensor = self.head(pieces, there)
        return logits

    def trained(self) -> dict[str, Tensor]:
        """What is trained: adapters, places and head."""
        return {name: value.detach() for name, value in self.named_parameters() if value.requires_grad}
