"""The pen: begin, write, offer for release, take back (only the police write, R105)."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.charter.kinds import KINDS
from plp.mandates.grants import Permission
from plp.notices import actions as notices
from plp.notices.actions.gates import refusals_before_leaving
from plp.notices.compositions import languages_without_instructions, stored_composition_or_none
from plp.notices.queries import title_core_and_more_by_language
from plp.notices.queries.reach import active_partnerships_of_writer
from plp.notices.queries.zone_texts import templates_in_use, zone_paths_of
from plp.partnership.models import Partnership
from plp.portal.shell.guards import needs
from plp.portal.shell.maps import quarters_map
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.notices.checks import copy_previews, finding_cards, unwritten_languages
from plp.portal.subjects.notices.leaving_times import end_before_letters_context, leaving_and_expiry_times
from plp.portal.subjects.notices.lists import permitted_notice_or_404
from plp.portal.subjects.notices.message import releasers_context
from plp.portal.subjects.notices.reached_part import reached_part
from plp.portal.subjects.notices.write.composer import subject_buttons, template_buttons
from plp.portal.subjects.notices.write.editor import DraftEditor
from plp.portal.subjects.notices.write.forms import NewNoticeForm, SubmitNoticeForm
from plp.portal.subjects.notices.write.infoflash import gather_or_add_refusal
from plp.toolbox.moves import Refused
from plp.wording.catalogue.search import find_situations

WRITE = Permission.NOTICE_WRITE


@needs(WRITE)
def create_notice_draft(request: HttpRequest) -> HttpResponse:
    """Say what it is about, or choose kind and reason and write by hand. The decision aid fills the form in."""
    person, at = request.person, request.at  # type: ignore[attr-defined]
    quarters, language = active_partnerships_of_writer(person, at=at), get_language() or "fr"
    initial = {**request.GET.dict(), "also": request.GET.getlist("also")}
    templates = list(templates_in_use(zone_paths_of(quarters)))
    form = NewNoticeForm(
        request.POST or None, quarters=quarters, language=language, templates=templates, initial=initial
    )
    if form.is_valid():
        if form.is_newsletter_of_one_partnership:
            return redirect("followup:newsletter", form.cleaned_data["partnership"].key)
        notice = form.create_draft_with_quarters_and_sentences(by=person, at=at)
        return redirect("notices:write:edit", notice.pk)
    typed = request.GET.get("find", "").strip()
    context = {
        "form": form,
        "map": quarters_map(quarters, language),
        "find": typed,
        "by_hand": bool(form["kind"].errors or form["reason"].errors) or "kind" in request.GET,
        "buttons": [
            *template_buttons(templates, typed, language),
            *subject_buttons(typed, hits=find_situations(typed), for_traders=_is_for_traders(request, quarters)),
        ],
        "proposed": [button for button in subject_buttons("", hits=()) if button[0] == request.GET.get("subject")],
    }
    return render(request, "notices/new.html", context)


def _is_for_traders(request: HttpRequest, quarters: QuerySet[Partnership]) -> bool:
    """Whether the partnership that was chosen, or each of one's own, is one of the self-employed."""
    chosen = [one for one in quarters if str(one.pk) == request.GET.get("partnership")]
    return {one.kind for one in chosen or quarters} == {Partnership.Kind.TRADERS}


@needs(WRITE)
def edit_notice_draft(request: StaffRequest, key: UUID) -> HttpResponse:
    """Write the words side by side, see what the check says, give reasons, save; go on once nothing is missing.

    What was composed is changed in its sentences, unless somebody wants to write ``by_hand``.
    """
    notice = permitted_notice_or_404(request, key, WRITE)
    if notice.state != "draft":
        return redirect("notices:desk:detail", notice.pk)
    if notice.composition and request.method == "GET" and "by_hand" not in request.GET:
        return redirect("notices:write:compose", notice.pk)
    editor = DraftEditor(notice, request.POST or None)
    if "say" in request.POST:
        editor = editor.with_proposal(request.POST["say"])
    elif editor.is_valid():
        try:
            editor.save_texts_details_and_reasons(by=request.person, at=request.at)
            if "go_on" in request.POST:
                editor.about.add_refusals(refusals_before_leaving(notice, request.at))
        except Refused as refusal:
            editor.about.add_refusals([refusal])
        if not editor.about.errors and "gather" in request.POST:
            if gathered := gather_or_add_refusal(request, notice, editor.about):
                return gathered
        elif not editor.about.errors:
            if "go_on" in request.POST:
                return redirect("notices:write:submit", notice.pk)
            return success(request, _("The draft is saved."), "notices:write:edit", notice.pk)
    shown = editor.context(get_language() or "fr", at=request.at)
    return render(request, "notices/edit.html", shown)


