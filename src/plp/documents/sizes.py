"""The papers a document can be printed on: the only place where a size is spelled out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PaperSize:
    """One size, upright, in millimetres. ``margin`` is that of a Word file; ``small`` sets the type smaller."""

    width: int
    height: int
    margin: int = 22
    small: bool = False

    @property
    def points(self) -> tuple[int, int]:
        """Width and height as a PDF counts them."""
        return round(self.width * 72 / 25.4), round(self.height * 72 / 25.4)


PAPERS: dict[str, PaperSize] = {
    "a4": PaperSize(210, 297),
    "a5": PaperSize(148, 210, margin=14, small=True),
    "slides": PaperSize(320, 180),
}
USUAL = "a4"  # what is meant when no size is named


def label(form: str) -> str:
    """What a file is called on a page: ``PDF A5`` for ``a5.pdf``, ``DOCX`` for ``docx``."""
    return " ".join(reversed(form.upper().split(".")))
