"""Who deals with a report: given by turn or by hand, and told to the whole desk when nobody takes it."""

from datetime import datetime

from django.db import transaction

from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.people.models import Person
from plp.sightings import refusals
from plp.sightings.letters import mail_new_sighting_to_officers, mail_waiting_sighting_to_desk
from plp.sightings.models import Sighting
from plp.sightings.queries.assignment import next_officer_on_turn, sighting_officers_of, sightings_to_escalate
from plp.sightings.states import State


@transaction.atomic
def assign_and_notify(*, sighting: Sighting, to: Person, by: Person, at: datetime) -> None:
    """Give an open report to an officer of its desk, oneself included. Raises ``NotAllowed``, ``NotOfTheDesk``."""
    require(by, Permission.SIGHTING_HANDLE, sighting.municipality, at=at)
    if not sighting.is_not_ended or not sighting_officers_of(sighting.municipality, at=at).filter(pk=to.pk).exists():
        raise refusals.NotOfTheDesk
    _save_assignment(sighting, to, by=by, at=at)
    if to.pk != by.pk:
        mail_new_sighting_to_officers(sighting, Person.objects.filter(pk=to.pk), by=by, at=at)


@transaction.atomic
def assign_and_notify_next_officer(*, sighting: Sighting, by: Person | None, at: datetime) -> None:
    """Give a report to whose turn it is, and write to them; who had it before is passed over. For the machine."""
    officer = next_officer_on_turn(sighting.municipality, at=at, without=sighting.assigned_to_id)
    if officer is None:
        return
    _save_assignment(sighting, officer, by=by, at=at)
    mail_new_sighting_to_officers(sighting, Person.objects.filter(pk=officer.pk), by=by, at=at)


def _save_assignment(sighting: Sighting, officer: Person, *, by: Person | None, at: datetime) -> None:
    sighting.assigned_to, sighting.assigned_at = officer, at
    sighting.save(update_fields=["assigned_to", "assigned_at"])
    note(verb="sighting.assigned", by=by, at=at, area=sighting.municipality.path, target=sighting)


@transaction.atomic
def escalate_or_reassign_sightings(*, by: Person | None, at: datetime) -> int:
    """Tell a whole desk of the reports that nobody takes; an unread one goes to the next in turn. Answers how many.

    For the machine, every few minutes.
    """
    waiting = sightings_to_escalate(at=at)
    for sighting in waiting:
        sighting.escalated_at = at
        sighting.save(update_fields=["escalated_at"])
        note(verb="sighting.escalated", by=by, at=at, area=sighting.municipality.path, target=sighting)
        mail_waiting_sighting_to_desk(sighting, at=at)
        if sighting.state == State.FILED:
            assign_and_notify_next_officer(sighting=sighting, by=by, at=at)
    return len(waiting)
