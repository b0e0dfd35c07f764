"""Rights hang on territory and the clock."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from plp.mandates import actions as mandates
from plp.mandates.grants import COVERING, GRANTS, POLICE, TASKS, Permission, Role, Task, roles_with, tasks_with
from plp.mandates.models import Absence, Mandate, Standin
from plp.mandates.queries import NotAllowed, may, permission_holders, permissions_of, permitted_areas, require
from plp.mandates.rules import APPOINTED_WITH, AREAS
from tests.factories.cast import NOW, Cast, area, hold, person
from tests.factories.rows import rows_of

pytestmark = pytest.mark.django_db


def test_every_role_is_in_every_table() -> None:
    assert set(GRANTS) == set(AREAS) == set(APPOINTED_WITH) == set(Role)
    assert all(roles_with(permission) for permission in Permission)


def test_only_the_police_write_and_nobody_of_them_sees_members() -> None:
    assert set(roles_with(Permission.NOTICE_WRITE)) <= POLICE
    assert roles_with(Permission.MEMBERS_MANAGE) == [Role.COORDINATOR]


def test_zone_one_does_not_contain_zone_ten(cast: Cast) -> None:
    assert may(cast.officer, Permission.NOTICE_WRITE, cast.here.area, at=NOW)
    assert not may(cast.officer, Permission.NOTICE_WRITE, cast.abroad.area, at=NOW)
    assert not may(cast.foreign_officer, Permission.NOTICE_WRITE, cast.here.area, at=NOW)


def test_the_coordinator_next_door_has_no_right_here(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        require(cast.next_door.coordinator, Permission.MEMBERS_MANAGE, cast.here.area, at=NOW)
    assert list(permitted_areas(cast.next_door.coordinator, Permission.NOTICE_RELAY, at=NOW)) == [cast.next_door.area]


def test_rights_end_with_the_mandate(cast: Cast) -> None:
    mandate = Mandate.objects.get(person=cast.here.coordinator)

    mandates.end_mandate(mandate=mandate, by=cast.officer, at=NOW)

    assert may(cast.here.coordinator, Permission.NOTICE_RELAY, cast.here.area, at=NOW - timedelta(seconds=1))
    assert not may(cast.here.coordinator, Permission.NOTICE_RELAY, cast.here.area, at=NOW)


def test_a_deputy_has_the_coordinators_tasks_during_an_absence_only(cast: Cast) -> None:
    own = Mandate.objects.get(person=cast.here.coordinator)
    deputy = Mandate.objects.get(person=cast.here.deputy)
    back = NOW + timedelta(days=2)
    assert permissions_of(cast.here.deputy, at=NOW) == GRANTS[Role.DEPUTY]

    mandates.record_absence_and_ask_deputy(
        mandate=own, deputy=deputy, starts_at=NOW, ends_at=back, by=cast.here.coordinator, at=NOW
    )

    assert permissions_of(cast.here.deputy, at=NOW) >= COVERING
    assert set(permission_holders(Permission.NOTICE_RELAY, cast.here.area, at=NOW)) == {
        cast.here.coordinator,
        cast.here.deputy,
    }
    assert not may(cast.here.deputy, Permission.NOTICE_RELAY, cast.here.area, at=back)
    assert not may(cast.here.deputy, Permission.NOTICE_RELAY, cast.next_door.area, at=NOW)


def test_an_absence_ends_early(cast: Cast) -> None:
    own = Mandate.objects.get(person=cast.here.coordinator)
    deputy = Mandate.objects.get(person=cast.here.deputy)
    until = NOW + timedelta(days=2)
    gone = mandates.record_absence_and_ask_deputy(
        mandate=own, deputy=deputy, starts_at=NOW, ends_at=until, by=cast.here.coordinator, at=NOW
    )

    mandates.end_absence_and_notify_deputy(absence=gone, by=cast.here.coordinator, at=NOW + timedelta(hours=1))

    assert not may(cast.here.deputy, Permission.NOTICE_RELAY, cast.here.area, at=NOW + timedelta(hours=1))


def test_the_same_days_are_not_left_to_a_deputy_twice(cast: Cast) -> None:
    own = Mandate.objects.get(person=cast.here.coordinator)
    deputy = Mandate.objects.get(person=cast.here.deputy)
    day, about = timedelta(days=1), {"mandate": own, "deputy": deputy, "by": cast.here.coordinator, "at": NOW}
    mandates.record_absence_and_ask_deputy(**about, starts_at=NOW + day, ends_at=NOW + 3 * day)

    with pytest.raises(mandates.AbsenceOverlaps) as refused:
        mandates.record_absence_and_ask_deputy(**about, starts_at=NOW + 2 * day, ends_at=NOW + 5 * day)
    mandates.record_absence_and_ask_deputy(**about, starts_at=NOW + 3 * day, ends_at=NOW + 5 * day)

    assert (refused.value.field, Absence.objects.count()) == ("starts_on", 2)


def test_a_deputy_of_another_quarter_cannot_cover(cast: Cast) -> None:
    own = Mandate.objects.get(person=cast.here.coordinator)
    foreign = Mandate.objects.get(person=cast.next_door.deputy)

    with pytest.raises(mandates.BadAbsence):
        mandates.record_absence_and_ask_deputy(
            mandate=own,
            deputy=foreign,
            starts_at=NOW,
            ends_at=NOW + timedelta(days=1),
            by=cast.here.coordinator,
            at=NOW,
        )


def test_the_chief_designates_officers_and_an_officer_does_not(cast: Cast) -> None:
    new = person("Eva Nieuw", "nl")

    with pytest.raises(NotAllowed):
        mandates.appoint(person=new, role=Role.OFFICER, area=cast.zone, decision="x", by=cast.officer, at=NOW)
    mandate = mandates.appoint(person=new, role=Role.OFFICER, area=cast.zone, decision="x", by=cast.chief, at=NOW)

    assert mandate.decided_by == cast.chief


def test_a_coordinator_needs_a_favourable_screening(cast: Cast) -> None:
    new = person("Fien Nieuw", "nl")
    about = {
        "person": new,
        "role": Role.COORDINATOR,
        "area": cast.here.area,
        "decision": "x",
        "by": cast.officer,
        "at": NOW,
    }

    with pytest.raises(mandates.NotScreened):
        mandates.appoint(**about)
    with pytest.raises(mandates.NotScreened):
        mandates.appoint(**about, screened_on=date(2026, 11, 1), screened_fit=False)

    assert mandates.appoint(**about, screened_on=date(2026, 11, 1), screened_fit=True).screened_fit


def test_nobody_makes_themselves_chief_and_no_role_is_held_twice(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        mandates.appoint(person=cast.officer, role=Role.CHIEF, area=cast.zone, decision="x", by=cast.chief, at=NOW)
    with pytest.raises(mandates.AlreadyHeld):
        hold(cast.officer, Role.OFFICER, cast.zone)
    with pytest.raises(mandates.WrongArea):
        hold(person("Gus"), Role.CHIEF, area("quarter", "be/z1/m21004/q-x/", "X"))


def test_a_committee_member_holds_the_tasks_that_were_given_and_no_other(cast: Cast) -> None:
    someone = person("Ella Comité")
    mandate = hold(someone, Role.COMMITTEE, cast.here.area)
    own = permissions_of(someone, at=NOW)

    given = mandates.delegate_task(mandate=mandate, task=Task.MEMBERS, by=cast.here.coordinator, at=NOW)

    assert permissions_of(someone, at=NOW) - own == TASKS[Task.MEMBERS]
    assert may(someone, Permission.MEMBERS_MANAGE, cast.here.area, at=NOW)
    assert not may(someone, Permission.MEMBERS_MANAGE, cast.next_door.area, at=NOW)
    assert not may(someone, Permission.NOTICE_RELAY, cast.here.area, at=NOW)
    assert list(permitted_areas(someone, Permission.MEMBERS_MANAGE, at=NOW)) == [cast.here.area]
    assert someone in permission_holders(Permission.MEMBERS_MANAGE, cast.here.area, at=NOW)
    mandates.end_delegation(delegation=given, by=someone, at=NOW)
    assert permissions_of(someone, at=NOW) == own


def test_a_delegated_task_ends_with_the_mandate(cast: Cast) -> None:
    someone = person("Ella Comité")
    mandate = hold(someone, Role.COMMITTEE, cast.here.area)
    mandates.delegate_task(mandate=mandate, task=Task.MESSAGES, by=cast.here.coordinator, at=NOW)
    assert may(someone, Permission.NOTICE_RELAY, cast.here.area, at=NOW)

    mandates.end_mandate(mandate=mandate, by=cast.officer, at=NOW)

    assert not may(someone, Permission.NOTICE_RELAY, cast.here.area, at=NOW)
    with pytest.raises(mandates.NotInCommittee):
        mandates.delegate_task(mandate=mandate, task=Task.PLAN, by=cast.here.coordinator, at=NOW)


def test_only_the_coordinator_delegates_and_once(cast: Cast) -> None:
    mandate = hold(person("Ella Comité"), Role.COMMITTEE, cast.here.area)
    mandates.delegate_task(mandate=mandate, task=Task.PLAN, by=cast.here.coordinator, at=NOW)

    for nobody in (cast.officer, cast.here.deputy, cast.next_door.coordinator, mandate.person):
        with pytest.raises(NotAllowed):
            mandates.delegate_task(mandate=mandate, task=Task.MEMBERS, by=nobody, at=NOW)
    with pytest.raises(mandates.NotInCommittee):
        mandates.delegate_task(mandate=mandate, task=Task.PLAN, by=cast.here.coordinator, at=NOW)
    own = Mandate.objects.get(person=cast.here.deputy)
    with pytest.raises(mandates.NotInCommittee):
        mandates.delegate_task(mandate=own, task=Task.MEMBERS, by=cast.here.coordinator, at=NOW)


def test_a_task_carries_less_than_a_coordinator_holds() -> None:
    assert set(TASKS) == set(Task)
    assert all(TASKS[task] < GRANTS[Role.COORDINATOR] for task in Task)
    assert all(task in tasks_with(right) for task in Task for right in TASKS[task])
    assert not any(TASKS[one] & TASKS[other] for one in Task for other in Task if one != other)


def test_a_mandate_that_the_machine_gives_is_ended_by_who_holds_it_or_by_the_machine(cast: Cast) -> None:
    chief = Mandate.objects.get(person=cast.chief)

    with pytest.raises(NotAllowed):
        mandates.end_mandate(mandate=chief, by=cast.officer, at=NOW)
    assert Mandate.objects.get(pk=chief.pk).ends_at is None

    mandates.end_mandate(mandate=chief, by=cast.chief, at=NOW)
    assert Mandate.objects.get(pk=chief.pk).ends_at == NOW


def test_nobody_comes_back_for_somebody_else(cast: Cast) -> None:
    own, deputy = (Mandate.objects.get(person=one) for one in (cast.here.coordinator, cast.here.deputy))
    back = NOW + timedelta(days=2)
    away = mandates.record_absence_and_ask_deputy(
        mandate=own, deputy=deputy, starts_at=NOW, ends_at=back, by=own.person, at=NOW
    )

    with pytest.raises(NotAllowed):
        mandates.end_absence_and_notify_deputy(absence=away, by=cast.here.deputy, at=NOW)

    away.refresh_from_db()
    assert away.ends_at == back


def test_only_the_machine_lets_a_deputy_in_office_stand_in(cast: Cast) -> None:
    deputy, own = (Mandate.objects.get(person=one) for one in (cast.here.deputy, cast.here.coordinator))
    for mandate, by in ((deputy, cast.officer), (own, None)):
        with pytest.raises(NotAllowed):
            mandates.begin_standin(deputy=mandate, matter=uuid4(), by=by, at=NOW)
    with pytest.raises(NotAllowed):
        mandates.end_standins(matter=uuid4(), by=cast.officer, at=NOW)

    assert not Standin.objects.exists()


def test_a_task_is_taken_back_once(cast: Cast) -> None:
    hand = hold(person("Emma Comité"), Role.COMMITTEE, cast.here.area)
    given = mandates.delegate_task(mandate=hand, task=Task.MEMBERS, by=cast.here.coordinator, at=NOW)
    mandates.end_delegation(delegation=given, by=cast.here.coordinator, at=NOW)
    before = rows_of("mandates")

    mandates.end_delegation(delegation=given, by=cast.here.coordinator, at=NOW + timedelta(days=1))

    assert rows_of("mandates") == before
