"""What this subject offers to the shell: calls for help above all else, answers to read."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.mandates.grants import Permission
from plp.mandates.queries import holds_any_permission
from plp.notices.models import HelpCall
from plp.notices.queries.answers import causes_and_times_of_open_help_calls, unread_answer_counts_for_police
from plp.people.models import Person
from plp.portal.shell.offers import Offers, Source, Task

DESKS = {
    Permission.QUESTION_COORDINATOR: "notices:answers:help_coordinator",
    Permission.QUESTION_POLICE: "notices:answers:help_police",
}


def help_call_and_answer_tasks(person: Person, at: datetime) -> list[Task]:
    """Who calls for help, in red until somebody takes it; answers of members that nobody read yet."""
    calls = [
        _help_calls_task(open_calls, view)
        for permission, view in DESKS.items()
        if holds_any_permission(person, permission, at=at)
        and (open_calls := causes_and_times_of_open_help_calls(person, permission, at=at))
    ]
    return calls + _unread_answers_tasks(person, at)


def _help_calls_task(open_calls: list[tuple[str, datetime]], view: str) -> Task:
    number = sum(cause != HelpCall.Cause.DRILL for cause, _at in open_calls)
    first = min(at for _cause, at in open_calls)
    title = ngettext("%d person calls for help", "%d people call for help", number) % number
    words = _("Call them, then say that you see to it.")
    if not number:
        title, words = _("Drill: a call for help"), _("Nobody is in need. Say that you see to it: the time is taken.")
    count = len(open_calls)
    return Task(title, words, reverse(view), urgent=True, count=count, due_at=first, is_call_for_help=True)


def _unread_answers_tasks(person: Person, at: datetime) -> list[Task]:
    if not holds_any_permission(person, Permission.QUESTION_POLICE, at=at):
        return []
    words = _("Members answered a message. The police alone read it.")
    return [
        Task(
            ngettext("%d answer to read", "%d answers to read", number) % number,
            words,
            reverse("notices:answers:listed", args=[notice]),
            count=number,
        )
        for notice, number in unread_answer_counts_for_police(person, at=at).items()
    ]


OFFERS = Offers(tasks=Source(help_call_and_answer_tasks, order=1))
