"""The list of the pack, a document as a page, and its files."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from plp.charter.queries import public_or_charter_contact_email
from plp.documents import document_html
from plp.launch.documents import files
from plp.launch.documents.paper_design import paper_design_of_partnership
from plp.launch.documents.placeholder_values import (
    gather_partnership_data,
    is_invitation_or_announcement_out_of_date,
    values_of_all_placeholders,
)
from plp.launch.documents.register import ENTRIES
from plp.launch.queries.texts import newest_wordings_for_partnership
from plp.mandates.grants import Permission
from plp.mandates.queries import may
from plp.partnership.gates import is_over
from plp.partnership.models import Partnership
from plp.partnership.presentation import set_public_presentation
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.choices import ChoicePage, PlaceChoice, redirect_to_only_place_or_list
from plp.portal.shell.files import download as answer
from plp.portal.shell.guards import needs
from plp.portal.shell.limits import TooOften, count_if_under_limit
from plp.portal.shell.page_access import PageAccess
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.launch.pack import rows, scope
from plp.portal.subjects.launch.pack.forms import PublicPresentationForm
from plp.toolbox.texts import OFFICIAL_LANGUAGES

INDEX = ChoicePage(
    gettext_lazy("Recruit"),
    gettext_lazy("Posters, folders, cards, letters and pictures of which partnership?"),
    gettext_lazy("No partnership yet"),
    gettext_lazy("Papers begin with a partnership."),
    "printer",
)
PRESENTED = ("contact_email", "contact_phone", "is_on_map")
EARLIER_FORMS = dict.fromkeys(("a4.pdf", "a5.pdf", "docx"), ("poster", "folder", "invitation"))


def page_context(partnership: Partnership, **more: Any) -> dict[str, Any]:
    """What every page of a partnership's pack shows."""
    return {"partnership": partnership, "name": partnership.name(), **more}


@needs(Permission.LAUNCH_SEE)
def partnership_list_or_redirect_to_only(request: StaffRequest) -> HttpResponse:
    """Of which partnership; straight to its page when there is one."""
    return redirect_to_only_place_or_list(
        request,
        INDEX,
        partnerships_in_scope(request.person, Permission.LAUNCH_SEE, at=request.at).order_by("key"),
        lambda one: PlaceChoice(
            one.name(),
            reverse(f"launch:pack:{'home' if is_over(one) else 'recruit'}", args=[one.key]),
            one.get_state_display(),
        ),
    )


@needs(Permission.LAUNCH_SEE)
def pack_document_list_page(request: StaffRequest, key: str) -> HttpResponse:
    """Every document by step: whose text, what is missing, its files."""
    partnership = scope.partnership_or_404(request, key)
    language = scope.language_of_request(request, partnership)
    facts, texts = gather_partnership_data(partnership, at=request.at), newest_wordings_for_partnership(partnership)
    values, access = values_of_all_placeholders(facts, language), PageAccess(request, partnership)
    entries = [entry for entry in ENTRIES if not is_invitation_or_announcement_out_of_date(entry, facts)]
    found = rows.pack_steps(access, texts, values, language, entries)
    leads = may(request.person, Permission.PARTNERSHIP_LEAD, partnership.area, at=request.at)
    shown = {
        "steps": found,
        "language": language,
        "languages": scope.language_tabs(partnership, OFFICIAL_LANGUAGES, language),
        "leads": leads,
    }
    return render(request, "launch/pack/home.html", page_context(partnership, **shown))


@needs(Permission.LAUNCH_SEE)
def document_preview_page(request: StaffRequest, key: str, document: str, language: str) -> HttpResponse:
    """One document as it will be printed, with what is still missing."""
    partnership, one = scope.partnership_or_404(request, key), scope.document_or_404(document, language)
    facts, wording = (
        gather_partnership_data(partnership, at=request.at),
        newest_wordings_for_partnership(partnership).own_else_zone_else_standard_wording(one.entry, language),
    )
    if is_invitation_or_announcement_out_of_date(one.entry, facts):
        return _redirect_to_list(request, partnership)
    values = values_of_all_placeholders(facts, language)
    made = files.compose_pack_document(one.entry, wording.source, facts, values, language)
    shown = {
        "chosen": one,
        "languages": scope.language_tabs(
            partnership,
            one.entry.languages,
            language,
            lambda code: reverse("launch:pack:document", args=[partnership.key, one.entry.key, code]),
        ),
        "wording": wording,
        "shown": document_html(made),
        "lacks": rows.missing_value_rows(wording.source, values, PageAccess(request, partnership)),
        "foreign": rows.foreign_text_rows(wording.source, values, language, PageAccess(request, partnership)),
        "together": _joined_language_codes(partnership) if one.entry.is_slides else "",
        "may_word": may(request.person, Permission.PACK_WORD, partnership.area, at=request.at),
    }
    return render(request, "launch/pack/document.html", page_context(partnership, **shown))


