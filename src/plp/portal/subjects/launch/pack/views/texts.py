"""The wording of a document by a partnership: write, see, compare, go back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from plp.launch.actions import texts
from plp.launch.documents.placeholder_values import gather_partnership_data, values_of_all_placeholders
from plp.launch.queries.texts import document_text_versions_newest_first, newest_wordings_for_partnership
from plp.mandates.grants import Permission
from plp.partnership.models import Partnership
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.launch.pack import scope
from plp.portal.subjects.launch.pack.forms import DocumentTextForm
from plp.portal.subjects.launch.pack.text_editor import (
    placeholders_with_current_values,
    save_document_text_or_add_error,
    text_differences_between,
    text_preview_and_promise_warning,
)
from plp.portal.subjects.launch.pack.views.documents import page_context


def _partnership_and_document_or_404(
    request: StaffRequest, key: str, document: str, language: str
) -> tuple[Partnership, scope.ChosenDocument]:
    return scope.partnership_or_404(request, key, Permission.PACK_WORD), scope.document_or_404(document, language)


@needs(Permission.PACK_WORD)
def edit_partnership_text(request: StaffRequest, key: str, document: str, language: str) -> HttpResponse:
    """Write a document's text anew: look at it first, then keep it."""
    partnership, one = _partnership_and_document_or_404(request, key, document, language)
    facts, own = gather_partnership_data(partnership, at=request.at), newest_wordings_for_partnership(partnership)
    values = values_of_all_placeholders(facts, language)
    form = DocumentTextForm(
        request.POST or None, initial={"source": own.own_else_zone_else_standard_wording(one.entry, language).source}
    )
    shown: dict[str, Any] = {"chosen": one, "form": form, "values": placeholders_with_current_values(one.entry, values)}
    if request.method == "POST" and form.is_valid():
        if "keep" in request.POST and save_document_text_or_add_error(
            form, partnership, one, by=request.person, at=request.at
        ):
            return success(
                request,
                _("Saved. This partnership uses your text from now on."),
                "launch:pack:document",
                partnership.key,
                document,
                language,
            )
        shown |= text_preview_and_promise_warning(form, one, facts, values)
    return render(request, "launch/pack/word.html", page_context(partnership, **shown))


@needs(Permission.PACK_WORD)
def compare_with_underlying_text(request: StaffRequest, key: str, document: str, language: str) -> HttpResponse:
    """The text of the partnership beside the one below it, word by word, and its earlier versions."""
    partnership, one = _partnership_and_document_or_404(request, key, document, language)
    own = newest_wordings_for_partnership(partnership)
    shown = {
        "chosen": one,
        "wording": own.own_else_zone_else_standard_wording(one.entry, language),
        "pieces": text_differences_between(
            own.zone_else_standard_wording(one.entry, language).source,
            own.own_else_zone_else_standard_wording(one.entry, language).source,
        ),
        "versions": document_text_versions_newest_first(owner=partnership, entry=one.entry, language=language),
    }
    return render(request, "launch/pack/compare.html", page_context(partnership, **shown))


@needs(Permission.PACK_WORD)
def drop_own_text(request: StaffRequest, key: str, document: str, language: str) -> HttpResponse:
    """Go back to the text below, after a question."""
    partnership, one = _partnership_and_document_or_404(request, key, document, language)
    if request.method == "POST":
        texts.restore_underlying_document_text(
            owner=partnership, entry=one.entry, language=language, by=request.person, at=request.at
        )
        return success(
            request, _("Done. Your text stays on file."), "launch:pack:document", partnership.key, document, language
        )
    return render(request, "launch/pack/restore.html", page_context(partnership, chosen=one))
