"""The decision aid: an officer answers a few questions, the zone's model proposes, the officer decides (R109, R133)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.mandates.grants import Permission
from plp.notices import actions as notices
from plp.notices.queries.guidance import withholding_counts_of_year
from plp.notices.queries.reach import active_partnerships_of_writer
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.notices.guidance.aid import CountWithholdingForm, SituationFactsForm, build_proposal

WRITE = Permission.NOTICE_WRITE


@needs(WRITE)
def ask_facts_and_propose_message(request: StaffRequest) -> HttpResponse:
    """The questions; after the answers the proposal under them. Nothing of it is kept."""
    language = get_language() or "fr"
    quarters = active_partnerships_of_writer(request.person, at=request.at)
    form = SituationFactsForm(request.POST or None, quarters=quarters, language=language)
    shown = build_proposal(form, quarters, language) if form.is_valid() else None
    withhold = CountWithholdingForm(
        quarters=quarters, language=language, initial={"partnership": shown.place} if shown else {}
    )
    counts = withholding_counts_of_year(request.person, at=request.at)
    context = {"form": form, "proposal": shown, "withhold": withhold, "counts": counts}
    return render(request, "notices/aid.html", context)


@needs(WRITE)
@require_POST
def count_withholding(request: StaffRequest) -> HttpResponse:
    """Count that nothing is sent, with one of two reasons and no fact (R76)."""
    quarters = active_partnerships_of_writer(request.person, at=request.at)
    form = CountWithholdingForm(request.POST, quarters=quarters, language=get_language() or "fr")
    if not form.is_valid():
        return render(request, "notices/withhold.html", {"withhold": form})
    notices.count_one_withheld_message(**form.cleaned_data, by=request.person, at=request.at)
    return success(request, _("Counted: no message. Nothing about the case is kept."), "notices:desk:desk")
