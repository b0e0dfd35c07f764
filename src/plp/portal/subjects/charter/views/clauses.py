"""One clause: read, change, agree, add, take out. What is typed is never lost."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.charter import actions as charter
from plp.charter.models import Party
from plp.charter.papers import clause_paper
from plp.charter.queries import party_represented_by, proposals_and_remarks_on
from plp.charter.queries.deeds import clause_title_in_language_or_first
from plp.charter.reasons import REASONS
from plp.charter.refusals import ClauseChanged
from plp.documents import document_html
from plp.mandates.grants import Permission
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.charter.forms import ClauseWordsForm
from plp.portal.subjects.charter.presentation import clause_history, is_text_editable, proposal_differences
from plp.portal.subjects.charter.scope import clause_or_404, latest_deed_or_404, reading_language

WRITE = Permission.CHARTER_WRITE


@needs(WRITE)
def clause_page(request: StaffRequest, key: str, kind: str, name: str) -> HttpResponse:
    """The words, who agreed, proposals and remarks beside them, and every earlier version."""
    found = clause_or_404(request, key, kind, name)
    language = reading_language(request, found.deed.languages)
    agreed = set(found.assents.values_list("party", flat=True))
    party = party_represented_by(request.person, found.deed.partnership, at=request.at)
    context = {
        "partnership": found.deed.partnership,
        "kind": kind,
        "clause": found,
        "title": clause_title_in_language_or_first(found, language),
        "reason": REASONS.get(found.key),
        "language": language,
        "pages": [document_html(clause_paper(found, code)) for code in found.deed.languages],
        "parties": [(side.label, side.value in agreed) for side in Party],
        "party": party,
        "can_edit": is_text_editable(found.deed),
        "can_agree": is_text_editable(found.deed) and party not in agreed,
        "notes": [(one, proposal_differences(one)) for one in proposals_and_remarks_on(found)],
        "history": clause_history(found, language),
    }
    return render(request, "charter/clause.html", context)


@needs(WRITE)
def edit_clause(request: StaffRequest, key: str, kind: str, name: str) -> HttpResponse:
    """Change the words. A draft remembers which revision it began with: a change by others meanwhile is shown."""
    found = clause_or_404(request, key, kind, name)
    languages = found.deed.languages
    now = {f"text_{code}": found.texts.get(code, "") for code in languages} | {"seen": found.revision}
    form = ClauseWordsForm(request.POST or None, languages=languages, initial=now)
    changed = False
    if request.method == "POST" and form.is_valid():
        try:
            told = {"why": form.cleaned_data["why"], "seen": form.cleaned_data["seen"] or 0}
            charter.change_clause_text_and_void_assents(
                clause=found, texts=form.texts(), by=request.person, at=request.at, **told
            )
        except ClauseChanged:
            changed = True
            form.data = {**form.data.dict(), "seen": found.revision}  # type: ignore[attr-defined]
        else:
            return success(
                request, _("Saved. Every side has to agree to the new words."), "charter:clause", key, kind, name
            )
    context = {"form": form, "clause": found, "partnership": found.deed.partnership, "kind": kind}
    return render(request, "charter/write.html", context | {"changed": changed, "title": _clause_title(request, found)})


def _clause_title(request: StaffRequest, clause_row: Any) -> str:
    return clause_title_in_language_or_first(clause_row, reading_language(request, clause_row.deed.languages))


@needs(WRITE)
@require_POST
def agree_to_clause(request: StaffRequest, key: str, kind: str, name: str) -> HttpResponse:
    """Agree for one's side to the words on the page."""
    found = clause_or_404(request, key, kind, name)
    seen = request.POST.get("seen", "")
    charter.agree_to_clause(clause=found, seen=int(seen) if seen.isdecimal() else 0, by=request.person, at=request.at)
    return success(request, _("Your side agrees to this clause."), "charter:clause", key, kind, name)


@needs(WRITE)
def add_clause(request: StaffRequest, key: str, kind: str) -> HttpResponse:
    """Add a clause of one's own."""
    deed = latest_deed_or_404(request, key, kind)
    form = ClauseWordsForm(request.POST or None, languages=deed.languages, titled=True)
    if request.method == "POST" and form.is_valid():
        told = {"titles": form.titles(), "texts": form.texts()}
        new = charter.add_clause(deed=deed, by=request.person, at=request.at, **told)
        return success(
            request, _("Added at the end. Every side has to agree to it."), "charter:clause", key, kind, new.key
        )
    return render(request, "charter/add.html", {"form": form, "partnership": deed.partnership, "kind": kind})


@needs(WRITE)
def remove_clause(request: StaffRequest, key: str, kind: str, name: str) -> HttpResponse:
    """Take out a clause of one's own, after a question."""
    found = clause_or_404(request, key, kind, name)
    if request.method == "POST":
        charter.delete_clause(clause=found, by=request.person, at=request.at)
        return success(request, _("Removed."), "charter:text", key, kind)
    context = {
        "clause": found,
        "title": _clause_title(request, found),
        "partnership": found.deed.partnership,
        "kind": kind,
    }
    return render(request, "charter/drop.html", context)
