"""How the work of a desk is shared: open, done, hours on call (ADR 74)."""

from datetime import datetime, time, timedelta

import pytest

from plp.followup.models import Due
from plp.followup.queries.workload import workloads
from plp.mandates import rotas
from plp.mandates.models import Shift
from plp.mandates.rota_patterns import WeekPattern
from plp.mandates.rota_queries import hours_of_next_week_by_person, people_who_can_be_on_call
from plp.toolbox.clock import BRUSSELS, local
from plp.toolbox.ids import new_random_id
from tests.factories.cast import NOW, Cast

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TODAY = local(NOW).date()


@pytest.fixture
def cast(db: None) -> Cast:
    cast = Cast()
    pattern = WeekPattern(TODAY, TODAY + DAY, time(8), time(20), [str(cast.officer.pk)] * 7)
    rotas.save_rota_shifts_and_notify(
        area=cast.zone, pattern=pattern, answer_minutes=15, by=cast.officer, at=NOW - 2 * HOUR
    )
    return cast


def due(cast: Cast, done_at: datetime | None, quarter: object = None) -> Due:
    partnership = (quarter or cast.here).partnership  # type: ignore[attr-defined]
    about = {"matter": new_random_id(), "due_at": NOW, "holder": cast.officer, "done_at": done_at}
    return Due.objects.create(kind="release", partnership=partnership, **about)


def test_open_and_done_and_hours(cast: Cast) -> None:
    due(cast, None)
    due(cast, NOW - 10 * DAY)
    due(cast, NOW - 100 * DAY)
    due(cast, None, cast.abroad)

    rows = workloads(cast.zone, people_who_can_be_on_call(cast.zone, at=NOW), at=NOW)

    assert [(row.person, row.open_tasks, row.done, row.hours_had, row.hours_coming) for row in rows] == [
        (cast.officer, 1, 1, 2, 22),
        (cast.second_officer, 0, 0, 0, 0),
    ]


def test_three_queries_however_many_people(cast: Cast, django_assert_num_queries: object) -> None:
    people = people_who_can_be_on_call(cast.zone, at=NOW)

    with django_assert_num_queries(3):  # type: ignore[operator]
        rows = workloads(cast.zone, people, at=NOW)

    assert len(rows) == 2


def test_hours_that_follow_are_one(cast: Cast) -> None:
    begins = datetime.combine(TODAY + DAY, time(20), tzinfo=BRUSSELS)
    rota = Shift.objects.all()[0].rota
    Shift.objects.create(rota=rota, person=cast.officer, starts_at=begins, ends_at=begins + 4 * HOUR)

    spans = hours_of_next_week_by_person(cast.here.area, at=NOW)[cast.officer.pk]

    assert [end - start for start, end in spans] == [12 * HOUR, 16 * HOUR]
