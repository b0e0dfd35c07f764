"""What a benchmark says comes from the round in the middle: one hiccup of the machine turns nothing over."""

import pytest

from bench.pages import Page, middle
from bench.rivals import times_the_best, times_the_peer

PAIRED = {  # the machine is half as quick in the second round, and hiccups for us, then for one peer, then for another
    "ours": [5000.0, 2500.0, 400.0, 5000.0, 5000.0],
    "mass": [400.0, 200.0, 400.0, 40.0, 400.0],
    "celery": [500.0, 250.0, 500.0, 500.0, 50.0],
    "smtp_source": [10_000.0, 5000.0, 10_000.0, 10_000.0, 10_000.0],
}


@pytest.mark.parametrize(("name", "times"), [("mass", 12.5), ("celery", 10.0), ("smtp_source", 0.5)])
def test_a_rate_is_compared_with_ours_of_the_same_round(name: str, times: float) -> None:
    assert times_the_peer(PAIRED, name) == times


def test_the_best_peer_is_one_that_makes_mails() -> None:
    without = {name: rates for name, rates in PAIRED.items() if name != "celery"}

    assert (times_the_best(PAIRED), times_the_best(without)) == (10.0, 12.5)


def test_one_slow_round_of_a_page_is_passed_over_and_no_failure_is() -> None:
    rounds = [Page("desk", 0.01, 0.02, 0, 0.01), Page("desk", 0.02, 0.292, 1, 0.03), Page("desk", 0.01, 0.024, 2, 0.01)]

    assert middle(rounds) == Page("desk", 0.01, 0.024, 3, 0.01)
