"""What volunteers carry: calls, letters, and copies of which nobody knows whether they arrived."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.channels.calls import Calls, call_list_pdf, call_sheet
from plp.channels.paper import Paper, letters_pdf, round_sheet_pdf
from plp.delivery import actions as delivery
from plp.delivery import queries as outbox
from plp.delivery.models import Dispatch
from plp.partnership.gates import is_over, require_living
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.shell.work_by_hand import work_by_hand_of
from plp.portal.subjects.notices.relay import by_hand
from plp.portal.subjects.notices.relay.inbox import inbox_row, received_notice_or_404
from plp.portal.subjects.notices.relay.rounds import (
    letters_by_street,
    letters_in_walking_order,
    outcomes_of_homes,
    outcomes_of_street_delivered,
)

MANAGE = by_hand.MANAGE
PDF = "application/pdf"


def _hand_out_put_back_or_tick_off(request: HttpRequest, carried: by_hand.CarriedMessage, channel: str) -> None:
    """Take what waits, put it back, or note what was ticked. Raises ``PartnershipOver``."""
    if carried.notice:
        require_living(carried.partnership)
    person, at = request.person, request.at  # type: ignore[attr-defined]
    if "take" in request.POST:
        delivery.mark_handed_out(message=carried.message, channel=channel, by=person, at=at)
    elif "back" in request.POST:
        delivery.return_unticked_copies_to_list(message=carried.message, channel=channel, by=person, at=at)
        messages.success(request, _("Put back: somebody else can take them."))
    else:
        rows = by_hand.unticked_copies(carried, channel)
        noted = by_hand.record_outcomes(rows, _ticked_outcomes(rows, request.POST, channel), by=person, at=at)
        if noted:
            messages.success(request, _("Noted: %d") % noted)
        else:
            messages.warning(request, _("Nothing is noted. Say first what became of at least one."))


def _ticked_outcomes(rows: list[Dispatch], posted: Mapping[str, str], channel: str) -> Mapping[str, str]:
    """What became of each copy: all of them done, a street delivered, or one by one."""
    if "all" in posted:
        return by_hand.outcomes_of_all_arrived(rows)
    ticked = outcomes_of_street_delivered(rows, posted["street"]) if "street" in posted else posted
    return outcomes_of_homes(rows, ticked) if channel == Paper.key else ticked


@needs(MANAGE)
def list_letters_and_calls(request: StaffRequest) -> HttpResponse:
    """What members whom no e-mail or SMS reaches still have to get, in numbers: letters and calls of each message."""
    carried = by_hand.messages_still_carried(request.person, at=request.at)
    return render(request, "notices/relay/by_hand.html", {"work": work_by_hand_of(carried, at=request.at)})


@needs(MANAGE)
def show_calls_and_record_outcomes(request: HttpRequest, key: UUID) -> HttpResponse:
    """Whom to call, what to read aloud, what became of it; and whom no channel reached."""
    carried = by_hand.carried_message_or_404(request, key)
    person, at, language = request.person, request.at, get_language() or "fr"  # type: ignore[attr-defined]
    if request.method == "POST":
        _hand_out_put_back_or_tick_off(request, carried, Calls.key)
        return redirect("notices:relay:calls", carried.key)
    rows = by_hand.unticked_copies(carried, Calls.key)
    lost = by_hand.unreached_members(carried, person, language, at=at)
    by_hand.note_names_viewed(carried, "calls", len(rows) + len(lost), by=person, at=at)
    message = by_hand.call_message(carried, at=at)
    sheet = call_sheet(message, by_hand.call_recipients(carried, rows), language=language)
    context = {
        "carried": carried,
        "ended": carried.ended,
        "sheet": sheet if rows else None,
        "waiting": by_hand.count_to_hand_out(carried, Calls.key, at=at),
        "leaves_at": min(outbox.first_scheduled_times(carried.message).values(), default=None),
        "lost": lost,
        "rung": by_hand.recipients_to_call(lost, message),
    }
    return render(request, "notices/relay/calls.html", context)


@needs(MANAGE)
def call_list_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same list on paper, with those whom no channel reached and who can be rung."""
    carried = by_hand.carried_message_or_404(request, key)
    person, at, language = request.person, request.at, get_language() or "fr"  # type: ignore[attr-defined]
    message = by_hand.call_message(carried, at=at)
    lost = by_hand.unreached_members(carried, person, language, at=at)
    listed = by_hand.call_recipients(carried, by_hand.unticked_copies(carried, Calls.key)) + by_hand.recipients_to_call(
        lost, message
    )
    if not listed:
        return redirect("notices:relay:calls", carried.key)
    by_hand.note_names_viewed(carried, "calls", len(listed), by=person, at=at)
    return download(call_list_pdf(message, listed, language=language), name="call-list.pdf", content_type=PDF)


