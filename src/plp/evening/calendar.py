"""Meetings for somebody's own calendar (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst

from plp.evening.letters import public_meeting_url
from plp.evening.models import Meeting
from plp.evening.states import MeetingState, Purpose
from plp.toolbox.lazy_import import lazy_import

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = lazy_import("icalendar")

REFRESH = timedelta(hours=12)


@dataclass(frozen=True)
class CalendarEntry:
    """What stands in a calendar. ``sequence`` is higher after each change: calendars follow the highest."""

    key: str
    noted_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    url: str
    is_cancelled: bool = False
    sequence: int = 0


def calendar_file(slots: Iterable[CalendarEntry], *, calendar_name: str = "") -> bytes:
    """An .ics file; what was cancelled takes itself out of the calendar.

    ``calendar_name`` makes it a calendar to subscribe to, which programs read again twice a day.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//PLP//evening//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if calendar_name:
        calendar.add("x-wr-calname", calendar_name)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for slot in slots:
        calendar.add_component(_calendar_event(slot))
    return bytes(calendar.to_ical())


def meeting_calendar_entry(meeting: Meeting, language: str) -> CalendarEntry:
    """A meeting to which people were invited, in ``language``."""
    is_cancelled = meeting.state == MeetingState.CANCELLED
    return CalendarEntry(
        key=str(meeting.pk),
        noted_at=meeting.convened_at or meeting.starts_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=meeting_title(meeting, language),
        place=f"{meeting.place_in(language)}, {meeting.street_in(language)}",
        url=public_meeting_url(meeting),
        is_cancelled=is_cancelled,
        sequence=int(is_cancelled),
    )


def meeting_title(meeting: Meeting, language: str) -> str:
    """What a calendar or a list of news calls a meeting, in ``language``."""
    with translation.override(language):
        kind = str(Purpose(meeting.purpose).label)
    return f"{capfirst(kind)}, {meeting.partnership.name(language)}"


def _calendar_event(slot: CalendarEntry) -> "icalendar.Event":
    event = icalendar.Event()
    event.add("uid", f"{slot.key}@{urlsplit(settings.ORIGIN).hostname}")
    event.add("dtstamp", slot.noted_at)
    event.add("dtstart", slot.starts_at)
    event.add("dtend", slot.ends_at)
    event.add("summary", slot.title)
    event.add("location", slot.place)
    event.add("url", slot.url)
    event.add("status", "CANCELLED" if slot.is_cancelled else "CONFIRMED")
    event.add("sequence", slot.sequence)
    return event
