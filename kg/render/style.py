"""Colours, shapes and names by kind: one table for the network, the legend and the panel.

The colours are Okabe and Ito's, told apart with any colour vision; shape and letter say the same a second time.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from kg.render.graph import ClaimNode, EntityNode, GroupNode, Node, SpeakerNode


@dataclass(frozen=True, slots=True)
class Style:
    """How one kind of node looks; `group` is the node kind that it belongs to, `ink` the colour of its letter."""

    key: str
    group: str
    name: str
    shape: str
    colour: str
    letter: str = ""
    ink: str = "#ffffff"


def _claim(key: str, colour: str, letter: str, ink: str = "#14181f") -> Style:
    return Style(f"claim/{key}", "claim", key.capitalize(), "dot", colour, letter, ink)


def _entity(key: str, letter: str, name: str = "") -> Style:
    return Style(f"entity/{key}", "entity", name or key.capitalize(), "diamond", "#009e73", letter)


STYLES: tuple[Style, ...] = (
    Style("document", "document", "Document", "square", "#5b6472"),
    Style("speaker", "speaker", "Speaker", "hexagon", "#0072b2"),
    Style("group", "group", "Same claims, as one", "dot", "#332288"),
    _claim("assertion", "#56b4e9", "A"),
    _claim("opinion", "#f0e442", "O"),
    _claim("belief", "#f0e442", "B"),
    _claim("denial", "#cc79a7", "N"),
    _claim("doubt", "#cc79a7", "U"),
    _claim("demand", "#d55e00", "D", "#ffffff"),
    _claim("order", "#d55e00", "R", "#ffffff"),
    _claim("concern", "#e69f00", "C"),
    _claim("warning", "#e69f00", "W"),
    _claim("prediction", "#e69f00", "P"),
    _claim("question", "#bdbdbd", "Q"),
    _entity("person", "P"),
    _entity("organization", "O"),
    _entity("place", "L"),
    _entity("event", "E"),
    _entity("work", "W", "Document, work or law"),
    _entity("group", "G"),
    _entity("", "?", "Other"),
)
LINES: tuple[tuple[str, str], ...] = (
    ("says", "speaker says claim"),
    ("about", "claim is about"),
    ("in", "is found in document"),
    ("within", "is reported within another claim"),
    ("conflict", "≠ conflicts with"),
)
_BY_KEY = {style.key: style for style in STYLES}


def style_of(node: Node) -> Style:
    """The style of a node; an unknown kind of claim or entity is shown like the plainest one."""
    if isinstance(node, ClaimNode):
        return _BY_KEY.get(f"claim/{node.claim_kind}", _BY_KEY["claim/assertion"])
    if isinstance(node, EntityNode):
        return _BY_KEY.get(f"entity/{node.type}", _BY_KEY["entity/"])
    if isinstance(node, GroupNode):
        return _BY_KEY["group"]
    return _BY_KEY["speaker" if isinstance(node, SpeakerNode) else "document"]


def styles() -> list[dict[str, str]]:
    """The table as plain values for the page."""
    return [asdict(style) for style in STYLES]
