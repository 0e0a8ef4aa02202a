"""Nouns of events and the verbs they come from ("execution": "execute"), so that both are asked for by one word."""

from __future__ import annotations

import functools
import json
from importlib.resources import files


@functools.cache
def _table() -> tuple[dict[str, str], frozenset[str]]:
    content = json.loads(files(__package__).joinpath("events.json").read_text(encoding="utf-8"))
    return content["verbs"], frozenset(content["transitive"])


def verb_of(noun: str) -> tuple[str, bool]:
    """The verb that a noun in its dictionary form comes from, and whether that verb always has an object.

    The verb is empty where WordNet knows no such noun, or not as an act or event.
    """
    verbs, transitive = _table()
    return verbs.get(noun.lower(), ""), noun.lower() in transitive
