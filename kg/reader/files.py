"""The files of the shipped model, and the hash that names them; nothing of the model is loaded for it."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from kg.errors import KgError

WEIGHTS: Final = Path(__file__).parent / "weights"
FILES: Final = ("claims.onnx", "decoder.npz", "lemmas.json", "pairs.onnx", "reader.onnx", "tokenizer.json")


def check(folder: Path, names: Iterable[str] = FILES) -> None:
    """Raise KgError where one of the model's files is missing."""
    for name in names:
        if not (folder / name).is_file():
            raise KgError(f"{folder}: the reader's file {name} is missing; install kg again")


@functools.cache
def sha256() -> str:
    """Hex digest over all files of the model: names what did the reading. Raises KgError where one is missing."""
    check(WEIGHTS)
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((WEIGHTS / name).read_bytes())
    return digest.hexdigest()


def sha256_of(path: Path) -> str:
    """Hex digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
