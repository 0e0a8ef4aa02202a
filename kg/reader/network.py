"""ONNX sessions on one thread, and the directions that they give whole texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from kg.errors import KgError
from kg.reader.files import sha256_of

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Floats = npt.NDArray[np.float32]
Wordpieces = npt.NDArray[np.int64]

CLS, SEP = 101, 102
LONGEST_TEXT: Final = 256
"""Wordpieces of a text that its vector is made from, as in the original model."""


def session(path: Path) -> InferenceSession:
    """An ONNX session on one thread: documents are read side by side, in processes; the result is the same on any number."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Fused, an addition and a layer norm take seven times as long on a CPU.
    without = ["SkipLayerNormFusion"]
    return onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"], disabled_optimizers=without)


def belonging(folder: Path, name: str) -> InferenceSession:
    """A session of a network that shares the weights of reader.onnx. Raises KgError where it was made for another one."""
    try:
        found = session(folder / name)
        known = found.get_modelmeta().custom_metadata_map.get("reader")
    except Exception as error:  # onnxruntime's own, where weights lie beyond the end of the file
        raise KgError(
            f"{folder}: {name} cannot be loaded with reader.onnx ({type(error).__name__}); install kg again"
        ) from None
    if known != sha256_of(folder / "reader.onnx"):
        raise KgError(f"{folder}: {name} does not belong to reader.onnx; install kg again")
    return found


def directions(texts: Sequence[str], tokenizer: Tokenizer, run: Callable[[Wordpieces], Floats], size: int) -> Floats:
    """The directions (texts, size) of length 1 that `run` gives wordpieces (1, pieces) of texts; zeros for an empty text."""
    found = np.zeros((len(texts), size), np.float32)
    for row, encoding in zip(found, tokenizer.encode_batch(list(texts), add_special_tokens=False), strict=True):
        if encoding.ids:
            made = run(np.asarray([[CLS, *encoding.ids[: LONGEST_TEXT - 2], SEP]], np.int64))[0]
            row[:] = made / max(float(np.linalg.norm(made)), 1e-12)
    return found
