"""The list taken out as a file (T12)."""

from django.http import HttpResponse
from django.shortcuts import render

from plp.partnership.exporting import left_today, take_out
from plp.portal.shell.files import download
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.proof import proven_at
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.enrolment.forms import ExportForm
from plp.portal.subjects.enrolment.own import MANAGE, partnership_of


@needs(MANAGE)
@freshly_proven
def export(request: StaffRequest, key: str) -> HttpResponse:
    """Say why, get the file once. The officer is told."""
    partnership = partnership_of(request, key)
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        taken = take_out(
            partnership=partnership,
            form=told["form"],
            reason=told["reason"],
            proven_at=proven_at(request),
            by=request.person,
            at=request.at,
        )
        return download(taken.content, name=taken.name, content_type=taken.media)
    context = {
        "form": form,
        "partnership": partnership,
        "left": left_today([partnership], at=request.at)[partnership.pk],
    }
    return render(request, "enrolment/export.html", context)
