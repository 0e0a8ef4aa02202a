"""The reader's network: MiniLM encoder, first piece of each word + case + layout, a BiLSTM, and one head a task.

Shapes: B windows, L wordpieces, T words. Heads whose scores are pairwise (dependencies, attribution links) give
vectors a word, so that a document's words can be compared across windows with one matrix product.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import BertModel

from kg.reader.features import GAPS, SHAPES
from kg.reader.labels import ATTRIBUTION_TAGS, ENTITY_TAGS, RELATIONS, UPOS, XPOS

ARC, RELATION, LINK = 256, 160, 64
LINK_ROLES = 4  # cue as asker of its source, source, cue as asked by a content, content
DISTANCES = 19  # signed logarithmic buckets of the distance between two spans


@dataclass
class Outputs:
    """Scores a word: tags (B, T, tags) and vectors (B, T, dimension)."""

    attribution: Tensor
    entity: Tensor
    upos: Tensor
    xpos: Tensor
    lemma: Tensor
    start: Tensor
    arc_dependent: Tensor
    arc_head: Tensor
    relation_dependent: Tensor
    relation_head: Tensor
    link: Tensor


class Reader(nn.Module):
    def __init__(self, encoder: BertModel, lemma_scripts: int, hidden: int = 256, dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = encoder
        self.shape = nn.Embedding(len(SHAPES), 16)
        self.gap = nn.Embedding(len(GAPS), 8)
        self.dropout = nn.Dropout(dropout)
        self.lstm = nn.LSTM(encoder.config.hidden_size + 24, hidden, batch_first=True, bidirectional=True)
        sizes = {
            "attribution": len(ATTRIBUTION_TAGS), "entity": len(ENTITY_TAGS), "upos": len(UPOS), "xpos": len(XPOS),
            "lemma": lemma_scripts, "start": 1, "arc_dependent": ARC, "arc_head": ARC,
            "relation_dependent": RELATION, "relation_head": RELATION, "link": LINK * LINK_ROLES,
        }  # fmt: skip
        self.heads = nn.ModuleDict({name: nn.Linear(2 * hidden, size) for name, size in sizes.items()})
        self.crf_start = nn.Parameter(torch.zeros(len(ATTRIBUTION_TAGS)))
        self.crf_end = nn.Parameter(torch.zeros(len(ATTRIBUTION_TAGS)))
        self.crf = nn.Parameter(torch.zeros(len(ATTRIBUTION_TAGS), len(ATTRIBUTION_TAGS)))
        self.arc_root = nn.Parameter(torch.randn(ARC) * 0.05)
        self.arc_bias = nn.Parameter(torch.randn(ARC) * 0.05)
        self.relation_root = nn.Parameter(torch.zeros(RELATION))
        self.relation_out = nn.Linear(RELATION, len(RELATIONS))
        self.no_source = nn.Parameter(torch.randn(LINK) * 0.05)
        self.source_distance = nn.Parameter(torch.zeros(DISTANCES))
        self.content_distance = nn.Parameter(torch.zeros(DISTANCES))

    def words(self, ids: Tensor, mask: Tensor, first: Tensor, shape: Tensor, gap: Tensor) -> Tensor:
        """Word vectors before the BiLSTM, (B, T, encoder + 24); `first` holds each word's first piece."""
        pieces = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        at = first.unsqueeze(-1).expand(-1, -1, pieces.shape[-1])
        return torch.cat([pieces.gather(1, at), self.shape(shape), self.gap(gap)], dim=-1)

    def forward(self, ids: Tensor, mask: Tensor, first: Tensor, shape: Tensor, gap: Tensor, lengths: Tensor) -> Outputs:
        words = self.dropout(self.words(ids, mask, first, shape, gap))
        packed = nn.utils.rnn.pack_padded_sequence(words, lengths, batch_first=True, enforce_sorted=False)
        hidden, _ = nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        hidden = self.dropout(hidden)
        return Outputs(**{name: head(hidden) for name, head in self.heads.items()})

    def arcs(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Scores of every word as head of every other, root last: (..., T, T + 1)."""
        root = self.arc_root.expand(*head.shape[:-2], 1, -1)
        heads = torch.cat([head, root], dim=-2)
        return (dependent @ heads.transpose(-1, -2)) * ARC**-0.5 + (heads @ self.arc_bias).unsqueeze(-2)

    def relations(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Scores of relations between a dependent's and its head's vector: (..., relations)."""
        return self.relation_out(torch.relu(dependent + head))

    def crf_loss(self, emissions: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """Negative log likelihood, summed over the batch, of tag sequences under a linear-chain CRF.

        `emissions` (B, T, tags), `tags` (B, T), `mask` (B, T) true on words, true at position 0.
        """
        steps = mask.float()
        gold = self.crf_start[tags[:, 0]] + (emissions.gather(2, tags.unsqueeze(-1)).squeeze(-1) * steps).sum(1)
        gold = gold + (self.crf[tags[:, :-1], tags[:, 1:]] * steps[:, 1:]).sum(1)
        last = tags.gather(1, (mask.long().sum(1) - 1).unsqueeze(1)).squeeze(1)
        gold = gold + self.crf_end[last]
        columns, present = (
            emissions.unbind(1),
            mask.unsqueeze(2).unbind(1),
        )  # unbind: indexing has a dense gradient a step
        alpha = self.crf_start + columns[0]
        for emission, real in zip(columns[1:], present[1:], strict=True):
            step = torch.logsumexp(alpha.unsqueeze(2) + self.crf, dim=1) + emission
            alpha = torch.where(real, step, alpha)
        return (torch.logsumexp(alpha + self.crf_end, dim=1) - gold).sum()


def distance(first: tuple[int, int], second: tuple[int, int]) -> int:
    """Bucket (0 to DISTANCES - 1) of the signed distance in words between two spans; negative: second comes first."""
    between = second[0] - first[1] + 1 if second[0] >= first[1] else -(first[0] - second[1] + 1)
    size = min((DISTANCES - 1) // 2, abs(between).bit_length())
    return (DISTANCES - 1) // 2 + (size if between > 0 else -size)
