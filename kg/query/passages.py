"""The words of a claim or a mention in their context."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.errors import KgError
from kg.query.source import Source
from kg.query.tables import read

CONTEXT = 120
"""Characters shown on either side of what is marked."""

Offsets = tuple[int, int]


@dataclass(frozen=True)
class Passage:
    """A stretch of a document with marked parts: `marks` are offsets into `text`, sorted, not overlapping.

    `where` says which document and which characters; `checked` whether `text` was read from the kept source (else it
    is put together from the selectors in the graph).
    """

    where: str
    text: str
    marks: tuple[Offsets, ...]
    checked: bool = True

    def marked(self, start: str, end: str, escape: Callable[[str], str]) -> str:
        """The text with `start` and `end` around each mark; every part of the text goes through `escape`."""
        parts: list[str] = []
        at = 0
        for first, last in self.marks:
            parts += [_edge(self.text[at:first], escape), start, escape(self.text[first:last]), end]
            at = last
        return "".join([*parts, _edge(self.text[at:], escape)])


def _edge(text: str, escape: Callable[[str], str]) -> str:
    """Escaped text that keeps a blank at its ends, which `one_line` would take."""
    made = escape(text)
    if not text or not made:
        return " " if text else ""
    lead = " " if text[0].isspace() and not made[0].isspace() else ""
    tail = " " if text[-1].isspace() and not made[-1].isspace() else ""
    return lead + made + tail


def passages(
    case: Source, document: str, stem: str, places: Sequence[tuple[Sequence[Offsets], Offsets | None]]
) -> list[Passage]:
    """A passage for each place: the spans to mark and, if known, the sentence around them, as offsets in the text."""
    if not places:
        return []
    text = _text(case, document)
    return [_passage(case, document, stem, text, list(spans), around) for spans, around in places if spans]


def _text(case: Source, document: str) -> str | None:
    """The document's text, read again from the kept bytes; None where they are gone or no longer what they were."""
    load = getattr(case, "document", None)
    if load is None:
        return None
    try:
        found = load(document.removeprefix(case.base + "document/"))
    except KgError:
        return None
    same = next(read(case, f"SELECT ?h {{ <{document}> kg:textSha256 ?h }}"), [""])[0]
    return str(found.text) if found.text_sha256 == same else None


def _passage(
    case: Source, document: str, stem: str, text: str | None, spans: list[Offsets], around: Offsets | None
) -> Passage:
    where = f"{stem}, characters {', '.join(f'{start}-{end}' for start, end in spans)}"
    if text is None:
        return _from_selectors(case, document, where, spans)
    first = min(spans[0][0], around[0] if around else spans[0][0])
    last = max(spans[-1][1], around[1] if around else spans[-1][1])
    begin, end = _word(text, max(0, first - CONTEXT), first), min(len(text), last + CONTEXT)
    end = len(text) if end == len(text) else max(last, text.rfind(" ", last, end))
    lead, tail = "… " if begin else "", " …" if end < len(text) else ""
    marks = tuple((start - begin + len(lead), stop - begin + len(lead)) for start, stop in spans)
    return Passage(where, lead + text[begin:end] + tail, marks)


def _word(text: str, start: int, stop: int) -> int:
    """The start of the first whole word at or after `start`, but not after `stop`."""
    if start == 0:
        return 0
    blank = text.find(" ", start - 1, stop)
    return blank + 1 if blank >= 0 else start


def _from_selectors(case: Source, document: str, where: str, spans: list[Offsets]) -> Passage:
    """What the selectors keep: the words themselves with a few characters on either side."""
    text, marks = "", []
    for start, end in spans:
        row = next(
            read(
                case,
                f"""SELECT ?prefix ?exact ?suffix {{ ?span oa:hasSource <{document}> ; oa:hasSelector ?at .
                    ?at oa:start {start} ; oa:end {end} ; oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix }}""",
            ),
            ["", "", ""],
        )
        text += (" … " if text else "… ") + row[0]
        marks.append((len(text), len(text) + len(row[1])))
        text += row[1] + row[2]
    return Passage(f"{where} (the source could not be read: run kg verify)", text + " …", tuple(marks), False)
