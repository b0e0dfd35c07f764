"""What a hostile hand sends: values for fields, files, headers, whole requests; made here or a sample (T24-T30)."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests.samples import SAMPLES

SCRIPTS = (
    "<script>trap()</script>",
    '"><img src=x onerror=trap()>',
    "<svg/onload=trap()>",
    "javascript:trap()",
    "'-trap()-'",
    "</title><script>trap()</script>",
    "<iframe srcdoc='<script>parent.trap()</script>'>",
    '<a href="jav&#x09;ascript:trap()">x</a>',
    "<img src=http://127.0.0.9/pixel>",
    "<style>@import 'http://127.0.0.9/x'</style>",
    "<base href=http://127.0.0.9/>",
    "<meta http-equiv=refresh content='0;url=http://127.0.0.9/'>",
    "<math><mi xlink:href=javascript:trap()>",
    "<form action=http://127.0.0.9/><button>x",
    "<details open ontoggle=trap()>",
    "<input autofocus onfocus=trap()>",
)
PLACEHOLDERS = (
    "{{7*7}}",
    "{% debug %}",
    "${7*7}",
    "%s%s%n",
    "((name))",
    "{0.__class__}",
    "#{7*7}",
    "[[7*7]]",
    "%(name)s",
)
QUERIES = (
    "' OR 1=1--",
    "1;DROP TABLE people_person",
    '" OR ""="',
    "1) UNION SELECT 1,2,3--",
    "-1",
    "name__password",
    "pk__in",
)
FORMULAS = (
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\uff1d1+1",
    '=HYPERLINK("http://127.0.0.9")',
)
HEADER_BREAKS = (
    "a\r\nBcc: x@example.org",
    "a\nX: y",
    "a\u2028b",
    "=?utf-8?q?a=0Ab?=",
    "a\x00b",
    '"a" <x@y>, z@example.org',
)
SIGNS = (
    "\u202eecilop",
    "P\u043elice",
    "\u200bPLP",
    "e\u0301" * 500,
    "a" + "\u0335" * 5000,
    "\ud7ff\U0001f469\u200d\U0001f692",
    "\x00",
    "\x1b[31m",
    "\ufeff",
)
LONG = ("a" * 100_000, "9" * 5_000, "(" * 20_000, "a@" * 20_000, "é" * 60_000, " " * 100_000, "../" * 5_000)
NUMBERS = (
    "-1",
    "0",
    "1e309",
    "NaN",
    "99999999999999999999",
    "٣",
    "0x10",
    "1,5",
    "2026-02-30",
    "9999-12-31",
    "0000-00-00",
    "25:61",
    "-999999-01-01",
)
ALL = SCRIPTS + PLACEHOLDERS + QUERIES + FORMULAS + HEADER_BREAKS + SIGNS + NUMBERS + ("",)
METHODS = ("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "FOO")
HEADERS = (
    {"Host": "evil.example"},
    {"X-Forwarded-Host": "evil.example"},
    {"Cookie": "session=" + "a" * 4_000},
    {"Accept-Language": "x" * 5_000},
    {"Content-Type": "application/json"},
    {"Content-Type": "multipart/form-data; boundary="},
    {"Range": "bytes=0-,0-,0-"},
    {"If-None-Match": "*" * 3_000},
    {"HX-Request": "true", "HX-Current-URL": "http://evil.example/\x7f"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"Referer": "javascript:trap()"},
    {"User-Agent": "<script>trap()</script>"},
    {"Content-Length": "-1"},
    {"X-Forwarded-For": "::1, 999.1.1.1"},
)


def random_hostile_value(dice: random.Random) -> str:
    """One value for a field: seldom a very long one."""
    return (
        dice.choice(LONG)
        if dice.random() < 0.04
        else dice.choice(ALL) + (dice.choice(ALL) if dice.random() < 0.2 else "")
    )


def random_path_segment(dice: random.Random) -> str:
    """Something in the place of a part of an address."""
    return dice.choice(
        ("..", "%2e%2e%2f", "%00", "%ff", "a" * 3_000, "'", "0" * 40, "-1", "canary-1", "%F0%9F%98%80", "null", "*")
    )


def png_claiming_size(width: int, height: int) -> bytes:
    """A PNG that says how large it is and holds one line."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 3_000_000)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held)) for kind, held in parts
    )


def build_zip(names: dict[str, bytes]) -> bytes:
    """A ZIP with these files, packed as tight as it goes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, content in names.items():
            file.writestr(name, content)
    return made.getvalue()


def build_xlsx(sheet: bytes) -> bytes:
    """An XLSX whose only sheet holds these bytes."""
    base, packed = b"http://schemas.openxmlformats.org/", b"application/vnd.openxmlformats-officedocument"
    kind = b'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="%b.spreadsheetml.worksheet+xml"/>' % packed
    return build_zip(
        {
            "[Content_Types].xml": b'<Types xmlns="%bpackage/2006/content-types">%b</Types>' % (base, kind),
            "xl/workbook.xml": b'<workbook xmlns="%bspreadsheetml/2006/main"><sheets/></workbook>' % base,
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


def named_hostile_contents() -> Iterator[tuple[str, bytes]]:
    """Names and contents: bombs, floods, files that are two kinds at once, names that climb."""
    yield "flood.png", png_claiming_size(50_000, 50_000)
    yield "small.png", png_claiming_size(1, 1)
    yield "bomb.zip", build_zip({"a.csv": b"0" * 30_000_000})
    yield "climb.zip", build_zip({"../../etc/x": b"x"})
    yield "bomb.xlsx", build_xlsx(b"<worksheet>" + b"<row/>" * 1_000_000 + b"</worksheet>")
    yield "entity.xlsx", build_xlsx(b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet>&a;</worksheet>')
    yield "list.csv", b"naam;adres\n" + b"=1+1;x\n" * 20_000
    yield "wide.csv", b";" * 200_000
    yield "null.csv", b"a;b\x00c\n\xff\xfe"
    yield "gif.jar", b"GIF89a" + build_zip({"x.class": b"x"})
    yield "vector.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='trap()'/>"
    yield "page.html", b"<script>trap()</script>"
    yield "file.pdf", b"%PDF-1.7\n" + b"1 0 obj<</Length 99999999999>>stream\n" + b"\0" * 1_000
    yield "cards.vcf", b"BEGIN:VCARD\nFN:" + b"x" * 100_000 + b"\nEND:VCARD\n"
    yield "..\\..\\x\x00.png", b"\x89PNG\r\n\x1a\n"
    yield "alert.xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><alert>&a;</alert>'
    for path in sorted((SAMPLES / "hostile").rglob("*")):
        if path.is_file() and path.name != "README.md":
            yield path.name, path.read_bytes()
