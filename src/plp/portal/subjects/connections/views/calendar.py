"""My calendar: a secret address that a calendar program reads, and what it answers."""

from datetime import timedelta
from itertools import chain

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from plp.connections.calendar_links import create_calendar_token, end_calendar_link, person_of_calendar_token
from plp.connections.queries import has_calendar_link
from plp.delivery import pages
from plp.evening.calendar import CalendarEntry, calendar_file, meeting_calendar_entry
from plp.evening.queries import meetings_led_or_invited_to
from plp.followup.models import FollowUpMeeting
from plp.followup.queries.meetings import meetings_in_scope
from plp.followup.states import FollowUpMeetingState
from plp.mandates.models import Shift
from plp.mandates.rota_queries import shifts_of
from plp.portal.shell.codes import load_sealed, store_sealed
from plp.portal.shell.files import download
from plp.portal.shell.guards import own_data, public
from plp.portal.shell.requests import PortalRequest

SHOWN_ONCE = "connections.calendar"
PAST = timedelta(days=90)


@own_data
def show_or_create_calendar_link(request: PortalRequest) -> HttpResponse:
    """Ask for an address, for a new one, or for none."""
    person = request.person or request.member
    if request.method == "POST" and person is not None:
        store_sealed(request, SHOWN_ONCE, {"words": create_calendar_token(person=person, by=person, at=request.at)})
        return redirect("connections:calendar")
    words = load_sealed(request, SHOWN_ONCE).get("words", "")
    request.session.pop(SHOWN_ONCE, None)
    url = settings.ORIGIN + reverse("connections:feed", args=[words]) if words else ""
    return render(request, "connections/calendar.html", {"url": url, "has_one": has_calendar_link(person)})


@own_data
@require_POST
def end_own_calendar_link(request: PortalRequest) -> HttpResponse:
    """Let no address open it any more."""
    person = request.person or request.member
    if person is not None:
        end_calendar_link(person=person, by=person, at=request.at)
        messages.success(request, _("Ended. The address opens nothing any more."))
    return redirect("connections:calendar")


@public
@require_safe
def calendar_feed(request: PortalRequest, words: str) -> HttpResponse:
    """The meetings that the owner of the secret may see now, and their hours on call: nobody's name, no agenda."""
    person = person_of_calendar_token(words)
    if person is None:
        raise Http404
    since = request.at - PAST
    with override(person.language):
        evenings = meetings_led_or_invited_to(person, since=since, at=request.at)
        talks = meetings_in_scope(person, at=request.at).filter(starts_at__gte=since)
        slots = chain(
            (meeting_calendar_entry(one, person.language) for one in evenings),
            (_meeting_entry(one, person.language) for one in talks),
            (_on_call_entry(shift, person.language) for shift in shifts_of(person, since=since)),
        )
        made = calendar_file(slots, calendar_name="PLP")
    return download(made, name="calendar.ics", content_type="text/calendar; charset=utf-8")


def _on_call_entry(shift: Shift, language: str) -> CalendarEntry:
    return CalendarEntry(
        key=str(shift.pk),
        noted_at=shift.starts_at,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        title=_("On call: %s") % shift.rota.area.name(language),
        place="",
        url=pages.ROTA.link(shift.rota.area_id),
    )


def _meeting_entry(meeting: FollowUpMeeting, language: str) -> CalendarEntry:
    return CalendarEntry(
        key=str(meeting.pk),
        noted_at=meeting.convened_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=_("Coordinator and police: %s") % meeting.partnership.name(language),
        place=meeting.place,
        url=settings.ORIGIN + reverse("followup:meeting", args=[meeting.partnership.key, meeting.pk]),
        is_cancelled=meeting.state == FollowUpMeetingState.CANCELLED,
        sequence=meeting.sequence,
    )
