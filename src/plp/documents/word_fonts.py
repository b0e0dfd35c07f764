"""Our face inside of a file for a word processor: it looks as the PDF does where nobody has installed it (ADR 0008)."""

from functools import lru_cache
from itertools import cycle
from pathlib import Path

from docx.document import Document as File
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement

FONTS = Path(__file__).with_name("fonts")
FACE, FALLBACK = "Atkinson Hyperlegible", "Arial"
OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CUTS = {  # element of the table of fonts: the file, and the key that hides its first bytes
    "embedRegular": ("AtkinsonHyperlegible-Regular.ttf", "5B1C6A0E-3D0B-4C3C-9E55-1D5E0A6B7C01"),
    "embedBold": ("AtkinsonHyperlegible-Bold.ttf", "5B1C6A0E-3D0B-4C3C-9E55-1D5E0A6B7C02"),
}
HIDDEN = 32  # bytes


@lru_cache(maxsize=len(CUTS))
def hidden_font(name: str, key: str) -> bytes:
    """A font as ECMA-376 (part 4, 5.2.1) has it in a file: its first bytes crossed with the key, read backwards."""
    content = (FONTS / name).read_bytes()
    backwards = cycle(reversed(bytes.fromhex(key.replace("-", ""))))
    first = bytes(byte ^ mask for byte, mask in zip(content[:HIDDEN], backwards, strict=False))
    return first + content[HIDDEN:]


def embed_face(file: File) -> None:
    """Put our face into ``file``, with the face that stands in for it where a program reads none from a file."""
    part = file.part
    (old,) = (key for key, relation in part.rels.items() if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE)
    table = Part(part.rels[old].target_part.partname, CONTENT_TYPE.WML_FONT_TABLE, b"", part.package)
    part.drop_rel(old)
    part.relate_to(table, RELATIONSHIP_TYPE.FONT_TABLE)
    cuts = ""
    for number, (element, (name, key)) in enumerate(CUTS.items(), start=1):
        place = PackURI(f"/word/fonts/font{number}.odttf")
        font = Part(place, OBFUSCATED, hidden_font(name, key), part.package)
        relation = table.relate_to(font, RELATIONSHIP_TYPE.FONT)
        cuts += f'<w:{element} r:id="{relation}" w:fontKey="{{{key}}}"/>'
    table._blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:fonts xmlns:w="{NAMESPACE}" xmlns:r="{RELATIONS}">'
        f'<w:font w:name="{FACE}"><w:altName w:val="{FALLBACK}"/><w:family w:val="swiss"/>{cuts}</w:font>'
        f'<w:font w:name="{FALLBACK}"><w:family w:val="swiss"/></w:font></w:fonts>'
    ).encode()
    (zoom,) = file.settings.element.xpath("w:zoom")
    zoom.addnext(OxmlElement("w:embedTrueTypeFonts"))
