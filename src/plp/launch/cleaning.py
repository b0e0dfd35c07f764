"""What may be typed into the groundwork: plain words of a limited length, days that have been. Pure."""

import unicodedata
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from plp.toolbox.clock import local
from plp.toolbox.moves import Refused


class BadWords(Refused):
    """Empty, too long, or with signs that no sentence has (T24, T29)."""

    sentence = _("Write plain words here, at most %(most)d characters.")


class FutureDay(Refused):
    """What is noted has happened."""

    sentence = _("This day is still to come. Note it once it has been.")


def tidy(text: str, *, most: int, lines: bool = False, empty: bool = False) -> str:
    """The text in NFC without needless spaces, on one line unless ``lines``. Raises ``BadWords``."""
    normal = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    rows = [" ".join(row.split()) for row in (normal.split("\n") if lines else [normal])]
    whole = "\n".join(rows).strip()
    if len(whole) > most or not all(row.isprintable() for row in rows) or not (whole or empty):
        raise BadWords(most=most)
    return whole


def past(day: date, *, at: datetime) -> date:
    """The day, when it is not after that of ``at`` on a Belgian clock. Raises ``FutureDay``."""
    if day > local(at).date():
        raise FutureDay
    return day
