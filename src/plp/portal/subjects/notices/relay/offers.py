"""What this subject offers to the shell: its place in the menu, tasks that wait, where its pages are explained."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plp.charter.kinds import KINDS
from plp.followup.queries.dues import first_due_time
from plp.mandates.grants import Permission
from plp.mandates.queries import holds_any_permission
from plp.notices.queries import kinds_of_notices_to_relay
from plp.people.models import Person
from plp.portal.shell.offers import (
    MESSAGES,
    MenuEntry,
    Offers,
    Source,
    Task,
)
from plp.portal.subjects.notices.relay.by_hand import count_letters_and_calls_waiting, urgent_call_counts


def call_and_relay_tasks(person: Person, at: datetime) -> list[Task]:
    """Neighbours to call, messages to relay, letters to carry."""
    manages = holds_any_permission(person, Permission.MEMBERS_MANAGE, at=at)
    called = urgent_call_counts(person, at=at) if manages else {}
    calls = [_calls_task_of_notice(key, number) for key, number in called.items()]
    return calls + _relay_tasks(person, at) + (_carrying_tasks(person, called, at) if manages else [])


def _carrying_tasks(person: Person, called: Collection[UUID], at: datetime) -> list[Task]:
    """Messages, invitations and other letters for members whom no e-mail or SMS reaches."""
    number = count_letters_and_calls_waiting(person, called, at=at)
    if not number:
        return []
    title = ngettext("%d letter or call to members waits", "%d letters and calls to members wait", number) % number
    words = _("Messages of the police, invitations and other letters for members whom no e-mail or SMS reaches.")
    return [Task(title, words, reverse("notices:relay:by_hand"), count=number)]


def _relay_tasks(person: Person, at: datetime) -> list[Task]:
    """Messages to relay."""
    if not holds_any_permission(person, Permission.NOTICE_RECEIVE, at=at):
        return []
    waiting = kinds_of_notices_to_relay(person, at=at)
    if not waiting:
        return []
    kinds = list(waiting.values())
    title = ngettext("%d message waits to be relayed", "%d messages wait to be relayed", len(kinds))
    words = _("Released by the police for your neighbourhood. Read, then pass on.")
    due_at = first_due_time(person, "relay")
    is_urgent = any(KINDS[kind].urgent for kind in kinds) or (due_at is not None and due_at <= at)
    url = reverse("notices:relay:inbox") if len(kinds) > 1 else reverse("notices:relay:relay", args=[*waiting])
    return [Task(title % len(kinds), words, url, urgent=is_urgent, count=len(kinds), due_at=due_at)]


def _calls_task_of_notice(notice: UUID, number: int) -> Task:
    """Neighbours whom an alarm reached by no channel, or who chose to be called."""
    title = ngettext("%d neighbour must be called", "%d neighbours must be called", number) % number
    words = _("An alarm did not reach them in another way. Print the call list, or call from the page.")
    return Task(title, words, reverse("notices:relay:calls", args=[notice]), urgent=True, count=number)


OFFERS = Offers(
    menu=(
        MenuEntry(
            gettext_lazy("Inbox"),
            gettext_lazy("Messages of the police to pass on, calls and letters to do, how far each got."),
            "notices:relay:inbox",
            "inbox",
            Permission.NOTICE_RECEIVE,
            MESSAGES,
            order=30,
        ),
    ),
    tasks=Source(call_and_relay_tasks, order=80),
    help={
        "coordinator/relay": (
            "notices:relay:inbox",
            "notices:relay:detail",
            "notices:relay:relay",
        ),
        "coordinator/follow": (
            "notices:relay:calls",
            "notices:relay:letters",
            "notices:relay:by_hand",
        ),
    },
)
