"""The reader's network: MiniLM encoder, first piece of each word + case + layout, two BiLSTMs, and one head a task.

The first BiLSTM carries syntax, names and coreference; the second sees what the first makes of each word, and carries
attribution. Shapes: B windows, L wordpieces, T words. Heads whose scores are pairwise (dependencies, coreference,
attribution links) give vectors a word, so that a document's words can be compared with one matrix product.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import BertModel

from kg.reader.decode import BUCKETS, LINK
from kg.reader.features import GAPS, SHAPES
from kg.reader.labels import ATTRIBUTION_TAGS, ENTITY_TAGS, RELATIONS, UPOS, XPOS
from kg.reader.model import SIZES

ARC, RELATION, COREFERENCE = (SIZES[name] for name in ("arc_head", "relation_head", "mention"))
LINK_ROLES = 4  # cue as asker of its source, source, cue as asked by a content, content
APART = 12  # logarithmic buckets of the words between a mention and its antecedent


@dataclass
class Outputs:
    """Scores a word: tags (B, T, tags) and vectors (B, T, dimension); `sentence` (B, encoder) is a vector a window."""

    attribution: Tensor
    inner: Tensor
    link: Tensor
    entity: Tensor
    upos: Tensor
    xpos: Tensor
    lemma: Tensor
    start: Tensor
    arc_dependent: Tensor
    arc_head: Tensor
    relation_dependent: Tensor
    relation_head: Tensor
    mention: Tensor
    antecedent: Tensor
    sentence: Tensor


class Dropout(nn.Module):
    """Dropout from random bytes: on a CPU three times as quick as PyTorch's, which draws a number for every element."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.p = share
        self.dropped = round(share * 256)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.dropped:
            return x
        drawn = torch.empty((x.numel() + 7) // 8, dtype=torch.int64).random_(-(2**63), None)
        kept = drawn.view(torch.uint8)[: x.numel()].view(x.shape) >= self.dropped
        return x * (kept.to(x.dtype) * (256 / (256 - self.dropped)))


def _quick_dropout(module: nn.Module) -> None:
    for name, child in module.named_children():
        if isinstance(child, nn.Dropout):
            setattr(module, name, Dropout(child.p))
        else:
            _quick_dropout(child)


class Reader(nn.Module):
    def __init__(self, encoder: BertModel, lemma_scripts: int, hidden: int = 256, dropout: float = 0.2) -> None:
        super().__init__()
        width = encoder.config.hidden_size
        self.encoder = encoder
        self.half = False  # encoder and LSTMs in bfloat16: in training, where the processor can
        _quick_dropout(encoder)
        self.shape = nn.Embedding(len(SHAPES), 16)
        self.gap = nn.Embedding(len(GAPS), 8)
        self.dropout = Dropout(dropout)
        self.lstm = nn.LSTM(width + 24, hidden, batch_first=True, bidirectional=True)
        self.lstm_attribution = nn.LSTM(width + 24 + 2 * hidden, hidden, batch_first=True, bidirectional=True)
        grammar = {
            "entity": len(ENTITY_TAGS), "upos": len(UPOS), "xpos": len(XPOS), "lemma": lemma_scripts, "start": 1,
            "arc_dependent": ARC, "arc_head": ARC, "relation_dependent": RELATION, "relation_head": RELATION,
            "mention": COREFERENCE, "antecedent": COREFERENCE,
        }  # fmt: skip
        spans = {"attribution": len(ATTRIBUTION_TAGS), "inner": len(ATTRIBUTION_TAGS), "link": LINK * LINK_ROLES}
        self.grammar_heads = nn.ModuleDict({name: nn.Linear(2 * hidden, size) for name, size in grammar.items()})
        self.span_heads = nn.ModuleDict({name: nn.Linear(2 * hidden, size) for name, size in spans.items()})
        self.sentence = nn.Linear(width, width)
        nn.init.eye_(self.sentence.weight)
        nn.init.zeros_(self.sentence.bias)
        self.crf_start = nn.Parameter(torch.zeros(len(ATTRIBUTION_TAGS)))
        self.crf_end = nn.Parameter(torch.zeros(len(ATTRIBUTION_TAGS)))
        self.crf = nn.Parameter(torch.zeros(len(ATTRIBUTION_TAGS), len(ATTRIBUTION_TAGS)))
        self.arc = nn.Linear(ARC, ARC, bias=False)
        nn.init.eye_(self.arc.weight)
        self.arc_root = nn.Parameter(torch.randn(ARC) * 0.05)
        self.arc_bias = nn.Parameter(torch.randn(ARC) * 0.05)
        self.relation_root = nn.Parameter(torch.randn(RELATION) * 0.05)
        self.relation_out = nn.Linear(2 * RELATION, len(RELATIONS))
        self.no_source = nn.Parameter(torch.randn(LINK) * 0.05)
        self.source_distance = nn.Parameter(torch.zeros(BUCKETS))
        self.content_distance = nn.Parameter(torch.zeros(BUCKETS))
        self.no_antecedent = nn.Parameter(torch.randn(COREFERENCE) * 0.05)
        self.antecedent_distance = nn.Parameter(torch.zeros(APART))
        self.antecedent_same = nn.Parameter(torch.zeros(2))

    def pieces(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Vectors of wordpieces, (B, L, encoder)."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.half):
            found: Tensor = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return found.float()

    def words(self, pieces: Tensor, first: Tensor, shape: Tensor, gap: Tensor) -> Tensor:
        """Word vectors before the BiLSTMs, (B, T, encoder + 24); `first` holds each word's first piece."""
        at = first.unsqueeze(-1).expand(-1, -1, pieces.shape[-1])
        return torch.cat([pieces.gather(1, at), self.shape(shape), self.gap(gap)], dim=-1)

    def pooled(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """A vector a window, (B, encoder): the mean of its wordpieces, mapped to where the original model had it."""
        weight = mask.unsqueeze(-1).to(pieces.dtype)
        return self.sentence((pieces * weight).sum(1) / weight.sum(1))

    def _run(self, lstm: nn.LSTM, words: Tensor, lengths: Tensor) -> Tensor:
        """A BiLSTM over padded words. Each direction on its own, the second over words put in reverse: packed sequences
        take three times as long, since they leave oneDNN's LSTM for a loop in which each step has a dense gradient.
        """
        places = torch.arange(words.shape[1]).unsqueeze(0)
        last = lengths.unsqueeze(1)
        back = torch.where(places < last, last - 1 - places, places).unsqueeze(-1)
        state = torch.zeros(1, len(words), lstm.hidden_size)
        found = []
        for suffix in ("", "_reverse"):
            given = words.gather(1, back.expand_as(words)) if suffix else words
            weights = [getattr(lstm, f"{name}_l0{suffix}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.half):
                out = torch.lstm(given, (state, state), weights, True, 1, 0.0, self.training, False, True)[0].float()
            found.append(out.gather(1, back.expand_as(out)) if suffix else out)
        return self.dropout(torch.cat(found, dim=-1))

    def forward(self, ids: Tensor, mask: Tensor, first: Tensor, shape: Tensor, gap: Tensor, lengths: Tensor) -> Outputs:
        pieces = self.pieces(ids, mask)
        words = self.dropout(self.words(pieces, first, shape, gap))
        grammar = self._run(self.lstm, words, lengths)
        spans = self._run(self.lstm_attribution, torch.cat([words, grammar], dim=-1), lengths)
        found = self.heads(grammar, spans)
        dropped = {name: self.dropout(found[name]) for name in DEEP}
        return Outputs(**{**found, **dropped}, sentence=self.pooled(pieces, mask))

    def heads(self, grammar: Tensor, spans: Tensor) -> dict[str, Tensor]:
        """What every head says of each word, from the states of the two BiLSTMs."""
        found = {name: head(grammar) for name, head in self.grammar_heads.items()}
        found.update({name: head(spans) for name, head in self.span_heads.items()})
        return self.bent(found)

    def bent(self, found: dict[str, Tensor]) -> dict[str, Tensor]:
        """Arc vectors past their non-linearity; the dependent's already multiplied with the biaffine matrix."""
        for name in ("arc_dependent", "arc_head"):
            found[name] = nn.functional.leaky_relu(found[name], 0.1)
        found["arc_dependent"] = self.arc(found["arc_dependent"])
        return found

    def arcs(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Scores of every word as head of every other, root last: (..., T, T + 1) (Dozat and Manning 2017)."""
        root = self.arc_root.expand(*head.shape[:-2], 1, -1)
        heads = torch.cat([head, root], dim=-2)
        return (dependent @ heads.transpose(-1, -2)) * ARC**-0.5 + (heads @ self.arc_bias).unsqueeze(-2)

    def relations(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Scores of relations between a dependent's and its head's vector: (..., relations)."""
        return self.relation_out(torch.cat([torch.relu(dependent + head), dependent * head], dim=-1))

    def antecedents(self, mention: Tensor, antecedent: Tensor, apart: Tensor, same: Tensor) -> Tensor:
        """Scores (N, N + 1) of each of N words as antecedent of each other, the last column for none.

        `apart` (N, N) holds distance buckets, `same` (N, N) whether two words are spelt alike (0, 1).
        """
        scores = mention @ antecedent.T * COREFERENCE**-0.5
        scores = scores + self.antecedent_distance[apart] + self.antecedent_same[same]
        return torch.cat([scores, (mention @ self.no_antecedent).unsqueeze(1)], dim=1)

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


DEEP = ("arc_dependent", "arc_head", "relation_dependent", "relation_head", "mention", "antecedent")
"""Heads whose vectors meet another word's: dropped out once more."""
