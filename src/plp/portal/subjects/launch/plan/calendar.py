"""The dates of a partnership as an iCalendar file."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language, override

from plp.launch.queries.dates import DueDate
from plp.partnership.models import Partnership
from plp.partnership.short_names import name_with_short_word
from plp.toolbox.lazy_import import lazy_import
from plp.toolbox.texts import LANGUAGES
from plp.toolbox.words import colon

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = lazy_import("icalendar")


REFRESH = timedelta(hours=12)


def calendar_file(partnership: Partnership, dates: Sequence[DueDate], *, at: datetime) -> bytes:
    """An iCalendar of these dates, in the first language of the partnership: a calendar has no reader we know."""
    language = next((one for one in partnership.languages if one in LANGUAGES), get_language() or "fr")
    with override(language):
        calendar = icalendar.Calendar()
        calendar.add("prodid", "-//PLP//plp//")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", name_with_short_word(partnership, language))
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        for due in dates:
            calendar.add_component(_calendar_event(partnership, due, language, at))
        return bytes(calendar.to_ical())


def _calendar_event(partnership: Partnership, due: DueDate, language: str, at: datetime) -> "icalendar.Event":
    """One date: a meeting with its hours and place, or a whole day."""
    event = icalendar.Event()
    event.add("uid", f"{due.key}.{partnership.pk}@plp")
    event.add("dtstamp", at)
    event.add("dtstart", due.starts_at or due.day)
    event.add("dtend", due.ends_at or due.day + timedelta(days=1))
    event.add("summary", f"{partnership.name(language)}{colon(language)} {due.title}")
    event.add("url", f"{settings.ORIGIN}/launch/{partnership.key}/")
    if due.place:
        event.add("location", due.place)
    return event
