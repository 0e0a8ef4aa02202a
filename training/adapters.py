"""Low-rank adapters (Hu et al. 2021, "LoRA", section 4) on the encoder of an exported reader.

Beside matrices of each layer stands the product of two thin ones. The encoder itself stays as it is, so that what the reader
reads is the same with them and without.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from training.exported import exported_scripts, load_exported
from training.model import Reader

SCALE: Final = 2.0
"""Of what an adapter adds."""


class Adapted(nn.Module):
    """A linear layer (inputs, outputs), which stays as it is, and beside it `down` (inputs, rank) times `up` (rank, outputs)."""

    def __init__(self, layer: nn.Linear, rank: int) -> None:
        super().__init__()
        self.layer = layer
        self.down = nn.Parameter(torch.randn(layer.in_features, rank) / math.sqrt(layer.in_features))
        self.up = nn.Parameter(torch.zeros(rank, layer.out_features))

    def forward(self, x: Tensor) -> Tensor:
        whole: Tensor = self.layer(x) + SCALE * (x @ self.down) @ self.up
        return whole


def encoder_of(weights: Path, config: Path) -> BertModel:
    """The encoder of an exported reader in 32 bits, in which nothing is to be trained. `config`: the folder of the original."""
    bert = BertModel(BertConfig.from_pretrained(str(config)), add_pooling_layer=False)
    reader = Reader(bert, len(exported_scripts(weights)))
    load_exported(weights, reader)
    for parameter in bert.parameters():
        parameter.requires_grad_(False)
    return bert.eval()


def adapt(encoder: BertModel, ranks: Mapping[str, int]) -> None:
    """Give matrices of each layer, by name, adapters of these ranks, which change nothing yet."""
    for layer in encoder.encoder.layer:
        for place, rank in ranks.items():
            inside, _, name = place.rpartition(".")
            parent = layer.get_submodule(inside)
            setattr(parent, name, Adapted(getattr(parent, name), rank))


def adapters(encoder: BertModel) -> Iterator[tuple[str, Adapted]]:
    """The adapters with their places in the encoder, as "layer.0.intermediate.dense"."""
    for name, module in encoder.encoder.named_modules():
        if isinstance(module, Adapted):
            yield name, module