@needs(MANAGE)
def show_letters_and_record_outcomes(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take the letters, print them, tick them off street by street."""
    carried = by_hand.carried_message_or_404(request, key)
    person, at = request.person, request.at  # type: ignore[attr-defined]
    if request.method == "POST":
        _hand_out_put_back_or_tick_off(request, carried, Paper.key)
        return redirect("notices:relay:letters", carried.key)
    rows = by_hand.unticked_copies(carried, Paper.key)
    by_hand.note_names_viewed(carried, "letters", len(rows), by=person, at=at)
    context = {
        "carried": carried,
        "ended": carried.ended,
        "streets": letters_by_street(rows),
        "outcomes": [(outcome, words.label) for outcome, words in Paper.outcomes.items()],
        "waiting": by_hand.count_to_hand_out(carried, Paper.key, at=at),
        "leaves_at": outbox.first_scheduled_times(carried.message).get(Paper.key),
    }
    return render(request, "notices/relay/letters.html", context)


@needs(MANAGE)
def letters_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """The letters, in walking order."""
    carried = by_hand.carried_message_or_404(request, key)
    rows = by_hand.unticked_copies(carried, Paper.key)
    if not rows:
        return redirect("notices:relay:letters", carried.key)
    by_hand.note_names_viewed(carried, "letters", len(rows), by=request.person, at=request.at)  # type: ignore[attr-defined]
    content = letters_pdf(by_hand.paper_message(carried), letters_in_walking_order(rows))
    return download(content, name="letters.pdf", content_type=PDF)


@needs(MANAGE)
def volunteer_sheets_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """One sheet per street for the volunteer: door numbers, no names."""
    carried = by_hand.carried_message_or_404(request, key)
    language = get_language() or "fr"
    people = letters_in_walking_order(by_hand.unticked_copies(carried, Paper.key))
    if not people:
        return redirect("notices:relay:letters", carried.key)
    content = round_sheet_pdf(by_hand.paper_message(carried), people, language=language)
    return download(content, name="rounds.pdf", content_type=PDF)


@needs(MANAGE)
def show_and_resolve_unknown_copies(request: HttpRequest, key: UUID) -> HttpResponse:
    """Copies that may not have arrived: ask the person, note the answer."""
    notice = received_notice_or_404(request, key, MANAGE, sent=True)
    person, at = request.person, request.at  # type: ignore[attr-defined]
    rows = outbox.unknown_copies(notice.relay.message).select_related("message", "contact__person")
    if is_over(notice.partnership):
        rows = rows.none()
    if request.method == "POST":
        copy = get_object_or_404(rows, pk=_key_or_zero(request.POST.get("copy", "")))
        delivery.resolve_unknown_copy(dispatch=copy, state=request.POST.get("state", ""), by=person, at=at)
        return success(request, _("Noted: %d") % 1, "notices:relay:unknown", notice.pk)
    found = list(rows)
    by_hand.note_names_viewed(by_hand.carried_message_of_notice(notice, at=at), "unknown", len(found), by=person, at=at)
    context = {"notice": notice, "row": inbox_row(notice, get_language() or "fr"), "copies": found}
    return render(request, "notices/relay/unknown.html", context)


def _key_or_zero(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 18 else 0
