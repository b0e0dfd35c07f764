"""What waits for a coordinator."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.charter.kinds import KINDS
from plp.followup.queries.dues import first_due
from plp.mandates.grants import Permission
from plp.mandates.queries import holds
from plp.notices.queries import to_relay
from plp.people.models import Person
from plp.portal.shell.offers import Task
from plp.portal.subjects.coordinator.carrying import calls_due
from plp.portal.subjects.coordinator.people import failing_count, waiting_counts


def tasks(person: Person, at: datetime) -> list[Task]:
    """Neighbours to call, messages to relay, neighbours to accept, contacts to confirm."""
    return _calls(person, at) + _messages(person, at) + _neighbours(person, at)


def _messages(person: Person, at: datetime) -> list[Task]:
    """Messages to relay."""
    if not holds(person, Permission.NOTICE_RECEIVE, at=at):
        return []
    waiting = to_relay(person, at=at)
    if not waiting:
        return []
    kinds = list(waiting.values())
    title = ngettext("%d message waits to be relayed", "%d messages wait to be relayed", len(kinds))
    words = _("Released by the police for your neighbourhood. Read, then pass on.")
    due_at = first_due(person, "relay")
    is_urgent = any(KINDS[kind].urgent for kind in kinds) or (due_at is not None and due_at <= at)
    url = reverse("coordinator:inbox") if len(kinds) > 1 else reverse("coordinator:detail", args=[*waiting])
    return [Task(title % len(kinds), words, url, urgent=is_urgent, count=len(kinds), due_at=due_at)]


def _neighbours(person: Person, at: datetime) -> list[Task]:
    """Neighbours to accept, contacts to confirm, addresses from which messages come back."""
    if not holds(person, Permission.MEMBERS_MANAGE, at=at):
        return []
    found, url = [], reverse("coordinator:waiting")
    new, unproven = waiting_counts(person, at=at)
    if new:
        title = ngettext("%d neighbour asks to join", "%d neighbours ask to join", new) % new
        found.append(Task(title, _("Meet them or call them, then say yes."), url, count=new))
    if unproven:
        title = ngettext("%d member's contact is to be confirmed", "%d members' contacts are to be confirmed", unproven)
        words = _("No code was typed, or none can be sent: call them or ring at the door.")
        found.append(Task(title % unproven, words, url, count=unproven))
    failing = failing_count(person, at=at)
    if failing:
        title = ngettext("%d member's address is to be checked", "%d members' addresses are to be checked", failing)
        words = _("Messages to them come back. Ask for another way, or whether the mailbox works again.")
        found.append(Task(title % failing, words, f"{url}#failing", count=failing))
    return found


def _calls(person: Person, at: datetime) -> list[Task]:
    """Neighbours to call."""
    if not holds(person, Permission.MEMBERS_MANAGE, at=at):
        return []
    return [_calling(key, number) for key, number in calls_due(person, at=at).items()]


def _calling(notice: UUID, number: int) -> Task:
    """Neighbours whom an alarm reached by no channel, or who chose to be called."""
    title = ngettext("%d neighbour must be called", "%d neighbours must be called", number) % number
    words = _("An alarm did not reach them in another way. Print the call list, or call from the page.")
    return Task(title, words, reverse("coordinator:calls", args=[notice]), urgent=True, count=number)
