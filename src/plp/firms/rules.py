"""What is true of firms: their number, their name, and when they are open. Pure."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.people.rules import NAME_LENGTH
from plp.toolbox.clock import BRUSSELS, local
from plp.toolbox.moves import Refused
from plp.toolbox.words import join_with_semicolons
from plp.wording.disguise import is_undisguised

SPAN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
HOUR = re.compile(r"(\d{1,2})(?:\s*(?:uur|uhr|[:.hu])\s*(\d\d))?(?:\s*(?:uur|uhr|[hu])\b)?(?!\d)")
BETWEEN_HOURS = re.compile(r"(?:[\s,;/&+\-\u2013\u2014]|\b(?:from|to|until|and|de|à|et|van|tot|en|von|bis|und)\b)*")
MIDNIGHT = time()
MOST_SPANS = 2  # of a day: before and after a break
DAYS_OF_WEEK = 7


class BadEnterpriseNumber(Refused):
    """Not ten digits whose last two are right."""

    sentence = _("This is no enterprise number: ten digits such as 0123.456.749. Check each digit.")


class NoEnterpriseNumber(BadEnterpriseNumber):
    """Nothing is written where the number should stand."""

    sentence = _("The enterprise number is missing: ten digits such as 0123.456.749. It stands on each invoice.")


class BadFirmName(Refused):
    """Empty, too long, or with signs that hide others."""

    sentence = _("Write the name of the firm, at most 120 characters.")


class BadHours(Refused):
    """Not seven days, or an hour that is none."""

    sentence = _("Write when you open and close, such as 9-18 or 9-12 13:30-18. Leave the day empty if it is closed.")


def clean_enterprise_number(written: str) -> str:
    """The ten digits, from a number as people write it: with ``BE``, spaces, dots or strokes, or without its first 0.

    The last two digits are 97 less the rest of the others by 97 (``stdnum.be.vat``). Raises ``NoEnterpriseNumber`` or
    ``BadEnterpriseNumber``.
    """
    if not written.strip():
        raise NoEnterpriseNumber
    from stdnum.be import vat  # noqa: PLC0415 - heavy, and wanted for what is typed
    from stdnum.exceptions import ValidationError  # noqa: PLC0415 - as above

    try:
        number = str(vat.validate(re.sub(r"[^0-9A-Za-z]", "", written)))
    except ValidationError:
        raise BadEnterpriseNumber from None
    return number


def formatted_number(number: str) -> str:
    """``0123.456.749``: as papers of a firm show it."""
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"


def clean_firm_name(name: str) -> str:
    """The name with single spaces; what firms write (``&``, ``+``, figures) is let be. Raises ``BadFirmName``."""
    name = " ".join(name.split())
    if not any(sign.isalpha() for sign in name) or len(name) > NAME_LENGTH or not is_undisguised(name):
        raise BadFirmName
    return name


def clean_hours(hours: Sequence[str]) -> list[str]:
    """The hours of a week as they are kept, from seven days as people write them; nothing where no day is told.

    Raises ``BadHours``.
    """
    if len(hours) != DAYS_OF_WEEK:
        raise BadHours
    days = [clean_day_hours(written) for written in hours]
    return days if any(days) else []


def clean_day_hours(written: str) -> str:
    """``9-12 13.30-18`` or ``9u tot 18u`` as it is kept: ``09:00-12:00 13:30-18:00``; empty: closed.

    One span, or two with a break between them. A night shop closes after midnight; ``0-24`` is the whole day. Raises
    ``BadHours``.
    """
    written = written.strip().lower()
    if not BETWEEN_HOURS.fullmatch(HOUR.sub(" ", written)):
        raise BadHours
    moments = [_clock_time(match[1], match[2]) for match in HOUR.finditer(written)]
    spans = list(zip(moments[::2], moments[1::2], strict=False))
    if len(moments) % 2 or len(spans) > MOST_SPANS or any(first == last != MIDNIGHT for first, last in spans):
        raise BadHours
    if len(spans) == MOST_SPANS and not spans[0][0] < spans[0][1] < spans[1][0]:
        raise BadHours
    return " ".join(f"{first:%H:%M}-{last:%H:%M}" for first, last in spans)


def _clock_time(hour: str, minute: str | None) -> time:
    """Twenty-four o'clock is midnight. Raises ``BadHours``."""
    try:
        return MIDNIGHT if (int(hour), int(minute or 0)) == (24, 0) else time(int(hour), int(minute or 0))
    except ValueError:
        raise BadHours from None


def parse_opening_spans(day: str) -> list[tuple[time, time]]:
    """Opening and closing of one day as it is kept, before and after a break; none: closed."""
    return [(time.fromisoformat(match[1]), time.fromisoformat(match[2])) for match in SPAN.finditer(day)]


def is_firm_open(hours: Sequence[str], at: datetime) -> bool:
    """Whether a firm with these hours is open on a Belgian clock. A night shop closes after midnight: hours may run
    over it. A firm that told no hours is never known to be open.
    """
    if not hours:
        return False
    here = local(at)
    wall = here.time()
    today, yesterday = parse_opening_spans(hours[here.weekday()]), parse_opening_spans(hours[here.weekday() - 1])
    return any(first <= wall < last if first < last else wall >= first for first, last in today) or any(
        first > last > wall for first, last in yesterday
    )


def next_opening(hours: Sequence[str], at: datetime) -> datetime | None:
    """When a firm with these hours opens next after ``at`` (UTC); ``None`` where it told none."""
    days = (local(at).date() + timedelta(days=ahead) for ahead in range(DAYS_OF_WEEK + 1))
    openings = (
        datetime.combine(day, first, BRUSSELS).astimezone(UTC)
        for day in days
        for first, _last in (parse_opening_spans(hours[day.weekday()]) if hours else ())
    )
    return next((moment for moment in openings if moment > at), None)


def day_hours_in_words(day: str) -> str:
    """One day as people read it: ``9:00-12:00, 13:30-18:00``; empty: closed."""
    return ", ".join(
        f"{first.hour}:{first:%M}\N{EN DASH}{last.hour}:{last:%M}" for first, last in parse_opening_spans(day)
    )


def opening_sentence(hours: Sequence[str]) -> str:
    """``Open: Mon–Fri 9:00–18:00`` in the active language; empty where no hours were told."""
    words = opening_hours_in_words(hours)
    return _("Open: %(hours)s") % {"hours": words} if words else ""


def opening_hours_in_words(hours: Sequence[str]) -> str:
    """A week in the active language, days with the same hours together; empty where none were told."""
    parts, start = [], 0
    for number in range(1, len(hours) + 1):
        if number == len(hours) or hours[number] != hours[start]:
            first, last = str(WEEKDAYS_ABBR[start]), str(WEEKDAYS_ABBR[number - 1])
            days = first if first == last else f"{first}\N{EN DASH}{last}"
            if hours[start]:
                parts.append(f"{days} {day_hours_in_words(hours[start])}")
            start = number
    return join_with_semicolons(parts, get_language())
