"""The clocks of the year: an evaluation, a confirmation and a stalled step each lie on one desk until they are done."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from plp.evaluation.clocks import KINDS
from plp.followup.actions.clocks import remind_or_pass_on_due_matters
from plp.followup.models import Due
from plp.followup.queries.dues import matters_on_desk
from plp.launch.actions import life
from plp.launch.models import Position
from plp.partnership.models import Partnership
from plp.partnership.states import State
from tests.factories.cast import NOW, Cast
from tests.followup.stage import reachable

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    reachable(cast)
    return cast


def here(cast: Cast, key: str) -> Due:
    return Due.objects.get(kind=key, partnership=cast.here.partnership, done_at=None)


def test_the_yearly_evaluation_is_recalled_a_month_ahead_and_passed_to_the_chief(cast: Cast) -> None:
    remind_or_pass_on_due_matters(by=None, at=NOW + 330 * DAY)
    early = Due.objects.filter(kind="evaluation").count()

    remind_or_pass_on_due_matters(by=None, at=NOW + 340 * DAY)
    first = here(cast, "evaluation")
    remind_or_pass_on_due_matters(by=None, at=NOW + 400 * DAY)

    assert early == 0
    assert first.holder in [cast.officer, cast.second_officer]
    assert first.due_at == datetime(2027, 11, 25, 16, tzinfo=UTC)
    assert here(cast, "evaluation").holder == cast.chief
    assert {(line.kind.key, line.link) for line in matters_on_desk(cast.chief, at=NOW + 400 * DAY)} == {
        ("evaluation", "/evaluation/"),
        ("confirm", "/launch/"),
        ("silence", "/police/"),
    }


def test_a_confirmation_strikes_it_out_and_the_next_year_is_another_matter(cast: Cast) -> None:
    remind_or_pass_on_due_matters(by=None, at=NOW + 366 * DAY)
    due = here(cast, "confirm")
    life.record_yearly_confirmation(partnership=cast.here.partnership, by=cast.officer, at=NOW + 367 * DAY)
    remind_or_pass_on_due_matters(by=None, at=NOW + 368 * DAY)
    due.refresh_from_db()
    waiting = Due.objects.filter(kind="confirm", partnership=cast.here.partnership, done_at=None).count()

    remind_or_pass_on_due_matters(by=None, at=NOW + 733 * DAY)

    assert (due.done_at, waiting) == (NOW + 368 * DAY, 0)
    assert here(cast, "confirm").matter != due.matter


def test_a_step_that_waits_too_long_is_recalled_and_each_step_is_its_own_matter(cast: Cast) -> None:
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state=State.CREATION, launched_at=None)
    position = Position.objects.create(
        partnership=cast.here.partnership, step="consult", due=NOW.date(), entries=0, at=NOW
    )
    remind_or_pass_on_due_matters(by=None, at=NOW)
    on_time = Due.objects.filter(kind="step").count()
    remind_or_pass_on_due_matters(by=None, at=NOW + DAY)
    first = here(cast, "step")
    Position.objects.filter(pk=position.pk).update(step="evening")

    remind_or_pass_on_due_matters(by=None, at=NOW + 2 * DAY)

    second = here(cast, "step")
    first.refresh_from_db()
    assert (on_time, first.done_at) == (0, NOW + 2 * DAY)
    assert first.matter != second.matter
    assert second.reminded_at == NOW + 2 * DAY


@pytest.mark.parametrize(("key", "queries"), [("evaluation", 3), ("confirm", 1), ("step", 1)])
def test_what_is_due_costs_the_same_however_many_partnerships(
    cast: Cast, key: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kind = next(kind for kind in KINDS if kind.key == key)
    one = Partnership.objects.filter(pk=cast.here.partnership.pk).select_related("area")
    many = Partnership.objects.select_related("area")

    for rows in (one, many):
        with django_assert_num_queries(queries):
            kind.find(rows, NOW + 370 * DAY)
