"""When a supplier counts as down, how long it is left alone, and what brings it back."""

import pytest

from plp.delivery.engine.breakers import BREAKS, FIRST_PAUSE, FRESH, LONGEST_PAUSE, Breaker


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
def breaker(clock: Clock) -> Breaker:
    return Breaker(clock)


def probed(breaker: Breaker, clock: Clock) -> None:
    """Wait until somebody may try, and try."""
    while not breaker.is_due():
        clock.seconds += 0.25
    breaker.probe()


def test_a_new_supplier_is_well(breaker: Breaker) -> None:
    assert not breaker.is_due()
    assert not breaker.reached()
    assert (breaker.open_since, breaker.failing_since) == (None, None)


def test_lesser_failures_open_it_only_in_a_row(breaker: Breaker, clock: Clock) -> None:
    assert [breaker.failed() for _ in range(BREAKS - 1)] == [False] * (BREAKS - 1)
    breaker.succeeded()

    assert [breaker.failed() for _ in range(BREAKS)] == [False] * (BREAKS - 1) + [True]
    assert breaker.open_since == breaker.failing_since == clock.seconds


def test_one_grave_failure_opens_it_unless_another_line_had_success_a_moment_ago(
    breaker: Breaker, clock: Clock
) -> None:
    breaker.succeeded()
    clock.seconds += FRESH - 0.1
    assert not breaker.failed(grave=True)

    clock.seconds += 0.1
    assert breaker.failed(grave=True)


def test_one_slow_line_beside_success_never_opens_it(breaker: Breaker, clock: Clock) -> None:
    breaker.succeeded()
    assert not any(breaker.failed(since=clock()) for _ in range(BREAKS * 2))

    clock.seconds += FRESH
    assert [breaker.failed(since=clock()) for _ in range(BREAKS)] == [False] * (BREAKS - 1) + [True]


def test_of_many_lines_half_must_fail_in_a_row(clock: Clock) -> None:
    breaker = Breaker(clock, lines=20)

    assert [breaker.failed() for _ in range(10)] == [False] * 9 + [True]


def test_a_silence_that_began_before_others_had_success_says_nothing(breaker: Breaker, clock: Clock) -> None:
    since = clock()
    clock.seconds += 1
    breaker.succeeded()
    clock.seconds += FRESH * 2

    assert not breaker.failed(grave=True, since=since)
    assert breaker.failed(grave=True, since=since + 1)


def test_other_lines_that_fail_meanwhile_are_the_same_outage(breaker: Breaker, clock: Clock) -> None:
    breaker.failed(grave=True)

    assert not breaker.failed(grave=True)
    clock.seconds += FIRST_PAUSE - 0.1
    assert not breaker.is_due()
    clock.seconds += 0.1
    assert breaker.is_due()


def test_while_one_tries_the_others_wait(breaker: Breaker, clock: Clock) -> None:
    breaker.failed(grave=True)
    probed(breaker, clock)
    assert not breaker.is_due()

    clock.seconds += LONGEST_PAUSE
    assert breaker.is_due()


def test_the_pause_doubles_up_to_the_longest_while_the_outage_stays_one(breaker: Breaker, clock: Clock) -> None:
    begun = clock.seconds
    breaker.failed(grave=True)
    pauses = []
    for _ in range(8):
        probed(breaker, clock)
        assert breaker.failed()  # told anew each time, so that an old outage is known to last
        tried = clock.seconds
        while not breaker.is_due():
            clock.seconds += 0.25
        pauses.append(clock.seconds - tried)

    assert pauses == [1.0, 2.0, 4.0, 8.0, 16.0, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]
    assert breaker.open_since == breaker.failing_since == begun


@pytest.mark.parametrize(("asked", "given"), [(0.1, FIRST_PAUSE), (7.0, 7.0), (3600.0, LONGEST_PAUSE)])
def test_a_supplier_that_asks_to_be_left_alone_is_within_reason(
    breaker: Breaker, clock: Clock, asked: float, given: float
) -> None:
    breaker.failed(grave=True, after=asked)

    clock.seconds += given - 0.05
    assert not breaker.is_due()
    clock.seconds += 0.05
    assert breaker.is_due()


def test_a_line_that_stands_closes_it_and_is_on_trial_until_a_copy_has_left(breaker: Breaker, clock: Clock) -> None:
    begun = clock.seconds
    breaker.failed(grave=True)
    probed(breaker, clock)

    assert [breaker.reached(), breaker.reached()] == [True, False]
    assert not breaker.is_due()
    assert breaker.failed()  # at the first copy, however small the failure
    assert (breaker.pause, breaker.failing_since, breaker.open_since) == (2 * FIRST_PAUSE, begun, clock.seconds)


def test_a_copy_that_left_closes_it_while_somebody_tries(breaker: Breaker, clock: Clock) -> None:
    breaker.failed(grave=True)
    assert not breaker.succeeded()  # by a line that stood before the outage
    assert breaker.open_since is not None

    probed(breaker, clock)
    assert [breaker.succeeded(), breaker.succeeded()] == [True, False]
    assert (breaker.open_since, breaker.failing_since, breaker.is_due()) == (None, None, False)


def test_the_first_success_of_a_worker_is_news(breaker: Breaker) -> None:
    assert [breaker.succeeded(), breaker.succeeded()] == [True, False]


def test_whoever_tried_and_went_away_leaves_it_to_the_next(breaker: Breaker, clock: Clock) -> None:
    breaker.left()
    assert (breaker.open_since, breaker.retry_at) == (None, 0.0)

    breaker.failed(grave=True)
    breaker.left()  # nobody tried
    assert not breaker.is_due()
    probed(breaker, clock)
    breaker.left()
    assert (breaker.is_due(), breaker.pause) == (True, FIRST_PAUSE)


def test_a_copy_that_left_ends_the_outage(breaker: Breaker, clock: Clock) -> None:
    breaker.failed(grave=True)
    probed(breaker, clock)
    breaker.reached()
    breaker.succeeded()
    assert breaker.failing_since is None

    clock.seconds += FRESH
    assert [breaker.failed() for _ in range(BREAKS)] == [False] * (BREAKS - 1) + [True]
    assert breaker.pause == FIRST_PAUSE
