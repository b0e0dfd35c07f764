"""A coordinator goes and the next one comes: who holds meanwhile, what is to be done, the handover file (R152)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp import documents
from plp.evaluation.handover import handover_paper
from plp.mandates.grants import Permission
from plp.mandates.queries import mandates_of, may
from plp.partnership import succession
from plp.partnership.queries import partnership_of_area_path, partnerships_in_scope
from plp.portal.shell.files import download
from plp.portal.shell.guards import freshly_proven, needs, own_account
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.mandates.forms import ResignForm
from plp.portal.subjects.mandates.rows import rights_over_people
from plp.portal.subjects.mandates.succession import succession_course
from plp.toolbox.clock import local

SEE, FILE = Permission.MANDATE_SEE, Permission.CHARTER_WRITE


@needs(SEE)
def succession_page(request: StaffRequest, key: str) -> HttpResponse:
    """Who goes when, who holds meanwhile, how far the choice of the next one has come."""
    partnership = get_object_or_404(partnerships_in_scope(request.person, SEE, at=request.at), key=key)
    held = rights_over_people(request.person, partnership, at=request.at)
    context = {
        "partnership": partnership,
        "quarter": partnership.name(),
        "course": succession_course(partnership, held, at=request.at),
        "rights": held,
        "may_read": may(request.person, FILE, partnership.area, at=request.at),
        "own": [one for one in mandates_of(request.person, at=request.at) if one.area_id == partnership.area_id],
    }
    return render(request, "mandates/succession.html", context)


@needs(FILE)
def handover_file(request: StaffRequest, key: str) -> HttpResponse:
    """The file for the next coordinator: no member's data."""
    partnership = get_object_or_404(partnerships_in_scope(request.person, FILE, at=request.at), key=key)
    paper = handover_paper(partnership, get_language() or "fr", at=request.at)
    content = documents.pdf(paper, at=request.at)
    name = f"handover-{partnership.key}.pdf"
    return download(content, name=name, content_type="application/pdf", inline=True)


@own_account
@freshly_proven
def resign_mandate(request: StaffRequest, mandate: UUID) -> HttpResponse:
    """Lay down one's own mandate in a quarter, after a question."""
    own = next((one for one in mandates_of(request.person, at=request.at) if one.pk == mandate), None)
    partnership = partnership_of_area_path(own.area.path) if own else None
    if own is None or partnership is None:
        raise Http404
    form = ResignForm(request.POST or None, initial={"last_day": local(request.at).date()})
    if request.method == "POST" and form.is_valid():
        told = {"partnership": partnership, "mandate": own, "last_day": form.cleaned_data["last_day"]}
        succession.resign_and_notify(**told, by=request.person, at=request.at)
        return success(
            request, _("Noted. Those who look for the next one were told. Thank you for your work."), "home:start"
        )
    context = {"form": form, "mandate": own, "quarter": partnership.name()}
    return render(request, "mandates/resign.html", context)
