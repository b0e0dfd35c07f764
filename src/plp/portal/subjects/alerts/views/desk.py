"""Official alerts on the police's desk: what came in, a file to read, a proposal to follow or not."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.alerts import actions as alerts
from plp.alerts.queries import partnerships_to_draft_for, stop_proposals_in_scope, traces_in_scope
from plp.alerts.states import TraceOutcome
from plp.mandates.grants import Permission
from plp.portal.shell.guards import needs
from plp.portal.shell.maps import quarters_map
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.alerts.forms import ReceiveCapFileForm
from plp.portal.subjects.alerts.presentation import trace_rows
from plp.toolbox.moves import Refused

WRITE = Permission.NOTICE_WRITE
PER_PAGE = 20


@needs(WRITE)
def alerts_and_stop_proposals_page(request: StaffRequest) -> HttpResponse:
    """What official alerts did in one's area: first what waits for an answer."""
    language = get_language() or "fr"
    done = traces_in_scope(request.person, at=request.at).exclude(outcome=TraceOutcome.TO_STOP, settled_at=None)
    page = Paginator(done, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "proposals": trace_rows(stop_proposals_in_scope(request.person, at=request.at), language),
        "page": page,
        "rows": trace_rows(page, language),
    }
    return render(request, "alerts/desk.html", context)


@needs(WRITE)
def receive_cap_file(request: StaffRequest) -> HttpResponse:
    """Read a CAP file: drafts come of it, or a sentence that says why not."""
    quarters, language = partnerships_to_draft_for(request.person, at=request.at), get_language() or "fr"
    form = ReceiveCapFileForm(request.POST or None, request.FILES or None, quarters=quarters, language=language)
    if form.is_valid():
        chosen = list(form.cleaned_data["quarters"])
        try:
            alerts.receive_cap_alert_and_draft_notices(
                content=form.cleaned_data["file"], chosen=chosen, by=request.person, at=request.at
            )
        except Refused as refusal:
            form.add_error("file", refusal.in_words())
        else:
            return success(request, _("The alert is read. What it did is below: nothing was sent."), "alerts:desk")
    return render(request, "alerts/receive.html", {"form": form, "map": quarters_map(quarters, language)})


@needs(WRITE)
def stop_or_keep_message_as_proposed(request: StaffRequest, key: int) -> HttpResponse:
    """Stop a message whose official alert was taken back, or keep it."""
    trace = get_object_or_404(stop_proposals_in_scope(request.person, at=request.at), pk=key)
    if request.method == "POST":
        stop = "stop" in request.POST
        alerts.keep_or_retract_and_tell_members(trace=trace, stop=stop, by=request.person, at=request.at)
        return success(
            request, _("The message is stopped.") if stop else _("The message stays as it is."), "alerts:desk"
        )
    return render(request, "alerts/settle.html", {"one": trace_rows([trace], get_language() or "fr")[0]})
