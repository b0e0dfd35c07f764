"""The papers a document can be printed on: the only place where a size is spelled out."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class PaperSize:
    """One size, upright, in millimetres. ``margin`` is that of a Word file; ``small`` sets the type smaller.

    ``design`` is the template of ``designs`` that draws it, ``words`` what it is called on a page; ``picture``: a PNG
    of as many pixels as ``width`` and ``height`` say, not a PDF. ``trim``: how far from its edge a printer cuts.
    """

    width: int
    height: int
    margin: int = 22
    small: bool = False
    design: str = ""
    words: Any = ""
    picture: bool = False
    trim: int = 0

    @property
    def size_in_points(self) -> tuple[int, int]:
        """Width and height as a PDF counts them."""
        return round(self.width * 72 / 25.4), round(self.height * 72 / 25.4)

    @property
    def file_ending(self) -> str:
        """The end of the name of its file."""
        return "png" if self.picture else "pdf"


PAPERS: dict[str, PaperSize] = {
    "a4": PaperSize(210, 297),
    "a5": PaperSize(148, 210, margin=14, small=True),
    "slides": PaperSize(320, 180),
    "street-a4": PaperSize(210, 297, design="poster", words=_("light A4")),
    "street-a3": PaperSize(297, 420, design="poster", words=_("light A3")),
    "night-a4": PaperSize(210, 297, design="night", words=_("dark A4")),
    "night-a3": PaperSize(297, 420, design="night", words=_("dark A3")),
    "strips-a4": PaperSize(210, 297, design="strips", words=_("with tear-off strips A4")),
    "strips-a3": PaperSize(297, 420, design="strips", words=_("with tear-off strips A3")),
    "fold-a4": PaperSize(297, 210, design="fold", words=_("to fold A4")),
    "hanger-a4": PaperSize(297, 210, design="hanger", words=_("three on A4")),
    "cards-a4": PaperSize(210, 297, design="cards", words=_("four on A4")),
    "invitation-a5": PaperSize(148, 210, margin=14, design="invitation_card", words=_("card A5")),
    "invitation-a4": PaperSize(210, 297, design="invitation", words=_("letter A4")),
    "sign": PaperSize(424, 624, trim=12, design="sign", words=_("sign 40 × 60 cm")),
    "sticker": PaperSize(124, 124, trim=12, design="sign", words=_("sticker 10 × 10 cm")),
    "wide": PaperSize(1200, 630, design="wide", words="1200 × 630", picture=True),
    "square": PaperSize(1080, 1080, design="square", words="1080 × 1080", picture=True),
    "handout": PaperSize(210, 297, words=_("with what to say")),
}
USUAL = "a4"  # what is meant when no size is named


def file_form_label(form: str) -> str:
    """What a file is called on a page: ``PDF A5`` for ``a5.pdf``, ``DOCX`` for ``docx``, ``PDF, dark A4``."""
    paper, _dot, ending = form.partition(".")
    if paper in PAPERS and PAPERS[paper].words:
        return f"{ending.upper()}, {PAPERS[paper].words}"
    return " ".join(reversed(form.upper().split(".")))
