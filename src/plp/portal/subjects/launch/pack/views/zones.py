"""The texts of a police zone: they hold for every partnership of it that has none of its own."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.launch.actions import texts as acts
from plp.launch.documents.register import STEPS, documents_of_step
from plp.launch.queries.texts import document_text_versions_newest_first, newest_zone_texts, standard_document_text
from plp.mandates.grants import Permission
from plp.places.models import Area
from plp.portal.shell.choices import ChoicePage, redirect_to_only_zone_or_list
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.launch.pack import scope
from plp.portal.subjects.launch.pack.forms import DocumentTextForm
from plp.portal.subjects.launch.pack.rows import step_title
from plp.portal.subjects.launch.pack.text_editor import (
    placeholder_meanings,
    save_document_text_or_add_error,
    text_differences_between,
)
from plp.toolbox.texts import OFFICIAL_LANGUAGES

ZONES = ChoicePage(
    gettext_lazy("Texts of the zone"),
    gettext_lazy("Which zone?"),
    gettext_lazy("You decide for no zone"),
    gettext_lazy("A chief of corps decides this."),
)


def _page_context(zone: Area, **more: Any) -> dict[str, Any]:
    return {"zone": zone, "name": zone.name(), **more}


@needs(Permission.ZONE_SET)
def zone_list(request: StaffRequest) -> HttpResponse:
    """The zones of the person; with one, at once to its texts."""
    return redirect_to_only_zone_or_list(
        request, ZONES, scope.zones_whose_texts_one_may_edit(request), "launch:pack:zone"
    )


@needs(Permission.ZONE_SET)
def zone_text_list(request: StaffRequest, zone: UUID) -> HttpResponse:
    """Every document by step, in every language; open is where the zone words one itself."""
    area = scope.zone_to_edit_or_404(request, zone)
    own = {place for place, text in newest_zone_texts(area).items() if text.source}
    steps = []
    for key in STEPS:
        rows = [
            (entry, [(language, (entry.key, language) in own) for language in OFFICIAL_LANGUAGES])
            for entry in documents_of_step(key)
        ]
        is_own = any(is_own for _entry, texts in rows for _language, is_own in texts)
        steps.append((step_title(key), is_own, rows))
    return render(request, "launch/pack/zone.html", _page_context(area, steps=steps))


@needs(Permission.ZONE_SET)
def edit_zone_text(request: StaffRequest, zone: UUID, document: str, language: str) -> HttpResponse:
    """Write the zone's text of a document, beside ours."""
    area, one = scope.zone_to_edit_or_404(request, zone), scope.document_or_404(document, language)
    own = newest_zone_texts(area).get((document, language))
    base = standard_document_text(one.entry, language)
    form = DocumentTextForm(request.POST or None, initial={"source": own.source if own and own.source else base})
    if (
        request.method == "POST"
        and form.is_valid()
        and save_document_text_or_add_error(form, area, one, by=request.person, at=request.at)
    ):
        return success(
            request,
            _("Saved. The partnerships of your zone use this text from now on."),
            "launch:pack:zone_word",
            area.pk,
            document,
            language,
        )
    shown = {
        "chosen": one,
        "form": form,
        "is_own": bool(own and own.source),
        "pieces": text_differences_between(base, own.source) if own and own.source else [],
        "versions": document_text_versions_newest_first(owner=area, entry=one.entry, language=language),
        "values": placeholder_meanings(one.entry),
    }
    return render(request, "launch/pack/zone_word.html", _page_context(area, **shown))


@needs(Permission.ZONE_SET)
def drop_zone_text(request: StaffRequest, zone: UUID, document: str, language: str) -> HttpResponse:
    """Go back to our text, after a question."""
    area, one = scope.zone_to_edit_or_404(request, zone), scope.document_or_404(document, language)
    if request.method == "POST":
        acts.restore_underlying_document_text(
            owner=area, entry=one.entry, language=language, by=request.person, at=request.at
        )
        return success(request, _("Done. Your text stays on file."), "launch:pack:zone", area.pk)
    return render(request, "launch/pack/zone_restore.html", _page_context(area, chosen=one))
