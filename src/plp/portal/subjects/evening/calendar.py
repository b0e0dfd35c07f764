"""A meeting for somebody's own calendar (iCalendar, RFC 5545)."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.text import capfirst

from plp.evening.letters import public_url
from plp.evening.models import Meeting
from plp.evening.states import Purpose, State
from plp.portal.subjects.evening.scope import language
from plp.toolbox.lazily import lazily

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = lazily("icalendar")


def ical(meeting: Meeting) -> bytes:
    """The meeting as an .ics file in the language of the page; a cancelled one takes itself out of the calendar."""
    event = icalendar.Event()
    event.add("uid", f"{meeting.pk}@{urlsplit(settings.ORIGIN).hostname}")
    event.add("dtstamp", meeting.convened_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    title = capfirst(str(Purpose(meeting.purpose).label))
    event.add("summary", f"{title}, {meeting.partnership.name(language())}")
    event.add("location", f"{meeting.place}, {meeting.street}")
    event.add("url", public_url(meeting))
    event.add("status", "CANCELLED" if meeting.state == State.CANCELLED else "CONFIRMED")
    event.add("sequence", 1 if meeting.state == State.CANCELLED else 0)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//PLP//evening//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
