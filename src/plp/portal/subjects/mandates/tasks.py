"""What waits for a chief of corps and for a mandated officer about people."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from plp.accounts.recoveries import LASTS, recoveries_to_approve
from plp.mandates.grants import Permission
from plp.mandates.queries import holds
from plp.membership.queries import candidate_in_scope
from plp.membership.states import Candidacy, Function
from plp.people.models import Person
from plp.portal.shell.offers import Task
from plp.portal.subjects.mandates.staff import zones_without_officer
from plp.portal.subjects.mandates.succession import to_succeed


def tasks(person: Person, at: datetime) -> list[Task]:
    """Zones without an officer; candidates to be screened and appointed; quarters that lose their coordinator."""
    return _designations(person, at) + _candidates(person, at) + _new_starts(person, at) + _successions(person, at)


def _designations(person: Person, at: datetime) -> list[Task]:
    """One task a zone without an officer."""
    if not holds(person, Permission.MANDATE_APPOINT_POLICE, at=at):
        return []
    words = _("Without a mandated officer nobody can open a partnership or write a message.")
    task = Task(_("Designate a mandated officer"), words, reverse("mandates:designate"))
    return [task for _zone in zones_without_officer(person, at=at)]


def _candidates(person: Person, at: datetime) -> list[Task]:
    """Whom the members approved: to be screened, to be appointed."""
    if not holds(person, Permission.MANDATE_APPOINT_COORDINATOR, at=at):
        return []
    found = []
    chosen = candidate_in_scope(person, Permission.MANDATE_APPOINT_COORDINATOR, at=at)
    waiting = chosen.filter(state__in=[Candidacy.APPROVED, Candidacy.SCREENED]).values_list("function", "state")
    steps = [(function != Function.COMMITTEE and state == Candidacy.APPROVED) for function, state in waiting]
    to_screen, to_appoint = steps.count(True), steps.count(False)
    url = reverse("mandates:home")
    if to_screen:
        title = ngettext("%d candidate waits for the screening", "%d candidates wait for the screening", to_screen)
        words = _("The members approved. Enter the day and the outcome of the screening, nothing else.")
        found.append(Task(title % to_screen, words, url, count=to_screen))
    if to_appoint:
        title = ngettext("%d person can be appointed", "%d people can be appointed", to_appoint)
        found.append(Task(title % to_appoint, _("Everything that comes before is done."), url, count=to_appoint))
    return found


def _new_starts(person: Person, at: datetime) -> list[Task]:
    """The new starts that wait for a second word."""
    if not holds(person, Permission.RECOVERY_AGREE, at=at):
        return []
    words = _("Phone them first. Without a second word they cannot sign in.")
    return [
        Task(
            _("Agree to a new start for %s?") % recovery.account.person.name,
            words,
            reverse("mandates:answer_start", args=[recovery.pk]),
            due_at=recovery.asked_at + LASTS,
        )
        for recovery in recoveries_to_approve(person, at=at)
    ]


def _successions(person: Person, at: datetime) -> list[Task]:
    """The partnerships at work without a coordinator who stays (R152)."""
    if not holds(person, Permission.CANDIDATE_PROPOSE, at=at):
        return []
    language = get_language() or "fr"
    return [
        Task(
            _("A next coordinator is to be chosen: %s") % partnership.name(language),
            _("The members choose, the police screen, the officer appoints."),
            reverse("mandates:succession", args=[partnership.key]),
            due_at=ends_at,
        )
        for partnership, ends_at in to_succeed(person, at=at)
    ]
