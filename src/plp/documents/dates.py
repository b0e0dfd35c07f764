"""Days, hours and lengths of time in the words of the active language, for pages, letters and papers alike."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.utils import dateformat
from django.utils.formats import get_format
from django.utils.timesince import TIME_STRINGS, timesince
from django.utils.translation import get_language, ngettext, ngettext_lazy

MINUTE = timedelta(minutes=1)
LENGTHS: Any = {
    **TIME_STRINGS,
    "year": ngettext_lazy("%(num)d year", "%(num)d years", "num"),
}  # in French an, not année


class InWords(dateformat.DateFormat):
    """Django's formats, but in French the first of a month is ``1er``, and an hour is written as in a sentence."""

    def j(self) -> Any:
        """The day of the month without a leading zero."""
        day = super().j()
        return "1er" if day == 1 and get_language() == "fr" else day

    def P(self) -> str:  # noqa: N802 - the letter of the format
        """The hour."""
        moment: Any = self.data
        return hour_text(moment)


def date_format(value: date, form: str) -> str:
    """A day, or a moment on the clock it is given on, in a format of ``server/formats`` or of Django."""
    if isinstance(value, datetime):
        return InWords(value).format(get_format(form).replace("H:i", "P"))
    return _cached_day_text(value, form, get_language())


@lru_cache(maxsize=4096)
def _cached_day_text(day: date, form: str, _language: str | None) -> str:
    """A list names the same days again and again."""
    return InWords(day).format(get_format(form))


def hour_text(value: time | datetime) -> str:
    """An hour as one writes it in a sentence: ``19 h 30``, ``19.30 uur``, ``19 Uhr``, ``19:00``."""
    return dateformat.time_format(value, get_format("HOUR_MINUTE_FORMAT" if value.minute else "HOUR_FORMAT"))


def duration_text_in_largest_unit(first: datetime, last: datetime) -> str:
    """How long it was between two moments, in its largest unit alone."""
    if last - first < MINUTE:
        seconds = max(0, int((last - first).total_seconds()))
        return ngettext("%(number)d second", "%(number)d seconds", seconds) % {"number": seconds}
    return timesince(first, last, time_strings=LENGTHS, depth=1)
