"""Made-up reports about a made-up valley, as a page would show them; and graphs of any size."""

from __future__ import annotations

import itertools

from kg.render import ClaimNode, DocumentNode, EntityNode, QuantityValue, RenderGraph, SpeakerNode, TimeValue

DOCUMENTS = (
    ("river-level", "River level passes the 2011 mark", "The Tarn Valley Courier", "Mira Osel", "2021-03-04"),
    ("inquiry-opens", "Inquiry into the Lower Weir opens", "Northern Wire", "", "2021-04-19"),
    ("engineers", "What the engineers were asked", "The Tarn Valley Courier", "Jon Abadi", "2021-04-27"),
    ("council", "Council minutes: repair of the Lower Weir", "Tarn Town Council", "", "2021-05"),
    ("one-year-on", "One year on, 31 households are still away", "Harbour Review", "Lena Fors", "2022-03-05"),
)
SPEAKERS = (
    ("Ana Beltrán", "person"),
    ("Ministry of Water", "organization"),
    ("Weir Operators' Union", "organization"),
    ("Deputy Mayor Ivo Kral", "person"),
    ("Institute of Hydrology", "organization"),
    ("three residents", ""),
    ("an engineer at the site", ""),
    ("Valley Insurance Fund", "organization"),
    ("Judge Salma Idris", "person"),
    ("Farmers' Association", "organization"),
)
ENTITIES = (
    ("Lower Weir", "place"), ("Tarn", "place"), ("Tarn River", "place"), ("Old Bridge", "place"),
    ("Mill Street", "place"), ("Harbour District", "place"), ("North Valley", "place"), ("Sella Dam", "place"),
    ("Ridge Road", "place"), ("Station Square", "place"), ("Eastern Province", "place"), ("Kestrel Hill", "place"),
    ("Tarn Town Council", "organization"), ("Civil Protection Service", "organization"),
    ("Regional Court", "organization"), ("Beltrán & Sons", "organization"), ("Red Crescent", "organization"),
    ("State Audit Office", "organization"), ("Hydra Consulting", "organization"), ("Northern Rail", "organization"),
    ("Energy Regulator", "organization"), ("University of Tarn", "organization"),
    ("Petra Lind", "person"), ("Omar Haddad", "person"), ("Governor Elin Strand", "person"), ("Tomas Reyes", "person"),
    ("Minister Paul Adeyemi", "person"), ("Greta Moll", "person"),
    ("March flood", "event"), ("2011 flood", "event"), ("Inquiry hearing", "event"), ("Night of 3 March", "event"),
    ("Water Act", "work"), ("Safety Plan 2018", "work"), ("Audit Report 44", "work"), ("Weir Protocol", "work"),
    ("Repair Contract", "work"), ("Seasonal workers", "group"), ("Valley farmers", "group"), ("Students", "group"),
)  # fmt: skip
KINDS = ("assertion", "assertion", "assertion", "opinion", "demand", "assertion", "denial", "belief", "order",
         "warning", "assertion", "concern", "prediction", "question", "assertion", "assertion")  # fmt: skip
VERBS = {
    "assertion": "said", "opinion": "argued", "demand": "demanded", "denial": "denied", "belief": "believes",
    "order": "ordered", "warning": "warned", "concern": "feared", "prediction": "expects", "question": "asked whether",
}  # fmt: skip
CONTENTS = (
    "the gates at {a} were opened at 02:40, about two hours after the first call from {b}",
    "at least 44 homes near {a} were under water by the morning",
    "the plan for {a} had not been tested since {b}",
    "{a} received no written notice before 3 March 2021",
    "more than 1,200 people left {a} for {b} during the night",
    "the figures given by {a} do not match those in {b}",
    "repairs at {a} will cost between 3 and 4 million crowns",
    "the sensors near {a} had been out of order for several weeks",
    "{a} should publish all messages sent to {b}",
)


