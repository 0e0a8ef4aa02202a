"""`reconcile`: ask a service for the entities of a case, and keep what it answers in the case."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from kg.authority.links import Known, attach, known
from kg.authority.service import Found, Query, Service, describe
from kg.authority.web import checked, shown
from kg.carried import put, read_lines
from kg.case import Case
from kg.case_files import CaseFolder, changing, check, finish_commit
from kg.case_manifest import AUTHORITY, DERIVED, CaseManifest
from kg.errors import KgError
from kg.rdf import Attached, AuthorityLink, authority_links, authority_quads
from kg.rdf.vocabulary import KG
from kg.records import EntityType

if TYPE_CHECKING:
    from kg.store import GraphFile

LIMIT = 5
"""Candidates that are asked for and kept for each entity."""
TIMEOUT = 20.0
"""Seconds for each request."""

PATIENCE = 600.0
"""Seconds to wait for a build to finish before answers are lost."""
NAMED = 5
"""Names without an answer that a remark lists."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class ReconcileReport:
    """What came of asking a service, which calls itself `service`.

    `asked` is the number of entities whose names were sent, `linked` how many of them are taken to be one record, `possible`
    how many have candidates only. `unanswered` are the names that got no answer; `problem` is the line that says why the
    asking ended early, or "". `refused` counts candidates left out because their identifiers make no valid IRI.
    """

    service: str
    asked: int
    linked: int
    possible: int
    unanswered: tuple[str, ...] = ()
    refused: int = 0
    problem: str = ""

    def __str__(self) -> str:
        """What was done, in one line."""
        return f"{self.asked:,} names sent to {self.service}: {self.linked:,} linked, {self.possible:,} with candidates only"

    def remarks(self) -> list[str]:
        """What did not go well, a line each."""
        lines = [f"stopped: {self.problem}"] if self.problem else []
        if self.unanswered:
            names = ", ".join(self.unanswered[:NAMED]) + (", ..." if len(self.unanswered) > NAMED else "")
            lines.append(f"no answer for {len(self.unanswered):,} names: {names}")
        if self.refused:
            lines.append(f"left out: {self.refused:,} candidates whose identifiers make no valid IRI")
        return lines

    @property
    def exit_code(self) -> int:
        """0 if every name was answered, 1 if not."""
        return 1 if self.unanswered or self.problem else 0


def reconcile(
    case: str | Path | Case,
    url: str,
    *,
    types: Collection[str] = (),
    limit: int = LIMIT,
    threshold: float | None = None,
    timeout: float = TIMEOUT,
    progress: Progress | None = None,
) -> ReconcileReport:
    """Send the names of a case's entities to a reconciliation service and keep its candidates in the authority graph.

    `url` is the service's endpoint; it is the only address that is asked. Of each entity across documents, of the given
    `types` ("person", "place" ...; else of all), the preferred name is sent, and nothing else but a type of the service
    that fits. A candidate that the service itself decides to be the match, with a score of at least `threshold` on the
    service's scale where one is given, becomes the link of the entity (skos:exactMatch); up to `limit` others stay
    candidates for people to judge. What the same service said of an entity before is replaced. `timeout` is in seconds, for
    each request. Where the service fails halfway, what it has answered is kept and the report says so.

    Raises KgError where the case cannot be changed, an argument is wrong, or the service gives no answer at all.
    """
    url = _checked(url, types, limit, threshold, timeout)
    folder, manifest = _opened(case)
    wanted = [one for one in known(_derived(folder, manifest), manifest.recipe.base) if not types or one.type in types]
    service = describe(url, timeout)
    answers, problem = _asked(service, wanted, limit, progress)
    if problem and not answers:
        raise KgError(problem)
    links, refused = _links(service, shown(url), answers, threshold, manifest.recipe.base)
    asked = [entity for entity, _ in answers]
    answered = [(entity, found) for entity, found in answers if found]
    with changing(folder.path, make=False, wait=PATIENCE) as held:
        attached = _keep(held, shown(url), [entity for entity, _ in answered], links)
    fresh = {link.id for link in links}
    exact = {entity for one in attached if one.link.id in fresh and one.exact for entity in one.entities}
    possible = {entity for one in attached if one.link.id in fresh for entity in one.entities} - exact
    lost = [entity.names[0] for entity, found in answers if not found]
    lost += [entity.names[0] for entity in wanted[len(asked) :]]
    return ReconcileReport(service.name, len(asked), len(exact), len(possible), tuple(lost), refused, problem)


