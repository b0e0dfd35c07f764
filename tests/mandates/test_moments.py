"""What a mandate carries begins on its minute, ends on it, and is its holder's alone (R37-R39, R99, R152)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from plp.mandates.grants import TASKS, Permission, Role, Task
from plp.mandates.models import Absence, Delegation, Mandate, Standin, Suspension
from plp.mandates.queries import held_mandates, holds_any_permission, mandates_cached, may
from plp.people.models import Person
from tests.factories.cast import NOW, Cast, hold, person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
RELAY, MEMBERS = Permission.NOTICE_RELAY, Permission.MEMBERS_MANAGE
SPANS = [  # from when, until when, and whether it holds now
    (-DAY, DAY, True),
    (timedelta(0), DAY, True),
    (DAY, 2 * DAY, False),
    (-2 * DAY, -DAY, False),
    (-DAY, timedelta(0), False),
]
OPEN = [(-DAY, None, True), (timedelta(0), None, True), (DAY, None, False)]


def can(someone: Person, permission: Permission, cast: Cast) -> bool:
    """Asked by itself and while a page is drawn: the answer is the same."""
    alone = may(someone, permission, cast.here.area, at=NOW)
    with mandates_cached():
        assert may(someone, permission, cast.here.area, at=NOW) is alone
    assert holds_any_permission(someone, permission, at=NOW) is alone
    return alone


def mandate_of(someone: Person) -> Mandate:
    return Mandate.objects.get(person=someone)


def span(begins: timedelta, ends: timedelta | None) -> dict:
    return {"starts_at": NOW + begins, "ends_at": None if ends is None else NOW + ends}


@pytest.mark.parametrize(("begins", "ends", "holds_now"), [*SPANS, *OPEN])
def test_a_mandate(cast: Cast, begins: timedelta, ends: timedelta | None, holds_now: bool) -> None:
    Mandate.objects.filter(person=cast.here.coordinator).update(**span(begins, ends))

    assert can(cast.here.coordinator, RELAY, cast) is holds_now


@pytest.mark.parametrize(("begins", "ends", "holds_now"), [*SPANS, *OPEN])
def test_a_suspension(cast: Cast, begins: timedelta, ends: timedelta | None, holds_now: bool) -> None:
    Suspension.objects.create(mandate=mandate_of(cast.here.coordinator), matter=uuid4(), **span(begins, ends))

    assert can(cast.here.coordinator, RELAY, cast) is not holds_now
    assert not may(cast.next_door.coordinator, RELAY, cast.here.area, at=NOW)
    assert may(cast.next_door.coordinator, RELAY, cast.next_door.area, at=NOW)


@pytest.mark.parametrize(("begins", "ends", "holds_now"), SPANS)
def test_an_absence(cast: Cast, begins: timedelta, ends: timedelta, holds_now: bool) -> None:
    absent, deputy = mandate_of(cast.here.coordinator), mandate_of(cast.here.deputy)
    Absence.objects.create(mandate=absent, deputy=deputy, **span(begins, ends))

    assert can(cast.here.deputy, RELAY, cast) is holds_now
    assert not may(cast.next_door.deputy, RELAY, cast.next_door.area, at=NOW)


def test_an_absence_of_a_mandate_that_is_over(cast: Cast) -> None:
    over, deputy = hold(person("Odile Ancienne"), Role.COORDINATOR, cast.here.area), mandate_of(cast.here.deputy)
    Absence.objects.create(mandate=over, deputy=deputy, **span(-DAY, DAY))
    assert can(cast.here.deputy, RELAY, cast)

    Mandate.objects.filter(pk=over.pk).update(ends_at=NOW)

    assert not can(cast.here.deputy, RELAY, cast)


@pytest.mark.parametrize(("begins", "ends", "holds_now"), [*SPANS, *OPEN])
def test_a_message_that_was_not_opened(cast: Cast, begins: timedelta, ends: timedelta | None, holds_now: bool) -> None:
    Standin.objects.create(deputy=mandate_of(cast.here.deputy), matter=uuid4(), **span(begins, ends))

    assert can(cast.here.deputy, RELAY, cast) is holds_now
    assert not may(cast.next_door.deputy, RELAY, cast.next_door.area, at=NOW)


@pytest.mark.parametrize(("begins", "ends", "holds_now"), [*SPANS, *OPEN])
def test_a_task_of_the_committee(cast: Cast, begins: timedelta, ends: timedelta | None, holds_now: bool) -> None:
    delegate, other = person("Nora Comité"), person("Otto Comité")
    given = hold(delegate, Role.COMMITTEE, cast.here.area)
    hold(other, Role.COMMITTEE, cast.here.area)
    Delegation.objects.create(mandate=given, task=Task.MEMBERS, **span(begins, ends))

    assert can(delegate, MEMBERS, cast) is holds_now
    assert not can(other, MEMBERS, cast)
    assert not can(delegate, RELAY, cast)


def test_several_tasks_add_up_and_no_other_role_has_any_by_them(cast: Cast) -> None:
    delegate, both = person("Nora Comité"), person("Paul Adjoint")
    given = hold(delegate, Role.COMMITTEE, cast.here.area)
    for task in (Task.MEMBERS, Task.PLAN):
        Delegation.objects.create(mandate=given, task=task, starts_at=NOW)
    deputy = hold(both, Role.DEPUTY, cast.here.area)
    Delegation.objects.create(mandate=deputy, task=Task.MEMBERS, starts_at=NOW)

    [one] = held_mandates(delegate, at=NOW)
    assert one.carries >= TASKS[Task.MEMBERS] | TASKS[Task.PLAN]
    assert not can(both, MEMBERS, cast)


def test_one_who_covers_in_one_quarter_does_so_there_alone(cast: Cast) -> None:
    both = person("Paul Deux")
    here, next_door = (hold(both, Role.DEPUTY, quarter.area) for quarter in (cast.here, cast.next_door))
    hold(both, Role.COMMITTEE, cast.abroad.area)
    Standin.objects.create(deputy=next_door, matter=uuid4(), starts_at=NOW)

    carried = {one.mandate.area.path: RELAY in one.carries for one in held_mandates(both, at=NOW)}

    assert here.area.path < next_door.area.path
    assert list(carried.items()) == [
        (cast.here.area.path, False),
        (cast.next_door.area.path, True),
        (cast.abroad.area.path, False),
    ]


def test_what_somebody_holds_comes_area_by_area_and_role_by_role(cast: Cast) -> None:
    someone = person("Rita Beaucoup")
    for quarter, role in (
        (cast.next_door, Role.COMMITTEE),
        (cast.here, Role.DEPUTY),
        (cast.here, Role.COMMITTEE),
        (cast.next_door, Role.COORDINATOR),
    ):
        hold(someone, role, quarter.area)

    found = [(one.mandate.area.path, one.mandate.role) for one in held_mandates(someone, at=NOW)]

    assert found == sorted(found)
    assert len(found) == 4


def test_nobody_is_anybody(cast: Cast) -> None:
    stranger = person("Niels Niemand")

    assert may(None, RELAY, cast.here.area, at=NOW) is False
    assert holds_any_permission(None, RELAY, at=NOW) is False
    assert held_mandates(stranger, at=NOW) == []
    assert not can(stranger, RELAY, cast)
    assert not holds_any_permission(cast.here.coordinator, Permission.NOTICE_RELEASE, at=NOW)
