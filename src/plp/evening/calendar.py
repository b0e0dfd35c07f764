"""Meetings for somebody's own calendar (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.text import capfirst

from plp.evening.letters import public_url
from plp.evening.models import Meeting
from plp.evening.states import Purpose, State
from plp.toolbox.lazily import lazily

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = lazily("icalendar")

REFRESH = timedelta(hours=12)


def ical(meetings: Iterable[Meeting], language: str, *, name: str = "") -> bytes:
    """The meetings as an .ics file; a cancelled one takes itself out of the calendar.

    ``name`` makes it a calendar to subscribe to, which programs read again twice a day.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//PLP//evening//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for meeting in meetings:
        calendar.add_component(_event(meeting, language))
    return bytes(calendar.to_ical())


def title_of(meeting: Meeting, language: str) -> str:
    """What a calendar or a list of news calls a meeting; the kind is in the language that is switched on."""
    return f"{capfirst(str(Purpose(meeting.purpose).label))}, {meeting.partnership.name(language)}"


def _event(meeting: Meeting, language: str) -> "icalendar.Event":
    event = icalendar.Event()
    event.add("uid", f"{meeting.pk}@{urlsplit(settings.ORIGIN).hostname}")
    event.add("dtstamp", meeting.convened_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", title_of(meeting, language))
    event.add("location", f"{meeting.place}, {meeting.street}")
    event.add("url", public_url(meeting))
    event.add("status", "CANCELLED" if meeting.state == State.CANCELLED else "CONFIRMED")
    event.add("sequence", 1 if meeting.state == State.CANCELLED else 0)
    return event
