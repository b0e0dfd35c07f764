"""The release of a message by a second person, and its stop (T1)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.charter.kinds import KINDS
from plp.exchange.queries import offers_of
from plp.exchange.states import OfferState
from plp.mandates.grants import Permission
from plp.notices import actions as notices
from plp.notices.compositions import languages_without_instructions, stored_composition_or_none
from plp.notices.models import Notice
from plp.notices.preview import copy_groups, readers_in_other_languages
from plp.notices.queries import hash_of_current_content, title_core_and_more_by_language
from plp.notices.queries.writers import is_writer_of_notice, writers_of_notice
from plp.notices.refusals import ReasonTooShort, SamePerson
from plp.partnership.gates import is_over
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.reauthentication import second_factor_proven_at
from plp.portal.shell.requests import success
from plp.portal.subjects.notices import lists
from plp.portal.subjects.notices.checks import copy_previews, finding_cards, unwritten_languages
from plp.portal.subjects.notices.leaving_times import end_before_letters_context, leaving_and_expiry_times
from plp.portal.subjects.notices.reach.places import destinations_of_notice
from plp.portal.subjects.notices.reached_part import reached_part
from plp.portal.subjects.notices.release.forms import BecauseForm
from plp.toolbox.texts import LANGUAGES

RELEASE = Permission.NOTICE_RELEASE


@needs(RELEASE)
@freshly_proven
def release_notice(request: HttpRequest, key: UUID) -> HttpResponse:
    """Read the exact text as the second person, then let it go (T43)."""
    notice, at = lists.permitted_notice_or_404(request, key, RELEASE), request.at  # type: ignore[attr-defined]
    if request.method == "POST":
        notices.release_text_as_second_person(
            notice=notice,
            text_hash=request.POST.get("text_hash", ""),
            proven_at=second_factor_proven_at(request),
            by=request.person,  # type: ignore[attr-defined]
            at=at,
        )
        return success(request, _("Released."), "notices:desk:detail", notice.pk)
    if notice.state != "submitted" or is_over(notice.partnership):
        return redirect("notices:desk:detail", notice.pk)
    if is_writer_of_notice(request.person, notice):  # type: ignore[attr-defined]
        messages.error(request, SamePerson().in_words())
        return redirect("notices:desk:detail", notice.pk)
    return render(request, "notices/release.html", _release_context(request, notice))


def _release_context(request: HttpRequest, notice: Notice) -> dict[str, object]:
    """What the releaser reads; the hash is that of the very words on the page."""
    texts, language = title_core_and_more_by_language(notice), get_language() or "fr"
    found = copy_groups(notice, texts, at=request.at)  # type: ignore[attr-defined]
    return {
        "notice": notice,
        "row": lists.notice_row(notice, language),
        "writers": sorted(person.name for person in writers_of_notice(notice)),
        "copies": copy_previews(notice, texts, at=request.at),  # type: ignore[attr-defined]
        "unwritten": unwritten_languages(notice, texts),
        "written": [language for language in LANGUAGES if language in texts],
        "elsewhere": readers_in_other_languages(found, texts, notice.partnership.languages),
        "people": sum(lot.people for lot in found),
        "part": reached_part(notice, at=request.at),  # type: ignore[attr-defined]
        "languages_without_instructions": languages_without_instructions(notice, stored_composition_or_none(notice)),
        "places": destinations_of_notice(notice, request.person, language, at=request.at),  # type: ignore[attr-defined]
        **leaving_and_expiry_times(notice, at=request.at),  # type: ignore[attr-defined]
        **end_before_letters_context(notice, at=request.at),  # type: ignore[attr-defined]
        "question": KINDS[notice.kind].question,
        "euros": sum(lot.cents for lot in found) / 100,
        "findings": finding_cards(notice, texts, language),
        "text_hash": hash_of_current_content(notice, texts),
        "form": BecauseForm(),
    }


@needs(RELEASE)
@require_POST
def send_back_to_author(request: HttpRequest, key: UUID) -> HttpResponse:
    """Return a message to its author, with a word why; what is missing is said beside the word."""
    notice = lists.permitted_notice_or_404(request, key, RELEASE)
    form = BecauseForm(request.POST)
    if form.is_valid():
        try:
            notices.return_submitted_notice_to_author(
                notice=notice,
                by=request.person,  # type: ignore[attr-defined]
                at=request.at,  # type: ignore[attr-defined]
                **form.cleaned_data,
            )
        except ReasonTooShort as refused:
            form.add_error("because", refused.in_words())
        else:
            messages.success(request, _("Sent back to its author."))
    if notice.state != "submitted" or form.is_valid():
        return redirect("notices:desk:detail", notice.pk)
    return render(request, "notices/release.html", _release_context(request, notice) | {"form": form})


@needs(Permission.NOTICE_STOP)
def stop_released_notice(request: HttpRequest, key: UUID) -> HttpResponse:
    """Stop a message, after a question: what has not left yet never leaves (F27)."""
    notice = lists.permitted_notice_or_404(request, key, Permission.NOTICE_STOP)
    if request.method == "POST":
        stopped = notices.retract_notice_everywhere(notice=notice, by=request.person, at=request.at)  # type: ignore[attr-defined]
        return success(
            request, _("Stopped. Copies that will not leave any more: %d") % stopped, "notices:desk:detail", notice.pk
        )
    row = lists.notice_row(notice, get_language() or "fr")
    told = KINDS[notice.kind].needs_reference and notice.state == "relayed"
    elsewhere = ", ".join(offer.partner.name for offer in offers_of(notice) if offer.state == OfferState.ACCEPTED)
    return render(request, "notices/stop.html", {"notice": notice, "row": row, "told": told, "elsewhere": elsewhere})
