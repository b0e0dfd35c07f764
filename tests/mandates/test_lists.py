"""What lists and exports of mandates say: whom they name, in which order, and with how few queries."""

from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from plp.mandates import actions as mandates
from plp.mandates import queries
from plp.mandates.grants import Permission, Role, Task
from plp.mandates.models import Mandate
from plp.mandates.privacy import export
from tests.factories.cast import NOW, Cast, hold, person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HERE = "be/z1/m21004/q-haren/"


def of(someone: object, role: Role) -> Mandate:
    return Mandate.objects.get(person=someone, role=role)


def told(days: int) -> str:
    return (NOW + days * DAY).isoformat()


def test_an_export_says_what_somebody_holds_and_held(cast: Cast) -> None:
    clara, denis = cast.here.coordinator, cast.here.deputy
    own, deputy, matter = of(clara, Role.COORDINATOR), of(denis, Role.DEPUTY), uuid4()
    mandates.record_absence_and_ask_deputy(
        mandate=own, deputy=deputy, starts_at=NOW + DAY, ends_at=NOW + 2 * DAY, by=clara, at=NOW
    )
    for begins, ends in ((0, 3), (4, None)):
        mandates.suspend_mandates(person=clara, area=cast.here.area, matter=matter, by=None, at=NOW + begins * DAY)
        if ends:
            mandates.reinstate_mandates(matter=matter, by=None, at=NOW + ends * DAY)

    (said,) = export(clara)["mandates"]
    said["suspended"].sort(key=lambda span: span["from"])  # a database may give them in any order
    assert [said] == [
        {
            "role": "coordinator",
            "area": "Haren",
            "from": told(-1),
            "until": "",
            "confirmed": "",
            "screened_on": "2026-01-05",
            "screened_fit": True,
            "absences": [{"from": told(1), "until": told(2), "accepted": ""}],
            "standing_in": [],
            "suspended": [{"from": told(0), "until": told(3)}, {"from": told(4), "until": ""}],
            "tasks": [],
        }
    ]


def test_an_export_says_for_whom_somebody_stood_in_and_which_tasks_they_had(cast: Cast) -> None:
    eva, matter = person("Eva Exemple"), uuid4()
    seat = hold(eva, Role.COMMITTEE, cast.here.area)
    deputy = hold(eva, Role.DEPUTY, cast.here.area)
    tasks = list(Task)[:2]
    given = [mandates.delegate_task(mandate=seat, task=task, by=cast.here.coordinator, at=NOW) for task in tasks]
    mandates.end_delegation(delegation=given[0], by=eva, at=NOW + DAY)
    mandates.begin_standin(deputy=deputy, matter=matter, by=None, at=NOW)
    mandates.end_standins(matter=matter, by=None, at=NOW + DAY)
    mandates.begin_standin(deputy=deputy, matter=uuid4(), by=None, at=NOW + 2 * DAY)
    mandates.end_mandate(mandate=seat, by=eva, at=NOW + 5 * DAY)

    held = {one["role"]: one for one in export(eva)["mandates"]}

    assert (held["committee"]["until"], held["committee"]["screened_on"]) == (told(5), "")
    assert {one["task"]: one for one in held["committee"]["tasks"]} == {
        tasks[0]: {"task": tasks[0], "from": told(0), "until": told(1)},
        tasks[1]: {"task": tasks[1], "from": told(0), "until": ""},
    }
    stood_in = sorted(held["deputy"]["standing_in"], key=lambda span: span["from"])
    assert stood_in == [{"from": told(0), "until": told(1)}, {"from": told(2), "until": ""}]


