"""A small invented document and the reading of it, made by hand, for tests anywhere."""

from __future__ import annotations

import hashlib

from kg.document import Document, Metadata, Span
from kg.records import Argument, Claim, Entity, EntityType, Proposition, Quantity, Reading, Speaker, Time

TEXT = (
    "The Lake Board said on 3 May 2021 that Ada Moreno had warned that at least 12 cracks had weakened the Alder "
    "Bridge. “The board did not close the road,” Moreno wrote. The Alder Bridge was opened in 1987.\n"
)

HOSTILE = (
    'She said "no" and \\"yes\\" \\',
    "line one\nline two\r\nline three\ttab",
    "<script>alert('x')</script> \"><img src=x onerror=alert(1)>",
    "\x00 \x01\x08\x0b\x0c\x1f\x7f\x85\u2028\u2029\ufeff\ufffe\uffff",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 😀 \U0010ffff e\u0301 \u202eright to left\u202c",
    '" . <urn:x> <urn:y> <urn:z> <urn:g> .\n<urn:x> <urn:y> "',
    "\\u0041 \\n %41 ${x} {{x}} ?x } UNION { ?s ?p ?o",
    "\ud800 lone surrogate \udfff",
)
"""Words that break careless writers; give one to `sample_reading` as `words`."""


def sample_document(words: str = "", file: str = "bridge.txt") -> Document:
    """The document; `words` are added to it as one more thing that somebody says."""
    text = TEXT + (f"Moreno added: {words}." if words else "")
    return Document(
        file=file,
        text=text,
        sha256=hashlib.sha256((file + text).encode("utf-8", "surrogatepass")).hexdigest(),
        metadata=Metadata(
            title="The Alder Bridge",
            publisher="Valley Courier",
            author="Ivo Hale",
            date="2021-05-04",
            url="https://courier.example/bridge?a=1&b=2",
        ),
    )


def sample_reading(words: str = "", file: str = "bridge.txt") -> Reading:
    """What a careful reader finds in it: entities, a speaker within a speaker, amounts, times."""
    return _Hand(sample_document(words, file), words).reading()


