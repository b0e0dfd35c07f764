"""What is to be printed, and how: known to whoever orders a print, without what prints it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plp.documents.blocks import Document
from plp.documents.colours import HOUSE, Colours
from plp.documents.sizes import USUAL

if TYPE_CHECKING:
    from plp.documents.designs import Design


@dataclass(frozen=True)
class PrintOrder:
    """An order: ``document`` on ``paper`` (one of ``sizes.PAPERS``), with words at the foot of each page and a logo.

    ``logo`` is a PNG or JPEG picture, shown at the top of the first page. ``large_print`` is for
    somebody who reads with difficulty (R66). A letter has its address in the ``window`` of the envelope: the key of
    ``letter.WINDOWS``. ``saves_page``: set somewhat smaller where that spares a last page with little on it; it takes a
    second setting, so only where it is likely. ``fills_page``: set larger, with wider gaps, where it leaves much of its
    only page empty. ``design`` is what a drawn paper needs; of the others it gives the
    colours. ``sisters`` are the same text in other languages, which stand beside it on slides.
    """

    document: Document
    paper: str = USUAL
    footer: str = ""
    logo: bytes | None = None
    large_print: bool = False
    design: "Design | None" = None
    window: str = "right"
    sisters: tuple[Document, ...] = ()
    saves_page: bool = False
    fills_page: bool = False

    @property
    def colours(self) -> Colours:
        """Those of the partnership where its design is known, else those of the house."""
        return self.design.identity.colours if self.design else HOUSE
