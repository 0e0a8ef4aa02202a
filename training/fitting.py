"""Fitting adapters and a head: saved now and then, so that it can go on after a pause (dropout is then drawn anew)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, Protocol, TypeVar

import torch
from torch import Tensor, nn
from transformers import BertModel

from training.adapters import adapters

Drawn = TypeVar("Drawn")
Rate = torch.optim.lr_scheduler.LRScheduler

SAVED: Final = 100
"""Steps between checkpoints."""


class Trained(Protocol):
    """An encoder with adapters and a head, of which only these are trained."""

    head: nn.Module

    def trained(self) -> dict[str, Tensor]:
        """What is trained."""
        ...

    def load_state_dict(self, state_dict: dict[str, Tensor], strict: bool = True) -> object:
        """Take parameters as they were saved."""
        ...


def fit(
    model: Trained,
    thin: Sequence[nn.Parameter],
    optimizer: torch.optim.Optimizer,
    rate: Rate,
    batches: Iterable[Drawn],
    loss_of: Callable[[Drawn], Tensor],
    steps: int,
    checkpoint: Path,
) -> None:
    """Take a step for each of the first `steps` batches. `thin` are parameters whose gradient is kept to length 1.

    Goes on from `checkpoint`, if there is one: batches before it are drawn all the same, so that the same come after it.
    """
    begin, total = _resume(checkpoint, model, optimizer, rate), 0.0
    model.head.train()
    for step, drawn in enumerate(islice(batches, steps)):
        if step < begin:
            continue
        loss = loss_of(drawn)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(thin, 1.0)
        optimizer.step()
        rate.step()
        total += loss.item()
        if (step + 1) % SAVED == 0 or step + 1 == steps:
            print(f"step {step + 1} of {steps}: {total / (step % SAVED + 1):.3f}", flush=True)
            total = 0.0
            _save(checkpoint, step + 1, model, optimizer, rate)
    model.head.eval()


def parts_of(encoder: BertModel) -> list[nn.Parameter]:
    """The thin matrices of an encoder's adapters."""
    return [part for _, one in adapters(encoder) for part in (one.down, one.up)]


def padded(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Wordpieces of texts (texts, longest), filled up with 0, and which of them exist."""
    ids = nn.utils.rnn.pad_sequence([torch.tensor(row) for row in rows], batch_first=True)
    return ids, torch.arange(ids.shape[1])[None] < torch.tensor([len(row) for row in rows])[:, None]


def _save(path: Path, step: int, model: Trained, optimizer: torch.optim.Optimizer, rate: Rate) -> None:
    state = {"step": step, "trained": model.trained(), "rate": rate.state_dict()}
    part = path.with_suffix(".part")
    torch.save({**state, "optimizer": optimizer.state_dict()}, part)
    part.replace(path)


def _resume(path: Path, model: Trained, optimizer: torch.optim.Optimizer, rate: Rate) -> int:
    """The step to go on from: 0 where there is no checkpoint."""
    if not path.is_file():
        return 0
    state = torch.load(path)
    model.load_state_dict(state["trained"], strict=False)
    optimizer.load_state_dict(state["optimizer"])
    rate.load_state_dict(state["rate"])
    step: int = state["step"]
    return step
