"""Drawings as PNG, for programs that show no SVG: set by the typesetter, a few hundred pixels wide, kept."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from plp.documents.slides.shapes import Frame
from plp.documents.tagged_pdf import PICTURE, Sheet, render_pdfs

TEMPLATE = Path(__file__).with_name("drawing.typ")
PIXELS_A_MM = 6.0
KEPT = 64  # drawings in the cache of a process
AT = datetime(2000, 1, 1, tzinfo=UTC)  # a PNG keeps no date
_KNOWN: dict[tuple[str, int, int], bytes] = {}


def drawings_png(drawings: Iterable[tuple[str, Frame]]) -> list[bytes]:
    """A PNG of each drawing (SVG) in its frame, on no ground. Raises as ``tagged_pdf.render_pdfs``."""
    keys = [(svg, round(frame.width * PIXELS_A_MM), round(frame.height * PIXELS_A_MM)) for svg, frame in drawings]
    unknown = list(dict.fromkeys(key for key in keys if key not in _KNOWN))
    sheets = [
        Sheet(TEMPLATE, {PICTURE: svg, "width": width, "height": height}, "en", "", as_picture=True)
        for svg, width, height in unknown
    ]
    fresh = dict(zip(unknown, render_pdfs(sheets, at=AT) if sheets else [], strict=True))
    pictures = [fresh.get(key) or _KNOWN[key] for key in keys]
    while fresh and len(_KNOWN) + len(fresh) > KEPT and _KNOWN:
        _KNOWN.pop(next(iter(_KNOWN)))
    _KNOWN.update(fresh)
    return pictures
