"""The test message: the police write it in one click, and its figures show whom it reached (R131)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from plp.followup.actions import trials
from plp.followup.queries.trials import trial_result, trials_in_scope
from plp.mandates.grants import Permission
from plp.partnership.gates import OVER
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.choices import PlaceChoice
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success

WRITE, SEE = Permission.NOTICE_WRITE, Permission.DELIVERY_SEE
SHOWN = 50


@needs(SEE)
def list_test_messages(request: StaffRequest) -> HttpResponse:
    """The tests of one's partnerships, the newest first; the police may begin another."""
    found = trials_in_scope(request.person, at=request.at)[:SHOWN]
    context = {
        "trials": [(one, one.notice.partnership.name()) for one in found],
        "choices": [
            PlaceChoice(one.name(), reverse("followup:requests:prepare", args=[one.key]))
            for one in partnerships_in_scope(request.person, WRITE, at=request.at)
            .exclude(state__in=OVER)
            .order_by("key")
        ],
    }
    return render(request, "followup/requests/trials.html", context)


@needs(WRITE)
def explain_and_submit_trial(request: StaffRequest, key: str) -> HttpResponse:
    """What happens with a test, then the test."""
    partnership = get_object_or_404(partnerships_in_scope(request.person, WRITE, at=request.at), key=key)
    if request.method == "POST":
        trials.submit_trial(partnership=partnership, by=request.person, at=request.at)
        return success(
            request,
            _("The test is written. A colleague releases it, the coordinator passes it on."),
            "followup:requests:trials",
        )
    return render(request, "followup/requests/prepare.html", {"name": partnership.name()})


@needs(SEE)
def test_message_result_page(request: StaffRequest, key: UUID) -> HttpResponse:
    """How many members it reached."""
    trial = get_object_or_404(trials_in_scope(request.person, at=request.at), pk=key)
    name = trial.notice.partnership.name()
    return render(
        request, "followup/requests/trial.html", {"trial": trial, "name": name, "result": trial_result(trial)}
    )
