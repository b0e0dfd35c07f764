"""What the initiator does on the path of their idea: take papers along, remind an office once (R10, R16)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from plp.launch.actions.initiator_notes import (
    mail_initiator_note_to_police,
    record_acts_of_initiator,
    save_room_reserved_by_initiator,
)
from plp.launch.actions.office_reminders import mail_reminder_to_office_once
from plp.launch.documents import files
from plp.launch.documents.placeholder_values import gather_partnership_data, values_of_all_placeholders
from plp.launch.models import Idea
from plp.launch.queries.informed_streets import covered_addresses_in_streets
from plp.launch.queries.texts import newest_wordings_for_partnership
from plp.launch.sheets import street_checklists_pdf
from plp.mandates.grants import Role
from plp.partnership.models import Partnership
from plp.places.queries import streets_of
from plp.portal.shell.files import download
from plp.portal.shell.guards import public
from plp.portal.shell.limits import TooOften, count_if_under_limit, is_under_limit
from plp.portal.shell.refused_forms import InvalidForm
from plp.portal.shell.requests import PortalRequest, success
from plp.portal.subjects.launch.idea.forms import InitiatorNoteForm
from plp.portal.subjects.launch.idea.path import (
    EVENING_SHEET,
    followed_idea_or_404,
    followed_partnership_or_404,
    nameless_evening_sheet_pdf_or_404,
    noted_acts_and_room,
    paper_or_404,
)
from plp.toolbox.texts import OFFICIAL_LANGUAGES

PDF = "application/pdf"


@public
@require_safe
def street_sheets_pdf_file(request: PortalRequest) -> HttpResponse:
    """A sheet for each street with its doors to tick: numbers, no name."""
    partnership = followed_partnership_or_404(request)
    doors = covered_addresses_in_streets(partnership, streets_of(partnership.area))
    if not doors:
        raise Http404
    if not count_if_under_limit("pack.person", partnership.key):
        raise TooOften
    made = street_checklists_pdf(partnership, doors, language=request.LANGUAGE_CODE, at=request.at)
    return download(made, name=f"sheets-{partnership.key}.pdf", content_type=PDF, inline=True)


@public
@require_safe
def path_paper_file(request: PortalRequest, document: str, language: str) -> HttpResponse:
    """A paper for letter boxes or for the evening, as the partnership prints it; the sheet of the evening too."""
    partnership = followed_partnership_or_404(request)
    entry = None if document == EVENING_SHEET else paper_or_404(document)
    if language not in OFFICIAL_LANGUAGES:
        raise Http404
    if not count_if_under_limit("pack.person", partnership.key):
        raise TooOften
    if entry is None:
        sheet = nameless_evening_sheet_pdf_or_404(partnership, language, at=request.at)
        return download(sheet, name=f"{EVENING_SHEET}-{partnership.key}.pdf", content_type=PDF, inline=True)
    data, wording = (
        gather_partnership_data(partnership, at=request.at),
        newest_wordings_for_partnership(partnership).own_else_zone_else_standard_wording(entry, language),
    )
    values = values_of_all_placeholders(data, language)
    composed = files.compose_pack_document(entry, wording.source, data, values, language)
    footer = files.footer_naming_partnership_and_circular(values, entry)
    content = files.document_file(entry, composed, entry.forms[0], footer=footer, at=request.at)
    return download(content, name=files.file_name(entry, entry.forms[0], language), content_type=PDF, inline=True)


@public
@require_POST
def remind_office_of_step(request: PortalRequest, step: str, role: str) -> HttpResponse:
    """Remind an office, once, of what the path waits for from it."""
    partnership = followed_partnership_or_404(request)
    if role not in Role.values:
        raise Http404
    mail_reminder_to_office_once(partnership=partnership, step=step, role=Role(role), by=None, at=request.at)
    return success(request, _("They were reminded by e-mail."), "launch:idea:status")


@public
@require_POST
def send_note_to_police_and_tick_acts(request: PortalRequest) -> HttpResponse:
    """Tick what was carried round, and tell the police which room is free."""
    idea, partnership = followed_idea_or_404(request), followed_partnership_or_404(request)
    form = InitiatorNoteForm(request.POST, initial=noted_acts_and_room(partnership))
    if not form.is_valid():
        raise InvalidForm(form, page=reverse("launch:idea:status"))
    _save_named_room(request, idea, partnership, form)
    words, kinds = form.cleaned_data["words"], form.cleaned_data["acts"]
    if words and not is_under_limit("idea.note", str(idea.pk)):
        raise TooOften
    if words:
        mail_initiator_note_to_police(idea=idea, partnership=partnership, words=words, by=request.person, at=request.at)
        count_if_under_limit("idea.note", str(idea.pk))
        messages.success(request, _("Sent to the police."))
    if record_acts_of_initiator(idea=idea, partnership=partnership, kinds=kinds, by=request.person, at=request.at):
        messages.success(request, _("Ticked. Those who prepare the partnership see it."))
    return redirect("launch:idea:status")


def _save_named_room(request: PortalRequest, idea: Idea, partnership: Partnership, form: InitiatorNoteForm) -> None:
    """Keep the room that was named, if one was named anew."""
    place, street = form.cleaned_data["place"], form.cleaned_data["street"]
    if place and {"place", "street"} & {*form.changed_data}:
        save_room_reserved_by_initiator(
            idea=idea, partnership=partnership, place=place, street=street, by=request.person, at=request.at
        )
        messages.success(request, _("Whoever plans the evening finds this room there."))
