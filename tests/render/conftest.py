"""A real headless browser for the tests that open a page; a visible skip where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kg.render import RenderGraph, page

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@dataclass
class Opened:
    """A page on screen, and all it complained of or asked for."""

    view: Any
    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def number(self, id: str) -> int:
        """The place of a node in the page's list."""
        return int(self.view.evaluate("id => kgPage.data.nodes.findIndex(n => n.id === id)", id))

    def shown(self) -> set[str]:
        """The ids of the nodes that are drawn now."""
        script = "kgPage.canvas.network.body.data.nodes.getIds().map(n => kgPage.data.nodes[n].id)"
        return set(self.view.evaluate(script))

    def click(self, id: str) -> None:
        """Click a node where it stands on the screen."""
        script = """n => { const s = kgPage.data.network.nodes[n], at = kgPage.canvas.network.canvasToDOM(s),
            box = document.getElementById("network").getBoundingClientRect(); return [box.x + at.x, box.y + at.y]; }"""
        x, y = self.view.evaluate(script, self.number(id))
        self.view.mouse.click(x, y)


def _missing(why: str) -> None:
    if os.environ.get("KG_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{why}, and KG_REQUIRE_BROWSER=1 asks for it")
    pytest.skip(f"{why}: the page is not opened (Debian: apt install chromium)")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright is not installed")
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        _missing("no Chromium found")
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=path, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Open a graph's page from disk, offline, and wait until it is drawn."""
    contexts: list[Any] = []

    def open_graph(graph: RenderGraph | Path, title: str = "Sample", **context: Any) -> Opened:
        file = graph if isinstance(graph, Path) else tmp_path / "graph.html"
        if isinstance(graph, RenderGraph):
            file.write_text(page(graph, title), encoding="utf-8")
        size = {"width": 1280, "height": 800}
        contexts.append(
            browser.new_context(**{"offline": True, "viewport": size, "reduced_motion": "reduce", **context})
        )
        opened = Opened(contexts[-1].new_page())
        opened.view.on("console", lambda message: opened.messages.append(f"{message.type}: {message.text}"))
        opened.view.on("pageerror", lambda error: opened.messages.append(f"error: {error}"))
        opened.view.on("dialog", lambda dialog: (opened.messages.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        opened.view.on("request", lambda request: opened.requests.append(request.url))
        opened.view.goto(file.as_uri())
        opened.view.wait_for_selector("html[data-drawn-after]", state="attached")
        return opened

    yield open_graph
    for context in contexts:
        context.close()
