"""While a desk is read, what somebody holds is asked for once: the answers are the same as one by one."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from plp.mandates import actions as mandates
from plp.mandates.grants import GRANTS, Permission, Role, Task
from plp.mandates.models import Mandate, Suspension
from plp.mandates.queries import (
    held_mandates,
    mandates_cached,
    mandates_in_force,
    mandates_of,
    mandates_with,
    may,
    permissions_of,
    permitted_areas,
)
from plp.people.models import Person
from plp.places.models import Area
from tests.factories.cast import NOW, Cast, hold, person

pytestmark = pytest.mark.django_db


def scopes(people: list[Person]) -> dict[tuple[str, str], set[str]]:
    """The areas of each person and permission."""
    return {
        (str(one.pk), permission): set(permitted_areas(one, permission, at=NOW).values_list("path", flat=True))
        for one in people
        for permission in Permission
    }


def carried(people: list[Person]) -> dict[tuple[str, str], set[str]]:
    """The same, as the database finds the mandates that carry a permission."""
    areas = list(Area.objects.all())
    return {
        (str(one.pk), permission): {
            area.path
            for mandate in mandates_with(one, permission, at=NOW).select_related("area")
            for area in areas
            if area.path.startswith(mandate.area.path)
        }
        for one in people
        for permission in Permission
    }


def test_every_scope_is_the_same_while_a_desk_is_read_and_as_the_database_finds_it() -> None:
    """Every permission of every kind of role, three times."""
    cast = Cast()
    delegate, nobody = person("Nora Comité"), person("Niels Niemand")
    mandate = hold(delegate, Role.COMMITTEE, cast.here.area)
    mandates.delegate_task(mandate=mandate, task=Task.MEMBERS, by=cast.here.coordinator, at=NOW)
    own = Mandate.objects.get(person=cast.here.coordinator)
    deputy = Mandate.objects.get(person=cast.here.deputy)
    until = NOW + timedelta(days=3)
    mandates.record_absence_and_ask_deputy(
        mandate=own, deputy=deputy, starts_at=NOW, ends_at=until, by=cast.here.coordinator, at=NOW
    )
    people = [
        cast.officer,
        cast.chief,
        cast.here.coordinator,
        cast.here.deputy,
        cast.next_door.deputy,
        delegate,
        nobody,
    ]
    one_by_one = scopes(people)

    with mandates_cached():
        at_once = scopes(people)

    assert at_once == one_by_one == carried(people)
    assert any(one_by_one.values())
    assert one_by_one[str(cast.here.deputy.pk), Permission.NOTICE_RELAY] == {cast.here.area.path}
    assert one_by_one[str(delegate.pk), Permission.MEMBERS_MANAGE] == {cast.here.area.path}


def test_afterwards_nothing_is_kept() -> None:
    cast = Cast()
    with mandates_cached():
        assert permitted_areas(cast.here.coordinator, Permission.NOTICE_RELAY, at=NOW).count() == 1
    mandate = Mandate.objects.get(person=cast.here.coordinator)

    mandates.end_mandate(mandate=mandate, by=cast.officer, at=NOW)

    assert permitted_areas(cast.here.coordinator, Permission.NOTICE_RELAY, at=NOW).count() == 0
    with mandates_cached():
        assert permitted_areas(cast.here.coordinator, Permission.NOTICE_RELAY, at=NOW).count() == 0


@pytest.mark.parametrize(
    ("spans", "holds"),
    [
        ([(-9, -5), (-3, -1)], True),  # both are over: the mandate stands once in the list
        ([(-9, -5), (-1, None)], False),
        ([(-9, 1), (-1, None)], False),
        ([(1, None)], True),
        ([(0, None)], False),
        ([(-1, 0)], True),
    ],
)
def test_a_suspension_that_lasts_holds_back_and_no_other(spans: list[tuple[int, int | None]], holds: bool) -> None:
    cast = Cast()
    mandate = Mandate.objects.get(person=cast.here.coordinator)
    for begins, ends in spans:
        over = None if ends is None else NOW + timedelta(days=ends)
        Suspension.objects.create(mandate=mandate, matter=uuid4(), starts_at=NOW + timedelta(days=begins), ends_at=over)

    found = [one.mandate for one in held_mandates(cast.here.coordinator, at=NOW)]

    assert found == ([mandate] if holds else [])
    assert found == list(mandates_in_force(NOW).filter(person=cast.here.coordinator))


@pytest.mark.parametrize(("begins", "ends"), [(-2, -1), (-2, 0), (1, None), (0, None), (-1, 1)])
def test_a_mandate_holds_from_its_first_moment_until_its_last(begins: int, ends: int | None) -> None:
    cast = Cast()
    times = {"starts_at": NOW + timedelta(days=begins), "ends_at": None if ends is None else NOW + timedelta(days=ends)}
    Mandate.objects.filter(person=cast.here.coordinator).update(**times)

    found = [one.mandate for one in held_mandates(cast.here.coordinator, at=NOW)]

    assert len(found) == (begins <= 0 and (ends is None or ends > 0))
    assert found == list(mandates_in_force(NOW).filter(person=cast.here.coordinator))


def test_a_page_asks_once_for_all_that_its_reader_holds(django_assert_num_queries: Any) -> None:
    cast = Cast()
    coordinator = cast.here.coordinator

    with mandates_cached(), django_assert_num_queries(1):
        rights = permissions_of(coordinator, at=NOW)
        roles = [one.role for one in mandates_of(coordinator, at=NOW)]
        here = may(coordinator, Permission.NOTICE_RELAY, cast.here.area, at=NOW)
        elsewhere = may(coordinator, Permission.NOTICE_RELAY, cast.next_door.area, at=NOW)

    assert rights == GRANTS[Role.COORDINATOR]
    assert roles == [Role.COORDINATOR]
    assert here is True
    assert elsewhere is False
