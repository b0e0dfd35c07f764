"""Advice on the organisation of messages beside a plan (R54), and preventive working through the year (R55)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.mandates.grants import Permission
from plp.notices import actions as notices
from plp.notices.queries.guidance import current_communication_plan_advice, quarters_by_last_preventive_notice
from plp.notices.subjects import preventive_subjects_of_month
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.notices.forms import quarter_label
from plp.portal.subjects.notices.guidance.forms import AdviceForm
from plp.toolbox.clock import local

ADVISE, WRITE = Permission.PLAN_ADVISE, Permission.NOTICE_WRITE


@needs(ADVISE)
def list_and_give_advice(request: StaffRequest, key: str) -> HttpResponse:
    """What the police advise the coordinator of a quarter; add to it."""
    partnership = get_object_or_404(partnerships_in_scope(request.person, ADVISE, at=request.at), key=key)
    form = AdviceForm(request.POST or None)
    if form.is_valid():
        notices.create_communication_plan_advice(
            partnership=partnership, **form.cleaned_data, by=request.person, at=request.at
        )
        return success(
            request, _("The advice is on the plan page of the neighbourhood."), "notices:guidance:advice", key
        )
    context = {
        "partnership": partnership,
        "quarter": partnership.name(),
        "given": current_communication_plan_advice(partnership),
        "form": form,
    }
    return render(request, "notices/advice.html", context)


@needs(ADVISE)
@require_POST
def take_advice_back(request: StaffRequest, key: str, given: UUID) -> HttpResponse:
    """Take an advice off the plan page."""
    partnership = get_object_or_404(partnerships_in_scope(request.person, ADVISE, at=request.at), key=key)
    found = get_object_or_404(current_communication_plan_advice(partnership), pk=given)
    notices.withdraw_communication_plan_advice(recommendation=found, by=request.person, at=request.at)
    return success(request, _("The advice is removed from the plan page."), "notices:guidance:advice", key)


@needs(WRITE)
def prevention_overview(request: StaffRequest) -> HttpResponse:
    """What helps this season, and which quarter has not heard a preventive word for longest."""
    language = get_language() or "fr"
    quarters = [
        (one, quarter_label(one, language)) for one in quarters_by_last_preventive_notice(request.person, at=request.at)
    ]
    season = preventive_subjects_of_month(local(request.at).month)
    return render(request, "notices/prevention.html", {"quarters": quarters, "season": season})
