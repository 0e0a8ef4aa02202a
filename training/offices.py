"""Nouns of offices and occupations, and adjectives of places, out of WordNet.

    python -m training.offices --wordnet /usr/share/wordnet

writes `kg/claims/roles/offices.json`. The files of WordNet 3.0 are in Debian's packages `wordnet-base` and
`wordnet-sense-index`. A noun is an office or an occupation where a sense of it is a kind of what `OFFICES` or `OCCUPATIONS`
names, and is no single person. Where that is the commonest sense of the noun, it is taken as it is; where it is a later one
("chair", "head"), and has been counted in WordNet's texts, the noun is `loose`: only a clear context makes an office of it.
`phrases` are offices of several words whose noun is not the last ("secretary of state"). The adjectives are those of which
WordNet says that they pertain to one place ("Norwegian": Norway). The same files give the same bytes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from training.events import notice, read_counts, read_index

OUT = Path(__file__).parents[1] / "kg" / "claims" / "roles" / "offices.json"
PERSON = 18
"""Number of the lexicographers' file for persons."""
PLACES = frozenset({15, 17})
"""Those for locations and for natural objects, such as continents."""
OFFICES = (
    "leader head spokesperson representative minister head_of_state official officeholder officer "
    "military_officer commissioned_military_officer commander commander_in_chief clergyman priest spiritual_leader judge "
    "adjudicator executive administrator director manager secretary ruler sovereign noble legislator lawman diplomat "
    "negotiator envoy adviser aide assistant deputy trustee treasurer president chancellor prosecutor inspector candidate "
    "successor founder coordinator organizer supervisor editor ombudsman civil_officer"
).split()
"""Nouns of WordNet for who holds an office; all that is a kind of one of them, in a sense that is a person, is an office."""
OCCUPATIONS = (
    "professional scholar scientist communicator writer artist entertainer performer athlete engineer businessperson "
    "reformer militant expert educator health_professional craftsman skilled_worker serviceman analyst investigator "
    "dissenter politician nurse farmer creator champion publisher strategist heir"
).split()
"""Those for what somebody does for a living, or is known for."""
LATER = "head president founder judge principal agent legislator spokesperson sovereign".split()
"""Offices of which a noun is known in a later sense than its commonest."""
BARRED = (
    "unpleasant_person bad_person wrongdoer simpleton creature relative lover listener victim nonworker loser".split()
)
"""Nouns whose kinds are neither."""
SHORT = 3
"""Letters of a noun, at least: shorter ones are mostly abbreviations of something else."""
DEEP = 5
"""Senses of a noun that are looked at, the commonest first."""
LINKS = frozenset({"of", "in", "for", "to", "general", "elect", "at"})
"""Words by which a noun of several words is known to have its head in front."""


@dataclass(frozen=True, slots=True)
class Synset:
    """One set of synonyms: its lexicographers' file, its words as written, pointers (symbol, offset)."""

    file: int
    words: tuple[str, ...]
    pointers: tuple[tuple[str, int], ...]


def read_pointers(path: Path) -> dict[int, Synset]:
    """Offset → synset with all its pointers (the format is wndb(5))."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        fields = line.partition(" | ")[0].split()
        at = 4 + 2 * int(fields[3], 16)
        words = tuple(word.partition("(")[0] for word in fields[4:at:2])
        pointers = tuple((fields[at + 1 + 4 * i], int(fields[at + 2 + 4 * i])) for i in range(int(fields[at])))
        found[int(fields[0])] = Synset(int(fields[1]), words, pointers)
    return found


def kinds_of(roots: Iterable[str], index: dict[str, list[int]], nouns: dict[int, Synset]) -> frozenset[int]:
    """Offsets of the persons among the senses of `roots`, and of every kind of person below them; no single persons."""
    below: dict[int, list[int]] = {}
    for offset, synset in nouns.items():
        for symbol, target in synset.pointers:
            if symbol == "@":
                below.setdefault(target, []).append(offset)
    found: set[int] = set()
    queue = [sense for root in roots for sense in index[root] if nouns[sense].file == PERSON]
    while queue:
        offset = queue.pop()
        if offset not in found and nouns[offset].file == PERSON:
            found.add(offset)
            queue += below.get(offset, [])
    return frozenset(found)


def table(folder: Path) -> dict[str, list[str]]:
    """ "offices", "occupations", "loose" and "phrases" of WordNet's files in a folder, each in order."""
    nouns, index = read_pointers(folder / "data.noun"), dict(read_index(folder / "index.noun"))
    counts = read_counts(folder / "index.sense")
    barred = kinds_of(BARRED, index, nouns)
    offices, occupations, later = (kinds_of(r, index, nouns) - barred for r in (OFFICES, OCCUPATIONS, LATER))
    found: dict[str, list[str]] = {"offices": [], "occupations": [], "loose": [], "phrases": []}
    for noun, senses in sorted(index.items()):
        words = noun.replace("_", " ")
        if not noun.isalpha():
            if senses[0] in offices and LINKS & set(words.replace("-", " ").split()[1:]):
                found["phrases"].append(words)
        elif len(noun) < SHORT:
            continue
        elif senses[0] in offices:
            found["offices"].append(noun)
        elif counts.get((noun, 1)) and (later & offices) & set(senses[:DEEP]):
            found["loose"].append(noun)
        elif senses[0] in occupations:
            found["occupations"].append(noun)
    return found


def adjectives(folder: Path) -> Iterator[tuple[str, str]]:
    """Adjectives that pertain to one place, as written, with the place."""
    nouns = read_pointers(folder / "data.noun")
    for synset in read_pointers(folder / "data.adj").values():
        for symbol, target in synset.pointers:
            place = nouns.get(target) if symbol == "\\" else None
            if place and place.file in PLACES and any(s == "@i" for s, _ in place.pointers):
                yield from ((word, place.words[0].replace("_", " ")) for word in synset.words if word[:1].isupper())


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description="Make the table of offices from WordNet.")
    parser.add_argument("--wordnet", type=Path, required=True, help="Folder of WordNet's files.")
    folder = parser.parse_args().wordnet
    found = table(folder)
    content = {
        "source": "Made by training/offices.py from the hyponyms and pertainyms of WordNet 3.0.",
        "notice": notice(folder / "data.noun"),
        **{name: " ".join(words) if name != "phrases" else words for name, words in found.items()},
        "adjectives": dict(sorted(adjectives(folder))),
    }
    OUT.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(
        ", ".join(f"{len(words):,} {name}" for name, words in found.items()),
        f"{len(content['adjectives']):,} adjectives",
    )


if __name__ == "__main__":
    main()
