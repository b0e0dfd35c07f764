"""The launch, and what the neighbourhood sees of it: publications, signs and stickers (R27, R28, R147)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from plp.launch.actions import life
from plp.launch.actions.publicity import (
    record_launch_publication,
    record_sign_or_sticker_order,
    save_day_signs_were_placed,
)
from plp.launch.documents.register import documents_of_step
from plp.launch.queries.progress import step_plan_progress_of_partnership
from plp.launch.queries.records import publications_of, sign_and_sticker_orders_of
from plp.launch.rules import facts_missing_for_launch
from plp.mandates.grants import Permission
from plp.portal.shell.guards import needs
from plp.portal.shell.page_access import PageAccess
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.launch.plan import presentation, scope
from plp.portal.subjects.launch.plan.forms import DayForm, PublicationForm, SignOrderForm

NOTE = Permission.LAUNCH_NOTE


@needs(Permission.PARTNERSHIP_LEAD)
def check_and_launch(request: StaffRequest, key: str) -> HttpResponse:
    """What still lacks for the launch; when nothing does, the question and the launch."""
    partnership = scope.partnership_or_404(request, key, Permission.PARTNERSHIP_LEAD)
    if request.method == "POST":
        life.launch_partnership(partnership=partnership, by=request.person, at=request.at)
        return success(
            request, _("The partnership is launched. Write its first preventive message now."), "launch:plan:where", key
        )
    now, access = step_plan_progress_of_partnership(partnership, at=request.at), PageAccess(request, partnership)
    ready = {fact.key for state in now.open_steps for fact in state.missing}
    lacking = [
        presentation.fact_row(fact, access, is_so=False, is_ready=fact.key in ready)
        for fact in facts_missing_for_launch(now.plan, now.facts)
    ]
    more = {"lacking": lacking, "again": [one for one in now.states if one.reason]}
    return render(request, "launch/plan/opening.html", scope.page_context(partnership, **more))


@needs(NOTE)
def list_and_record_publications(request: StaffRequest, key: str) -> HttpResponse:
    """Where the launch was made known, and the signs and stickers."""
    partnership = scope.partnership_or_404(request, key, NOTE)
    form = PublicationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        record_launch_publication(partnership=partnership, **form.cleaned_data, by=request.person, at=request.at)
        return success(request, _("The publication is recorded."), "launch:plan:publicity", key)
    more = {
        "form": form,
        "publications": publications_of(partnership),
        "signs": sign_and_sticker_orders_of(partnership),
        "documents": presentation.document_links(documents_of_step("launch"), PageAccess(request, partnership)),
    }
    return render(request, "launch/plan/publicity.html", scope.page_context(partnership, **more))


@needs(NOTE)
def record_sign_order(request: StaffRequest, key: str) -> HttpResponse:
    """Record an order of signs or stickers."""
    partnership = scope.partnership_or_404(request, key, NOTE)
    form = SignOrderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        record_sign_or_sticker_order(partnership=partnership, **form.cleaned_data, by=request.person, at=request.at)
        return success(
            request, _("The order is recorded. When they are in place, enter the day."), "launch:plan:publicity", key
        )
    return render(request, "launch/plan/signs.html", scope.page_context(partnership, form=form))


@needs(NOTE)
def record_signs_placed(request: StaffRequest, key: str, pk: UUID) -> HttpResponse:
    """Record the day on which signs stand or stickers were handed out."""
    partnership = scope.partnership_or_404(request, key, NOTE)
    sign = get_object_or_404(sign_and_sticker_orders_of(partnership), pk=pk)
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        save_day_signs_were_placed(sign=sign, placed_on=form.cleaned_data["day"], by=request.person, at=request.at)
        return success(request, _("The day is recorded."), "launch:plan:publicity", key)
    return render(request, "launch/plan/placed.html", scope.page_context(partnership, form=form))
