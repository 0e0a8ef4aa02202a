"""What the review shows of a claim or an entity. Every word of a document is cleaned, and none is read as markup."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from kg.query.passages import Passage, passages
from kg.query.plain import clean, one_line
from kg.query.show import Shown, show
from kg.query.source import Source
from kg.query.tables import read
from kg.reviewing.queue import Item

MARK = "bold reverse"
LABEL = "dim"
LONGEST = 4000
"""Characters of a passage that are shown."""
PLACES = 3
"""Places of an entity that are shown."""

_CLAIM_FACTS = ("speaker", "named as", "chain", "kind", "document", "title", "publisher", "date")
_QUESTIONS = {
    "same": "Do these two say the same?",
    "conflict": "Do these two say the same (s), or are they about different things (d)? They were taken for a conflict.",
    "support": "Do these two say the same (s), or are they about different things (d)? One was taken to support the other.",
    "entity": "Do these two names mean the same?",
}


def question(item: Item) -> Text:
    """The question in words."""
    if item.sort == "speaker":
        return Text("Is this the speaker? (r right, w wrong, n nobody claims this)", style="bold")
    words = _QUESTIONS.get(item.kind, f"Do these two say the same (s), or not (d)? They were taken for a {item.kind}.")
    return Text(words, style="bold")


def why_asked(item: Item) -> Text:
    """What the machine made of it: how sure, by which method, for which reasons."""
    sure = "not sure enough to act on" if item.possible else "in force"
    head = [f"{item.kind}, {sure}"]
    if item.score is not None:
        head.append(f"score {item.score:.2f}")
    if item.method:
        head.append(one_line(item.method))
    claims = "claim" if item.size == 1 else "claims"
    text = Text("; ".join(head) + f"; touches {item.size} {claims}\n", style=LABEL)
    for reason in item.reasons:
        text.append(f"• {one_line(reason)[:LONGEST]}\n")
    return text


def side(case: Source, item: Item, iri: str) -> Text:
    """One of the two things that are compared, or the only one: its quote in its context, speaker, document and date."""
    return _entity(case, iri) if item.sort == "entities" else _claim(case, iri)


def _claim(case: Source, iri: str) -> Text:
    shown: Shown = show(case, iri)
    text = Text()
    for passage in shown.passages:
        text.append_text(_passage(passage))
        text.append("\n\n")
    known = dict(shown.facts)
    return text.append_text(_facts([(name, known.get(name, "")) for name in _CLAIM_FACTS]))


def _entity(case: Source, iri: str) -> Text:
    """The name, and the first places where the document has it. Light queries: a case may have very many entities."""

    def one(path: str) -> str:
        return "; ".join(row[0] for row in read(case, f"SELECT DISTINCT ?v {{ <{iri}> {path} ?v }} ORDER BY ?v"))

    document, stem = one("dcterms:source"), one("dcterms:source/schema:identifier")
    spots = sorted(
        (int(start), int(end))
        for start, end in read(
            case,
            f"""SELECT ?a ?b {{ <{iri}> (kg:mentionedAt|kg:nestedAt)/oa:hasSelector ?s . ?s oa:start ?a ; oa:end ?b }}""",
        )
    )
    text = Text(one_line(one("skos:prefLabel")), style="bold")
    text.append("\n\n")
    text.append_text(
        _facts(
            [
                ("type", one("kg:entityType")),
                ("also", one("skos:altLabel")),
                ("as one with", one("prov:specializationOf/skos:prefLabel")),
                ("document", stem),
                ("title", one("dcterms:source/schema:name")),
                ("publisher", one("dcterms:source/schema:publisher")),
                ("date", one("dcterms:source/schema:datePublished")),
            ]
        )
    )
    for passage in passages(case, document, stem, [([spot], None) for spot in spots[:PLACES]]):
        text.append("\n")
        text.append_text(_passage(passage))
        text.append("\n")
    return text


def _passage(passage: Passage) -> Text:
    """The words with the quote marked. White space of the document becomes blanks; a very long passage is cut."""
    text, at = Text(), 0
    for start, end in passage.marks:
        text.append(_flat(passage.text[at:start]))
        text.append(_flat(passage.text[start:end]), style=MARK)
        at = end
    text.append(_flat(passage.text[at:]))
    if len(text) > LONGEST:
        text.truncate(LONGEST)
        text.append(" …")
    return text


def _flat(text: str) -> str:
    return clean("".join(" " if character.isspace() else character for character in text))


def _facts(pairs: Sequence[tuple[str, str]]) -> Text:
    text = Text()
    for name, value in pairs:
        if value:
            text.append(f"{name:<12}", style=LABEL)
            text.append(f"{one_line(value)[:LONGEST]}\n")
    return text
