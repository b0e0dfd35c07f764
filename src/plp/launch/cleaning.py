"""What may be typed into the groundwork: plain words of a limited length, days that have been. Pure."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from plp.toolbox.clock import local
from plp.toolbox.moves import Refused
from plp.toolbox.words import BadWords, tidy

__all__ = ["BadWords", "FutureDay", "past", "tidy"]


class FutureDay(Refused):
    """What is noted has happened."""

    sentence = _("This day is still to come. Note it once it has been.")


def past(day: date, *, at: datetime) -> date:
    """The day, when it is not after that of ``at`` on a Belgian clock. Raises ``FutureDay``."""
    if day > local(at).date():
        raise FutureDay
    return day
