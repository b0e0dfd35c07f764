"""What is true of firms: their number, their name, and when they are open. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime, time

from django.utils.translation import gettext_lazy as _

from plp.people.rules import NAME_LENGTH
from plp.toolbox.clock import local
from plp.toolbox.moves import Refused
from plp.wording.disguise import is_undisguised

SPAN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
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

    sentence = _("Give both hours of a day, or leave both empty if it is closed.")


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


def clean_hours(hours: Sequence[tuple[time | None, time | None]]) -> list[str]:
    """The hours of a week as they are kept; nothing where no day is told. Raises ``BadHours``."""
    if len(hours) != DAYS_OF_WEEK or any((first is None) != (last is None) for first, last in hours):
        raise BadHours
    spans = [f"{first:%H:%M}-{last:%H:%M}" if first is not None and last != first else "" for first, last in hours]
    return spans if any(spans) else []


def parse_opening_span(span: str) -> tuple[time, time] | None:
    """Opening and closing of one day as it is kept; ``None``: closed."""
    match = SPAN.fullmatch(span)
    return (time.fromisoformat(match[1]), time.fromisoformat(match[2])) if match else None


def is_firm_open(hours: Sequence[str], at: datetime) -> bool:
    """Whether a firm with these hours is open on a Belgian clock. A night shop closes after midnight: hours may run
    over it. A firm that told no hours is never known to be open.
    """
    if not hours:
        return False
    here = local(at)
    today, yesterday = parse_opening_span(hours[here.weekday()]), parse_opening_span(hours[here.weekday() - 1])
    wall = here.time()
    if today and (today[0] <= wall < today[1] if today[0] < today[1] else wall >= today[0]):
        return True
    return bool(yesterday and yesterday[0] > yesterday[1] and wall < yesterday[1])
