"""The losses of the reader's heads over one batch."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from kg.reader.decode import LINK, bucket
from kg.reader.labels import ENTITY_TAGS, UPOS, XPOS
from training.batches import Batch, Window
from training.model import APART, Outputs, Reader

Span = tuple[int, int]
WEIGHTS = {
    "attribution": 1.0, "inner": 0.4, "link": 0.15, "entity": 0.5, "upos": 0.2, "xpos": 0.25, "lemma": 0.1, "start": 0.2,
    "arc": 1.0, "relation": 0.6, "coreference": 0.35, "sentence": 1.0,
}  # fmt: skip
LEAST = 0.3
"""A mean over words is at least over this share of the batch's, so that a few annotated words do not weigh as many do."""
LEARNT_BITS = 1 << torch.arange(len(ENTITY_TAGS))


def losses(model: Reader, batch: Batch, out: Outputs) -> dict[str, Tensor]:
    """Mean loss a word (or a link) of each head that the batch has labels for."""
    found: dict[str, Tensor] = {}
    least = int(LEAST * batch.words.sum())
    tagged = batch.layers["tags"][:, 0] != -100
    if tagged.any():
        mask = batch.words[tagged]
        tags = batch.layers["tags"][tagged].clamp(min=0)
        found["attribution"] = model.crf_loss(out.attribution[tagged], tags, mask) / mask.sum() * 5
        if (link := _links(model, batch, out)) is not None:
            found["link"] = link
    deeper = batch.layers["inner"][:, 0] != -100
    if deeper.any():
        mask = batch.words[deeper]
        tags = batch.layers["inner"][deeper].clamp(min=0)
        found["inner"] = model.crf_loss(out.inner[deeper], tags, mask) / mask.sum() * 5
    weight = batch.weight.unsqueeze(1).expand(batch.words.shape)
    allowed = (batch.layers["entities"].unsqueeze(-1) & LEARNT_BITS) != 0
    known = allowed.any(-1) & ~allowed.all(-1)
    if known.any():
        scores = torch.log_softmax(out.entity[known], -1)
        nll = -torch.logsumexp(scores.masked_fill(~allowed[known], -1e4), -1)
        found["entity"] = (nll * weight[known]).sum() / known.sum() * 5
    for name, layer in (("upos", "upos"), ("xpos", "xpos"), ("lemma", "lemmas")):
        labels = batch.layers[layer]
        if (labels >= 0).any():
            loss = F.cross_entropy(
                getattr(out, name).flatten(0, 1), labels.flatten(), reduction="none", ignore_index=-100
            )
            found[name] = (loss * weight.flatten()).sum() / (labels >= 0).sum().clamp(min=least)
    starts = batch.layers["starts"]
    if (known := starts >= 0).any():
        loss = F.binary_cross_entropy_with_logits(out.start.squeeze(-1)[known], starts[known].float(), reduction="none")
        found["start"] = (loss * weight[known]).mean() * 5
    heads = batch.layers["heads"]
    if (heads >= 0).any():
        rows = (heads >= 0).any(1)
        found["arc"], found["relation"] = _dependencies(model, batch, out, rows)
    if (coreference := _coreference(model, batch, out)) is not None:
        found["coreference"] = coreference
    return found


def sentence_loss(ours: Tensor, theirs: Tensor) -> Tensor:
    """How far sentence vectors (N, dimension) are from the original model's: in direction, and in their cosines."""
    ours, theirs = F.normalize(ours, dim=-1), F.normalize(theirs, dim=-1)
    return (1 - (ours * theirs).sum(-1)).mean() + 5 * F.mse_loss(ours @ ours.T, theirs @ theirs.T)


NOMINAL_UPOS = torch.tensor([name in ("NOUN", "PROPN", "PRON") for name in UPOS])
NOMINAL_XPOS = torch.tensor([name in ("NN", "NNS", "NNP", "NNPS", "PRP", "PRP$") for name in XPOS])


def _coreference(model: Reader, batch: Batch, out: Outputs) -> Tensor | None:
    """Each noun or pronoun chooses an antecedent among those before it in its window, or none.

    Marginal likelihood over all antecedents of its cluster (Lee et al. 2017). A word whose cluster began before the
    window, and has no member in it so far, teaches nothing.
    """
    terms: list[Tensor] = []
    total = 0
    clusters, upos, xpos = (batch.layers[name] for name in ("clusters", "upos", "xpos"))
    for row, window in enumerate(batch.windows):
        if window.source.text.clusters is None or window.end - window.first < 8:
            continue
        cluster = clusters[row]
        noun = torch.where(upos[row] >= 0, NOMINAL_UPOS[upos[row].clamp(min=0)], NOMINAL_XPOS[xpos[row].clamp(min=0)])
        at = torch.nonzero((noun & (upos[row] + xpos[row] > -200) | (cluster >= 0)) & (cluster != -100)).squeeze(1)
        if len(at) < 2:
            continue
        member = cluster[at]
        earlier = torch.ones(len(at), len(at), dtype=torch.bool).tril(-1)
        gold = (member.unsqueeze(0) == member.unsqueeze(1)) & (member >= 0).unsqueeze(1) & earlier
        begun = set(window.source.text.clusters[: window.first])
        unknown = ~gold.any(1) & torch.tensor([int(m) >= 0 and int(m) in begun for m in member])
        names = [window.source.text.words[window.first + i].lower() for i in at.tolist()]
        index = torch.tensor([names.index(name) for name in names])
        same = (index.unsqueeze(0) == index.unsqueeze(1)).long()
        scores = model.antecedents(out.mention[row, at], out.antecedent[row, at], apart(at), same)
        allowed = F.pad(earlier, (0, 1), value=True)
        right = F.pad(gold, (0, 1)) | F.pad(torch.zeros_like(gold), (0, 1), value=True) & ~gold.any(1, keepdim=True)
        scores = torch.log_softmax(scores.masked_fill(~allowed, -1e4), -1)
        nll = -torch.logsumexp(scores.masked_fill(~right, -1e4), -1)[~unknown]
        terms.append(nll.sum() * window.source.text.weight)
        total += len(nll)
    return torch.stack(terms).sum() / max(1, total) * 3 if terms else None


