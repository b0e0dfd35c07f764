"""Drawn letters to the doors of a street: a page a language, the address in the window; then the doors to tick off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plp.documents.designs import PRELUDES, Design, template_path
from plp.documents.letter import ADDRESS_HEIGHT, ADDRESS_TOP, ADDRESS_WIDTH, WINDOWS
from plp.documents.paper import PrintOrder, drawn_content
from plp.documents.sizes import PAPERS
from plp.documents.tagged_pdf import Sheet, render_pdfs


@dataclass(frozen=True)
class DoorLetter:
    """The letter in one language: its ``order`` with the ``design`` it is drawn by, and who writes, line by line."""

    order: PrintOrder
    design: Design
    sender: Sequence[str]


@dataclass(frozen=True)
class Round:
    """Whoever carries the letters: the street, how many there are, and the doors to tick off."""

    title: str
    words: str
    doors: Sequence[str]


def door_letters_pdf(
    letters: Sequence[DoorLetter], addresses: Sequence[Sequence[Sequence[str]]], carried: Round, *, at: datetime
) -> bytes:
    """Each of ``letters`` for each door, then the doors to tick off, as PDF/UA-1.

    ``addresses`` holds for each door its lines in the language of each letter. Raises as ``documents.pdf``.
    """
    first = letters[0].order
    drawn = [{**drawn_content(letter.order, letter.design), "sender": list(letter.sender)} for letter in letters]
    window = {"left": WINDOWS[first.window], "top": ADDRESS_TOP, "width": ADDRESS_WIDTH, "height": ADDRESS_HEIGHT}
    checklist = {"title": carried.title, "words": carried.words, "doors": list(carried.doors)}
    content = {**drawn[0], "letters": drawn, "window": window, "doors": addresses, "checklist": checklist}
    template = template_path(PAPERS[first.paper].design)
    sheet = Sheet(template, content, first.document.language, first.document.title, PRELUDES)
    return render_pdfs([sheet], at=at)[0]
