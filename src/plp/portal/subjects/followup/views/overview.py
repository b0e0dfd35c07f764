"""Where the exchange stands: over all one's partnerships, and for one."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from plp.followup.models import Activity
from plp.followup.queries.meetings import activities_in_scope, meetings_in_scope, unfinished_meetings
from plp.followup.queries.policies import policies_of
from plp.followup.queries.ratings import ratings_in_scope, recent_unrated_messages
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.choices import PlaceChoice
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.followup.scope import ANSWER, RATE, SERVICES, TALK, language, partnership_or_404
from plp.toolbox.clock import local

SHOWN, PER_PAGE = 20, 50


@needs(TALK)
def followup_home_page(request: StaffRequest) -> HttpResponse:
    """What waits in the meetings, activities and ratings of one's partnerships; then the partnerships."""
    here, person, at = language(), request.person, request.at
    side = Activity.Side.POLICE if RATE in request.permissions else Activity.Side.COORDINATOR
    open_ones = activities_in_scope(person, at=at).filter(done_at=None, side=side, meeting__held_at__isnull=False)
    page = Paginator(partnerships_in_scope(person, TALK, at=at).order_by("key"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "meetings": [(one, one.partnership.name(here)) for one in unfinished_meetings(person, at=at)[:SHOWN]],
        "activities": [(one, one.meeting.partnership.name(here)) for one in open_ones[:SHOWN]],
        "to_rate": recent_unrated_messages(person, at=at).count() if RATE in request.permissions else 0,
        "unread": [
            (one, one.partnership.name(here))
            for one in ratings_in_scope(person, ANSWER, at=at).filter(answered_at=None)[:SHOWN]
        ],
        "page": page,
        "choices": [PlaceChoice(one.name(here), reverse("followup:partnership", args=[one.key])) for one in page],
        "may_rate": RATE in request.permissions,
        "may_services": SERVICES in request.permissions,
        "today": local(at).date(),
    }
    return render(request, "followup/home.html", context)


@needs(TALK)
def partnership_followup_page(request: StaffRequest, key: str) -> HttpResponse:
    """One partnership: its meetings, how the exchange went, the plans it works within."""
    found, today = partnership_or_404(request, key, TALK), local(request.at).date()
    context = {
        "partnership": found,
        "name": found.name(language()),
        "meetings": meetings_in_scope(request.person, at=request.at).filter(partnership=found)[:SHOWN],
        "ratings": ratings_in_scope(request.person, TALK, at=request.at).filter(partnership=found)[:SHOWN],
        "plans": policies_of(found, begins=today, until=today),
        "may_rate": partnerships_in_scope(request.person, RATE, at=request.at).filter(pk=found.pk).exists(),
    }
    return render(request, "followup/partnership.html", context)
