"""What a printing house reads in a PDF: where the sheet is cut, and how far the drawing runs over that edge."""

import io
from typing import TYPE_CHECKING

from plp.toolbox.lazy_import import lazy_import

if TYPE_CHECKING:
    import pypdf
else:
    pypdf = lazy_import("pypdf")

BLEED = 3  # millimetres over the cut edge, as designs/sign.typ draws it
POINT = 25.4 / 72  # millimetres


def with_print_boxes(pdf: bytes, *, trim_mm: int) -> bytes:
    """``pdf`` with the TrimBox of each page ``trim`` millimetres inside its edge, and the BleedBox around that."""
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf)))
    for page in writer.pages:
        page.trimbox = _box_inset_by_mm(page.mediabox, trim_mm)
        page.bleedbox = _box_inset_by_mm(page.mediabox, trim_mm - BLEED)
    boxed = io.BytesIO()
    writer.write(boxed)
    return boxed.getvalue()


def _box_inset_by_mm(box: "pypdf.generic.RectangleObject", millimetres: int) -> "pypdf.generic.RectangleObject":
    """``box`` made smaller on each side."""
    points = millimetres / POINT
    return pypdf.generic.RectangleObject((box.left + points, box.bottom + points, box.right - points, box.top - points))