@pytest.mark.parametrize("number", [1, 3])
def test_an_export_costs_the_same_for_many(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    eva = person("Eva Exemple")
    for role in (Role.COMMITTEE, Role.DEPUTY, Role.OFFICER)[:number]:
        hold(eva, role, cast.zone if role == Role.OFFICER else cast.here.area)

    with django_assert_num_queries(6):
        assert len(export(eva)["mandates"]) == number


def test_absences_are_shown_to_the_two_of_them(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    clara, denis = cast.here.coordinator, cast.here.deputy
    about = {"mandate": of(clara, Role.COORDINATOR), "deputy": of(denis, Role.DEPUTY), "by": clara, "at": NOW}
    later, sooner = (
        mandates.record_absence_and_ask_deputy(**about, starts_at=NOW + days * DAY, ends_at=NOW + (days + 1) * DAY)
        for days in (5, 2)
    )
    past = NOW + 3 * DAY

    with django_assert_num_queries(1):
        mine = [
            (one, one.mandate.area.path, one.deputy.person)
            for one in queries.current_and_future_absences_of(clara, at=NOW)
        ]
    with django_assert_num_queries(1):
        covered = [
            (one, one.mandate.area.path, one.mandate.person) for one in queries.absences_covered_by(denis, at=NOW)
        ]

    assert mine == [(sooner, HERE, denis), (later, HERE, denis)]
    assert covered == [(sooner, HERE, clara), (later, HERE, clara)]
    assert (
        list(queries.current_and_future_absences_of(clara, at=past))
        == list(queries.absences_covered_by(denis, at=past))
        == [later]
    )
    assert not queries.current_and_future_absences_of(denis, at=NOW).exists()
    assert not queries.absences_covered_by(clara, at=NOW).exists()
    mandates.end_mandate(mandate=of(clara, Role.COORDINATOR), by=clara, at=NOW)
    assert not queries.absences_covered_by(denis, at=NOW).exists()


def test_one_leaves_tasks_to_deputies_in_office_of_ones_own_quarter(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    clara, eva = cast.here.coordinator, person("Eva Exemple")
    hold(eva, Role.DEPUTY, cast.here.area)

    with queries.mandates_cached():
        queries.mandates_of(clara, at=NOW)  # as every page asks
        with django_assert_num_queries(1):
            found = [(one.person, one.area.path, one.role) for one in queries.deputies_of_coordinator(clara, at=NOW)]

    assert sorted(found, key=str) == sorted([(cast.here.deputy, HERE, "deputy"), (eva, HERE, "deputy")], key=str)
    assert not queries.deputies_of_coordinator(cast.here.deputy, at=NOW).exists()
    mandates.end_mandate(mandate=of(eva, Role.DEPUTY), by=eva, at=NOW)
    assert [one.person for one in queries.deputies_of_coordinator(clara, at=NOW)] == [cast.here.deputy]


def test_who_holds_what_exactly_here(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        here = [(one.role, one.person) for one in queries.mandates_of_exact_area(cast.here.area, at=NOW)]

    assert here == [("coordinator", cast.here.coordinator), ("deputy", cast.here.deputy)]
    assert set(queries.permission_holders(Permission.NOTICE_RELEASE, cast.here.area, at=NOW)) == {
        cast.officer,
        cast.second_officer,
        cast.chief,
    }
    by_chiefs = queries.permission_holders(Permission.NOTICE_RELEASE, cast.here.area, roles=[Role.CHIEF], at=NOW)
    assert list(by_chiefs) == [cast.chief]


def test_whom_one_appoints_area_by_area(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    needed = mandates.APPOINTED_WITH[Role.COORDINATOR]
    assert needed is not None

    found = [(one.area.path, one.role, one.person) for one in queries.mandates_managed_by(cast.officer, needed, at=NOW)]

    there = "be/z1/m21004/q-laeken/"
    assert [one for one in found if one[1] in {"coordinator", "deputy"}] == [
        (HERE, "coordinator", cast.here.coordinator),
        (HERE, "deputy", cast.here.deputy),
        (there, "coordinator", cast.next_door.coordinator),
        (there, "deputy", cast.next_door.deputy),
    ]
