"""Nouns of events and the verbs they come from, out of WordNet's derivational links.

    python -m training.events --wordnet /usr/share/wordnet

writes `kg/claims/propositions/events.json`. The files of WordNet 3.0 are in Debian's packages `wordnet-base` and
`wordnet-sense-index`. A noun is taken where its commonest sense is an act, an event or a process; where the commonest is an
abstract one, a noun with the form of a verb or with one of the endings of `ENDINGS` is taken for another of its first senses.
What is first of all a thing, a person, a place or a group ("government", "building") is left out. The verb is the one that is
linked to the commonest such sense and begins like the noun, or else the commonest; it has been counted in WordNet's texts, or
looks much like the noun. The same files give the same bytes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OUT = Path(__file__).parents[1] / "kg" / "claims" / "propositions" / "events.json"
EVENTS = frozenset({4, 11, 22})
"""Numbers of the lexicographers' files for acts, events and processes."""
COMMUNICATION = 10
ABSTRACT = frozenset({7, 9, COMMUNICATION, 12, 19, 21, 26})
"""Those for attributes, thoughts, communication, feelings, phenomena, possessions and states."""
ENDINGS = ("tion", "sion", "ment", "al", "ance", "ence", "ss", "re", "y")
TRANSITIVE = frozenset({8, 9, 10, 11, 14, 15, 16, 17, 18, 19, 20, 21, 24, 25, 26, 30, 31})
"""Numbers of the sentence frames in which a verb has an object."""
ALIKE = 2
"""Letters that a noun and its verb begin with in common."""
SAME = 5
"""Letters in common that make up for a verb that was never counted."""
DEEP = 3
"""Senses of a noun that are looked at, the commonest first."""


@dataclass(frozen=True, slots=True)
class Synset:
    """One set of synonyms: its file, its words in order, links (word, target offset, target word), a verb's frames."""

    file: int
    words: tuple[str, ...]
    links: tuple[tuple[int, int, int], ...]
    frames: frozenset[int]


def read_synsets(path: Path) -> dict[int, Synset]:
    """Offset → synset with its derivational links to the other of noun and verb (the format is wndb(5))."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        fields = line.partition(" | ")[0].split()
        count = int(fields[3], 16)
        words = tuple(fields[4 : 4 + 2 * count : 2])
        at = 4 + 2 * count
        pointers = [fields[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(fields[at]))]
        rest = fields[at + 1 + 4 * len(pointers) :]
        links = tuple(
            (int(ends[:2], 16), int(target), int(ends[2:], 16))
            for symbol, target, part, ends in pointers
            if symbol == "+" and part in "nv" and part != fields[2]
        )
        frames = frozenset(int(rest[2 + 3 * i]) for i in range(int(rest[0]))) if rest else frozenset()
        found[int(fields[0])] = Synset(int(fields[1]), words, links, frames)
    return found


def read_index(path: Path) -> Iterator[tuple[str, list[int]]]:
    """Each word with the offsets of its senses, the commonest first."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            fields = line.split()
            yield fields[0], [int(f) for f in fields[len(fields) - int(fields[2]) :]]


def read_counts(path: Path) -> dict[tuple[str, int], int]:
    """(word, part of speech: 1 noun, 2 verb) → how often its senses were counted."""
    counts: dict[tuple[str, int], int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        key, _, _, count = line.split()
        word, _, rest = key.partition("%")
        counts[word, int(rest[0])] = counts.get((word, int(rest[0])), 0) + int(count)
    return counts


def notice(path: Path) -> str:
    """WordNet's copyright notice and licence, which stand at the head of its files."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("  ")]
    return " ".join(" ".join(line.split()[1:]) for line in lines)


def table(folder: Path) -> dict[str, tuple[str, bool]]:
    """Noun → its verb, and whether all uses of that sense of the verb have an object."""
    nouns, verbs = (read_synsets(folder / f"data.{part}") for part in ("noun", "verb"))
    counts = read_counts(folder / "index.sense")
    known = {verb for verb, _ in read_index(folder / "index.verb")}
    found = {}
    for noun, senses in read_index(folder / "index.noun"):
        first, made = nouns[senses[0]].file, noun.endswith(ENDINGS)
        if not noun.isalpha() or not (first in EVENTS or (first in ABSTRACT and (made or noun in known))):
            continue
        kinds = EVENTS | {COMMUNICATION} if made else EVENTS
        acts = (nouns[sense] for sense in senses[:DEEP] if nouns[sense].file in kinds)
        verb = next((one for act in acts if (one := _linked(noun, act, verbs, counts))), None)
        if verb and (counts.get((verb[0], 2)) or verb[0][:SAME] == noun[:SAME]):
            found[noun] = verb
    return found


def _linked(
    noun: str, sense: Synset, verbs: dict[int, Synset], counts: dict[tuple[str, int], int]
) -> tuple[str, bool] | None:
    """The verb that a sense of a noun comes from, with the sense it is linked to."""
    known = []
    for word, target, number in sense.links:
        if sense.words[word - 1].lower() == noun and target in verbs:
            verb = verbs[target].words[number - 1]
            alike = verb[:ALIKE] == noun[:ALIKE]
            known.append((alike, counts.get((verb, 2), 0), verb, verbs[target].frames <= TRANSITIVE))
    best = max((k for k in known if k[2].isalpha()), default=None, key=lambda k: (k[0], k[1], k[2]))
    return (best[2], best[3]) if best else None


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description="Make the table of event nouns from WordNet.")
    parser.add_argument("--wordnet", type=Path, required=True, help="Folder of WordNet's files.")
    folder = parser.parse_args().wordnet
    found = table(folder)
    content = {
        "source": "Made by training/events.py from the derivational links of WordNet 3.0.",
        "notice": notice(folder / "data.noun"),
        "transitive": sorted(noun for noun, (_, transitive) in found.items() if transitive),
        "verbs": {noun: verb for noun, (verb, _) in sorted(found.items())},
    }
    OUT.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{len(found):,} nouns, {len(content['transitive']):,} of verbs that always have an object")


if __name__ == "__main__":
    main()
