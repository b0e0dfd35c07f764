"""Who came and went in the course of the year, and when the coordinator was away."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from plp.demo.quarter import Quarter
from plp.demo.year.message_calendar import DatedAct
from plp.mandates import actions as mandates
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.mandates.queries import mandates_in_force
from plp.membership import actions as memberships
from plp.membership.states import Belonging
from plp.people import actions as people
from plp.people import buddies, preferences
from plp.people.models import Person

LEAVERS = 4
FORTNIGHT = timedelta(days=14)


def membership_acts(quarter: Quarter, *, begins: datetime, ends: datetime) -> Iterator[DatedAct]:
    """Neighbours join one after the other, a few leave; the coordinator is away for a fortnight in the middle."""
    for number, joiner in enumerate(quarter.joiners, start=1):
        moment = begins + (ends - begins) * number / (len(quarter.joiners) + 1)
        yield moment, partial(_join_partnership, quarter, joiner)
    for number in range(LEAVERS):
        moment = begins + (ends - begins) * (number + 2) / (LEAVERS + 3)
        yield moment, lambda at: _let_a_member_leave(quarter, at)
    yield begins + (ends - begins) * 0.3, partial(_add_buddy_and_digest, quarter)
    away = begins + (ends - begins) * 0.6
    quarter.away = (away, away + FORTNIGHT)
    yield away - timedelta(days=3), partial(_record_coordinator_absence, quarter, away, away + FORTNIGHT)


def _join_partnership(quarter: Quarter, joiner: memberships.JoinRequest, at: datetime) -> None:
    """Ask to join, confirm the contacts, be let in by the coordinator."""
    membership = memberships.request_membership(partnership=quarter.partnership, joining=joiner, by=None, at=at)
    for contact in membership.person.contacts.all():
        people.confirm_contact_and_clear_failure(contact=contact, by=None, at=at + timedelta(minutes=4))
    memberships.accept_and_welcome_member(membership=membership, by=quarter.coordinator, at=at + timedelta(hours=9))


def _let_a_member_leave(quarter: Quarter, at: datetime) -> None:
    """Somebody without an office says goodbye."""
    office_holders = mandates_in_force(at).filter(area=quarter.partnership.area).values("person")
    members = quarter.partnership.memberships.filter(state=Belonging.ACTIVE).exclude(person__in=office_holders)
    membership = members.select_related("person", "partnership__area").order_by("asked_at", "person__name").first()
    if membership is not None:
        memberships.leave_partnership_with_receipt(membership=membership, by=membership.person, at=at)


def _add_buddy_and_digest(quarter: Quarter, at: datetime) -> None:
    """A member receives on behalf of a neighbour; a third one has what is not urgent in one letter a week."""
    members = quarter.partnership.memberships.filter(state=Belonging.ACTIVE).select_related("person")
    calls, mail = (members.filter(person__contacts__channel=channel).order_by("pk") for channel in ("calls", "email"))
    neighbour, (helper, reader) = calls.first(), mail.reverse()[:2]
    if neighbour is not None and neighbour.person_id not in {helper.person_id, reader.person_id}:
        version = quarter.setting.rules_version
        buddy = buddies.request_buddy(person=neighbour.person, helper=helper.person, version=version, by=None, at=at)
        buddies.confirm_buddy(buddy=buddy, version=version, by=None, at=at + timedelta(hours=7))
    preferences.set_digest_schedule(person=reader.person, digest="weekly", hour=18, weekday=4, by=reader.person, at=at)


def _record_coordinator_absence(quarter: Quarter, leaves: datetime, comes_back: datetime, at: datetime) -> None:
    """The deputy covers the coordinator (R38)."""
    mandates.record_absence_and_ask_deputy(
        mandate=_mandate_of(quarter.coordinator, Role.COORDINATOR, quarter, at),
        deputy=_mandate_of(quarter.deputy, Role.DEPUTY, quarter, at),
        starts_at=leaves,
        ends_at=comes_back,
        by=quarter.coordinator,
        at=at,
    )


def _mandate_of(person: Person, role: Role, quarter: Quarter, at: datetime) -> Mandate:
    return mandates_in_force(at).get(person=person, role=role, area=quarter.partnership.area)
