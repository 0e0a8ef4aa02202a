"""Puts a page together: one file with its data, style and scripts inside, which asks the network for nothing."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from kg.render.graph import RenderGraph
from kg.render.layout import lay_out
from kg.render.network import label_of, network, shorten
from kg.render.style import LINES, style_of, styles

VIS_SCRIPT = "templates/lib/vis-9.1.2/vis-network.min.js"
SCRIPTS = ("across.js", "canvas.js", "page.js")
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_SLOT = re.compile(r"\{\{ (\w+) \}\}")


def page(graph: RenderGraph, title: str) -> str:
    """The whole page as HTML. Pure: the same graph and title give the same characters.

    Everything that comes from documents stands in one JSON block, out of which the page's script puts it into the
    page as text. A Content-Security-Policy lets only the page's own scripts and style run and forbids any connection.
    """
    scripts = [_vis_script(), *(_own(name) for name in SCRIPTS)]
    css = _own("page.css")
    policy = {
        "default-src": "'none'",
        "script-src": " ".join(_hash(script) for script in scripts),
        "style-src": _hash(css),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    values = {
        "policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "title": html.escape(_plain(title)),
        "style": css,
        "data": to_json(_data(graph, title)),
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    return _SLOT.sub(lambda slot: values[slot[1]], _own("page.html"))


def to_json(value: Any) -> str:
    """JSON that stays inside a script element whatever the strings hold: <, >, &, U+2028, U+2029 and lone surrogates
    are written as escapes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _data(graph: RenderGraph, title: str) -> dict[str, Any]:
    layout = lay_out(graph)
    net = network(graph, layout)
    numbers = {node.id: number for number, node in enumerate(graph.nodes)}
    nodes = []
    for node in graph.nodes:
        label = label_of(node)
        record = {**asdict(node), "label": label, "short": shorten(label), "style": style_of(node).key}
        nodes.append({key: value for key, value in record.items() if value not in ("", (), None)})
    regions = [[numbers[r.document], round(r.x), round(r.y), round(r.radius)] for r in layout.regions]
    return {
        "title": title,
        "nodes": nodes,
        "regions": regions,
        "styles": styles(),
        "lines": LINES,
        "links": [{k: v for k, v in asdict(one).items() if v not in ("", ())} for one in graph.links],
        "network": {
            "nodes": [{k: v for k, v in n.items() if k not in ("label", "font")} for n in net.nodes],
            "edges": net.edges,
            "options": net.options,
        },
    }


def _vis_script() -> str:
    """The vis-network script that comes with pyvis, without the line that points to a source map."""
    text = files("pyvis").joinpath(VIS_SCRIPT).read_text("utf-8")
    return re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", text)


def _own(name: str) -> str:
    return files("kg.render").joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _plain(text: str) -> str:
    """`text` without lone surrogates, which UTF-8 cannot carry."""
    return text.encode("utf-8", "replace").decode("utf-8")
