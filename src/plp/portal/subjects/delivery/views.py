"""The state of the outbox, for everybody and for the administrator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.delivery import actions as delivery
from plp.delivery.costs import costs_by_channel
from plp.delivery.health import messages_with_waiting_copies, outbox_health
from plp.delivery.installed import channels
from plp.delivery.leaving_times import GOAL, SHARE, leaving_time_of_95_percent
from plp.delivery.models import Pause
from plp.delivery.queries import outbox_figures_for_operators, substitute_suppliers
from plp.delivery.reasons import outage_in_words_with_substitute, supplier_name
from plp.mandates.grants import Permission
from plp.portal.shell.costs import cost_row
from plp.portal.shell.guards import needs, public
from plp.portal.shell.requests import PortalRequest, StaffRequest
from plp.portal.subjects.delivery import presentation
from plp.portal.subjects.delivery.forms import OpenOutboxForm

LISTED = 50  # messages that wait: whoever brought a backup back looks through the newest of them


@public
def delivery_status(request: PortalRequest) -> HttpResponse:
    """Whether messages leave and how fast, in plain words: no count, no name of a supplier."""
    measured = leaving_time_of_95_percent(request.at)
    context = {
        "vitals": outbox_health(request.at),
        "goal": int(GOAL.total_seconds()),
        "share": SHARE,
        "measured": measured,
        "time": presentation.duration_in_words(measured.seconds) if measured else "",
    }
    return render(request, "delivery/status.html", context)


@needs(Permission.PLATFORM_RUN)
def outbox_overview(request: StaffRequest) -> HttpResponse:
    """What waits since when, by channel and by message: ids and counts, no person (T52)."""
    return render(request, "delivery/overview.html", _outbox_context(request, OpenOutboxForm()))


@needs(Permission.PLATFORM_RUN)
def resume_outbox(request: StaffRequest) -> HttpResponse:
    """Let messages leave again, once somebody says that he looked (T56)."""
    form = OpenOutboxForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "delivery/overview.html", _outbox_context(request, form))
    if delivery.resume_outbox(by=request.person, at=request.at):
        messages.success(request, _("Messages are being sent again."))
    return redirect("delivery:overview")


@needs(Permission.PLATFORM_RUN)
@require_POST
def pause_outbox(request: StaffRequest) -> HttpResponse:
    """Let nothing leave any more."""
    if delivery.pause_outbox(reason=Pause.Reason.OPERATOR, by=request.person, at=request.at):
        messages.success(request, _("Nothing is sent any more, until you open it again."))
    return redirect("delivery:overview")


def _outbox_context(request: StaffRequest, form: OpenOutboxForm) -> dict[str, object]:
    """What both pages show."""
    figures = outbox_figures_for_operators(request.at)
    seen = outbox_health(request.at)
    substitutes = substitute_suppliers(seen.suspended)
    newest = list(messages_with_waiting_copies(LISTED + 1))
    return {
        "vitals": seen,
        "suppliers": [
            (supplier_name(key), outage_in_words_with_substitute(reason, substitutes.get(key, "")))
            for key, reason in seen.suspended.items()
        ],
        "by_channel": presentation.waiting_by_channel(figures["by_channel"]),
        "waiting": presentation.message_lines(newest[:LISTED], get_language() or "fr"),
        "is_cut": len(newest) > LISTED,
        "form": form,
        "costs": [
            cost_row(str(channels()[key].label), {key: costs}) for key, costs in costs_by_channel(request.at).items()
        ],
    }
