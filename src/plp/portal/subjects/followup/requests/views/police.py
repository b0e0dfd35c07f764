"""The police answer requests, and explain why no message came (R52, R112, R129)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.followup.actions import explanations, requests
from plp.followup.queries.overdue import overdue_feedback
from plp.followup.queries.requests import explanations_in_scope, requests_in_scope
from plp.followup.states import RequestState
from plp.mandates.grants import Permission
from plp.partnership.gates import OVER
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.choices import PlaceChoice
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.followup.requests.forms import AnswerRequestForm, ExplainForm
from plp.toolbox.clock import local

ANSWER = Permission.REQUEST_ANSWER
SHOWN = 50


@needs(ANSWER)
def request_list(request: StaffRequest) -> HttpResponse:
    """What waits for an answer, feedback that is late, what ended, and what was explained."""
    mine = requests_in_scope(request.person, ANSWER, at=request.at)
    ended = mine.exclude(state=RequestState.OPEN).order_by("-ended_at")[:SHOWN]
    explained = explanations_in_scope(request.person, ANSWER, at=request.at)[:SHOWN]
    context = {
        "waiting": [(one, one.partnership.name()) for one in mine.filter(state=RequestState.OPEN)],
        "late": [(one, one.notice.partnership.name()) for one in overdue_feedback(request.person, at=request.at)],
        "ended": [(one, one.partnership.name()) for one in ended],
        "explained": [(one, one.partnership.name()) for one in explained],
        "choices": [
            PlaceChoice(one.name(), reverse("followup:requests:explain", args=[one.key]))
            for one in partnerships_in_scope(request.person, ANSWER, at=request.at)
            .exclude(state__in=OVER)
            .order_by("key")
        ],
        "one_url": "followup:requests:police_one",
        "at": request.at,
    }
    return render(request, "followup/requests/police.html", context)


@needs(ANSWER)
def show_and_answer_request(request: StaffRequest, key: UUID) -> HttpResponse:
    """One request: answer it, or say no with a reason."""
    asked = get_object_or_404(requests_in_scope(request.person, ANSWER, at=request.at), pk=key)
    form = AnswerRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words, reason = form.cleaned_data["words"], form.cleaned_data["reason"]
        if form.cleaned_data["outcome"] == "refuse":
            requests.refuse_request_and_notify(
                request=asked, reason=reason, words=words, by=request.person, at=request.at
            )
        else:
            requests.answer_request_and_notify(request=asked, words=words, by=request.person, at=request.at)
        return success(request, _("Sent. The coordinator gets an e-mail."), "followup:requests:police")
    context = {"asked": asked, "form": form, "name": asked.partnership.name(), "at": request.at}
    return render(request, "followup/requests/police_one.html", context)


@needs(ANSWER)
def explain_inaction(request: StaffRequest, key: str) -> HttpResponse:
    """Why the partnership was not activated, without a detail."""
    partnership = get_object_or_404(partnerships_in_scope(request.person, ANSWER, at=request.at), key=key)
    language = get_language() or "fr"
    form = ExplainForm(request.POST or None, initial={"about": local(request.at).date(), "to": "coordinator"})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        explanations.explain_silence_and_notify_coordinator(
            partnership=partnership, language=language, by=request.person, at=request.at, **given
        )
        return success(request, _("Explained. The coordinator gets an e-mail."), "followup:requests:police")
    return render(request, "followup/requests/explain.html", {"form": form, "name": partnership.name(language)})
