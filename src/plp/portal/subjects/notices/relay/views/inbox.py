"""The inbox: what the police made available, relaying it, and how it fares."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.charter.queries import required_plan_rule
from plp.mandates.grants import Permission
from plp.membership.firms import asks_for_firms
from plp.notices import actions as notices
from plp.notices import refusals
from plp.notices.models import Notice
from plp.notices.preview import copy_groups, readers_in_other_languages
from plp.notices.queries import (
    does_notice_end_before_leaving,
    has_notice_ended,
    time_notice_ends,
    title_core_and_more_by_language,
)
from plp.notices.queries.answers import count_acknowledgements, persons_offering_help
from plp.notices.queries.screens import shops_and_times_seen
from plp.notices.queries.sending_times import first_time_notice_may_leave
from plp.notices.states import State
from plp.partnership.gates import is_over
from plp.portal.shell.delivery_tables import journalled_delivery_table
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.notices.leaving_times import end_before_letters_context, wrong_day_words_context
from plp.portal.subjects.notices.relay import inbox as lists
from plp.portal.subjects.notices.relay.inbox import received_notice_or_404
from plp.portal.subjects.notices.relay.progress import delivery_progress_of, ended_or_stopped_sentence


@needs(Permission.NOTICE_RECEIVE)
def coordinator_inbox_page(request: HttpRequest) -> HttpResponse:
    """What waits first, urgent things on top; earlier messages below."""
    person, at, language = request.person, request.at, get_language() or "fr"  # type: ignore[attr-defined]
    shown = lists.inbox_of(person, language, request.GET.get("page"), at=at)
    context = {
        "inbox": shown,
        "earlier_is_open": "page" in request.GET or not shown.waiting,
        "may_carry": Permission.MEMBERS_MANAGE in request.permissions,  # type: ignore[attr-defined]
    }
    return render(request, "notices/relay/inbox.html", context)


@needs(Permission.NOTICE_RECEIVE)
def open_notice_and_note_seen(request: HttpRequest, key: UUID) -> HttpResponse:
    """One message; opening it is noted as seen (R51)."""
    notice = received_notice_or_404(request, key, Permission.NOTICE_RECEIVE)
    person, at = request.person, request.at  # type: ignore[attr-defined]
    context = {
        "notice": notice,
        "row": lists.inbox_row(notice, get_language() or "fr"),
        "texts": title_core_and_more_by_language(notice),
        "reading": notices.record_notice_opened_by_coordinator(notice=notice, by=person, at=at),
        "progress": delivery_progress_of(notice, at=at) if hasattr(notice, "relay") else None,
        **_acknowledgement_context(request, notice),
        "ends_at": time_notice_ends(notice, at=at),
        "is_alive": notice.state in {State.RELEASED, State.RELAYED} and not has_notice_ended(notice, at=at),
    }
    return render(request, "notices/relay/detail.html", context)


def _acknowledgement_context(request: HttpRequest, notice: Notice) -> dict[str, Any]:
    """How many said that they read it; who can help, for the coordinator who answers members."""
    if notice.relayed_at is None:
        return {}
    sees_helpers = Permission.QUESTION_COORDINATOR in request.permissions  # type: ignore[attr-defined]
    helpers = sorted(person.name for person in persons_offering_help(notice)) if sees_helpers else []
    tills = shops_and_times_seen(notice) if sees_helpers and asks_for_firms(notice.partnership) else []
    return {"heard": count_acknowledgements(notice), "helpers": helpers, "tills": tills}


@needs(Permission.NOTICE_RECEIVE)
@require_POST
def acknowledge_notice(request: HttpRequest, key: UUID) -> HttpResponse:
    """Tell the police that one has read it."""
    notice = received_notice_or_404(request, key, Permission.NOTICE_RECEIVE)
    notices.record_notice_opened_by_coordinator(notice=notice, acknowledge=True, by=request.person, at=request.at)  # type: ignore[attr-defined]
    return success(request, _("The police see that you have read it."), "notices:relay:detail", notice.pk)


@needs(Permission.NOTICE_RELAY)
def relay_notice(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say to how many people it goes, then pass it on; opening it is noted as seen (R51)."""
    notice = received_notice_or_404(request, key, Permission.NOTICE_RELAY)
    if request.method == "POST":
        queued = notices.relay_notice_to_members(notice=notice, by=request.person, at=request.at)  # type: ignore[attr-defined]
        words = ngettext("Relayed to %d person.", "Relayed to %d people.", queued) % queued
        return success(request, words, "notices:relay:progress", notice.pk)
    if not _can_be_relayed(notice, request.at):  # type: ignore[attr-defined]
        return redirect("notices:relay:detail", notice.pk)  # somebody was faster, it was stopped, it is too late
    if does_notice_end_before_leaving(notice, at=request.at):  # type: ignore[attr-defined]
        messages.error(request, refusals.EndsBeforeHours.sentence)
        return redirect("notices:relay:detail", notice.pk)
    notices.record_notice_opened_by_coordinator(notice=notice, by=request.person, at=request.at)  # type: ignore[attr-defined]
    rule = required_plan_rule(notice.partnership, notice.kind, at=request.at)  # type: ignore[attr-defined]
    texts = title_core_and_more_by_language(notice)
    opens_at = first_time_notice_may_leave(notice, at=request.at)  # type: ignore[attr-defined]
    found = copy_groups(notice, texts, at=request.at)  # type: ignore[attr-defined]
    context = {
        "notice": notice,
        "row": lists.inbox_row(notice, get_language() or "fr"),
        "lots": found,
        "texts": texts,
        "written": sorted(texts),
        "elsewhere": readers_in_other_languages(found, texts, rule.languages),
        "euros": sum(lot.cents for lot in found) / 100,
        "leaves_at": opens_at if opens_at > request.at else None,  # type: ignore[attr-defined]
        "people": sum(lot.people for lot in found),
        **wrong_day_words_context(notice, at=request.at),  # type: ignore[attr-defined]
        **end_before_letters_context(notice, at=request.at),  # type: ignore[attr-defined]
    }
    return render(request, "notices/relay/relay.html", context)


