"""When a supplier counts as down, how long it is left alone, and what brings it back."""

import pytest

from plp.delivery.engine.circuit_breakers import (
    FEWEST_FAILURES,
    FIRST_PAUSE,
    LONGEST_PAUSE,
    SUCCESS_COUNTS_FOR,
    CircuitBreaker,
)


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> CircuitBreaker:
    return CircuitBreaker(clock)


def probed(breaker: CircuitBreaker, clock: Clock) -> None:
    """Wait until somebody may try, and try."""
    while not breaker.is_trial_due():
        clock.seconds += 0.25
    breaker.begin_trial()


def test_a_new_supplier_is_well(breaker: CircuitBreaker) -> None:
    assert not breaker.is_trial_due()
    assert not breaker.record_connection()
    assert (breaker.open_since, breaker.failing_since) == (None, None)


def test_lesser_failures_open_it_only_in_a_row(breaker: CircuitBreaker, clock: Clock) -> None:
    assert [breaker.record_failure() for _ in range(FEWEST_FAILURES - 1)] == [False] * (FEWEST_FAILURES - 1)
    breaker.record_success()

    assert [breaker.record_failure() for _ in range(FEWEST_FAILURES)] == [False] * (FEWEST_FAILURES - 1) + [True]
    assert breaker.open_since == breaker.failing_since == clock.seconds


def test_one_grave_failure_opens_it_unless_another_line_had_success_a_moment_ago(
    breaker: CircuitBreaker, clock: Clock
) -> None:
    breaker.record_success()
    clock.seconds += SUCCESS_COUNTS_FOR - 0.1
    assert not breaker.record_failure(grave=True)

    clock.seconds += 0.1
    assert breaker.record_failure(grave=True)


def test_one_slow_line_beside_success_never_opens_it(breaker: CircuitBreaker, clock: Clock) -> None:
    breaker.record_success()
    assert not any(breaker.record_failure(since=clock()) for _ in range(FEWEST_FAILURES * 2))

    clock.seconds += SUCCESS_COUNTS_FOR
    assert [breaker.record_failure(since=clock()) for _ in range(FEWEST_FAILURES)] == [False] * (
        FEWEST_FAILURES - 1
    ) + [True]


def test_of_many_lines_half_must_fail_in_a_row(clock: Clock) -> None:
    breaker = CircuitBreaker(clock, connections=20)

    assert [breaker.record_failure() for _ in range(10)] == [False] * 9 + [True]


def test_a_silence_that_began_before_others_had_success_says_nothing(breaker: CircuitBreaker, clock: Clock) -> None:
    since = clock()
    clock.seconds += 1
    breaker.record_success()
    clock.seconds += SUCCESS_COUNTS_FOR * 2

    assert not breaker.record_failure(grave=True, since=since)
    assert breaker.record_failure(grave=True, since=since + 1)


def test_other_lines_that_fail_meanwhile_are_the_same_outage(breaker: CircuitBreaker, clock: Clock) -> None:
    breaker.record_failure(grave=True)

    assert not breaker.record_failure(grave=True)
    clock.seconds += FIRST_PAUSE - 0.1
    assert not breaker.is_trial_due()
    clock.seconds += 0.1
    assert breaker.is_trial_due()


def test_while_one_tries_the_others_wait(breaker: CircuitBreaker, clock: Clock) -> None:
    breaker.record_failure(grave=True)
    probed(breaker, clock)
    assert not breaker.is_trial_due()

    clock.seconds += LONGEST_PAUSE
    assert breaker.is_trial_due()


def test_the_pause_doubles_up_to_the_longest_while_the_outage_stays_one(breaker: CircuitBreaker, clock: Clock) -> None:
    begun = clock.seconds
    breaker.record_failure(grave=True)
    pauses = []
    for _ in range(8):
        probed(breaker, clock)
        assert breaker.record_failure()  # told anew each time, so that an old outage is known to last
        tried = clock.seconds
        while not breaker.is_trial_due():
            clock.seconds += 0.25
        pauses.append(clock.seconds - tried)

    assert pauses == [1.0, 2.0, 4.0, 8.0, 16.0, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]
    assert breaker.open_since == breaker.failing_since == begun


@pytest.mark.parametrize(("asked", "given"), [(0.1, FIRST_PAUSE), (7.0, 7.0), (3600.0, LONGEST_PAUSE)])
def test_a_supplier_that_asks_to_be_left_alone_is_within_reason(
    breaker: CircuitBreaker, clock: Clock, asked: float, given: float
) -> None:
    breaker.record_failure(grave=True, pause_seconds=asked)

    clock.seconds += given - 0.05
    assert not breaker.is_trial_due()
    clock.seconds += 0.05
    assert breaker.is_trial_due()


def test_a_line_that_stands_closes_it_and_is_on_trial_until_a_copy_has_left(
    breaker: CircuitBreaker, clock: Clock
) -> None:
    begun = clock.seconds
    breaker.record_failure(grave=True)
    probed(breaker, clock)

    assert [breaker.record_connection(), breaker.record_connection()] == [True, False]
    assert not breaker.is_trial_due()
    assert breaker.record_failure()  # at the first copy, however small the failure
    assert (breaker.pause, breaker.failing_since, breaker.open_since) == (2 * FIRST_PAUSE, begun, clock.seconds)


def test_a_copy_that_left_closes_it_while_somebody_tries(breaker: CircuitBreaker, clock: Clock) -> None:
    breaker.record_failure(grave=True)
    assert not breaker.record_success()  # by a line that stood before the outage
    assert breaker.open_since is not None

    probed(breaker, clock)
    assert [breaker.record_success(), breaker.record_success()] == [True, False]
    assert breaker.open_since is None
    assert breaker.failing_since is None
    assert breaker.is_trial_due() is False


def test_the_first_success_of_a_worker_is_news(breaker: CircuitBreaker) -> None:
    assert [breaker.record_success(), breaker.record_success()] == [True, False]


def test_whoever_tried_and_went_away_leaves_it_to_the_next(breaker: CircuitBreaker, clock: Clock) -> None:
    breaker.abandon_trial()
    assert (breaker.open_since, breaker.retry_at) == (None, 0.0)

    breaker.record_failure(grave=True)
    breaker.abandon_trial()  # nobody tried
    assert not breaker.is_trial_due()
    probed(breaker, clock)
    breaker.abandon_trial()
    assert breaker.is_trial_due() is True
    assert breaker.pause == FIRST_PAUSE


def test_a_copy_that_left_ends_the_outage(breaker: CircuitBreaker, clock: Clock) -> None:
    breaker.record_failure(grave=True)
    probed(breaker, clock)
    breaker.record_connection()
    breaker.record_success()
    assert breaker.failing_since is None

    clock.seconds += SUCCESS_COUNTS_FOR
    assert [breaker.record_failure() for _ in range(FEWEST_FAILURES)] == [False] * (FEWEST_FAILURES - 1) + [True]
    assert breaker.pause == FIRST_PAUSE
