"""A reconciliation service: its manifest, queries in batches, candidates. Versions 0.1, 0.2 and 1.0-draft of the API.

Whatever a service sends is checked here: what does not follow the API is an error in one line, and a candidate whose
identifier makes no valid IRI is left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import quote, urlencode

import msgspec

from kg.authority.web import Answer, fetch, shown
from kg.errors import KgError
from kg.records import EntityType

OLD, FINAL, DRAFT = "0.1", "0.2", "1.0-draft"
METHOD: Final = "OpenRefine Reconciliation API"
BATCH: Final = 10
"""Queries in one request, or as many as the service takes, if that is fewer."""
LONGEST: Final = 300
"""Characters of a name or description that are kept."""
HIGHEST: Final = 1e9
"""A score beyond this, up or down, is none."""

FITTING: Final[dict[EntityType, frozenset[str]]] = {
    "person": frozenset({"person", "people", "human", "humanbeing", "naturalperson", "differentiatedperson"}),
    "organization": frozenset({"organization", "organisation", "corporatebody", "corporatename", "legalentity"}),
    "place": frozenset({"place", "location", "geographiclocation", "geographicname", "placeorgeographicname"}),
    "event": frozenset({"event", "occurrence", "conferenceorevent"}),
    "work": frozenset({"work", "creativework"}),
    "group": frozenset({"group", "groupofpeople", "groupofhumans", "ethnicgroup"}),
}
"""Names that services give to the types that fit ours, in small letters without spaces."""

WIKIDATA: Final[dict[EntityType, str]] = {
    "person": "Q5",
    "organization": "Q43229",
    "place": "Q2221906",
    "event": "Q1190554",
    "work": "Q386724",
    "group": "Q16334295",
}
"""Wikidata's manifest names one type, "entity", for all; these are its classes."""
WIKIDATA_SPACE: Final = re.compile(r"https?://www\.wikidata\.org/entity/")

_PLACE = re.compile(r"\{\{id\}\}|\{\+?id\}")
_NOT_IN_IRI = re.compile('[\x00-\x20<>"{}|^`\\\\\x7f-\x9f]')
_WEB = re.compile("https?://", re.IGNORECASE)
_WEB_IRI = re.compile(r"https?://[^/?#]+", re.IGNORECASE)
_LONGEST_IRI = 2000
_IN_A_PATH = "/:@!$&'()*+,;="
_SHAPE = TypeVar("_SHAPE")


class _Type(msgspec.Struct):
    id: str = ""
    name: str | None = None


class _View(msgspec.Struct):
    url: str = ""


class _Manifest(msgspec.Struct, rename="camel"):
    name: str
    versions: list[str] = msgspec.field(default_factory=lambda: [OLD])
    identifier_space: str | None = None
    default_types: list[_Type] | None = None
    view: _View | None = None
    batch_size: int | None = None


class _Candidate(msgspec.Struct):
    id: str | int
    name: str | None = None
    description: str | None = None
    score: float | None = None
    match: bool | None = None
    type: Any = None


class _Result(msgspec.Struct):
    result: list[_Candidate] | None = None


class _DraftResult(msgspec.Struct):
    candidates: list[_Candidate] | None = None


class _DraftResults(msgspec.Struct):
    results: list[_DraftResult]


@dataclass(frozen=True, slots=True)
class Query:
    """A name to ask for, and of what type it is."""

    name: str
    type: EntityType


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that a service proposes: its IRI and what `kg.rdf.AuthorityLink` keeps of it."""

    record: str
    name: str
    description: str
    types: tuple[str, ...]
    score: float | None
    matched: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a service answered to one query: candidates, best first, and how many were left out for their identifiers."""

    candidates: tuple[Candidate, ...]
    refused: int


