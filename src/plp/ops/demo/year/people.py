"""Who came and went in the course of the year, and when the coordinator was away."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from plp.mandates import actions as mandates
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.mandates.queries import in_force
from plp.ops.demo.stage import Stage
from plp.ops.demo.year.happening import Happening
from plp.partnership import actions as partnerships
from plp.partnership.states import Belonging
from plp.people import actions as people
from plp.people import buddies, wishes
from plp.people.models import Person

LEAVERS = 4
FORTNIGHT = timedelta(days=14)


def people_of_the_year(stage: Stage, *, begins: datetime, ends: datetime) -> Iterator[Happening]:
    """Neighbours join one after the other, a few leave; the coordinator is away for a fortnight in the middle."""
    for number, joiner in enumerate(stage.joiners, start=1):
        moment = begins + (ends - begins) * number / (len(stage.joiners) + 1)
        yield moment, partial(_join, stage, joiner)
    for number in range(LEAVERS):
        moment = begins + (ends - begins) * (number + 2) / (LEAVERS + 3)
        yield moment, lambda at: _leave(stage, at)
    yield begins + (ends - begins) * 0.3, partial(_look_after, stage)
    away = begins + (ends - begins) * 0.6
    stage.away = (away, away + FORTNIGHT)
    yield away - timedelta(days=3), partial(_go_away, stage, away, away + FORTNIGHT)


def _join(stage: Stage, joiner: partnerships.Joining, at: datetime) -> None:
    """Ask to join, confirm the contacts, be let in by the coordinator."""
    membership = partnerships.join(partnership=stage.partnership, joining=joiner, by=None, at=at)
    for contact in membership.person.contacts.all():
        people.confirm_contact(contact=contact, by=None, at=at + timedelta(minutes=4))
    partnerships.accept(membership=membership, by=stage.coordinator, at=at + timedelta(hours=9))


def _leave(stage: Stage, at: datetime) -> None:
    """Somebody without an office says goodbye."""
    held = in_force(at).filter(area=stage.partnership.area).values("person")
    members = stage.partnership.memberships.filter(state=Belonging.ACTIVE).exclude(person__in=held)
    membership = members.select_related("person", "partnership__area").order_by("asked_at", "person__name").first()
    if membership is not None:
        partnerships.leave(membership=membership, by=membership.person, at=at)


def _look_after(stage: Stage, at: datetime) -> None:
    """A member receives on behalf of a neighbour; a third one has what is not urgent in one letter a week."""
    members = stage.partnership.memberships.filter(state=Belonging.ACTIVE).select_related("person")
    calls, mail = (members.filter(person__contacts__channel=channel).order_by("pk") for channel in ("calls", "email"))
    neighbour, (helper, reader) = calls.first(), mail.reverse()[:2]
    if neighbour is not None and neighbour.person_id not in {helper.person_id, reader.person_id}:
        version = stage.setting.rules_version
        buddy = buddies.ask(person=neighbour.person, helper=helper.person, version=version, by=None, at=at)
        buddies.agree(buddy=buddy, version=version, by=None, at=at + timedelta(hours=7))
    wishes.set_digest(person=reader.person, digest="weekly", hour=18, weekday=4, by=reader.person, at=at)


def _go_away(stage: Stage, leaves: datetime, comes_back: datetime, at: datetime) -> None:
    """The deputy covers the coordinator (R38)."""
    mandates.leave(
        mandate=_mandate(stage.coordinator, Role.COORDINATOR, stage, at),
        deputy=_mandate(stage.deputy, Role.DEPUTY, stage, at),
        starts_at=leaves,
        ends_at=comes_back,
        by=stage.coordinator,
        at=at,
    )


def _mandate(person: Person, role: Role, stage: Stage, at: datetime) -> Mandate:
    return in_force(at).get(person=person, role=role, area=stage.partnership.area)