def sample() -> RenderGraph:
    """Five documents, ten named speakers and five voices, forty entities, eighty claims."""
    documents = tuple(
        DocumentNode(f"urn:kg:document/{stem}", title, publisher, author, date, "https://news.example/" + stem,
                     stem + ".txt", f"{number:064x}", 5200)
        for number, (stem, title, publisher, author, date) in enumerate(DOCUMENTS, 1)
    )  # fmt: skip
    entities = tuple(EntityNode(f"urn:kg:entity/{n}", name, kind) for n, (name, kind) in enumerate(ENTITIES))
    voices = tuple(SpeakerNode(d.id + "-s", d.author or d.publisher, "document", documents=(d.id,)) for d in documents)
    named = tuple(
        SpeakerNode(f"urn:kg:speaker/{n}", name, "entity" if kind else "description", kind, mentions=(name, "she"))
        for n, (name, kind) in enumerate(SPEAKERS)
    )
    claims = [_claim(number, documents, voices, named, entities) for number in range(80)]
    return RenderGraph(documents, voices + named, entities, tuple(claims))


def _claim(
    number: int,
    documents: tuple[DocumentNode, ...],
    voices: tuple[SpeakerNode, ...],
    named: tuple[SpeakerNode, ...],
    entities: tuple[EntityNode, ...],
) -> ClaimNode:
    place = number // 16
    kind = KINDS[number % len(KINDS)]
    own = number % 5 == 0
    speaker = voices[place] if own else named[(place * 2 + number % 3) % len(named)]
    near = [entities[5 + (place * 7 + step) % 35] for step in (number % 6, number % 7 + 1)]
    about = [entities[number // 5 % 5], near[0]] if number % 3 == 0 else near
    content = CONTENTS[number % len(CONTENTS)].format(a=about[0].name, b=about[1].name)
    lead = "" if own else f"{speaker.name} {VERBS[kind]} on Monday that "
    start, offset = 120 + number * 60, len(lead)
    sentence = lead + content + ("." if own else ", according to the record of the meeting.")
    voice = voices[place].name
    return ClaimNode(
        id=f"urn:kg:claim/{number:03}", quote=content, speaker=speaker.id, document=documents[place].id,
        claim_kind="assertion" if own else kind, directness="author" if own else "indirect",
        polarity="negative" if kind == "denial" else "positive", sentence=sentence, sentence_start=start,
        spans=((start + offset, start + offset + len(content)),), cue="" if own else VERBS[kind],
        cue_spans=() if own else ((start + len(speaker.name) + 1, start + len(speaker.name) + 1 + len(VERBS[kind])),),
        chain=(voice,) if own else (voice, speaker.name),
        within=f"urn:kg:claim/{number - 1:03}" if number % 8 == 7 else "",
        about=tuple(dict.fromkeys(e.id for e in about)),
        quantities=(QuantityValue("at least 44 homes", "44", "", False, "homes"),) if "44 homes" in content else (),
        times=(TimeValue("3 March 2021", "2021-03-03"),) if "3 March" in content else (),
    )  # fmt: skip


def large(claims: int, documents: int, speakers: int, entities: int) -> RenderGraph:
    """A graph of a given size with the shape of a real one: most speakers in one document, some entities in many."""
    docs = tuple(DocumentNode(f"d{n}", f"Report number {n}") for n in range(documents))
    says = tuple(SpeakerNode(f"s{n}", f"Speaker {n}") for n in range(speakers))
    kinds = itertools.cycle(("person", "organization", "place", "event", "work", "group"))
    things = tuple(EntityNode(f"e{n}", f"Entity {n}", kind) for n, kind in zip(range(entities), kinds, strict=False))
    found = []
    for n in range(claims):
        speaker = n * 7919 % (speakers if n % 3 else max(1, speakers // 5))
        document = (speaker + (n % 29 == 0) * n) % documents
        local = [(document * entities // documents + n * step % 11) % entities for step in (1, 3)]
        about = tuple(f"e{number}" for number in dict.fromkeys(local + [n * 31 % entities] * (n % 9 == 0)))
        quote = f"what claim {n} says of a thing"
        found.append(
            ClaimNode(f"c{n}", quote, f"s{speaker}", f"d{document}", KINDS[n % 16], sentence=f"Here {quote}.",
                      sentence_start=100, spans=((105, 105 + len(quote)),), chain=("A", "B"), about=about)
        )  # fmt: skip
    return RenderGraph(docs, says, things, tuple(found))
