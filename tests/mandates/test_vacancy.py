"""A coordinator resigns, is suspended, comes back: who holds the tasks at each instant (R99, R100, R152)."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from plp.mandates import actions as mandates
from plp.mandates.grants import Permission, Role
from plp.mandates.models import Mandate
from plp.mandates.privacy import export
from plp.mandates.queries import NotAllowed, may, permissions_of
from plp.people.models import Person
from plp.toolbox.moves import WrongState
from tests.factories.cast import NOW, Cast, hold, person

pytestmark = pytest.mark.django_db
RELAY, MINUTE = Permission.NOTICE_RELAY, timedelta(minutes=1)


def relays(cast: Cast, someone: Person, at: datetime) -> bool:
    """Whether they may pass messages on here."""
    return may(someone, RELAY, cast.here.area, at=at)


def test_a_resignation_ends_with_its_last_day_and_the_deputy_holds_from_there(cast: Cast) -> None:
    clara, denis = cast.here.coordinator, cast.here.deputy
    own = Mandate.objects.get(person=clara)
    last = datetime(2027, 3, 28, 22, 0, tzinfo=UTC)  # midnight in Brussels at the end of the day of 23 hours

    mandates.resign_mandate(mandate=own, last_day=date(2027, 3, 28), by=clara, at=NOW)

    before, after = last - MINUTE, last
    assert [(relays(cast, clara, at), relays(cast, denis, at)) for at in (before, after)] == [
        (True, False),
        (False, True),
    ]
    assert Permission.MEASURE_MEMBER not in permissions_of(denis, at=after)
    next_one = person("Nadia Suivante")
    mandates.appoint(
        person=next_one,
        role=Role.COORDINATOR,
        area=cast.here.area,
        decision="test",
        screened_on=date(2027, 3, 1),
        screened_fit=True,
        by=cast.officer,
        at=after,
    )
    assert relays(cast, next_one, after) is True
    assert relays(cast, denis, after) is False


def test_one_resigns_for_oneself_in_time_and_once(cast: Cast) -> None:
    own = Mandate.objects.get(person=cast.here.coordinator)
    with pytest.raises(NotAllowed):
        mandates.resign_mandate(mandate=own, last_day=NOW.date(), by=cast.officer, at=NOW)
    for day in (NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=367)):
        with pytest.raises(mandates.BadLastDay):
            mandates.resign_mandate(mandate=own, last_day=day, by=own.person, at=NOW)
    mandates.end_mandate(mandate=own, by=cast.officer, at=NOW)
    with pytest.raises(WrongState):
        mandates.resign_mandate(mandate=own, last_day=NOW.date(), by=own.person, at=NOW)


def test_a_suspension_takes_every_right_of_the_quarter_at_once_and_gives_it_back(cast: Cast) -> None:
    clara, matter, later = cast.here.coordinator, uuid4(), NOW + MINUTE
    elsewhere = hold(clara, Role.COMMITTEE, cast.next_door.area)

    count = mandates.suspend_mandates(person=clara, area=cast.here.area, matter=matter, by=None, at=NOW)
    again = mandates.suspend_mandates(person=clara, area=cast.here.area, matter=matter, by=None, at=NOW)

    assert (count, again) == (1, 0)
    assert relays(cast, clara, NOW) is False
    assert relays(cast, cast.here.deputy, NOW) is True
    assert may(clara, Permission.GROUNDWORK, elsewhere.area, at=NOW)
    assert mandates.reinstate_mandates(matter=matter, by=None, at=later) == 1
    assert relays(cast, clara, later) is True
    assert relays(cast, cast.here.deputy, later) is False
    told = [one["suspended"] for one in export(clara)["mandates"] if one["suspended"]]
    assert told == [[{"from": NOW.isoformat(), "until": later.isoformat()}]]


def test_nobody_suspends_by_hand_and_a_suspended_mandate_is_not_given_twice(cast: Cast) -> None:
    clara = cast.here.coordinator
    for act in (mandates.suspend_mandates, mandates.reinstate_mandates):
        own = {"person": clara, "area": cast.here.area} if act is mandates.suspend_mandates else {}
        with pytest.raises(NotAllowed):
            act(matter=uuid4(), by=cast.officer, at=NOW, **own)
    mandates.suspend_mandates(person=clara, area=cast.here.area, matter=uuid4(), by=None, at=NOW)

    with pytest.raises(mandates.AlreadyHeld):
        hold(clara, Role.COORDINATOR, cast.here.area)
