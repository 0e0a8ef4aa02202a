"""A reader for tests, such as a user may plug in: lines of the form "NAME said CONTENT" are claims by NAME.

"Slowly" makes it take its time and "Forever" all time; "Stop here" makes it fail, "End here" ends its process, "Astray"
makes it point outside the text.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

from kg.document import Document, Span
from kg.records import Argument, Claim, Entity, Proposition, Reading, Speaker

LINE = re.compile(r"^(?P<name>[^\n]+?) (?P<cue>said) (?P<content>[^\n]+)$", re.MULTILINE)
SLOWNESS = 0.3


def read_lines(document: Document) -> Reading:
    """The claims of a document's lines."""
    text = document.text
    if "Slowly" in text:
        time.sleep(SLOWNESS)
    if "Forever" in text:
        time.sleep(600)
    if "Stop here" in text:
        raise ZeroDivisionError("a mistake\nin the reader")
    if "End here" in text:
        os._exit(7)
    entities: dict[str, Entity] = {}
    found = list(LINE.finditer(text))
    for match in found:
        span, name = Span(*match.span("name")), match["name"]
        before = entities.get(name)
        mentions = (*before.mentions, span) if before else (span,)
        id = before.id if before else f"{document.id}-e{span.start}"
        entities[name] = Entity(id, "person", name, (name.split()[-1],) if " " in name else (), mentions)
    voice = Speaker(f"{document.id}-s", document.metadata.publisher or document.stem, "document")
    claims = tuple(_claim(document, match, entities[match["name"]], voice) for match in found)
    if "Astray" in text:
        entities["?"] = Entity(f"{document.id}-e0", "place", "?", (), (Span(0, len(text) + 1),))
    return Reading(document, tuple(entities.values()), claims)


def _claim(document: Document, match: re.Match[str], entity: Entity, voice: Speaker) -> Claim:
    content, cue, source = Span(*match.span("content")), Span(*match.span("cue")), Span(*match.span("name"))
    speaker = Speaker(
        f"{document.id}-s{source.start}-{source.end}", entity.name, "entity", entity.id, match["name"], (source,)
    )
    words = match["content"].split()
    first = Span(content.start, content.start + len(words[0]))
    proposition = Proposition(
        predicate=words[-1].strip(".").lower() or "be",
        text=match["content"],
        spans=(content,),
        arguments=(
            Argument("subject", match["name"], (source,), entity.id),
            Argument("object", words[0], (first,)),
        ),
    )
    return Claim(
        id=f"{document.id}-c{content.start}-{content.end}-{cue.start}",
        spans=(content,),
        quote=match["content"],
        sentence=Span(*match.span()),
        speaker=speaker,
        chain=(voice, speaker),
        kind="assertion",
        directness="indirect",
        polarity="positive",
        cue=match["cue"],
        cue_spans=(cue,),
        propositions=(proposition,),
    )


TEXTS = {
    "bridge.txt": "Ada Moreno said the bridge is closed.\nBo Lind said nothing of it holds.\n",
    "harbour.txt": "Ada Moreno said twelve boats were moved.\nThe harbour is small.\n",
    "lake.md": "Cleo Hart said “the water <b>rose</b>” again.\nAda Moreno said otherwise.\n",
    "valley.txt": 'Bo Lind said the road, once \\ wide, is "narrow".\n',
}
"""Four small documents, by file name."""


def write_texts(folder: Path, **more: str) -> Path:
    """The documents as files in a folder; `more` adds or changes some: keys are stems of .txt files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (TEXTS | {f"{stem}.txt": text for stem, text in more.items()}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def binds(folder: Path) -> bool:
    """Whether permissions bind this user; they do not bind one who may do all."""
    folder.chmod(0o555)
    bound = not os.access(folder, os.W_OK)
    folder.chmod(0o755)
    return bound


def graphs(case: Path) -> dict[str, bytes]:
    """The graph files of a case, by name."""
    return {file.name: file.read_bytes() for file in (case / "graphs").iterdir()}


def state(case: Path) -> dict[str, bytes]:
    """All that a case is, without its index and lock: bytes by path."""
    folders = [case / name for name in ("graphs", "tables", "sources")]
    places = [case / "case.json", *(file for folder in folders for file in folder.iterdir())]
    return {str(file.relative_to(case)): file.read_bytes() for file in places}
