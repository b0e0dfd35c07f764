"""What is done with several partnerships of the list at once: remind whom they wait for, or take a table along."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plp.launch.actions.office_reminders import mail_reminder_to_office_once
from plp.launch.queries import positions
from plp.launch.queries.offices import offices_awaited_in_open_steps
from plp.launch.queries.progress import step_plan_progress_of_partnership
from plp.launch.refusals import NotAwaited, OfficeReminded, OfficeUnreachable
from plp.partnership.models import Partnership
from plp.portal.shell.requests import StaffRequest
from plp.portal.shell.spreadsheets import spreadsheet

HEADS = (
    gettext_lazy("Partnership"),
    gettext_lazy("State"),
    gettext_lazy("Step"),
    gettext_lazy("What is missing"),
    gettext_lazy("Since"),
    gettext_lazy("Days late"),
    gettext_lazy("Done"),
)
MOST_AT_ONCE = 50


def remind_or_export_ticked_partnerships(request: StaffRequest, mine: QuerySet[Partnership]) -> HttpResponse:
    """Do what the pressed button says with the partnerships that are ticked."""
    ticked = request.POST.getlist("key")[:MOST_AT_ONCE]
    chosen = positions.order_most_overdue_first(mine.filter(key__in=ticked))
    if not ticked or not chosen:
        messages.warning(request, _("Tick at least one partnership."))
    elif "remind" in request.POST:
        _remind_awaited_offices(request, chosen)
    elif "export" in request.POST:
        return _export_partnerships(request, chosen)
    return redirect(f"{request.path}?{request.GET.urlencode()}" if request.GET else request.path)


def _remind_awaited_offices(request: StaffRequest, partnerships: QuerySet[Partnership]) -> None:
    """Remind each office that is awaited and was not reminded yet; say how many, and who cannot be."""
    reminded = 0
    for partnership in partnerships:
        for office in offices_awaited_in_open_steps(
            step_plan_progress_of_partnership(partnership, at=request.at), at=request.at
        ):
            if not office.may_be_reminded:
                continue
            try:
                mail_reminder_to_office_once(
                    partnership=partnership, step=office.step.key, role=office.role, by=request.person, at=request.at
                )
                reminded += 1
            except (NotAwaited, OfficeReminded, OfficeUnreachable):
                continue
    if reminded:
        words = ngettext("%d office was reminded by e-mail.", "%d offices were reminded by e-mail.", reminded)
        messages.success(request, words % reminded)
    else:
        messages.warning(request, _("Nobody is left to remind: each office is reminded once of a step."))


def _export_partnerships(request: StaffRequest, partnerships: QuerySet[Partnership]) -> HttpResponse:
    rows = [
        (
            row.partnership.name(),
            row.partnership.get_state_display(),
            row.step.title if row.step else "",
            row.missing.missing if row.missing else "",
            row.since or "",
            row.late_days,
            f"{row.done} / {row.steps}",
        )
        for row in positions.position_rows(partnerships, at=request.at)
    ]
    return spreadsheet("xlsx", HEADS, rows, name="partnerships")
