"""Beside a clause: other words, remarks, and the answer to them (R91)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.charter import actions as charter
from plp.charter.queries import proposals_and_remarks_on
from plp.charter.queries.deeds import clause_title_in_language_or_first
from plp.mandates.grants import Permission
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.charter.forms import ClauseProposalForm
from plp.portal.subjects.charter.scope import clause_or_404, reading_language

WRITE = Permission.CHARTER_WRITE
MOST = 300


@needs(WRITE)
def propose_or_remark(request: StaffRequest, key: str, kind: str, name: str) -> HttpResponse:
    """Propose other words, or remark."""
    found = clause_or_404(request, key, kind, name)
    language = reading_language(request, found.deed.languages)
    start = {"language": language, "text": found.texts.get(language, "")}
    form = ClauseProposalForm(request.POST or None, languages=found.deed.languages, initial=start)
    if request.method == "POST" and form.is_valid():
        charter.propose_clause_text_or_remark(clause=found, by=request.person, at=request.at, **form.cleaned_data)
        return success(
            request,
            _("Your proposal is now next to the clause. The other partners see it."),
            "charter:clause",
            key,
            kind,
            name,
        )
    context = {
        "form": form,
        "clause": found,
        "title": clause_title_in_language_or_first(found, language),
        "partnership": found.deed.partnership,
        "kind": kind,
        "languages": found.deed.languages,
        "language": language,
    }
    return render(request, "charter/propose.html", context)


@needs(WRITE)
@require_POST
def answer_proposal(request: StaffRequest, key: str, kind: str, name: str, proposal: UUID) -> HttpResponse:
    """Accept a proposal, or do not take it over, with a word why."""
    found = clause_or_404(request, key, kind, name)
    one = get_object_or_404(proposals_and_remarks_on(found), pk=proposal)
    one.clause = found
    accept, words = request.POST.get("accept") == "yes", request.POST.get("words", "")[:MOST]
    charter.answer_proposal_and_apply_accepted(
        proposal=one, accept=accept, words=words, by=request.person, at=request.at
    )
    return success(
        request,
        _("Taken over.") if accept else _("Answered: it was not taken over."),
        "charter:clause",
        key,
        kind,
        name,
    )
