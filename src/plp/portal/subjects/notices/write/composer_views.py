"""The pages on which a message is composed from the catalogue of sentences, and what follows one that was sent."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from plp.charter.kinds import KINDS
from plp.mandates.grants import Permission
from plp.notices import actions as notices
from plp.notices.actions.gates import refusals_before_leaving
from plp.notices.models import Notice
from plp.notices.queries.reach import other_partnerships_chosen
from plp.notices.refusals import HasGap
from plp.notices.subjects import SUBJECTS
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.notices.forms import quarter_label
from plp.portal.subjects.notices.lists import notice_row, permitted_notice_or_404
from plp.portal.subjects.notices.reached_part import reached_part
from plp.portal.subjects.notices.write.composer import NoticeComposer, subject_buttons
from plp.portal.subjects.notices.write.editor import save_override_reasons
from plp.portal.subjects.notices.write.forms import NoticeDetailsForm
from plp.portal.subjects.notices.write.infoflash import gather_or_add_refusal, gathering_context
from plp.toolbox.moves import Refused
from plp.wording.catalogue.search import find_situations

WRITE = Permission.NOTICE_WRITE


@needs(WRITE)
def compose_and_save_notice(request: StaffRequest, key: UUID) -> HttpResponse:
    """Choose sentences and fill their slots; every language stands beside it. Each sending keeps what was chosen."""
    notice = permitted_notice_or_404(request, key, WRITE)
    if notice.state != "draft":
        return redirect("notices:desk:detail", notice.pk)
    at, language = request.at, get_language() or "fr"
    composer = NoticeComposer(notice, request.POST if request.method == "POST" else None, language=language, at=at)
    about = NoticeDetailsForm(request.POST if "situation" in request.POST else None, notice=notice)
    if request.method == "POST" and composer.composition is not None:
        composer.move_remove_or_add_sentence(request.POST.get("act", ""))
        composer.replace_sentence_by_proposal(request.POST.get("say", ""))
        notices.rewrite_draft_from_composition(
            notice=notice, composition=composer.composition, by=request.person, at=at
        )
        if about.is_valid():
            values = about.notice_values()
            if "HX-Request" in request.headers:  # kept while one writes: it may arrive behind the form that is sent
                values["keeps_secrecy"] = None
            notices.set_details_of_draft(notice=notice, **values, by=request.person, at=at)
        _save_override_reasons(request, composer, about)
        if {"go_on", "gather"} & {*request.POST} and _is_ready_or_add_errors(composer, about):
            if leaves := _go_on_or_gather(request, notice, about):
                return leaves
        elif not {"go_on", "gather", "HX-Request"} & {*request.POST, *request.headers} and not about.non_field_errors():
            return redirect(_return_url(request, notice))
    return _composer_page(request, composer, about)


def _go_on_or_gather(request: StaffRequest, notice: Notice, about: NoticeDetailsForm) -> HttpResponse | None:
    """To what members will read, or to the desk once the message waits for the infoflash."""
    if "gather" in request.POST:
        return gather_or_add_refusal(request, notice, about)
    notices.name_days_of_later_notice(notice=notice, by=request.person, at=request.at)
    return redirect("notices:write:submit", notice.pk)


def _save_override_reasons(request: StaffRequest, composer: NoticeComposer, about: NoticeDetailsForm) -> None:
    """Keep the reasons typed beside what the check holds; one that is too short is said in the form."""
    try:
        save_override_reasons(composer.notice, composer.finding_cards(), request.POST, by=request.person, at=request.at)
    except Refused as refusal:
        about.add_error(None, refusal.in_words())


def _return_url(request: StaffRequest, notice: Notice) -> str:
    """The same page, with what is searched and beside what was touched."""
    address = reverse("notices:write:compose", args=[notice.pk])
    typed = request.POST.get("find", "").strip() if request.POST.get("act") == "find" else ""
    if "say" in request.POST:
        return f"{address}#composed-title"
    return f"{address}?{urlencode({'find': typed})}#candidates" if typed else f"{address}#sentences"


def _is_ready_or_add_errors(composer: NoticeComposer, about: NoticeDetailsForm) -> bool:
    """Whether nothing is missing any more; else the form says what."""
    if not about.is_valid():
        return False
    if composer.has_open_slot:
        about.add_refusals([HasGap(gap=composer.first_open_label())])
    about.add_refusals(refusals_before_leaving(composer.notice, composer.at))
    return not about.errors


def _composer_page(request: StaffRequest, composer: NoticeComposer, about: NoticeDetailsForm) -> HttpResponse:
    notice, typed = composer.notice, request.GET.get("find", "").strip()
    context = {
        **composer.context(find=typed, shows_missing=bool({"go_on", "gather"} & {*request.POST})),
        **gathering_context(notice),
        "notice": notice,
        "row": notice_row(notice, composer.language),
        "kind": KINDS[notice.kind],
        "about": about,
        "part": reached_part(notice, at=composer.at),
        "others": [quarter_label(quarter, composer.language) for quarter in other_partnerships_chosen(notice)],
        "may_choose": not (notice.answers_id or notice.corrects_id),
        "buttons": subject_buttons(typed, hits=find_situations(typed)),
    }
    return render(request, "notices/compose.html", context)


@needs(WRITE)
@require_POST
def begin_correction(request: StaffRequest, key: UUID) -> HttpResponse:
    """Begin a correction with the words that were sent: it goes to exactly those whom the message reached (F27)."""
    origin = permitted_notice_or_404(request, key, WRITE)
    draft = _create_draft_like_sent_notice(request, origin, kind=origin.kind, corrects=origin)
    notices.fill_draft_from_sent_notice(notice=draft, origin=origin, by=request.person, at=request.at)
    return redirect("notices:write:edit", draft.pk)


@needs(WRITE)
@require_POST
def begin_reminder(request: StaffRequest, key: UUID) -> HttpResponse:
    """Begin the same message anew, as a reminder."""
    origin = permitted_notice_or_404(request, key, WRITE)
    draft = _create_draft_like_sent_notice(request, origin, kind=origin.kind)
    notices.fill_draft_from_sent_notice(notice=draft, origin=origin, by=request.person, at=request.at)
    return redirect("notices:write:edit", draft.pk)


@needs(WRITE)
@require_POST
def begin_feedback(request: StaffRequest, key: UUID) -> HttpResponse:
    """Begin the feedback to a message that was sent (R112)."""
    origin = permitted_notice_or_404(request, key, WRITE)
    draft = _create_draft_like_sent_notice(request, origin, kind="feedback", answers=origin)
    notices.fill_feedback_from_catalogue(notice=draft, origin=origin, by=request.person, at=request.at)
    return redirect("notices:write:edit", draft.pk)


@needs(WRITE)
@require_POST
def fill_draft_from_subject(request: StaffRequest, key: UUID) -> HttpResponse:
    """Where templates were chosen before the catalogue: begins a draft without words with a situation."""
    notice = permitted_notice_or_404(request, key, WRITE)
    if request.POST.get("subject") in SUBJECTS:
        notices.fill_empty_languages_from_catalogue(
            notice=notice, subject=request.POST["subject"], by=request.person, at=request.at
        )
    return redirect("notices:write:compose", notice.pk)


def _create_draft_like_sent_notice(request: StaffRequest, origin: Notice, **about: Any) -> Notice:
    """A draft to the partnership of a message that was sent, for the same reason."""
    return notices.create_notice_draft(
        partnership=origin.partnership, reason=origin.reason, by=request.person, at=request.at, **about
    )
