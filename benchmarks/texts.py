"""PolNeAR's training articles as plain text files: the larger corpus that speed is measured on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import islice
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Texts:
    """Text files and how many words, separated by white space, each holds."""

    files: tuple[Path, ...]
    counts: tuple[int, ...]

    @property
    def words(self) -> int:
        """Words of all files."""
        return sum(self.counts)

    def sample(self, number: int) -> Texts:
        """`number` of the files at even distances (all where there are fewer)."""
        if number >= len(self.files):
            return self
        at = [i * len(self.files) // number for i in range(number)]
        return Texts(tuple(self.files[i] for i in at), tuple(self.counts[i] for i in at))


def write(corpora: Path, folder: Path, articles: int) -> Texts:
    """Write the first `articles` of PolNeAR's training part into `folder`, one .txt file each."""
    from training.corpora import lines

    folder.mkdir(parents=True)
    files, counts = [], []
    for number, line in enumerate(islice(lines(corpora / "attribution/polnear-train.jsonl.gz"), articles)):
        text = json.loads(line)["text"]
        file = folder / f"{number:04}.txt"
        file.write_text(text, encoding="utf-8")
        files.append(file)
        counts.append(len(text.split()))
    return Texts(tuple(files), tuple(counts))
