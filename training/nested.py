"""Silver attributions inside contents: a reader reads each gold content of PolNeAR's training part as a text of its own.

    python -m training.nested --corpora ../shared/corpora --weights FOLDER --out build/nested.jsonl

PolNeAR marks one level. Read alone, a content is plain text to a reader trained on that level, and what it finds teaches
the next reader to see both levels in one pass. FOLDER holds the weights of a reader that was trained without `--nested`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import spacy

from kg.reader import decode
from kg.reader.analysis import Analysis
from kg.reader.model import Model
from training.corpora import lines
from training.corpora.text import Span, tokens_of

LEAST = 5
"""Words of a content that may hold an attribution."""


def inside(content: Span, words: list[str], gaps: list[int], network: Model) -> list[decode.Linked]:
    """Whole attributions (a cue and a content) that a content holds, as words of the content."""
    a, b = content
    layout = np.asarray([3, *gaps[a + 1 : b]], np.int64)
    return [
        one
        for one in Analysis(words[a:b], layout, network).attributions
        if one.cue and one.contents and all(s[1] - s[0] < b - a for s in (*one.sources, *one.contents))
    ]


def _row(one: decode.Linked, offset: int, offsets: list[Span]) -> dict[str, list[list[int]]]:
    def characters(spans: Any) -> list[list[int]]:
        return [[offsets[a + offset][0], offsets[b + offset - 1][1]] for a, b in spans]

    return {
        "source": characters(one.sources),
        "cue": characters([one.cue]),
        "content": characters(one.contents),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    network, blank = Model(options.weights), spacy.blank("en")
    with options.out.open("w", encoding="utf8") as stream:
        for line in lines(options.corpora / "attribution/polnear-train.jsonl.gz"):
            article = json.loads(line)
            words, offsets, gaps = tokens_of(article["text"], blank)
            starts = np.asarray([a for a, _ in offsets])
            for annotator, attributions in sorted(article["readings"].items()):
                found = []
                for start, end in sorted({tuple(c) for one in attributions for c in one.get("content", [])}):
                    a, b = int(np.searchsorted(starts, start)), int(np.searchsorted(starts, end))
                    if b - a >= LEAST:
                        found += [_row(one, a, offsets) for one in inside((a, b), words, gaps, network)]
                stream.write(json.dumps({"id": article["id"], "annotator": annotator, "attributions": found}) + "\n")


if __name__ == "__main__":
    main()
