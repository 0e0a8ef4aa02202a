"""The network that gives a claim its vector: the reader's encoder with adapters, attention pooling, a linear map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import BertModel

from kg.reader.claims import CLAIM
from kg.reader.model import SENTENCE
from training.adapters import adapt
from training.fitting import padded

RANKS: Final = {"attention.output.dense": 12, "intermediate.dense": 12, "output.dense": 12}
"""Ranks of the adapters of a layer."""
HIDDEN: Final = 128
TOGETHER: Final = 64
"""Texts, of like length, that go through the encoder at once."""


class ClaimHead(nn.Module):
    """One vector (B, CLAIM), of length 1, for wordpieces (B, L, SENTENCE) of which `there` (B, L) says which exist."""

    def __init__(self) -> None:
        super().__init__()
        self.look = nn.Linear(SENTENCE, HIDDEN)
        self.weigh = nn.Linear(HIDDEN, 1)
        self.value = nn.Linear(SENTENCE, CLAIM)
        self.dropout = nn.Dropout(0.1)
        self.scale = nn.Parameter(torch.tensor(2.5))
        """Logarithm of what cosines are multiplied by in the loss."""

    def forward(self, pieces: Tensor, there: Tensor) -> Tensor:
        weight = self.weigh(torch.tanh(self.look(pieces))).squeeze(-1).masked_fill(~there, -1e4).softmax(1)
        return F.normalize(self.value((self.dropout(pieces) * weight.unsqueeze(-1)).sum(1)), dim=-1)


class ClaimEncoder(nn.Module):
    """Encoder, adapters and head: wordpieces of texts to vectors (texts, CLAIM) of length 1."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        adapt(encoder, RANKS)
        self.encoder = encoder
        self.head = ClaimHead()

    def forward(self, texts: Sequence[Sequence[int]]) -> Tensor:
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        found = []
        for at in range(0, len(order), TOGETHER):
            ids, there = padded([texts[n] for n in order[at : at + TOGETHER]])
            pieces = self.encoder(input_ids=ids, attention_mask=there.long()).last_hidden_state
            found.append(self.head(pieces, there))
        return torch.cat(found)[torch.argsort(torch.tensor(order))]

    def trained(self) -> dict[str, Tensor]:
        """What is trained: adapters and head."""
        return {name: value.detach() for name, value in self.named_parameters() if value.requires_grad}
