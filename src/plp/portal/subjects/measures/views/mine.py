"""The person concerned: what was decided about oneself, one's own words, the letters (R102)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from plp.charter.queries import contact_of_partner
from plp.mandates.grants import Role
from plp.measures import refusals
from plp.measures.actions import files
from plp.measures.models import Measure
from plp.measures.papers import appeal_paper, measure_letter_pdf, measure_paper
from plp.measures.queries import may_write_own_words, measures_of, own_disclosed_files
from plp.portal.shell.files import download
from plp.portal.shell.guards import member_or_staff_or_404, own_data
from plp.portal.shell.requests import PortalRequest, success
from plp.portal.subjects.measures.forms import SayForm
from plp.portal.subjects.measures.scope import measure_rows


def _own_measure_or_404(request: PortalRequest, measure: UUID) -> Measure:
    """A measure about oneself that was taken."""
    own = [
        one
        for file in own_disclosed_files(member_or_staff_or_404(request))
        for one in measures_of(file, seen_by_deciders=False)
    ]
    found = next((one for one in own if one.pk == measure), None)
    if found is None:
        raise Http404
    return found


@own_data
def own_file_list(request: PortalRequest) -> HttpResponse:
    """Every file about oneself, with what was taken and how to answer."""
    person = member_or_staff_or_404(request)
    rows = [
        (
            file,
            file.partnership.name(person.language),
            measure_rows(measures_of(file, seen_by_deciders=False), [], at=request.at),
            may_write_own_words(file),
            contact_of_partner(file.partnership, Role.MUNICIPALITY),
        )
        for file in own_disclosed_files(person)
    ]
    return render(request, "measures/mine.html", {"rows": rows})


@own_data
def write_own_view(request: PortalRequest, key: UUID) -> HttpResponse:
    """Write how one sees it; what the police kept to themselves stands there to be written anew."""
    person = member_or_staff_or_404(request)
    file = get_object_or_404(own_disclosed_files(person).filter(closed_at=None), pk=key)
    if request.method != "POST" and not may_write_own_words(file):  # the same words once more change nothing
        raise refusals.NoMoreOwnWords
    last = file.own_words.last()
    form = SayForm(request.POST or None, initial={"words": last.words} if last and last.held_back_at else {})
    if request.method == "POST" and form.is_valid():
        files.write_own_words_and_notify(file=file, words=form.cleaned_data["words"], by=person, at=request.at)
        return success(request, _("Sent."), "measures:mine")
    return render(request, "measures/say.html", {"form": form, "file": file})


@own_data
def measure_letter_file(request: PortalRequest, measure: UUID) -> HttpResponse:
    """The letter, to keep or print."""
    found = _own_measure_or_404(request, measure)
    content = measure_letter_pdf(
        measure_paper(found, member_or_staff_or_404(request).language, with_address=True),
        found.file,
        at=found.taken_at or found.proposed_at,
    )
    return download(content, name=f"plp-{found.step}.pdf", content_type="application/pdf", inline=True)


@own_data
def decision_letter_file(request: PortalRequest, measure: UUID) -> HttpResponse:
    """The decision on one's appeal, to keep or print."""
    appeal = getattr(_own_measure_or_404(request, measure), "appeal", None)
    if appeal is None or appeal.decided_at is None:
        raise Http404
    letter = appeal_paper(appeal, member_or_staff_or_404(request).language, with_address=True)
    content = measure_letter_pdf(letter, appeal.measure.file, at=appeal.decided_at)
    return download(content, name="plp-appeal.pdf", content_type="application/pdf", inline=True)
