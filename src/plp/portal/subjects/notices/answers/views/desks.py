"""What waits on the desks: answers for the police alone, calls for help for coordinator and police."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plp.delivery.phone_numbers import format_phone_number
from plp.mandates.grants import Permission
from plp.notices import actions as notices
from plp.notices.models import HelpCall
from plp.notices.queries.answers import (
    answers_to_notice,
    causes_and_times_of_open_help_calls,
    help_calls_person_may_see,
    last_help_drills_and_response_times,
)
from plp.notices.queries.drills import count_members_in_drills, last_message_drills_with_reach
from plp.partnership.gates import is_over
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.people.models import Person
from plp.people.small_counts import mask_count, mask_counts_with_known_total
from plp.portal.shell.guards import needs, own_account
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.notices.lists import notice_row, permitted_notice_or_404
from plp.wording.cries import heaviest_cry_words

SHOWN = 50


@dataclass(frozen=True)
class ShownHelpCall:
    """A call for help on a desk. ``words`` are for the police alone."""

    call: HelpCall
    quarter: str
    door: str
    numbers: list[tuple[str, str]]  # to be rung, and as people read it
    words: str
    weighty_words: list[str]  # of a cry: why it is red

    @property
    def is_drill(self) -> bool:
        """Whether nobody is in need."""
        return self.call.cause == HelpCall.Cause.DRILL

    @property
    def duration_text(self) -> str:
        """How long it took until somebody took it, in words."""
        return minutes_text(self.call.taken_at - self.call.at) if self.call.taken_at else ""


def minutes_text(lasted: timedelta) -> str:
    """A time in whole minutes, begun ones counted."""
    minutes = max(1, -int(-lasted.total_seconds() // 60))
    return ngettext("%d minute", "%d minutes", minutes) % minutes


@needs(Permission.QUESTION_POLICE)
def list_answers_and_mark_read(request: StaffRequest, key: UUID) -> HttpResponse:
    """What members answered to one message; who opens it has read it."""
    notice = permitted_notice_or_404(request, key, Permission.QUESTION_POLICE)
    answer_rows = list(answers_to_notice(notice))
    if request.method == "GET" and any(answer.read_at is None for answer in answer_rows):
        notices.mark_answers_read_by_police(notice=notice, by=request.person, at=request.at)
    context = {"notice": notice, "row": notice_row(notice, get_language() or "fr"), "answers": answer_rows}
    return render(request, "notices/answers/listed.html", context)


@needs(Permission.QUESTION_COORDINATOR)
def list_and_take_help_calls_as_coordinator(request: StaffRequest) -> HttpResponse:
    """Who needs help: whom to call, without the words of a cry."""
    return _list_help_calls_or_take_one_or_start_drill(
        request, Permission.QUESTION_COORDINATOR, "notices:answers:help_coordinator"
    )


@needs(Permission.QUESTION_POLICE)
def list_and_take_help_calls_as_police(request: StaffRequest) -> HttpResponse:
    """Who cried for help, with the words."""
    return _list_help_calls_or_take_one_or_start_drill(
        request, Permission.QUESTION_POLICE, "notices:answers:help_police"
    )


@own_account
@require_safe
def newest_open_call_time_as_text_response(request: StaffRequest) -> HttpResponse:
    """A name of the newest call that nobody took, for the page that listens; empty when there is none."""
    found = [
        call
        for permission in (Permission.QUESTION_COORDINATOR, Permission.QUESTION_POLICE)
        if permission in request.permissions
        for call in causes_and_times_of_open_help_calls(request.person, permission, at=request.at)
    ]
    newest = max((at for _cause, at in found), default=None)
    return HttpResponse(f"{newest.timestamp():.0f}" if newest else "", content_type="text/plain; charset=utf-8")


def _list_help_calls_or_take_one_or_start_drill(
    request: StaffRequest, permission: Permission, view: str
) -> HttpResponse:
    calls = help_calls_person_may_see(request.person, permission, at=request.at)
    partnerships = list(partnerships_in_scope(request.person, permission, at=request.at).order_by("key"))
    if request.method == "POST":
        _take_call_or_start_drill(request, calls, partnerships)
        return redirect(view)
    language, with_words = get_language() or "fr", permission == Permission.QUESTION_POLICE
    rows = [
        _shown_call(call, language, with_words=with_words)
        for call in calls.select_related("person__household__street").prefetch_related("person__contacts")[:SHOWN]
    ]
    waiting = [shown for shown in reversed(rows) if shown.call.taken_at is None]  # who waits longest comes first
    context = {
        "open": waiting,
        "nobody_calls": not waiting,
        "has_cries": any(shown.call.cause == HelpCall.Cause.CRY for shown in waiting),
        "taken": [shown for shown in rows if shown.call.taken_at is not None],
        "partnerships": [(one.key, one.name(language)) for one in partnerships if not is_over(one)],
        "drills": [
            (place.name(language), at, minutes_text(lasted))
            for place, at, lasted in last_help_drills_and_response_times(partnerships)
        ],
        "message_drills": [
            (drill.partnership.name(language), drill.at, *mask_counts_with_known_total([drill.audience, drill.reached]))
            for drill in last_message_drills_with_reach(partnerships)
        ],
        "drill_members": mask_count(count_members_in_drills(partnerships)),
    }
    return render(request, "notices/answers/help_calls.html", context)


def _take_call_or_start_drill(
    request: StaffRequest, calls: QuerySet[HelpCall], partnerships: Sequence[Partnership]
) -> None:
    """Take a call, or start a drill. Raises ``Http404`` for what is not of this desk."""
    if "drill" in request.POST:
        chosen = next((place for place in partnerships if place.key == request.POST["drill"]), None)
        if chosen is None:
            raise Http404
        if request.POST.get("kind") == "message":
            notices.send_drill_to_consenting_members(partnership=chosen, by=request.person, at=request.at)
            messages.success(request, _("The drill message is on its way to the members who agreed to drills."))
            return
        notices.start_drill_of_cry_for_help(partnership=chosen, by=request.person, at=request.at)
        messages.success(request, _("The drill has begun. It is marked as one everywhere."))
        return
    call = next((call for call in calls if str(call.pk) == request.POST.get("call")), None)
    if call is None:
        raise Http404
    notices.mark_help_call_taken(call=call, by=request.person, at=request.at)
    messages.success(request, _("You see to it. It is no longer red for the others."))


def _shown_call(call: HelpCall, language: str, *, with_words: bool) -> ShownHelpCall:
    return ShownHelpCall(
        call=call,
        quarter=call.partnership.name(language),
        door="" if call.cause == HelpCall.Cause.DRILL else _door_of_person(call.person, language),
        numbers=[
            (contact.address, format_phone_number(contact.address))
            for contact in call.person.contacts.all()
            if contact.address.startswith("+") and call.cause != HelpCall.Cause.DRILL
        ],
        words=call.words if with_words else "",
        weighty_words=heaviest_cry_words(call.words) if with_words and call.cause == HelpCall.Cause.CRY else [],
    )


def _door_of_person(person: Person, language: str) -> str:
    home = person.household
    return f"{home.street.name(language)} {home.house}" if home else ""
