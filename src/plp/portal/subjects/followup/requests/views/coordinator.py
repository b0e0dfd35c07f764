"""The coordinator asks the police, and reads what they answer (R52, R129)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.followup.actions import requests
from plp.followup.queries.requests import explanations_in_scope, requests_in_scope
from plp.followup.rules.days import working_days_after
from plp.followup.rules.terms import REQUEST_DAYS
from plp.followup.states import RequestState
from plp.mandates.grants import Permission
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.choices import PlaceChoice
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.followup.requests.forms import AskPoliceForm
from plp.toolbox.clock import local

ASK = Permission.REQUEST_ASK
SHOWN = 50


@needs(ASK)
def own_requests(request: StaffRequest) -> HttpResponse:
    """What one asked: what waits first, then the last ones that ended; and what the police explained."""
    mine = requests_in_scope(request.person, ASK, at=request.at)
    ended = mine.exclude(state=RequestState.OPEN).order_by("-ended_at")[:SHOWN]
    explained = explanations_in_scope(request.person, ASK, at=request.at)[:SHOWN]
    context = {
        "waiting": [(one, one.partnership.name()) for one in mine.filter(state=RequestState.OPEN)],
        "ended": [(one, one.partnership.name()) for one in ended],
        "explained": [(one, one.partnership.name()) for one in explained],
        "choices": [
            PlaceChoice(one.name(), reverse("followup:requests:ask", args=[one.key]))
            for one in partnerships_in_scope(request.person, ASK, at=request.at).order_by("key")
        ],
        "one_url": "followup:requests:asked_one",
        "at": request.at,
    }
    return render(request, "followup/requests/asked.html", context)


@needs(ASK)
def ask_police(request: StaffRequest, key: str) -> HttpResponse:
    """A new request: subject, words, and a day that we propose."""
    partnership = get_object_or_404(partnerships_in_scope(request.person, ASK, at=request.at), key=key)
    language = get_language() or "fr"
    usual = local(working_days_after(request.at, REQUEST_DAYS)).date()
    form = AskPoliceForm(request.POST or None, initial={"due_on": usual})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        asked = requests.ask_police_and_notify(
            partnership=partnership, language=language, by=request.person, at=request.at, **given
        )
        return success(
            request,
            _("Sent to the police. You get an e-mail when they answer."),
            "followup:requests:asked_one",
            asked.pk,
        )
    return render(request, "followup/requests/ask.html", {"form": form, "name": partnership.name(language)})


@needs(ASK)
def own_request_page(request: StaffRequest, key: UUID) -> HttpResponse:
    """One request, and what the police said."""
    asked = get_object_or_404(requests_in_scope(request.person, ASK, at=request.at), pk=key)
    context = {"asked": asked, "name": asked.partnership.name(), "at": request.at}
    return render(request, "followup/requests/asked_one.html", context)
