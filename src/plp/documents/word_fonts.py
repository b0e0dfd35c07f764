"""Our face as a file for a word processor carries it: it looks as the PDF does where nobody has installed it."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import cycle
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")
FACE, FALLBACK = "PLP Text", "Arial"  # Atkinson Hyperlegible, with the zero that the PDF has
OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CUTS = {  # element of the table of fonts: the file, and the key that hides its first bytes
    "embedRegular": ("PLPText-Regular.ttf", "5B1C6A0E-3D0B-4C3C-9E55-1D5E0A6B7C01"),
    "embedBold": ("PLPText-Bold.ttf", "5B1C6A0E-3D0B-4C3C-9E55-1D5E0A6B7C02"),
}
HIDDEN = 32  # bytes


@lru_cache(maxsize=len(CUTS))
def obfuscated_font(file_name: str, font_key: str) -> bytes:
    """A font as ECMA-376 (part 4, 5.2.1) has it in a file: its first bytes crossed with the key, read backwards."""
    content = (FONTS / file_name).read_bytes()
    backwards = cycle(reversed(bytes.fromhex(font_key.replace("-", ""))))
    first = bytes(byte ^ mask for byte, mask in zip(content[:HIDDEN], backwards, strict=False))
    return first + content[HIDDEN:]


def font_table(relations: Sequence[str]) -> bytes:
    """The table of fonts: our face, its cuts by their ``relations``, and what stands in where a program reads none."""
    cuts = "".join(
        f'<w:{element} r:id="{relation}" w:fontKey="{{{key}}}"/>'
        for (element, (_name, key)), relation in zip(CUTS.items(), relations, strict=True)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:fonts xmlns:w="{NAMESPACE}" xmlns:r="{RELATIONS}">'
        f'<w:font w:name="{FACE}"><w:altName w:val="{FALLBACK}"/><w:family w:val="swiss"/>{cuts}</w:font>'
        f'<w:font w:name="{FALLBACK}"><w:family w:val="swiss"/></w:font></w:fonts>'
    ).encode()