def apart(at: Tensor) -> Tensor:
    """Buckets (N, N) of the distance in words between N words, by the binary logarithm."""
    return (at.unsqueeze(1) - at.unsqueeze(0)).clamp(min=1).float().log2().floor().long().clamp(max=APART - 1)


def _dependencies(model: Reader, batch: Batch, out: Outputs, rows: Tensor) -> tuple[Tensor, Tensor]:
    heads, relations, words = batch.layers["heads"][rows], batch.layers["relations"][rows], batch.words[rows]
    starts = batch.layers["starts"][rows].clamp(min=0).cumsum(1)
    arcs = model.arcs(out.arc_dependent[rows], out.arc_head[rows])
    same = (starts.unsqueeze(1) == starts.unsqueeze(2)) & words.unsqueeze(1)
    possible = F.pad(same, (0, 1), value=True)
    arcs = arcs.masked_fill(~possible, -1e4)
    number = (heads >= 0).sum().clamp(min=int(LEAST * batch.words.sum()))
    arc = F.cross_entropy(arcs.flatten(0, 1), heads.flatten(), ignore_index=-100, reduction="sum") / number
    head_vectors = torch.cat([out.relation_head[rows], model.relation_root.expand(int(rows.sum()), 1, -1)], dim=1)
    at = heads.clamp(min=0).unsqueeze(-1).expand(-1, -1, head_vectors.shape[-1])
    scores = model.relations(out.relation_dependent[rows], head_vectors.gather(1, at))
    labels = torch.where(heads >= 0, relations, torch.full_like(relations, -100))
    relation = F.cross_entropy(scores.flatten(0, 1), labels.flatten(), ignore_index=-100, reduction="sum")
    return arc, relation / number


def _inside(span: Span, window: Window) -> bool:
    return window.first <= span[0] and span[1] <= window.end


def _links(model: Reader, batch: Batch, out: Outputs) -> Tensor | None:
    """Each cue chooses its source (or none), each content its cue, among the gold spans of the window."""
    terms: list[Tensor] = []
    roles = out.link.unbind(0)
    levels = [
        (row, window, attributions)
        for row, window in enumerate(batch.windows)
        if window.reading
        for attributions in (window.reading.attributions, window.reading.inner_attributions)
    ]
    for row, window, attributions in levels:
        ones = [
            (cue, [s for s in sources if _inside(s, window)], [c for c in contents if _inside(c, window)])
            for cue, sources, contents in attributions
            if cue and _inside(cue, window) and all(_inside(s, window) for s in sources)
        ]
        if not ones:
            continue
        role = roles[row].view(-1, 4, LINK)
        cues = [cue for cue, _, _ in ones]
        sources = sorted({s for _, ss, _ in ones for s in ss})
        contents = [(c, i) for i, (_, _, cs) in enumerate(ones) for c in cs]
        terms.append(F.cross_entropy(source_scores(model, role, cues, sources, window.first), torch.tensor(
            [sources.index(ss[0]) if ss else len(sources) for _, ss, _ in ones]), reduction="sum") / 8)  # fmt: skip
        if contents:
            scores = content_scores(model, role, cues, [c for c, _ in contents], window.first)
            terms.append(F.cross_entropy(scores, torch.tensor([i for _, i in contents]), reduction="sum") / 8)
    return torch.stack(terms).sum() / max(1, len(batch.windows)) if terms else None


def _vectors(role: Tensor, which: int, spans: list[Span], offset: int) -> Tensor:
    first = torch.tensor([s[0] - offset for s in spans])
    last = torch.tensor([s[1] - 1 - offset for s in spans])
    return (role[first, which] + role[last, which]) / 2


def source_scores(model: Reader, role: Tensor, cues: list[Span], sources: list[Span], offset: int) -> Tensor:
    """(cues, sources + 1), the last column for no source."""
    asker = _vectors(role, 0, cues, offset)
    none = (asker @ model.no_source).unsqueeze(1)
    if not sources:
        return none
    near = torch.tensor([[bucket(c, s) for s in sources] for c in cues])
    return torch.cat([asker @ _vectors(role, 1, sources, offset).T + model.source_distance[near], none], dim=1)


def content_scores(model: Reader, role: Tensor, cues: list[Span], contents: list[Span], offset: int) -> Tensor:
    """(contents, cues)."""
    near = torch.tensor([[bucket(c, k) for k in cues] for c in contents])
    return _vectors(role, 3, contents, offset) @ _vectors(role, 2, cues, offset).T + model.content_distance[near]
