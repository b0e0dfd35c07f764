"""What waits, said so that a volunteer understands it: the room that had it sent, the quarter, the means."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, npgettext

from plp.charter.kinds import KINDS
from plp.delivery.installed import channels
from plp.delivery.models import Message
from plp.places.models import Area

MINUTE, HOUR, DAY = 60, 3_600, 86_400  # seconds

ABOUT = {  # by the first word of the purpose of a message
    "notice": _("a message from the police"),
    "notices": _("a reminder that a message is waiting"),
    "people": _("a code, or a note about somebody’s contacts"),
    "partnership": _("membership and offices"),
    "launch": _("an idea, or steps of a launch"),
    "survey": _("a survey"),
    "evening": _("a meeting"),
    "charter": _("the charter or the rules"),
    "evaluation": _("the yearly report"),
    "exchange": _("a message that another zone offers"),
    "followup": _("dates and agreements"),
    "measures": _("a measure"),
    "question": _("a question"),
    "sighting": _("a report to the police"),
}


@dataclass(frozen=True)
class OutboxMessageLine:
    """One message that waits, with what it is about and where."""

    message: Message
    about: Any
    where: str


def purpose_label(purpose: str) -> Any:
    """What a message is about: of one of the police its kind, else the room that had it sent."""
    room, _dot, word = purpose.partition(".")
    return KINDS[word].label if room == "notice" and word in KINDS else ABOUT.get(room, purpose)


def message_lines(messages: Iterable[Message], language: str) -> list[OutboxMessageLine]:
    """Lines of the list; the names of all areas by one query."""
    found = list(messages)
    areas = Area.objects.filter(path__in={one.area for one in found if one.area}).defer("boundary", "outline")
    names = {area.path: area.bilingual_name(language) for area in areas}
    return [OutboxMessageLine(one, purpose_label(one.purpose), names.get(one.area, "")) for one in found]


def waiting_by_channel(figures: dict[str, dict[str, int]]) -> list[tuple[Any, int]]:
    """How many copies wait, by the name of each means."""
    installed = channels()
    return [
        (installed[key].label if key in installed else key, sum(states.values())) for key, states in figures.items()
    ]


def duration_in_words(seconds: int) -> str:
    """A length of time, rounded up, in the largest unit of which it holds two: "7 minutes"."""
    if seconds >= 2 * DAY:
        days = -(-seconds // DAY)
        return npgettext("within, after", "%d day", "%d days", days) % days  # German: the dative
    if seconds >= 2 * HOUR:
        hours = -(-seconds // HOUR)
        return ngettext("%d hour", "%d hours", hours) % hours
    if seconds >= 2 * MINUTE:
        minutes = -(-seconds // MINUTE)
        return ngettext("%d minute", "%d minutes", minutes) % minutes
    return ngettext("%d second", "%d seconds", seconds) % seconds