class _Hand:
    """Writes the records, with offsets found in the text."""

    def __init__(self, document: Document, words: str) -> None:
        self.document, self.words, self.id = document, words, document.id
        self.board = self.entity("organization", "Lake Board", (), "Lake Board")
        self.moreno = self.entity("person", "Ada Moreno", ("Moreno",), "Ada Moreno", "Moreno")
        self.bridge = self.entity("place", "Alder Bridge", (), "Alder Bridge")
        cracks = self.at("at least 12 cracks")
        self.cracks = Quantity(
            f"{self.id}-q{cracks.start}-{cracks.end}", cracks, "at least 12 cracks", 12, None, False, "cracks"
        )
        self.may = self.time("3 May 2021", "2021-05-03")
        self.opened = self.time("1987", "1987")
        self.voice = Speaker(f"{self.id}-s", "Ivo Hale", "document")
        self.board_speaks = self.speaker("The Lake Board", self.board)
        self.moreno_warns = self.speaker("Ada Moreno", self.moreno)

    def at(self, piece: str, after: int = 0) -> Span:
        start = self.document.text.index(piece, after)
        return Span(start, start + len(piece))

    def entity(self, kind: EntityType, name: str, aliases: tuple[str, ...], *pieces: str) -> Entity:
        spans, after = [], 0
        for piece in pieces:
            spans.append(self.at(piece, after))
            after = spans[-1].end
        return Entity(f"{self.id}-e{spans[0].start}", kind, name, aliases, tuple(spans))

    def time(self, piece: str, edtf: str) -> Time:
        span = self.at(piece)
        return Time(f"{self.id}-t{span.start}-{span.end}", span, piece, edtf)

    def speaker(self, piece: str, entity: Entity, after: int = 0) -> Speaker:
        span = self.at(piece, after)
        return Speaker(f"{self.id}-s{span.start}-{span.end}", entity.name, "entity", entity.id, piece, (span,))

    def argument(self, role: str, piece: str, entity: Entity | None = None, after: int = 0) -> Argument:
        return Argument(role, piece, (self.at(piece, after),), entity.id if entity else "")

    def claim_id(self, content: Span, cue: Span | None = None) -> str:
        return f"{self.id}-c{content.start}-{content.end}" + (f"-{cue.start}" if cue else "")

    def reading(self) -> Reading:
        reported = self.reported()
        claims = [*reported, self.quoted(), self.stated()]
        if self.words:
            claims.append(self.added())
        return Reading(
            self.document,
            (self.board, self.moreno, self.bridge),
            tuple(claims),
            (self.cracks,),
            (self.may, self.opened),
        )

    def reported(self) -> list[Claim]:
        """What the board says, and what Moreno warned of inside it."""
        text = self.document.text
        outer = self.at("Ada Moreno had warned that at least 12 cracks had weakened the Alder Bridge")
        inner = self.at("at least 12 cracks had weakened the Alder Bridge")
        said, warned, sentence = self.at("said"), self.at("warned"), Span(0, text.index(". “") + 1)
        weaken = Proposition(
            "weaken",
            inner.of(text),
            (inner,),
            (self.argument("subject", "at least 12 cracks"), self.argument("object", "the Alder Bridge", self.bridge)),
        )
        first = Claim(
            id=self.claim_id(outer, said),
            spans=(outer,),
            quote=outer.of(text),
            sentence=sentence,
            speaker=self.board_speaks,
            chain=(self.voice, self.board_speaks),
            kind="assertion",
            directness="indirect",
            polarity="positive",
            cue="said",
            cue_spans=(said,),
            about=(self.moreno.id, self.bridge.id),
            quantities=(self.cracks.id,),
        )
        second = Claim(
            id=self.claim_id(inner, warned),
            spans=(inner,),
            quote=inner.of(text),
            sentence=sentence,
            speaker=self.moreno_warns,
            chain=(self.voice, self.board_speaks, self.moreno_warns),
            kind="warning",
            directness="indirect",
            polarity="positive",
            cue="warned",
            cue_spans=(warned,),
            within=first.id,
            about=(self.bridge.id,),
            quantities=(self.cracks.id,),
            propositions=(weaken,),
        )
        return [first, second]

    def quoted(self) -> Claim:
        """A direct quotation, negated, with words that name no entity."""
        text = self.document.text
        content, wrote = self.at("The board did not close the road"), self.at("wrote")
        writer = self.speaker("Moreno", self.moreno, content.end)
        close = Proposition(
            "close",
            content.of(text),
            (content,),
            (self.argument("subject", "The board", self.board), self.argument("object", "the road")),
            negated=True,
        )
        return Claim(
            id=self.claim_id(content, wrote),
            spans=(content,),
            quote=content.of(text),
            sentence=Span(content.start - 1, wrote.end + 1),
            speaker=writer,
            chain=(self.voice, writer),
            kind="denial",
            directness="direct",
            polarity="negative",
            cue="wrote",
            cue_spans=(wrote,),
            about=(self.board.id,),
            propositions=(close,),
        )

    def stated(self) -> Claim:
        """A claim of the document's own."""
        text = self.document.text
        content = self.at("The Alder Bridge was opened in 1987.")
        opened = Proposition(
            "open",
            content.of(text),
            (content,),
            (
                self.argument("object", "The Alder Bridge", self.bridge, content.start),
                self.argument("time", "1987", None, content.start),
            ),
        )
        return Claim(
            id=self.claim_id(content),
            spans=(content,),
            quote=content.of(text),
            sentence=content,
            speaker=self.voice,
            chain=(self.voice,),
            kind="assertion",
            directness="author",
            polarity="positive",
            about=(self.bridge.id,),
            times=(self.opened.id,),
            propositions=(opened,),
        )

    def added(self) -> Claim:
        """The words given, as what Moreno adds: in the quote, in a term and in a predicate."""
        cue = self.at("added")
        content = self.at(self.words, cue.end)
        writer = self.speaker("Moreno", self.moreno, cue.start - len("Moreno "))
        says = Proposition(
            self.words,
            self.words,
            (content,),
            (Argument("subject", self.words, (content,)), Argument("object", self.words, (content,))),
        )
        return Claim(
            id=self.claim_id(content, cue),
            spans=(content,),
            quote=self.words,
            sentence=Span(writer.spans[0].start, content.end),
            speaker=writer,
            chain=(self.voice, writer),
            kind="opinion",
            directness="mixed",
            polarity="positive",
            cue="added",
            cue_spans=(cue,),
            propositions=(says,),
        )
