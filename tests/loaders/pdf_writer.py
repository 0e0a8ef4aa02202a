"""Just enough of PDF 1.4 to write the files that the tests read."""

from __future__ import annotations

from collections.abc import Sequence

ENCRYPTED = (  # a password that nobody knows: its check values are those of no password at all
    b"/ID [<" + b"41" * 16 + b"> <" + b"41" * 16 + b">] "
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>"
)
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def _string(line: str) -> bytes:
    data = line.encode("cp1252")
    for mark in (b"\\", b"(", b")"):
        data = data.replace(mark, b"\\" + mark)
    return b"(" + data + b")"


def _text(lines: Sequence[str]) -> bytes:
    shown = b"".join(_string(line) + b" Tj T*\n" for line in lines)
    return b"BT /F1 12 Tf 14 TL 72 760 Td\n" + shown + b"ET"


def pdf(pages: Sequence[Sequence[str]], info: bytes = b"", trailer: bytes = b"") -> bytes:
    """A PDF with the given lines on each page; a page without lines is a drawn box, as in a scan."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", FONT, b"<< " + info + b" >>"]
    kids = []
    for lines in pages:
        stream = _text(lines) if lines else b"72 72 200 200 re f"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out = b"%PDF-1.4\n"
    table = b"0000000000 65535 f \n"
    for number, body in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = len(objects) + 1
    end = b"xref\n0 %d\n%strailer << /Size %d /Root 1 0 R /Info 4 0 R %s >>\n" % (size, table, size, trailer)
    return out + end + b"startxref\n%d\n%%%%EOF\n" % len(out)
