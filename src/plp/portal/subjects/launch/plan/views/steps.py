"""One step: what is missing, the act in place, what was done, its documents."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.evening.queries import undelivered_invitations
from plp.launch.actions import steps
from plp.launch.actions.office_reminders import mail_reminder_to_office_once
from plp.launch.documents.register import documents_of_step
from plp.launch.plan import FACTS
from plp.launch.plan.sources import founding_text_of_step
from plp.launch.queries.progress import step_plan_progress_of_partnership
from plp.launch.queries.records import open_reopenings, reopenings_of, ticks_not_undone
from plp.mandates.grants import Permission, Role
from plp.portal.shell.guards import needs
from plp.portal.shell.page_access import PageAccess
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.launch.plan import presentation, scope
from plp.portal.subjects.launch.plan.forms import DayForm, ReasonForm


@needs(Permission.LAUNCH_SEE)
def step_page(request: StaffRequest, key: str, step: str) -> HttpResponse:
    """What is missing and where it is done; what is so; the documents of the step; help."""
    partnership = scope.partnership_or_404(request, key)
    now, access = step_plan_progress_of_partnership(partnership, at=request.at), PageAccess(request, partnership)
    state = now.state_of_step(step)
    if state is None:
        raise Http404
    more = {
        "state": state,
        "row": next(row for row in presentation.step_rows(now) if row.state is state),
        "facts": presentation.fact_rows(state, access),
        **(_undelivered_invitation_context(access) if step == "evening" else {}),
        "ticked": {tick.fact for tick in ticks_not_undone(partnership)},
        "history": reopenings_of(partnership, step),
        "documents": presentation.document_links(documents_of_step(step), access),
        "may_lead": access.has_permission(Permission.PARTNERSHIP_LEAD),
        "may_note": access.has_permission(Permission.LAUNCH_NOTE),
        "form": DayForm(),
        "act": presentation.next_act_button(state, access),
        "reason": founding_text_of_step(step),
    }
    return render(request, "launch/plan/step.html", scope.page_context(partnership, **more))


def _undelivered_invitation_context(access: PageAccess) -> dict[str, Any]:
    """How many letters of invitation are in no letterbox yet, and in which streets: no gate, whatever was ticked."""
    rows = [] if access.partnership.launched_at else list(undelivered_invitations(access.partnership))
    return {
        "letters": sum(row.doors for row in rows),
        "letter_streets": [row.street.names for row in rows],
        "letters_url": access.url_if_allowed("evening:invitations", str(rows[0].meeting_id)) if rows else "",
    }


@needs(Permission.LAUNCH_NOTE)
def tick_fact(request: StaffRequest, key: str, fact: str) -> HttpResponse:
    """Say by hand that something is so, with its day."""
    partnership = scope.partnership_or_404(request, key, Permission.LAUNCH_NOTE)
    known = FACTS.get(fact)
    if known is None or not known.by_hand:
        raise Http404
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        steps.tick_fact_by_hand(partnership=partnership, fact=fact, happened_on=day, by=request.person, at=request.at)
        return success(request, _("Ticked."), "launch:plan:where", key)
    return render(request, "launch/plan/tick.html", scope.page_context(partnership, form=form, fact=known))


@needs(Permission.LAUNCH_NOTE)
@require_POST
def untick_fact(request: StaffRequest, key: str, fact: str) -> HttpResponse:
    """Take a tick back."""
    partnership = scope.partnership_or_404(request, key, Permission.LAUNCH_NOTE)
    said = get_object_or_404(ticks_not_undone(partnership), fact=fact)
    steps.untick_fact(tick=said, by=request.person, at=request.at)
    return success(request, _("The tick is removed. It stays on file."), "launch:plan:where", key)


@needs(Permission.PARTNERSHIP_LEAD)
def decide_to_go_on_after_talks(request: StaffRequest, key: str) -> HttpResponse:
    """Decide to go on after the talks (R12), after a question."""
    partnership = scope.partnership_or_404(request, key, Permission.PARTNERSHIP_LEAD)
    if request.method == "POST":
        steps.move_partnership_to_creation(partnership=partnership, by=request.person, at=request.at)
        return success(request, _("The creation begins. Registration is now open."), "launch:plan:where", key)
    return render(request, "launch/plan/go_on.html", scope.page_context(partnership))


@needs(Permission.PARTNERSHIP_LEAD)
def reopen_step(request: StaffRequest, key: str, step: str) -> HttpResponse:
    """Open a finished step again, with its reason."""
    partnership = scope.partnership_or_404(request, key, Permission.PARTNERSHIP_LEAD)
    state = step_plan_progress_of_partnership(partnership, at=request.at).state_of_step(step)
    if state is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        steps.reopen_finished_step(partnership=partnership, step=step, reason=reason, by=request.person, at=request.at)
        return success(request, _("The step is open again."), "launch:plan:step", key, step)
    return render(request, "launch/plan/reopen.html", scope.page_context(partnership, form=form))


@needs(Permission.PARTNERSHIP_LEAD)
@require_POST
def close_step_again(request: StaffRequest, key: str, step: str) -> HttpResponse:
    """Close a step that was opened again."""
    partnership = scope.partnership_or_404(request, key, Permission.PARTNERSHIP_LEAD)
    opened = get_object_or_404(open_reopenings(partnership), step=step)
    steps.close_reopened_step(reopening=opened, by=request.person, at=request.at)
    return success(request, _("The step is closed again."), "launch:plan:step", key, step)


@needs(Permission.LAUNCH_SEE)
@require_POST
def remind_office_of_step(request: StaffRequest, key: str, step: str, role: str) -> HttpResponse:
    """Remind an office, once, of what a step waits for from it."""
    partnership = scope.partnership_or_404(request, key)
    if role not in Role.values:
        raise Http404
    mail_reminder_to_office_once(partnership=partnership, step=step, role=Role(role), by=request.person, at=request.at)
    return success(request, _("They were reminded by e-mail."), "launch:plan:where", key)
