"""The time is the database's where machines share one; a machine whose clock is wrong is known."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection

from plp.toolbox import clock
from plp.toolbox.clock import AGAIN, BELIEVED, MOST_AHEAD, Reading

AT = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


class Clocks:
    """Those of a database, of a machine and its counter, set by a test."""

    def __init__(self, patch: pytest.MonkeyPatch, vendor: str) -> None:
        self.database, self.ahead, self.passed, self.asked = AT, 0.0, 0.0, 0
        patch.setattr(connection, "vendor", vendor)
        patch.setattr(clock, "machine_time", lambda: self.database + timedelta(seconds=self.ahead + self.passed))
        patch.setattr(clock, "monotonic_seconds", lambda: 5_000.0 + self.passed)
        patch.setattr(clock, "ask_database_time", self.ask)

    def ask(self) -> Reading:
        """What PostgreSQL would say."""
        self.asked += 1
        return Reading(self.database + timedelta(seconds=self.passed), clock.monotonic_seconds(), self.ahead)


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Clocks]:
    return lambda vendor: Clocks(monkeypatch, vendor)


def test_who_follows_the_database_goes_by_its_time_whatever_the_machine_says(clocks: Callable[[str], Clocks]) -> None:
    here = clocks("postgresql")
    here.ahead = 2 * 86_400.0

    before, ahead = clock.now(), clock.follow_database_time()
    here.passed, here.ahead = 7.0, -3_600.0

    assert before == AT + timedelta(days=2)
    assert ahead == 2 * 86_400.0
    assert clock.now() == AT + timedelta(seconds=7)
    assert clock.machine_seconds_ahead() == pytest.approx(-3_600.0)
    assert clock.is_machine_clock_wrong()


@pytest.mark.parametrize(("ahead", "wrong"), [(0.0, False), (MOST_AHEAD, False), (61.0, True), (-61.0, True)])
def test_more_than_a_minute_is_wrong(clocks: Callable[[str], Clocks], ahead: float, wrong: bool) -> None:
    clocks("postgresql").ahead = ahead

    clock.follow_database_time()

    assert clock.is_machine_clock_wrong() is wrong


def test_it_is_asked_again_after_a_while_and_once_it_is_back(clocks: Callable[[str], Clocks]) -> None:
    here = clocks("postgresql")
    clock.refresh_database_time()  # who never followed asks nothing
    clock.follow_database_time()
    asked = [here.asked]
    for here.passed in (AGAIN - 1, AGAIN + 1, AGAIN + 2, 2 * AGAIN + 2):
        clock.refresh_database_time()
        asked.append(here.asked)

    assert asked == [1, 1, 2, 2, 3]


def test_a_database_that_is_away_leaves_the_time_as_it_was(
    clocks: Callable[[str], Clocks], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> Reading:
        raise OperationalError

    here = clocks("postgresql")
    clock.follow_database_time()
    monkeypatch.setattr(clock, "ask_database_time", away)
    here.passed = 2 * AGAIN

    clock.refresh_database_time()

    assert clock.now() == AT + timedelta(seconds=2 * AGAIN)


def test_on_sqlite_the_time_is_the_machines_and_a_jump_is_seen_until_it_is_believed(
    clocks: Callable[[str], Clocks],
) -> None:
    here = clocks("sqlite")
    seen, times = [], []
    for passed, ahead in (
        (0.0, 0.0),
        (60.0, 2.0),  # set right by the network, a little at a time
        (120.0, 3_602.0),
        (180.0, 3_602.0),
        (200.0, 3.0),  # right again
        (300.0, -500.0),
        (300.0 + BELIEVED, -500.0),
        (301.0 + BELIEVED, -500.0),
        (302.0 + BELIEVED, -500.0),
    ):
        here.passed, here.ahead = passed, ahead
        times.append(round((clock.now() - AT).total_seconds()))  # none is taken from a jump
        seen.append(round(clock.follow_database_time()))

    assert seen == [0, 0, 3_600, 3_600, 0, -503, -503, 0, 0]
    assert times == [0, 62, 122, 182, 203, 303, 903, 401, 402]
    assert clock.now() == clock.machine_time()
    assert not clock.is_machine_clock_wrong()


@pytest.mark.django_db
def test_the_database_is_asked_for_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLite by a function of this test: the statement is the same."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.create_function("clock_timestamp", 0, lambda: "2026-11-29 12:00:00")
        as_moment = lambda _, row: [datetime.fromisoformat(row[0]).replace(tzinfo=UTC)]  # noqa: E731
        monkeypatch.setattr(connection.connection, "row_factory", as_moment)

    reading = clock.ask_database_time()

    assert reading.ahead == pytest.approx((clock.machine_time() - reading.moment).total_seconds(), abs=30)
