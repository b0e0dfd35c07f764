"""What leaves as a file: the list of members (T12), a welcome for the letterbox (R45)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from plp.membership.list_exports import export_list_and_notify, exports_left_today
from plp.membership.paper_letters import welcome_pdf
from plp.portal.shell.codes import load_sealed
from plp.portal.shell.files import download
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.reauthentication import second_factor_proven_at
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.membership import SELECTED
from plp.portal.subjects.membership.enrolment.forms import ExportForm
from plp.portal.subjects.membership.enrolment.scope import MANAGE, active_member_or_404, managed_partnership_or_404


@needs(MANAGE)
def welcome_letter_file(request: StaffRequest, key: UUID) -> HttpResponse:
    """The welcome on paper, in the member's language."""
    membership = active_member_or_404(request, key)
    return download(welcome_pdf(membership, at=request.at), name="welcome.pdf", content_type="application/pdf")


@needs(MANAGE)
@freshly_proven
def export_members(request: StaffRequest, key: str) -> HttpResponse:
    """Say why, get the file once. The officer is told."""
    return _export_response(request, key, None)


@needs(MANAGE)
@freshly_proven
def export_selected(request: StaffRequest, key: str) -> HttpResponse:
    """The same for the members who were ticked in the list; back to the list when none are."""
    managed_partnership_or_404(request, key)
    selected = [UUID(written) for written in load_sealed(request, SELECTED) or []]
    return _export_response(request, key, selected) if selected else redirect("membership:desk:members")


def _export_response(request: StaffRequest, key: str, only: list[UUID] | None) -> HttpResponse:
    partnership = managed_partnership_or_404(request, key)
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        taken = export_list_and_notify(
            partnership=partnership,
            form=told["form"],
            reason=told["reason"],
            proven_at=second_factor_proven_at(request),
            by=request.person,
            at=request.at,
            only=only,
        )
        return download(taken.content, name=taken.name, content_type=taken.media)
    context = {
        "form": form,
        "partnership": partnership,
        "left": exports_left_today([partnership], at=request.at)[partnership.pk],
        "selected": only and len(only),
    }
    return render(request, "membership/enrolment/export.html", context)