def forget(case: str | Path | Case, url: str) -> int:
    """Take what a service said out of a case, and return the number of links; no network is used.

    A damaged authority graph is taken out whole. Raises KgError where the case cannot be changed.
    """
    service = shown(checked(url))
    folder, _ = _opened(case)
    with changing(folder.path, make=False) as held:
        manifest = _manifest(held)
        try:
            before = _before(held, manifest)
        except KgError:
            put(held, manifest, AUTHORITY, ())
            return 0
        kept = [link for link in before if link.service != service]
        if len(kept) < len(before):
            _write(held, manifest, kept)
        return len(before) - len(kept)


def _checked(url: str, types: Collection[str], limit: int, threshold: float | None, timeout: float) -> str:
    for type in types:
        if type not in get_args(EntityType):
            raise KgError(f"no type of entity is called {type!r}; there are: {', '.join(get_args(EntityType))}")
    if not 1 <= limit <= 100:
        raise KgError(f"a limit of {limit} candidates: give 1 to 100")
    if threshold is not None and not math.isfinite(threshold):
        raise KgError(f"a threshold of {threshold}: give a number on the service's scale")
    if not 0 < timeout <= 3600:
        raise KgError(f"a timeout of {timeout:g} seconds: give more than 0, up to 3600")
    return checked(url)


def _opened(case: str | Path | Case) -> tuple[CaseFolder, CaseManifest]:
    folder = CaseFolder(case.path if isinstance(case, Case) else Path(case))
    check(folder.path, make=False)
    finish_commit(folder)
    return folder, _manifest(folder)


def _manifest(folder: CaseFolder) -> CaseManifest:
    manifest = folder.read()
    if manifest is None:
        raise KgError(f"{folder.path}: no case here; make one with: kg build PATHS... --case {folder.path}")
    return manifest


def _file(folder: CaseFolder, manifest: CaseManifest, key: str) -> GraphFile | None:
    return next((file for file in folder.files(manifest) if file.key == key), None)


def _derived(folder: CaseFolder, manifest: CaseManifest) -> list[str]:
    file = _file(folder, manifest, DERIVED)
    return file.read().decode().removesuffix("\n").split("\n") if file else []


def _asked(
    service: Service, wanted: Sequence[Known], limit: int, progress: Progress | None
) -> tuple[list[tuple[Known, Found | None]], str]:
    """The entities that were asked for with the answers, and why the rest were not."""
    answers: list[tuple[Known, Found | None]] = []
    for start in range(0, len(wanted), service.batch):
        batch = wanted[start : start + service.batch]
        try:
            queries = [Query(entity.names[0], cast(EntityType, entity.type)) for entity in batch]
            answers += zip(batch, service.ask(queries, limit), strict=True)
        except KgError as error:
            return answers, str(error)
        if progress:
            progress("asking", len(answers), len(wanted))
    return answers, ""


def _links(
    service: Service, url: str, answers: Sequence[tuple[Known, Found | None]], threshold: float | None, base: str
) -> tuple[list[AuthorityLink], int]:
    """The links that answers make, and how many candidates make none."""
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    links, refused = [], 0
    for entity, found in answers:
        refused += found.refused if found else 0
        for one in found.candidates if found else ():
            if one.record.startswith((base, KG)):  # nobody else says what the case's own things are
                refused += 1
                continue
            parts = "\n".join((url, entity.id, entity.names[0], one.record))
            links.append(
                AuthorityLink(
                    id=hashlib.sha256(parts.encode()).hexdigest()[:16],
                    members=entity.members,
                    sent=entity.names[0],
                    record=one.record,
                    name=one.name,
                    description=one.description,
                    types=one.types,
                    score=one.score,
                    matched=one.matched,
                    threshold=threshold,
                    service=url,
                    at=at,
                    method=service.method,
                )
            )
    return links, refused


def _keep(
    folder: CaseFolder, service: str, answered: Sequence[Known], links: Sequence[AuthorityLink]
) -> list[Attached]:
    """Put the links in the place of what the service said of these entities before. A build may have come between."""
    manifest = _manifest(folder)
    again, fresh = {member for entity in answered for member in entity.members}, {link.id for link in links}
    before = [one for one in _before(folder, manifest) if one.id not in fresh]
    kept = [one for one in before if one.service != service or again.isdisjoint(one.members)]
    return _write(folder, manifest, [*kept, *links])


def _before(folder: CaseFolder, manifest: CaseManifest) -> list[AuthorityLink]:
    file = _file(folder, manifest, AUTHORITY)
    return authority_links(read_lines(file), manifest.recipe.base) if file else []


def _write(folder: CaseFolder, manifest: CaseManifest, links: Sequence[AuthorityLink]) -> list[Attached]:
    base = manifest.recipe.base
    attached = attach(links, known(_derived(folder, manifest), base))
    put(folder, manifest, AUTHORITY, authority_quads(attached, base))
    return attached
