"""Languages: what is not English is told from English by the paragraph, and none of it is read."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.claims import read_claims
from kg.document import Document, Metadata
from kg.language import called, english_part, is_english, language_of, languages, unread
from kg.loaders import load
from kg.query.claims import claim_records, remarks
from kg.reader import read as parse
from kg.reading import read_document

ENGLISH = (
    "The harbour office said on Monday that 14 boats had left the port. Elena Varga, its director, told reporters that "
    "the bridge would stay closed for two weeks."
)
FOREIGN = {
    "fr": "Le bureau du port a déclaré lundi que quatorze bateaux avaient quitté la ville et que le pont serait fermé.",
    "de": "Das Hafenamt teilte am Montag mit, dass vierzehn Boote den Hafen verlassen haben und die Brücke gesperrt wird.",
    "es": "La oficina del puerto dijo el lunes que catorce barcos habían salido y que el puente estaría cerrado.",
    "nl": "Het havenkantoor zei maandag dat veertien boten de haven hadden verlaten en dat de brug gesloten bleef.",
    "pl": "Biuro portu poinformowało w poniedziałek, że czternaście łodzi opuściło port i że most będzie zamknięty.",
    "tr": "Liman idaresi pazartesi günü on dört teknenin limandan ayrıldığını ve köprünün iki hafta kapalı kalacağını "
    "açıkladı, çalışmalar sürüyor.",
    "vi": "Văn phòng cảng cho biết hôm thứ Hai rằng mười bốn chiếc thuyền đã rời cảng và cây cầu sẽ bị đóng cửa.",
    "fa": "اداره بندر روز دوشنبه اعلام کرد که چهارده قایق بندر را ترک کرده‌اند و پل دو هفته بسته می‌ماند.",
    "ar": "قال مكتب الميناء يوم الاثنين إن أربعة عشر قاربا غادرت الميناء وإن الجسر سيظل مغلقا.",
    "ru": "Управление порта сообщило в понедельник, что четырнадцать лодок покинули порт и мост будет закрыт.",
    "el": "Το γραφείο του λιμανιού ανακοίνωσε τη Δευτέρα ότι δεκατέσσερα σκάφη έφυγαν και η γέφυρα θα κλείσει.",
    "he": "משרד הנמל הודיע ביום שני כי ארבע עשרה סירות יצאו מהנמל וכי הגשר ייסגר לשבועיים.",
    "zh": "港务局周一表示，十四艘船已经离开港口，大桥将关闭两周，请市民改道。",
    "ja": "港湾局は月曜日、十四隻の船が港を出たと発表し、橋は二週間閉鎖される。",
}
NAMELESS = (
    "",
    "12 May 2019",
    "HARBOUR BOARD MEETS",
    "Frankfurt am Main",
    "Photo: Agence Nord / Ana Petrov",
    "12, 13, 14 – 17; 3.5 % (2018); 1,200; 44",
    "José Luis Ferrer, Ana María Gómez de la Vega, Juan Carlos Ortega, Marta del Río, Pablo Núñez y Carmen Ibáñez",
    "Jean Morel, Luc de Saint-Pierre, Anne Dubois, Marie Lefèvre, Paul Girard, Hélène Roux, Jacques Petit, Louise Bernard",
    "Abu Hadi al-Masri, Qasim Sulayman, Nuri al-Hakim, Ali al-Basri, Hadi al-Amin, Umar al-Khatib, Salim ibn Yusuf",
    "Kraków Gdańsk Łódź 14 2 0 Wrocław 3 1 Poznań 2 2 Szczecin 5 4 Lublin 1 1 Katowice Białystok Gdynia Toruń",
)


def document(text: str, language: str = "") -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document("sample.txt", text, digest, metadata=Metadata(language=language))


@pytest.mark.parametrize("tag", FOREIGN)
def test_a_document_in_another_language_is_known_and_not_read(tag: str) -> None:
    found = document(FOREIGN[tag])
    assert language_of(found) == tag
    assert tag in unread(found)
    reading = read_document(found)
    assert (reading.entities, reading.claims, reading.quantities, reading.times) == ((), (), (), ())


@pytest.mark.parametrize("text", NAMELESS)
def test_names_headings_and_numbers_are_in_no_language(text: str) -> None:
    assert languages(text).main in ("", "en")
    assert not languages(f"{ENGLISH}\n\n{text}\n\n{ENGLISH}").foreign
    assert not unread(document(text))


@pytest.mark.parametrize("tag", FOREIGN)
@pytest.mark.parametrize("newline", ["\n\n", "\n", "\r\n\r\n"])
def test_a_foreign_paragraph_yields_nothing_and_the_rest_is_read(tag: str, newline: str) -> None:
    text = newline.join([ENGLISH, FOREIGN[tag], ENGLISH])
    found = document(text)
    assert language_of(found) == "en"
    ((start, end, known),) = languages(text).foreign
    assert (text[start:end].strip(), known) == (FOREIGN[tag], tag)
    assert len(english_part(found).text) == len(text)
    reading = read_document(found)
    assert reading.document is found
    assert {claim.speaker.name for claim in reading.claims} >= {"Elena Varga"}
    spans = [s for claim in reading.claims for s in (*claim.spans, *claim.cue_spans, *claim.speaker.spans)]
    spans += [s for entity in reading.entities for s in entity.mentions]
    spans += [thing.span for thing in (*reading.quantities, *reading.times)]
    assert all(span.end <= start or span.start >= end for span in spans)


def test_what_is_short_belongs_to_the_foreign_text_around_it() -> None:
    text = "\n\n".join([ENGLISH, ENGLISH, FOREIGN["fr"], "« Nous partons », a dit Anne.", FOREIGN["fr"], "Ana Petrov"])
    assert [text[a:b][:6] for a, b, _ in languages(text).foreign] == ["Le bur", "« Nous", "Le bur"]


def test_a_text_of_short_lines_is_judged_as_a_whole() -> None:
    assert languages("\n\n".join(FOREIGN["fr"].split(" "))).main == "fr"


def test_a_tag_that_a_person_gave_decides() -> None:
    assert read_document(document(ENGLISH, "cy")).claims == ()
    mixed = document(f"{ENGLISH}\n\n{FOREIGN['fr']} {FOREIGN['fr']}\n\n{FOREIGN['fr']}")
    assert language_of(mixed) == "fr" and not read_document(mixed).claims
    assert read_document(document(mixed.text, "en-GB")).claims


def test_english_is_read_as_before() -> None:
    root = Path(__file__).parents[1] / "data"
    for path in sorted(root.glob("0*")):
        found = load(path)
        assert english_part(found) is found
        assert language_of(found) == "en"
        assert read_document(found) == read_claims(found, parse(found))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([*FOREIGN.values(), *NAMELESS, ENGLISH, "\n", "\r", "\x00\u200b", "\ud800"]), max_size=8)
)
def test_passages_are_in_order_and_offsets_stay(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    found = languages(text)
    assert found == languages.__wrapped__(text)
    edges = [at for start, end, _ in found.foreign for at in (start, end)]
    assert edges == sorted(set(edges)) or not edges
    whole = text.replace("\ud800", "?")
    part = english_part(document(whole)).text
    assert len(part) == len(whole)
    assert all(new == old or (new == " " and not old.isspace()) for new, old in zip(part, whole, strict=True))


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("fa", "Persian (fa)"),
        ("zh-Latn", "Chinese (Latin) (zh-Latn)"),
        ("xx", "xx"),
        ("und", "a language other than English (und)"),
    ],
)
def test_a_language_is_called_by_its_name(tag: str, name: str) -> None:
    assert called(tag) == name


def test_what_counts_as_english() -> None:
    known = ("", "en", "en-GB", "EN", "eng")
    assert [tag for tag in (*known, "enm", "fr", "und") if is_english(tag)] == list(known)


def test_a_build_keeps_the_document_and_says_what_it_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    texts = {"a.txt": ENGLISH, "b.txt": FOREIGN["fa"], "c.txt": f"{ENGLISH}\n\n{FOREIGN['fr']}\n\n{ENGLISH}"}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    report = kg.build(folder, tmp_path / "case")
    assert report.exit_code == 0
    lines = {path.name: line for path, line in report.noted}
    assert set(lines) == {"b.txt", "c.txt"}
    assert lines["b.txt"].startswith(str(folder / "b.txt")) and "Persian (fa)" in lines["b.txt"]
    assert "1 paragraph in French (fr)" in lines["c.txt"]
    with kg.open(tmp_path / "case") as case:
        rows = case.query("SELECT ?file ?tag { ?d kg:file ?file ; schema:inLanguage ?tag } ORDER BY ?file")
        assert json.loads(rows.to_bytes("json"))["results"]["bindings"][1]["tag"]["value"] == "fa"
        assert {record["document"] for record in claim_records(case)} == {"a", "c"}
        assert remarks(case, 1) == ["note: no claims were read in: b.txt in Persian (fa)"]
        assert remarks(case, 1, document="a") == []
        assert case.show("b.txt").facts
    assert kg.verify(tmp_path / "case").problems == ()
    assert not kg.build(folder, tmp_path / "case").noted


def test_addresses_are_no_words() -> None:
    addresses = " ".join(f"der.name{n}@das-ist.example" for n in range(40))
    assert languages(f"The board met on Monday, and it said that the port would open. {addresses}").main == "en"
