"""The record of a judgement: what a person decided of which words, who, when and why, and what it takes the place of.

An entry is never changed. Its id is the hash of all that it says, so that teams can put their files together and a changed
line is found out. What is decided anew is a new entry, and so is what is taken back.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final, Literal

import msgspec

from kg.document import CONTEXT
from kg.rdf.nquads import clean
from kg.resolve.records import Judgement, Subject, Verdict

Decision = Verdict | Literal["withdrawn"]

LONGEST: Final = 100_000
"""Characters of a text in an entry: more is no quote that anybody has judged."""
NAME_LONGEST: Final = 200
PAIRS: Final = frozenset({"claims", "entities"})
WITHDRAWN: Final = "withdrawn"

_ID = re.compile(r"[0-9a-f]{24}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?Z", re.ASCII)


class Selector(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Characters `start` to `end` of a document's text, with a few before and after (W3C Web Annotation)."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a judgement was about, in the document's own words: it still says so when ids have changed.

    `thing` is the id of a claim or of a document's entity when it was judged; `quote` the words of the claim, or the name of the
    entity; `selectors` where they stand (of an entity, one mention). `document`, `sha256` and `file` say in which document.
    """

    thing: str
    document: str
    sha256: str
    file: str
    quote: str
    selectors: tuple[Selector, ...]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A judgement as it is kept: see `kg.resolve.records.Judgement` for `subject`, `a`, `b`, `verdict`, `by`, `at` and `why`.

    The verdict "withdrawn" takes back the entry whose id is `withdraws`. `supersedes` are ids of the entries on the same matter
    that held when this one was made, sorted; they stay, and hold again if this one is withdrawn.
    """

    id: str
    subject: Subject
    a: str
    b: str
    verdict: Decision
    by: str
    at: str
    why: str
    places: tuple[Place, ...]
    supersedes: tuple[str, ...] = ()
    withdraws: str = ""

    @property
    def matter(self) -> tuple[str, ...]:
        """What it is about: two entries on one matter cannot both hold."""
        return (self.subject, self.a, self.b) if self.subject in PAIRS else (self.subject, self.a)

    @property
    def judgement(self) -> Judgement:
        """The judgement as the work across documents takes it. Raises ValueError for one that withdraws another."""
        if self.verdict == WITHDRAWN:
            raise ValueError(f"{self.id} withdraws {self.withdraws}")
        return Judgement(self.id, self.subject, self.a, self.b, self.verdict, self.by, self.at, self.why)


def now() -> str:
    """The time in UTC, to the microsecond, as xsd:dateTime: of two decisions of one second the later one counts.

    A time without a fraction, as earlier versions wrote it, counts as the end of its second.
    """
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def make(
    subject: Subject,
    verdict: Decision,
    places: Sequence[Place],
    *,
    by: str,
    name: str = "",
    why: str = "",
    at: str = "",
    supersedes: Iterable[str] = (),
) -> Entry:
    """A new entry on one thing, or on two of one sort (their order says nothing). `name` is who a speaker really is.

    `at` is now unless given. Raises ValueError, which says what is wrong.
    """
    ordered = tuple(sorted(places, key=lambda place: place.thing))
    b = ordered[1].thing if subject in PAIRS and len(ordered) == 2 else clean(name).strip()
    first = ordered[0].thing if ordered else ""
    words = {"by": clean(by).strip(), "why": clean(why).strip()}
    entry = Entry("", subject, first, b, verdict, words["by"], at or now(), words["why"], ordered, _ids(supersedes))
    return _named(entry)


def withdraw(entry: Entry, *, by: str, why: str = "", at: str = "") -> Entry:
    """A new entry that takes `entry` back. Raises ValueError, which says what is wrong."""
    words = {"by": clean(by).strip(), "why": clean(why).strip()}
    changes = {"id": "", "verdict": WITHDRAWN, "at": at or now(), "supersedes": (), "withdraws": entry.id}
    return _named(msgspec.structs.replace(entry, **(changes | words)))


def check(entry: Entry) -> None:
    """Raise ValueError, which says what is wrong, where an entry is none that this program could have made."""
    if entry.id != digest(entry):
        raise ValueError("changed since it was written: its id is not the hash of what it says")
    if not _AT.fullmatch(entry.at) or not _is_time(entry.at):
        raise ValueError(f"at: {_shown(entry.at)} is no time such as 2031-04-12T09:30:00Z")
    if not entry.by or len(entry.by) > NAME_LONGEST:
        raise ValueError(f"by: give a name of up to {NAME_LONGEST} characters")
    if len(entry.why) > LONGEST:
        raise ValueError(f"why: longer than {LONGEST:,} characters")
    if any(clean(text) != text for text in _texts(entry)):
        raise ValueError("has a character that is no text (a lone surrogate)")
    _check_verdict(entry)
    _check_links(entry)
    _check_things(entry)
    for place in entry.places:
        _check_place(place)


def digest(entry: Entry) -> str:
    """The id that an entry must have: 24 hex digits of the hash of all else that it says."""
    said = msgspec.to_builtins(msgspec.structs.replace(entry, id=""))
    return hashlib.sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()[:24]


def _named(entry: Entry) -> Entry:
    made = msgspec.structs.replace(entry, id=digest(entry))
    check(made)
    return made


def _ids(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(ids)))


def _is_time(at: str) -> bool:
    try:
        datetime.strptime(at.partition(".")[0].rstrip("Z"), "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return False
    return True


def _check_verdict(entry: Entry) -> None:
    fits = ("same", "different") if entry.subject in PAIRS else ("right", "wrong")
    if entry.verdict not in (*fits, WITHDRAWN):
        raise ValueError(f"verdict: {entry.subject} can be {fits[0]} or {fits[1]}, not {entry.verdict}")
    if entry.b and entry.subject == "claim":
        raise ValueError("b: a judgement on a claim has no second thing")
    if entry.b and entry.subject == "speaker" and entry.verdict == "right":
        raise ValueError("b: a speaker who is right needs no other name")
    if entry.subject == "speaker" and len(entry.b) > NAME_LONGEST:
        raise ValueError(f"b: give a name of up to {NAME_LONGEST} characters")


def _check_links(entry: Entry) -> None:
    if bool(entry.withdraws) != (entry.verdict == WITHDRAWN):
        raise ValueError("withdraws: goes with the verdict withdrawn, and only with it")
    if entry.verdict == WITHDRAWN and entry.supersedes:
        raise ValueError("supersedes: what withdraws takes the place of nothing")
    if not all(map(_ID.fullmatch, entry.supersedes)) or (entry.withdraws and not _ID.fullmatch(entry.withdraws)):
        raise ValueError("supersedes or withdraws: not the id of a judgement (24 hex digits)")
    if entry.supersedes != _ids(entry.supersedes):
        raise ValueError("supersedes: not sorted, or an id twice")


def _check_things(entry: Entry) -> None:
    things = (entry.a, entry.b) if entry.subject in PAIRS else (entry.a,)
    if not all(things) or (len(things) == 2 and not things[0] < things[1]):
        raise ValueError("a, b: one thing, or two different ones in the order of their ids")
    if tuple(place.thing for place in entry.places) != things:
        raise ValueError("places: not those of a and b")


def _check_place(place: Place) -> None:
    if not _SHA256.fullmatch(place.sha256) or place.sha256[:16] != place.document or not place.file:
        raise ValueError(f"places: {_shown(place.thing)}: no document with its file and sha256")
    if not place.thing.startswith(place.document + "-") or len(place.thing) > NAME_LONGEST:
        raise ValueError(f"places: {_shown(place.thing)}: not the id of something in document {place.document}")
    if not place.quote or not place.selectors or max(map(len, (place.quote, place.file))) > LONGEST:
        raise ValueError(f"places: {_shown(place.thing)}: no words, or too many")
    for at in place.selectors:
        if not 0 <= at.start < at.end or at.end - at.start != len(at.exact):
            raise ValueError(
                f"places: {_shown(place.thing)}: {at.start} to {at.end} are not the characters of its words"
            )
        if max(len(at.prefix), len(at.suffix)) > CONTEXT:
            raise ValueError(f"places: {_shown(place.thing)}: prefix or suffix longer than {CONTEXT} characters")


def _texts(entry: Entry) -> Iterable[str]:
    yield from (entry.a, entry.b, entry.by, entry.why)
    for place in entry.places:
        yield from (place.thing, place.file, place.quote)
        for at in place.selectors:
            yield from (at.exact, at.prefix, at.suffix)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:60] + "…")
