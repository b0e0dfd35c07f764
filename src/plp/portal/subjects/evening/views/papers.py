"""Papers to print before the evening: ballots, the kit for an evening without network, the pack with its ballots."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from plp.evening import actions as evening
from plp.evening.papers import ballots_pdf, evening_kit_pdf
from plp.launch.documents.files import whole_pack_as_zip
from plp.launch.documents.placeholder_values import gather_partnership_data
from plp.launch.queries.texts import newest_wordings_for_partnership
from plp.partnership.models import Partnership
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.limits import TooOften, count_if_under_limit
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.evening.forms.meetings import NumberForm
from plp.portal.subjects.evening.scope import LEAD, PDF, meeting_context, meeting_or_404, page_language
from plp.toolbox.texts import OFFICIAL_LANGUAGES


@needs(LEAD)
def create_and_print_ballots(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """Each print makes new codes: they are kept as digests only, so none can be printed twice."""
    found = meeting_or_404(request, key, meeting)
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if "pack" in request.POST and not count_if_under_limit("pack.person", str(request.person.pk)):
            raise TooOften
        evening.prepare_usual_questions(meeting=found, by=request.person, at=request.at)
        number = form.cleaned_data["number"]
        codes = evening.create_ballot_codes(meeting=found, number=number, by=request.person, at=request.at)
        if "kit" in request.POST:
            kit = evening_kit_pdf(found, codes, language=page_language(), at=request.at)
            return download(kit, name="evening-kit.pdf", content_type=PDF)
        ballots = ballots_pdf(found, codes, language=page_language(), at=request.at)
        if "pack" in request.POST:
            return _pack_with_ballots(request, found.partnership, ballots)
        return download(ballots, name="ballots.pdf", content_type=PDF)
    shown = {"form": form, "printed": found.slips.filter(waits=False).count(), "tongue": pack_language_of_reader()}
    return render(request, "evening/papers.html", meeting_context(found, **shown))


def pack_language_of_reader() -> str:
    """The reader's language, or the first in which there is a pack."""
    return page_language() if page_language() in OFFICIAL_LANGUAGES else OFFICIAL_LANGUAGES[0]


def _pack_with_ballots(request: StaffRequest, partnership: Partnership, ballots: bytes) -> HttpResponse:
    """The whole launch pack, with ``ballots`` in the place of those without codes."""
    content = whole_pack_as_zip(
        gather_partnership_data(partnership, at=request.at),
        newest_wordings_for_partnership(partnership),
        pack_language_of_reader(),
        at=request.at,
        ballots=ballots,
    )
    return download(
        content, name=f"pack-{partnership.key}-{pack_language_of_reader()}.zip", content_type="application/zip"
    )
