"""A meeting for somebody's own calendar (iCalendar, RFC 5545)."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from plp.followup.models import FollowUpMeeting
from plp.followup.states import FollowUpMeetingState
from plp.portal.subjects.followup.scope import language
from plp.toolbox.lazy_import import lazy_import

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = lazy_import("icalendar")


def meeting_ics(meeting: FollowUpMeeting) -> bytes:
    """The meeting as an .ics file in the language of the page; a later state replaces an earlier one."""
    is_cancelled = meeting.state == FollowUpMeetingState.CANCELLED
    event = icalendar.Event()
    event.add("uid", f"{meeting.pk}@{urlsplit(settings.ORIGIN).hostname}")
    event.add("dtstamp", meeting.convened_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", _("Coordinator and police: %s") % meeting.partnership.name(language()))
    event.add("location", meeting.place)
    event.add("description", meeting.agenda)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("sequence", meeting.sequence)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//PLP//exchange//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