@dataclass(frozen=True, slots=True)
class Service:
    """A reconciliation service, as its manifest describes it: see `describe`."""

    url: str
    name: str
    version: str
    batch: int
    timeout: float
    identifier_space: str
    view: str
    types: tuple[tuple[str, str], ...]

    @property
    def method(self) -> str:
        """What the links of this service say of how they were made."""
        return f"{METHOD} {self.version}"

    def type_for(self, type: EntityType) -> str:
        """The service's type that fits one of ours, or ""."""
        if WIKIDATA_SPACE.fullmatch(self.identifier_space):
            return WIKIDATA[type]
        for id, name in self.types:
            if {_folded(name), _folded(re.split(r"[/#:]", id)[-1])} & FITTING[type]:
                return id
        return ""

    def ask(self, queries: Sequence[Query], limit: int) -> list[Found | None]:
        """What the service answers to each of a batch of queries; None where it says nothing of one.

        `limit` is the number of candidates for each. Raises KgError where the batch is not answered as the API says.
        """
        texts = [clipped(query.name) for query in queries]
        hints = [{"type": type} if (type := self.type_for(query.type)) else {} for query in queries]
        if self.version == DRAFT:
            asked: Any = [
                {"conditions": [{"matchType": "name", "v": text}], "limit": limit, **hint}
                for text, hint in zip(texts, hints, strict=True)
            ]
            body = msgspec.json.encode({"queries": asked})
            answer = fetch(self.url.rstrip("/") + "/reconcile", self.timeout, body, "application/json")
            listed = [one.candidates for one in _decoded(answer, _DraftResults).results]
            if len(listed) != len(queries):
                raise KgError(f"{shown(self.url)}: answered {len(listed)} of {len(queries)} queries; try again")
        else:
            asked = {
                f"q{n}": {"query": t, "limit": limit, **h} for n, (t, h) in enumerate(zip(texts, hints, strict=True))
            }
            body = urlencode({"queries": msgspec.json.encode(asked).decode()}).encode()
            answer = fetch(self.url, self.timeout, body, "application/x-www-form-urlencoded")
            results = _decoded(answer, dict[str, _Result])
            listed = [results[key].result if key in results else None for key in asked]
        return [None if candidates is None else self._found(candidates, limit) for candidates in listed]

    def _found(self, candidates: Sequence[_Candidate], limit: int) -> Found:
        read = [self._candidate(one) for one in candidates]
        good = {one.record: one for one in reversed(read) if one}
        best = sorted(good.values(), key=lambda one: (-(one.score or 0.0), not one.matched, one.record))
        return Found(tuple(best[:limit]), sum(one is None for one in read))

    def _candidate(self, one: _Candidate) -> Candidate | None:
        record = self.iri(str(one.id))
        if not record:
            return None
        score = one.score if one.score is not None and abs(one.score) <= HIGHEST else None
        return Candidate(
            record,
            clipped(one.name or ""),
            clipped(one.description or ""),
            tuple(sorted({text for text in map(_type_name, _listed(one.type)) if text})),
            None if score is None else round(score, 4) + 0.0,
            one.match is True,
        )

    def iri(self, id: str) -> str:
        """The IRI of a record by its identifier; "" where the two make no valid http or https IRI.

        The identifier itself where it is one; else after the identifier space, if that is a prefix; else by the view.
        """
        if not id.strip():
            return ""
        if _WEB.match(id):
            return valid_iri(id)
        if self.identifier_space.endswith(("/", "#", "=", ":")):
            return valid_iri(self.identifier_space + _quoted(id, _IN_A_PATH))
        if _PLACE.search(self.view):
            return valid_iri(_PLACE.sub(lambda m: _quoted(id, _IN_A_PATH if "+" in m[0] else ""), self.view))
        return ""


def describe(url: str, timeout: float) -> Service:
    """The service at a URL, which `kg.authority.web.checked` has let pass. Raises KgError where there is none."""
    answer = fetch(url, timeout)
    manifest = _decoded(answer, _Manifest)
    known = [version for version in (FINAL, OLD, DRAFT) if version in manifest.versions]
    if not known:
        raise KgError(f"{shown(url)}: speaks none of the versions 0.1, 0.2 and 1.0-draft of the reconciliation API")
    space, view = (manifest.identifier_space or "").strip(), manifest.view.url if manifest.view else ""
    service = Service(
        url=answer.url,
        name=clipped(manifest.name),
        version=known[0],
        batch=max(1, min(BATCH, manifest.batch_size or BATCH)),
        timeout=timeout,
        identifier_space=space,
        view=view,
        types=tuple((type.id, type.name or "") for type in manifest.default_types or () if type.id),
    )
    if not (space or view):
        raise KgError(f"{shown(url)}: names no identifier space and no view, so its identifiers mean nothing elsewhere")
    return service


def valid_iri(text: str) -> str:
    """`text` if it is an absolute http or https IRI that RDF can hold, else ""."""
    from pyoxigraph import NamedNode

    if len(text) > _LONGEST_IRI or not _WEB_IRI.match(text) or _NOT_IN_IRI.search(text):
        return ""
    try:
        return str(NamedNode(text).value)
    except ValueError:
        return ""


def clipped(text: str) -> str:
    """`text` on one line and of bounded length."""
    line = " ".join(text[: LONGEST * 4].split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def _decoded(answer: Answer, shape: type[_SHAPE]) -> _SHAPE:
    try:
        return msgspec.json.decode(answer.data, type=shape)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        said = " ".join(str(error)[:120].split())
        raise KgError(f"{shown(answer.url)}: does not answer as the reconciliation API says ({said})") from None


def _listed(types: Any) -> list[Any]:
    return types[:20] if isinstance(types, list) else [types]


def _type_name(type: Any) -> str:
    """The words for a type, which a service gives as an identifier or as an object with a name."""
    if isinstance(type, dict):
        type = type.get("name") or type.get("id")
    return clipped(type) if isinstance(type, str) else ""


def _quoted(id: str, safe: str) -> str:
    return quote(id, safe=safe, errors="replace")


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()