def _redirect_to_list(request: StaffRequest, partnership: Partnership) -> HttpResponse:
    """From a document that comes too late, to those that are still offered."""
    messages.info(request, _("This document is out of date. These are still of use."))
    return redirect("launch:pack:home", partnership.key)


def _joined_language_codes(partnership: Partnership) -> str:
    """The languages of the partnership as the address of its slides names them, ``fr-nl``; "" where there is one."""
    return "-".join(partnership.languages) if len(partnership.languages) > 1 else ""


@needs(Permission.LAUNCH_SEE)
@require_safe
def document_file(request: StaffRequest, key: str, document: str, language: str, form: str) -> HttpResponse:
    """One file: PDF to open or print, DOCX and PPTX to keep."""
    partnership, choice = scope.partnership_or_404(request, key), scope.document_in_languages_or_404(document, language)
    if form not in choice.entry.forms:
        if form not in EARLIER_FORMS or choice.entry.key not in EARLIER_FORMS[form]:
            raise Http404
        return redirect("launch:pack:download", key, document, language, choice.entry.forms[0])
    facts, texts = gather_partnership_data(partnership, at=request.at), newest_wordings_for_partnership(partnership)
    if is_invitation_or_announcement_out_of_date(choice.entry, facts):
        return _redirect_to_list(request, partnership)
    languages = choice.languages
    if choice.entry.joins_languages:
        languages = files.languages_of_sign_region_first(facts, choice.language)
    values = {
        code: values_of_all_placeholders(facts, code) | scope.join_link_of_requested_street(request, facts)
        for code in languages
    }
    composed, *sisters = (
        files.compose_pack_document(
            choice.entry,
            texts.own_else_zone_else_standard_wording(choice.entry, code).source,
            facts,
            values[code],
            code,
        )
        for code in languages
    )
    footer, design = (
        files.footer_naming_partnership_and_circular(values[choice.language], choice.entry),
        paper_design_of_partnership(facts, *languages),
    )
    content = files.document_file(choice.entry, composed, form, *sisters, footer=footer, at=request.at, design=design)
    ending = form.rpartition(".")[2]
    name = files.file_name(choice.entry, form, choice.language)
    return answer(content, name=name, content_type=files.TYPES[ending], inline=ending in files.PRINTED)


@needs(Permission.LAUNCH_SEE)
@require_safe
def pack_file(request: StaffRequest, key: str, language: str) -> HttpResponse:
    """The whole pack in one language as a zip, a folder a step."""
    partnership = scope.partnership_or_404(request, key)
    if language not in OFFICIAL_LANGUAGES:
        raise Http404
    if not count_if_under_limit("pack.person", str(request.person.pk)):
        raise TooOften
    content = files.whole_pack_as_zip(
        gather_partnership_data(partnership, at=request.at),
        newest_wordings_for_partnership(partnership),
        language,
        at=request.at,
    )
    return answer(content, name=f"pack-{partnership.key}-{language}.zip", content_type="application/zip")


@needs(Permission.PARTNERSHIP_LEAD)
def edit_presentation(request: StaffRequest, key: str) -> HttpResponse:
    """How the partnership presents itself to everybody."""
    partnership = scope.partnership_or_404(request, key, Permission.PARTNERSHIP_LEAD)
    known_already = {name: getattr(partnership, name) for name in PRESENTED}
    known_already["contact_email"] = public_or_charter_contact_email(partnership)
    known_already |= {f"purpose_{language}": words for language, words in partnership.purpose.items()}
    form = PublicPresentationForm(request.POST or None, initial=known_already, kind=partnership.kind)
    if request.method == "POST" and form.is_valid():
        presented = {name: form.cleaned_data[name] for name in PRESENTED}
        set_public_presentation(
            partnership=partnership, purpose=form.purpose, **presented, by=request.person, at=request.at
        )
        return success(request, _("Saved. The documents say it from now on."), "launch:pack:home", partnership.key)
    return render(request, "launch/pack/presentation.html", page_context(partnership, form=form))
