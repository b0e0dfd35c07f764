"""Files made to hurt whoever reads them, all made here: bombs, floods, far cells, nests, two kinds at once (T30)."""

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from proof.probes import payloads

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "manifest")
)
ODS = "application/vnd.oasis.opendocument.spreadsheet"
HEADER = ("Nom", "Rue", "N°", "GSM", "Courriel", "Langue")
PERSON = ("Ada Exemple", "Rue de Verdun", "12", "0475123456", "ada@example.be", "fr")
FAR = ("XFD1048576", "XFD5000", "A1048576")
HEAD = b"From: Clara <clara@example.org>\r\nTo: plp@example.be\r\nSubject: OK\r\n"


def xlsx_cell(place: str, words: str) -> str:
    """One cell of a sheet of XLSX."""
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def xlsx_sheet(rows: Sequence[Sequence[str]], more: str = "") -> bytes:
    """A sheet of XLSX with these rows of words, and more behind."""
    lines = "".join(
        f'<row r="{number}">'
        + "".join(xlsx_cell(f"{chr(65 + place)}{number}", word) for place, word in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{lines}{more}</sheetData></worksheet>'.encode()


def xlsx_workbook(inner: bytes, strings: bytes = b"") -> bytes:
    """A workbook whose only sheet is ``inner``."""
    made = {name: content.encode() for name, content in PARTS.items()} | {"xl/worksheets/sheet1.xml": inner}
    return payloads.build_zip(made | ({"xl/sharedStrings.xml": strings} if strings else {}))


def ods_workbook(table: bytes) -> bytes:
    """A sheet of ODS whose rows are ``table``."""
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
    begin = f'<office:document-content {SPACES}><office:body><office:spreadsheet><table:table table:name="A">'
    end = b"</table:table></office:spreadsheet></office:body></office:document-content>"
    return payloads.build_zip(
        {
            "mimetype": ODS.encode(),
            "META-INF/manifest.xml": f"<manifest:manifest {SPACES}>{entry}</manifest:manifest>".encode(),
            "content.xml": begin.encode() + table + end,
        }
    )


def honest_member_list(rows: int) -> bytes:
    """A list as a coordinator has it."""
    return xlsx_workbook(xlsx_sheet([HEADER, *[PERSON] * rows]))


def member_list_with_far_cell(place: str, rows: int = 20) -> bytes:
    """An honest list with one stray cell far away."""
    number = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return xlsx_workbook(xlsx_sheet([HEADER, *[PERSON] * rows], f'<row r="{number}">{xlsx_cell(place, "x")}</row>'))


def hostile_member_lists() -> Iterator[tuple[str, bytes]]:
    """For whoever reads lists of members."""
    yield from ((f"far-{place}.xlsx", member_list_with_far_cell(place)) for place in FAR)
    one = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'
    yield (
        "far.ods",
        ods_workbook(
            b'<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
            b"<table:table-row>"
            b'<table:table-cell table:number-columns-repeated="16383"/>'
            + one.format("").encode()
            + b"</table:table-row>"
        ),
    )
    repeated = one.format(' table:number-columns-repeated="16384"')
    yield (
        "full.ods",
        ods_workbook(f'<table:table-row table:number-rows-repeated="1048576">{repeated}</table:table-row>'.encode()),
    )
    yield (
        "diagonal.xlsx",
        xlsx_workbook(
            xlsx_sheet([], "".join(f'<row r="{n}">{xlsx_cell(f"CV{n}", "x")}</row>' for n in range(1, 20_000)))
        ),
    )
    yield (
        "strings.xlsx",
        xlsx_workbook(
            xlsx_sheet([], '<row r="1">' + '<c t="s"><v>0</v></c>' * 200_000 + "</row>"),
            f'<sst xmlns="{MAIN}">'.encode() + b"<si><t>x</t></si>" * 1_000_000 + b"</sst>",
        ),
    )
    yield (
        "same-string.xlsx",
        xlsx_workbook(
            xlsx_sheet([], "".join(f'<row r="{n}">{'<c t="s"><v>0</v></c>' * 90}</row>' for n in range(1, 15_000))),
            f'<sst xmlns="{MAIN}"><si><t>{"long " * 6_000}</t></si></sst>'.encode(),
        ),
    )
    yield "deep.xlsx", xlsx_workbook(b"<worksheet>" + b"<a>" * 1_000_000)
    yield "entities.xlsx", xlsx_workbook(_xml_with_nested_entities(b"worksheet"))
    yield "rows.xlsx", xlsx_workbook(xlsx_sheet([], "<row/>" * 1_500_000))
    yield "unclosed.xlsx", xlsx_workbook(xlsx_sheet([], '<c r="XFD9">' * 400_000))
    yield "bomb.xlsx", xlsx_workbook(b" " * 61_000_000)
    yield "liar.xlsx", _zip_with_false_sizes(honest_member_list(3))
    yield "entries.xlsx", payloads.build_zip({f"xl/{number}.xml": b"" for number in range(30_000)})
    yield "nested.zip", _nested_zip(6)
    yield "quine.ods", payloads.build_zip({"mimetype": ODS.encode(), "content.xml": _nested_zip(3)})
    yield "field.csv", b'"' + b"a" * 4_900_000
    yield "fields.csv", b"a;" * 2_400_000
    yield "lines.csv", b"\n" * 4_900_000
    yield "quotes.csv", b'""' * 2_400_000
    yield "folded.vcf", b"BEGIN:VCARD\nFN:x\n" + b" x\n" * 1_600_000 + b"END:VCARD\n"
    yield "soft.vcf", b"BEGIN:VCARD\nFN;QUOTED-PRINTABLE:x=\n" + b"x=\n" * 1_600_000 + b"END:VCARD\n"
    yield "cards.vcf", b"BEGIN:VCARD\nEND:VCARD\n" * 220_000
    yield "mark.csv", b"\xff\xfe" + b"\x00\xd8" * 2_400_000
    yield "two.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 100_000
    yield "polyglot.csv", b"PK\x03\x04Nom;GSM\nAda;0475123456\n" + honest_member_list(2)


def _xml_with_nested_entities(root: bytes) -> bytes:
    """Entities that stand for entities."""
    told = b"".join(b'<!ENTITY e%d "%b">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"ha") for n in range(10))
    return b"<!DOCTYPE x [%b]><%b>&e9;</%b>" % (told, root, root)


def _zip_with_false_sizes(packed: bytes) -> bytes:
    """Sizes in the list of a ZIP that are not those of its files."""
    return packed.replace(struct.pack("<I", len(xlsx_sheet([HEADER, *[PERSON] * 3]))), struct.pack("<I", 7))


def _nested_zip(depth: int) -> bytes:
    """Archives in archives, ten each."""
    held = b"0" * 1_000_000
    for _layer in range(depth):
        held = payloads.build_zip({f"{number}.zip": held for number in range(10)})
    return held


def hostile_pictures() -> Iterator[tuple[str, bytes]]:
    """For whoever reads pictures."""
    for size in ((50_000, 50_000), (16_000, 1_000), (4_001, 4_000), (1, 2_000_000), (0, 0)):
        yield f"flood-{size[0]}-{size[1]}.png", payloads.png_claiming_size(*size)
    yield "huge.jpg", _progressive_jpeg(65_000, 65_000)
    yield "wide.jpg", _progressive_jpeg(65_000, 900)
    yield "scans.jpg", _progressive_jpeg(8_000, 7_000, scans=400)
    yield "text.png", _png_with_repeated_chunks(b"zTXt", b"k\0\0" + zlib.compress(bytes(60_000_000)), 3)
    yield "profile.png", _png_with_repeated_chunks(b"iCCP", b"k\0\0" + zlib.compress(bytes(60_000_000)), 1)
    yield "chunks.png", _png_with_repeated_chunks(b"tEXt", b"k\0v", 500_000)
    yield "frames.webp", b"RIFF\xff\xff\xff\x7fWEBPVP8X\x0a\0\0\0\x02\0\0\0\xff\xff\xff\xff\xff\xff" + bytes(99)
    yield "gif.png", b"\x89PNG\r\n\x1a\n" + b"GIF89a" + bytes(99)
    yield "archive.jpg", b"\xff\xd8\xff" + payloads.build_zip({"x.class": b"x"})


def _png_with_repeated_chunks(kind: bytes, content: bytes, times: int) -> bytes:
    """A PNG with such chunks before its pixels."""
    whole = payloads.png_claiming_size(8, 8)
    chunk = struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return whole[:33] + (chunk * times)[:9_000_000] + whole[33:]


def _progressive_jpeg(width: int, height: int, scans: int = 1) -> bytes:
    """A progressive JPEG that says how large it is, with so many empty scans."""
    frame = b"\xff\xc2\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03\x01\x22\0\x02\x11\0\x03\x11\0"
    table = b"\xff\xdb\x00\x43\0" + b"\x01" * 64 + b"\xff\xc4\x00\x14\0\x01" + bytes(15) + b"\0"
    scan = b"\xff\xda\x00\x0c\x03\x01\0\x02\0\x03\0\0\0\x01" + bytes(64)
    return b"\xff\xd8" + table + frame + scan * scans + b"\xff\xd9"


def hostile_alerts() -> Iterator[tuple[str, bytes]]:
    """For whoever reads official alerts."""
    cap = b'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">'
    yield "entities.xml", _xml_with_nested_entities(b"alert")
    yield "outside.xml", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><alert>&a;</alert>'
    yield "deep.xml", cap + b"<info>" * 100_000
    yield "wide.xml", cap + b"<a/>" * 250_000 + b"</alert>"
    yield "attributes.xml", b"<alert " + b" ".join(b"a%d='1'" % number for number in range(90_000)) + b"/>"
    yield "spaces.xml", cap.replace(b">", b"".join(b" xmlns:a%d='u'" % n for n in range(50_000)) + b">") + b"</alert>"
    yield "polygon.xml", cap + b"<info><area><polygon>" + b"50.8,4.3 " * 110_000 + b"</polygon></area></info></alert>"
    yield "edxl.xml", b"<EDXLDistribution>" + (cap + b"</alert>") * 18_000 + b"</EDXLDistribution>"
    yield "encoding.xml", "<?xml version='1.0' encoding='UTF-16'?><alert/>".encode("utf-16")
    yield "large.xml", cap + b"x" * 2_000_000 + b"</alert>"


def hostile_scans() -> Iterator[tuple[str, bytes]]:
    """For whoever keeps scans and joins them."""
    for number, inner in enumerate(
        (
            b"1 0 obj<</Length 99999999999>>stream\n" + bytes(1_000),
            b"1 0 obj<</Type/Pages/Kids[1 0 R]/Count 1>>endobj 2 0 obj<</Type/Catalog/Pages 1 0 R>>endobj",
            b"[" * 500_000,
            b"1 0 obj" * 200_000,
        )
    ):
        trailer = b"\ntrailer<</Root 2 0 R/Size 9>>\nstartxref\n0\n%%EOF\n"
        yield f"scan-{number}.pdf", b"%PDF-1.7\n" + inner + trailer
    packed = zlib.compress(bytes(1_500_000_000 // 10))
    stream = b"1 0 obj<</Type/ObjStm/N 9/First 9/Filter/FlateDecode/Length %d>>stream\n%b\nendstream endobj"
    yield (
        "bomb.pdf",
        b"%PDF-1.7\n" + stream % (len(packed), packed) + b"\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n",
    )
    yield from hostile_pictures()


def hostile_mails() -> Iterator[tuple[str, bytes]]:
    """For whoever reads mails."""
    yield "parts", HEAD + _nested_mime_parts(3_000)
    yield "header", HEAD + b"X: " + b"a" * 190_000 + b"\r\n\r\nOK"
    yield "headers", HEAD + b"X: y\r\n" * 30_000 + b"\r\nOK"
    yield "addresses", b"From: " + b"a@x.test," * 20_000 + b"\r\n\r\nOK"
    yield "comments", b"From: " + b"(" * 190_000 + b"\r\n\r\nOK"
    yield "words", HEAD.replace(b"OK", b"=?utf-8?q?a?= " * 12_000) + b"\r\nOK"
    yield "parameters", HEAD + b"Content-Type: text/plain; " + b"a*0=b; " * 25_000 + b"\r\n\r\nOK"
    yield "boundary", HEAD + b'Content-Type: multipart/mixed; boundary=""\r\n\r\n' + b"--\r\n" * 45_000
    yield "markup", HEAD + b"Content-Type: text/html\r\n\r\n" + b"<b" * 90_000
    yield (
        "report",
        HEAD
        + b"Content-Type: multipart/report; boundary=b\r\n\r\n"
        + (b"--b\r\nContent-Type: message/delivery-status\r\n\r\n" + b"Action: failed\r\n\r\n" * 9_000),
    )
    yield "signatures", b"DKIM-Signature: v=1; d=x.test; s=a; h=from\r\n" * 5 + HEAD + b"\r\n" + b"\r\n" * 90_000


def _nested_mime_parts(depth: int) -> bytes:
    """Parts within parts."""
    opened = (
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number) for number in range(depth)
    )
    return b"".join(opened) + b"Content-Type: text/plain\r\n\r\nOK"


def hostile_archives() -> Iterator[tuple[str, bytes]]:
    """For whoever unpacks files of addresses, and backups."""
    yield "bomb.csv.gz", gzip.compress(bytes(200_000_000), 9)
    yield "many.zip", payloads.build_zip({f"{number}.csv": b"" for number in range(20_000)})
    yield "climb.zip", payloads.build_zip({"../../x.csv": b"x"})
    yield "locked.zip", payloads.build_zip({"a.csv": b"x"}).replace(b"\x14\0\0\0\x08", b"\x14\0\x01\0\x08")
    yield "cut.csv.gz", gzip.compress(b"a,b\n" * 9_999)[:-9]
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz", format=tarfile.PAX_FORMAT) as tar:
        entry = tarfile.TarInfo("x")
        entry.pax_headers = {"comment": "x" * 100_000_000}
        tar.addfile(entry)
    yield "pax.tar.gz", made.getvalue()


def zip_with_one_csv(content: bytes) -> bytes:
    """A ZIP with one table."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.csv", content)
    return made.getvalue()
