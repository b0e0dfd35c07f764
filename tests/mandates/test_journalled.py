"""What the journal says of each act on a mandate: the verb, who, where, what; and what is kept of it."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from plp.mandates import actions as mandates
from plp.mandates.grants import Role, Task
from plp.mandates.models import Absence, Delegation, Mandate, Standin, Suspension
from tests.factories.cast import NOW, Cast, hold, person
from tests.factories.journalled import journalled, line

pytestmark = pytest.mark.django_db
HERE, LATER = "be/z1/m21004/q-haren/", NOW + timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def of(someone: object, role: Role) -> Mandate:
    return Mandate.objects.get(person=someone, role=role)


def test_appointing_and_ending(cast: Cast) -> None:
    eva, screening = person("Eva Exemple"), {"screened_on": date(2026, 1, 5), "screened_fit": True}
    about = {"person": eva, "role": Role.DEPUTY, "area": cast.here.area, "decision": "PV 12"}

    with journalled() as lines:
        given = mandates.appoint(**about, **screening, by=cast.officer, at=NOW)
        mandates.end_mandate(mandate=given, by=cast.officer, at=LATER)

    told = {"role": "deputy", "person": str(eva.pk)}
    assert lines == [
        line("mandate.appointed", cast.officer, HERE, given, **told),
        line("mandate.ended", cast.officer, HERE, given, role="deputy"),
    ]
    kept = Mandate.objects.get(pk=given.pk)
    assert (kept.person, kept.role, kept.area, kept.decision) == (eva, "deputy", cast.here.area, "PV 12")
    assert (kept.starts_at, kept.ends_at, kept.decided_by) == (NOW, LATER, cast.officer)
    assert kept.screened_on == date(2026, 1, 5)
    assert kept.screened_fit is True
    assert given.ends_at == LATER


def test_resigning(cast: Cast) -> None:
    own = of(cast.here.coordinator, Role.COORDINATOR)

    with journalled() as lines:
        mandates.resign(mandate=own, last_day=date(2026, 11, 30), by=cast.here.coordinator, at=NOW)

    assert lines == [line("mandate.resigned", cast.here.coordinator, HERE, own, last_day="2026-11-30")]
    own.refresh_from_db()
    assert own.ends_at == datetime(2026, 11, 30, 23, 0, tzinfo=UTC)  # midnight in Brussels


def test_suspending_and_reinstating(cast: Cast) -> None:
    own, matter, other = of(cast.here.coordinator, Role.COORDINATOR), uuid4(), uuid4()

    with journalled() as lines:
        about = {"person": cast.here.coordinator, "area": cast.here.area, "by": None}
        counts = [mandates.suspend_mandates(**about, matter=one, at=NOW) for one in (matter, matter, other)]
        back = [mandates.reinstate_mandates(matter=matter, by=None, at=LATER) for _ in range(2)]

    assert (counts, back) == ([1, 0, 1], [1, 0])
    assert lines == [
        line("mandate.suspended", None, HERE, own),
        line("mandate.suspended", None, HERE, own),
        line("mandate.reinstated", None, HERE, own),
    ]
    spans = {one.matter: (one.mandate, one.starts_at, one.ends_at) for one in Suspension.objects.all()}
    assert spans == {matter: (own, NOW, LATER), other: (own, NOW, None)}


def test_leaving_and_coming_back(cast: Cast) -> None:
    clara = cast.here.coordinator
    own, deputy = of(clara, Role.COORDINATOR), of(cast.here.deputy, Role.DEPUTY)
    about = {"mandate": own, "deputy": deputy, "ends_at": NOW + timedelta(days=9), "by": clara, "at": NOW}

    with journalled() as lines:
        now, next_week = (mandates.record_absence(**about, starts_at=NOW + timedelta(days=days)) for days in (0, 7))
        mandates.end_absence(absence=now, by=clara, at=LATER)
        mandates.end_absence(absence=next_week, by=clara, at=LATER)

    assert [one[0] for one in lines] == ["mandate.absence_noted"] * 2 + ["mandate.absence_ended"] * 2
    assert lines[0] == line("mandate.absence_noted", clara, HERE, now)
    assert lines[2:] == [line("mandate.absence_ended", clara, HERE, own)] * 2
    kept = Absence.objects.get()
    assert (kept.mandate, kept.deputy, kept.starts_at, kept.ends_at) == (own, deputy, NOW, LATER)


def test_standing_in_and_down(cast: Cast) -> None:
    deputy, matter = of(cast.here.deputy, Role.DEPUTY), uuid4()

    with journalled() as lines:
        given, again = (mandates.add_standin(deputy=deputy, matter=matter, by=None, at=NOW) for _ in range(2))
        down = [mandates.end_standins(matter=matter, by=None, at=LATER) for _ in range(2)]

    assert given == again
    assert down == [1, 0]
    assert lines == [
        line("mandate.standin_begun", None, HERE, given),
        line("mandate.standin_ended", None, HERE, given),
    ]
    kept = Standin.objects.get()
    assert (kept.deputy, kept.matter, kept.starts_at, kept.ends_at) == (deputy, matter, NOW, LATER)


def test_delegating_and_taking_back(cast: Cast) -> None:
    clara, eva = cast.here.coordinator, person("Eva Exemple")
    seat = hold(eva, Role.COMMITTEE, cast.here.area)
    task = next(iter(Task))

    with journalled() as lines:
        given = mandates.delegate_task(mandate=seat, task=task, by=clara, at=NOW)
        for _ in range(2):
            mandates.end_delegation(delegation=given, by=eva, at=LATER)

    assert lines == [
        line("task.delegated", clara, HERE, seat, task=task.value),
        line("task.taken_back", eva, HERE, seat, task=task.value),
    ]
    kept = Delegation.objects.get()
    assert (kept.mandate, kept.task, kept.delegated_by, kept.starts_at, kept.ends_at) == (seat, task, clara, NOW, LATER)
