"""The volunteer's round: in which order to walk, and one sheet per street to tick off."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.channels.paper.channel import Paper
from plp.channels.paper.letters import TEXTS, PaperMessage, PaperRecipient, date_text
from plp.documents.tagged_pdf import qr_code_template_data, render_pdf
from plp.toolbox.texts import text

HERE = Path(__file__).parent
ODD, EVEN, UNNUMBERED = 0, 1, 2


def sorted_in_walking_order(recipients: Sequence[PaperRecipient]) -> list[PaperRecipient]:
    """Street by street (A to Z, accents ignored): odd numbers going up, then even numbers coming back down.

    The order is the same whatever order the recipients come in.
    """
    return sorted(recipients, key=lambda person: (*_door_sort_key(person), person.street, person.name, person.language))


def round_sheet_pdf(message: PaperMessage, recipients: Sequence[PaperRecipient], *, language: str) -> bytes:
    """A tagged PDF with one A4 sheet per street for the volunteer, who reads ``language``.

    It holds door numbers and how many letters each gets, with boxes to tick; no names and no message. Raises the
    refusals of ``plp.documents.tagged_pdf``.
    """
    with translation.override(language):
        content = {
            "sender": message.sender[language],
            "when": _("Letters of %s") % date_text(message.written_at, language),
            "code": _("Check code: %s") % message.check_code,
            "outcomes": [str(outcome.label) for outcome in Paper.outcomes.values()],
            "columns": [_("Number"), _("Letters")],
            "streets": [_street_section(street, list(people)) for street, people in _group_by_street(recipients)],
            "care": text(TEXTS, "round_sheet", language),
            "by": _("Delivered by:"),
            "on": _("On:"),
            "page": qr_code_template_data(message.page),
            "page_words": _("Tick off on the screen:"),
        }
        title = _("Round sheet, %s") % message.sender[language]
    return render_pdf(HERE / "round_sheet.typ", content, language=language, title=title, at=message.written_at)


def _group_by_street(recipients: Sequence[PaperRecipient]) -> Any:
    return groupby(sorted_in_walking_order(recipients), key=lambda person: person.walk or person.street)


def _street_section(street_name: str, people: list[PaperRecipient]) -> dict[str, Any]:
    """One street of the sheet, its sides in walking order."""
    titles = {ODD: _("Odd side, going up"), EVEN: _("Even side, coming back"), UNNUMBERED: _("Without a number")}
    sides = [
        {"title": titles[side], "doors": [[house, count] for house, count in Counter(p.house for p in there).items()]}
        for side, there in ((side, list(group)) for side, group in groupby(people, key=_street_side))
    ]
    count = len(people)
    return {"name": street_name, "count": ngettext("%d letter", "%d letters", count) % count, "sides": sides}


def _street_side(person: PaperRecipient) -> int:
    number = re.match(r"\d+", person.house)
    return (EVEN if int(number[0]) % 2 == 0 else ODD) if number else UNNUMBERED


def _door_sort_key(person: PaperRecipient) -> tuple[Any, ...]:
    """The sort key of a door: street, side, number along the walk, then letter and box in natural order."""
    street = person.walk or person.street
    bare = "".join(c for c in unicodedata.normalize("NFD", street.casefold()) if not unicodedata.combining(c))
    side = _street_side(person)
    house_number = re.match(r"(\d{1,9})(.*)", person.house)
    number = int(house_number[1]) if house_number else 0
    suffix_key = [
        (part.isdecimal(), part.zfill(9) if part.isdecimal() else part)
        for part in re.findall(r"\d+|[^\d\s]+", (house_number[2] if house_number else person.house).casefold())
    ]
    return bare, street, side, -number if side == EVEN else number, suffix_key
