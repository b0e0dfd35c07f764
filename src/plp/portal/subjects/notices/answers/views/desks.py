"""What waits on the desks: answers for the police alone, calls for help for coordinator and police."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plp.delivery.phone_numbers import format_phone_number
from plp.mandates.grants import Permission
from plp.notices import actions as notices
from plp.notices.models import HelpCall
from plp.notices.queries.answers import answers_to_notice, help_calls_in_scope, open_help_calls
from plp.people.models import Person
from plp.portal.shell.guards import needs, own_account
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.notices.lists import find, row

SHOWN = 50


@dataclass(frozen=True)
class ShownCall:
    """A call for help on a desk. ``words`` are for the police alone."""

    call: HelpCall
    quarter: str
    door: str
    numbers: list[tuple[str, str]]  # to be rung, and as people read it
    words: str


@needs(Permission.QUESTION_POLICE)
def answers(request: StaffRequest, key: UUID) -> HttpResponse:
    """What members answered to one message; who opens it has read it."""
    notice = find(request, key, Permission.QUESTION_POLICE)
    answer_rows = list(answers_to_notice(notice))
    if request.method == "GET" and any(answer.read_at is None for answer in answer_rows):
        notices.note_answers_read(notice=notice, by=request.person, at=request.at)
    context = {"notice": notice, "row": row(notice, get_language() or "fr"), "answers": answer_rows}
    return render(request, "notices/answers/listed.html", context)


@needs(Permission.QUESTION_COORDINATOR)
def help_coordinator(request: StaffRequest) -> HttpResponse:
    """Who needs help: whom to call, without the words of a cry."""
    return _help_calls(request, Permission.QUESTION_COORDINATOR, "notices:answers:help_coordinator")


@needs(Permission.QUESTION_POLICE)
def help_police(request: StaffRequest) -> HttpResponse:
    """Who cried for help, with the words."""
    return _help_calls(request, Permission.QUESTION_POLICE, "notices:answers:help_police")


@own_account
@require_safe
def newest_call(request: StaffRequest) -> HttpResponse:
    """A name of the newest call that nobody took, for the page that listens; empty when there is none."""
    found = [
        call
        for permission in (Permission.QUESTION_COORDINATOR, Permission.QUESTION_POLICE)
        if permission in request.permissions
        for call in open_help_calls(request.person, permission, at=request.at)
    ]
    newest = max((at for _cause, at in found), default=None)
    return HttpResponse(f"{newest.timestamp():.0f}" if newest else "", content_type="text/plain; charset=utf-8")


def _help_calls(request: StaffRequest, permission: Permission, view: str) -> HttpResponse:
    calls = help_calls_in_scope(request.person, permission, at=request.at)
    if request.method == "POST":
        call = next((call for call in calls if str(call.pk) == request.POST.get("call")), None)
        if call is None:
            raise Http404
        notices.take_help_call(call=call, by=request.person, at=request.at)
        messages.success(request, _("You see to it. It is no longer red for the others."))
        return redirect(view)
    with_words = permission == Permission.QUESTION_POLICE
    rows = [
        _shown_call(call, get_language() or "fr", with_words=with_words)
        for call in calls.select_related("person__household__street").prefetch_related("person__contacts")[:SHOWN]
    ]
    context = {
        "open": [shown for shown in rows if shown.call.taken_at is None],
        "taken": [shown for shown in rows if shown.call.taken_at is not None],
    }
    return render(request, "notices/answers/help_calls.html", context)


def _shown_call(call: HelpCall, language: str, *, with_words: bool) -> ShownCall:
    return ShownCall(
        call=call,
        quarter=call.partnership.name(language),
        door=_door(call.person, language),
        numbers=[
            (contact.address, format_phone_number(contact.address))
            for contact in call.person.contacts.all()
            if contact.address.startswith("+")
        ],
        words=call.words if with_words else "",
    )


def _door(person: Person, language: str) -> str:
    home = person.household
    return f"{home.street.name(language)} {home.house}" if home else ""