def _can_be_relayed(notice: Notice, at: datetime) -> bool:
    return notice.state == State.RELEASED and not is_over(notice.partnership) and not has_notice_ended(notice, at=at)


@needs(Permission.NOTICE_STOP)
def stop_relayed_notice(request: HttpRequest, key: UUID) -> HttpResponse:
    """Stop a message, after a question: what has not left yet never leaves (F27)."""
    notice = received_notice_or_404(request, key, Permission.NOTICE_STOP)
    if request.method == "POST":
        stopped = notices.retract_notice_everywhere(notice=notice, by=request.person, at=request.at)  # type: ignore[attr-defined]
        return success(
            request, _("Stopped. Copies that will not leave any more: %d") % stopped, "notices:relay:detail", notice.pk
        )
    row = lists.inbox_row(notice, get_language() or "fr")
    return render(request, "notices/relay/stop.html", {"notice": notice, "row": row})


@needs(Permission.DELIVERY_SEE)
def relay_progress_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """How it fares, in figures and in words; asked again every two seconds while copies wait."""
    notice = received_notice_or_404(request, key, Permission.DELIVERY_SEE, sent=True)
    context = {
        "notice": notice,
        "row": lists.inbox_row(notice, get_language() or "fr"),
        "progress": delivery_progress_of(notice, at=request.at),  # type: ignore[attr-defined]
        "ended": ended_or_stopped_sentence(notice, at=request.at),  # type: ignore[attr-defined]
    }
    partial = request.htmx  # type: ignore[attr-defined]
    return render(request, f"notices/relay/{'_progress' if partial else 'progress'}.html", context)


@needs(Permission.DELIVERY_SEE)
def delivery_table(request: StaffRequest, key: UUID, form: str) -> HttpResponse:
    """The same figures for a spreadsheet, channel by channel."""
    return journalled_delivery_table(
        request, received_notice_or_404(request, key, Permission.DELIVERY_SEE, sent=True), form, by_channel=True
    )
