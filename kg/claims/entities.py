"""Entities of one document: names that mean the same, brought together by what the document itself says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from kg.claims import names
from kg.claims.explained import explained
from kg.claims.extent import text_of
from kg.claims.growing import grown, other_names
from kg.claims.mentions import Name, marked, whole
from kg.claims.short_names import of_one_kind, with_bodies
from kg.claims.spans import SpanIndex
from kg.document import Document, Span
from kg.records import Entity

_BRACKET: Final = re.compile(r"\s{0,2}\(([^()\n]{2,40})\)")
_DASH: Final = re.compile(r"\s?[-‐‑–—]\s")
_APART: Final = re.compile(
    r"\bnot (?:to be )?(?:confused|connected|identical|the same|related)\s(?:with|to|as)\s(?:the\s)?([A-Z.]{2,8})\b"
)
_PARTS: Final = re.compile(r"\s*/\s*|\s*,\s*|\s+or\s+|;\s*")
_CAPITAL: Final = re.compile(r"(?<![^\W_])(?<!['’])[A-Z]")
_WORD: Final = re.compile(r"[\w.]+")
_MARKS: Final = "“”\"'‘’"
_LAW: Final = re.compile(
    r"(?<![\w-])(?!(?:The|This|That|An?|Under|In|By|Its|His|Her|Their|Our|Each|Every|No|Any|When|If) )"
    r"(?:[A-Z][\w’'-]{1,30},? (?:(?:and|of|on|for|against|to) )?){1,9}"
    r"(?:Act|Bill|Convention|Covenant|Treaty|Charter|Declaration|Protocol)(?![\w’'-])"
)
_WAR: Final = re.compile(r"(?:First|Second) World War|World War (?:II?|One|Two|1|2)(?!\w)")


def find_entities(document: Document, doc: Any, sources: Sequence[Span] = ()) -> tuple[Entity, ...]:
    """Entities of a read document, in the order of their first mention.

    One entity holds: the same name (whatever its case, accents, article); a surname or short name that fits one full name
    only; an acronym bracketed after a name, or made of the initials of one name only. A source that is nothing but a
    proper name ("Reuters") is a name even where the reader did not mark it.
    """
    named = _with_laws_and_wars(document.text, marked(document.text, doc))
    named = explained(document.text, doc, grown(document.text, doc, named))
    found = whole(document.text, _spelt_out(document.text, _with_sources(doc, named, sources)))
    found = of_one_kind(document.text, with_bodies(document.text, found), sources)
    found, aliases = _bracketed(document.text, found)
    found = _recurring(document.text, found, {short.text: short.kind for _, short in aliases})
    groups = _Groups(found)
    for name, short in aliases:
        groups.tie(name, short)
    for name, other in other_names(document.text, found):
        groups.tie(name, other)
    groups.tie_short_forms(frozenset(_APART.findall(document.text)))
    return tuple(_entity(document, some) for some in groups.members())


def _with_laws_and_wars(text: str, found: list[Name]) -> list[Name]:
    """Names with those of laws and treaties whole ("Harbour Safety and Fisheries Act"), and world wars as events.

    A reader that learnt few names of laws cuts them at "and" or takes them for organizations; their last word tells.
    """
    added = [Name(Span(*m.span()), "work", " ".join(m[0].split())) for m in _LAW.finditer(text)]
    laws = SpanIndex((name.span, name) for name in added)
    wars = [Name(Span(*m.span()), "event", " ".join(m[0].split())) for m in _WAR.finditer(text)]
    # "Second World War Veterans Act" is a law, and the war no mention of its own.
    added += [name for name in wars if not any(True for _ in laws.overlapping(name.span))]
    index = SpanIndex((name.span, name) for name in added)
    kept = [name for name in found if not any(True for _ in index.overlapping(name.span))]
    return sorted([*kept, *added], key=lambda name: name.span)


def _with_sources(doc: Any, found: list[Name], sources: Sequence[Span]) -> list[Name]:
    """Names with the sources that are proper names; of a person where they end like one, else of an organization."""
    index = SpanIndex((name.span, name) for name in found)
    surnames = {name.text.split()[-1] for name in found if name.kind == "person"}
    added = []
    for source in sorted(set(sources)):
        tokens = [t for t in doc.char_span(source.start, source.end, alignment_mode="expand") or () if not t.is_space]
        while tokens and tokens[0].pos_ == "DET":
            tokens = tokens[1:]
        proper = tokens and all(t.pos_ == "PROPN" and t.text[:1].isupper() for t in tokens)
        if proper and not any(True for _ in index.overlapping(source)):
            span = Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
            kind = "person" if tokens[-1].text in surnames else "organization"
            added.append(Name(span, kind, " ".join(span.of(text_of(doc)).split())))
    return sorted({name.span: name for name in [*added, *found]}.values(), key=lambda name: name.span)


def _spelt_out(text: str, found: list[Name]) -> list[Name]:
    """Names grown to what the bracket after them abbreviates: "Board of Westmark (HBW)" to "Harbour Board of Westmark"."""
    grown: dict[Span, Name] = {name.span: name for name in found}
    index = SpanIndex((name.span, name) for name in found)
    for name in found:
        match = _BRACKET.match(text, name.span.end)
        short = match[1].split()[0].strip(_MARKS) if match and match[1].split() else ""
        short = _PARTS.split(short)[0]
        if not names.is_acronym(short) or names.is_acronym_of(short, name.text):
            continue
        before = text[max(0, name.span.start - 90) : name.span.end]
        for start in (m.start() for m in _CAPITAL.finditer(before)):
            span = Span(name.span.end - len(before) + start, name.span.end)
            if span.of(text).split()[0].lower() in names.SMALL:
                continue
            if span.start < name.span.start and "\n" not in span.of(text) and names.is_acronym_of(short, span.of(text)):
                for swallowed, _ in index.overlapping(span):
                    grown.pop(swallowed, None)
                grown[span] = Name(span, "organization", " ".join(span.of(text).split()))
                break
    return [grown[span] for span in sorted(grown)]


def _bracketed(text: str, found: list[Name]) -> tuple[list[Name], list[tuple[Name, Name]]]:
    """Names with the acronyms that brackets after them give, "Long Name (LN)" or "(LN / Other)", and (name, acronym) pairs."""
    added, ties = list(found), []
    index = SpanIndex((name.span, name) for name in found)
    for name in found:
        match = _BRACKET.match(text, name.span.end)
        dateline = match and name.kind == "place" and _DASH.match(text, match.end())
        if not match or names.is_acronym(name.text) or name.kind == "person" or dateline:
            continue
        inside = [other for _, other in index.inside(Span(match.start(1), match.end(1)))]
        for word in _WORD.finditer(text, match.start(1), match.end(1)):
            if (
                not names.is_acronym(word[0])
                or text[word.end()] not in ' )/,;”’"'
                or _inner(text, match.start(1), word.start())
            ):
                continue
            holders = [other for other in inside if other.span.start <= word.start() < other.span.end]
            if not holders:
                holders = [Name(Span(word.start(), word.end()), name.kind, word[0])]
                added += holders
            ties += [(name, other) for other in holders]
        if ties and ties[-1][0] is name:
            parts = {part.strip() for part in match[1].split("/")}
            ties += [(name, other) for other in inside if other.text in parts and (name, other) not in ties]
    return sorted(added, key=lambda one: one.span), ties


def _recurring(text: str, found: list[Name], acronyms: dict[str, str]) -> list[Name]:
    """Names with every further occurrence of the acronyms that the text itself explains."""
    short = sorted(name for name in acronyms if names.is_acronym(name))
    if not short:
        return found
    index = SpanIndex((name.span, name) for name in found)
    pattern = re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, short))})(?![\w-])")
    spans = [Span(m.start(), m.end()) for m in pattern.finditer(text)]
    added = [Name(s, acronyms[s.of(text)], s.of(text)) for s in spans if not any(True for _ in index.overlapping(s))]
    return sorted([*found, *added], key=lambda name: name.span)


def _inner(text: str, start: int, at: int) -> bool:
    """Whether what stands before a word in a bracket makes it part of something longer: only "/", "," and "or" do not."""
    before = text[start:at].rstrip(" “‘\"'")
    return bool(before) and not before.endswith(("/", ",", ";", " or"))


class _Groups:
    """Union of names by key."""

    def __init__(self, found: list[Name]) -> None:
        self.found = found
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for name in found:
            votes[names.key(name.text)][name.kind] += 1
        # One surface, one type: the reader's slips are outvoted by the other mentions of the same name.
        self.kind = {k: min(v, key=lambda kind: (-v[kind], kind)) for k, v in votes.items()}
        self.parent = {k: k for k in votes}

    def root(self, name: str) -> str:
        while self.parent[name] != name:
            name = self.parent[name]
        return name

    def tie(self, full: Name, short: Name) -> None:
        a, b = self.root(names.key(full.text)), self.root(names.key(short.text))
        if a != b:
            self.parent[b] = a

    def tie_short_forms(self, apart: frozenset[str]) -> None:
        """Tie each short name to the one group whose names it shortens; to none where there are several, and no acronym in
        `apart`, of which the text says what it is not."""
        texts: dict[str, str] = {}
        first: dict[str, int] = {}
        for name in self.found:
            texts.setdefault(names.key(name.text), name.text)
            first.setdefault(names.key(name.text), name.span.start)
        words, initials = _by_words(texts), _by_initials(texts, self.kind)
        for short in sorted(texts, key=lambda k: (-len(k.split()), k)):
            kind, parts = self.kind[short], short.split()
            near = {*words.get(parts[0], ()), *words.get(parts[-1], ())} if parts else set()
            fitting = [f for f in near if self.kind[f] == kind and names.shortens(short, f, kind)]
            fits = {self.root(f) for f in fitting}
            if kind == "person" and len(fits) > 1:  # a surname is first that of who was told of before
                fits = {self.root(f) for f in fitting if first[f] < first[short]} or fits
            if names.is_acronym(texts[short]) and texts[short] not in apart:
                fits |= {self.root(f) for f in initials.get(texts[short].replace(".", "").upper(), ())}
            fits -= {self.root(short)}
            if len(fits) == 1:
                self.parent[self.root(short)] = fits.pop()

    def members(self) -> Iterable[tuple[str, list[Name]]]:
        groups: dict[str, list[Name]] = {}
        for name in self.found:
            groups.setdefault(self.root(names.key(name.text)), []).append(name)
        for root, some in groups.items():
            yield self.kind[root], some


def _by_words(texts: Iterable[str]) -> dict[str, list[str]]:
    """Names of several words by their first and by their last one."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in texts:
        parts = name.split()
        if len(parts) > 1:
            for word in {parts[0], parts[-1]}:
                found[word].append(name)
    return found


def _by_initials(texts: dict[str, str], kinds: dict[str, str]) -> dict[str, list[str]]:
    """Names that may have an acronym, by each one they may have."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, text in texts.items():
        if kinds[name] in ("organization", "place", "work"):
            for letters in names.initials(text):
                found[letters].append(name)
    return found


def _entity(document: Document, group: tuple[str, list[Name]]) -> Entity:
    kind, some = group
    spans = tuple(sorted({name.span for name in some}))
    forms = Counter(name.text for name in some)
    spelt = [form for form in forms if not names.is_acronym(form)] or list(forms)
    best = min(
        spelt, key=lambda form: (-len(form.split()) if kind in ("person", "organization") else 0, -forms[form], form)
    )
    return Entity(
        id=f"{document.id}-e{spans[0].start}",
        type=kind,  # type: ignore[arg-type]
        name=best,
        aliases=tuple(sorted(set(forms) - {best})),
        mentions=spans,
    )