@needs(WRITE)
@require_POST
def findings_fragment(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the check says of the words as they are typed now; nothing is saved."""
    notice = permitted_notice_or_404(request, key, WRITE)
    shown = DraftEditor(notice, request.POST).check_context(get_language() or "fr", at=request.at)  # type: ignore[attr-defined]
    return render(request, "notices/_findings.html", shown)


@needs(WRITE)
def submit_for_release(request: HttpRequest, key: UUID) -> HttpResponse:
    """Look at every copy once more, then offer the message for release."""
    notice = permitted_notice_or_404(request, key, WRITE)
    if notice.state != "draft" and request.method != "POST":
        return redirect("notices:desk:detail", notice.pk)
    texts, at = title_core_and_more_by_language(notice), request.at  # type: ignore[attr-defined]
    without_request = languages_without_instructions(notice, stored_composition_or_none(notice))
    form = SubmitNoticeForm(
        request.POST if request.method == "POST" else None, must_confirm_nothing_to_do=bool(without_request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            notices.submit_notice_for_release(notice=notice, by=request.person, at=at)  # type: ignore[attr-defined]
        except Refused as refusal:
            messages.error(request, refusal.in_words())
            return redirect("notices:write:edit", notice.pk)
        return success(
            request,
            _("Offered for release. A colleague now reads it; you cannot release it yourself."),
            "notices:desk:detail",
            notice.pk,
        )
    cards = finding_cards(notice, texts, get_language() or "fr")
    context = {
        "notice": notice,
        "copies": copy_previews(notice, texts, at=at),
        "part": reached_part(notice, at=at),
        "form": form,
        "languages_without_instructions": without_request,
        "question": KINDS[notice.kind].question,
        "unwritten": unwritten_languages(notice, texts),
        "held": any(card.blocks_message for card in cards),
        **leaving_and_expiry_times(notice, at=at),
        **end_before_letters_context(notice, at=at),
        **releasers_context(notice, at=at),
    }
    return render(request, "notices/submit.html", context)


@needs(WRITE)
@require_POST
def take_back_submission(request: HttpRequest, key: UUID) -> HttpResponse:
    """Whoever wrote some of a message takes it back while it waits for release."""
    notice = permitted_notice_or_404(request, key, WRITE)
    notices.return_submitted_notice_to_author(notice=notice, because="", by=request.person, at=request.at)  # type: ignore[attr-defined]
    return success(request, _("Taken back: it is a draft again."), "notices:write:edit", notice.pk)


@needs(WRITE)
def drop_notice(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give a draft up, after a question."""
    notice = permitted_notice_or_404(request, key, WRITE)
    if request.method == "POST":
        notices.drop_draft_and_free_infoflash_items(notice=notice, by=request.person, at=request.at)  # type: ignore[attr-defined]
        return success(
            request, _("The draft is dropped. You can take it up again on this page."), "notices:desk:detail", notice.pk
        )
    if notice.state != "draft":
        return redirect("notices:desk:detail", notice.pk)
    return render(request, "notices/drop.html", {"notice": notice})


@needs(WRITE)
@require_POST
def take_up_dropped(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write on at a draft that was dropped."""
    notice = permitted_notice_or_404(request, key, WRITE)
    notices.restore_dropped_draft(notice=notice, by=request.person, at=request.at)  # type: ignore[attr-defined]
    return redirect("notices:write:edit", notice.pk)
