"""Where a training stands: saved now and then, so that it can go on after a pause (dropout is then drawn anew)."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Protocol

import torch
from torch import Tensor

SAVED: Final = 100
"""Steps between checkpoints."""


class Trained(Protocol):
    """A network of which only a part is trained."""

    def trained(self) -> dict[str, Tensor]:
        """What is trained."""
        ...

    def load_state_dict(self, state_dict: dict[str, Tensor], strict: bool = True) -> object:
        """Take parameters as they were saved."""
        ...


def save(
    path: Path,
    step: int,
    model: Trained,
    optimizer: torch.optim.Optimizer,
    rate: torch.optim.lr_scheduler.LRScheduler,
) -> None:
    """Write a checkpoint after so many steps."""
    state = {"step": step, "trained": model.trained(), "rate": rate.state_dict()}
    part = path.with_suffix(".part")
    torch.save({**state, "optimizer": optimizer.state_dict()}, part)
    part.replace(path)


def resume(
    path: Path, model: Trained, optimizer: torch.optim.Optimizer, rate: torch.optim.lr_scheduler.LRScheduler
) -> int:
    """The step to go on from: 0 where there is no checkpoint."""
    if not path.is_file():
        return 0
    state = torch.load(path)
    model.load_state_dict(state["trained"], strict=False)
    optimizer.load_state_dict(state["optimizer"])
    rate.load_state_dict(state["rate"])
    step: int = state["step"]
    return step
