"""How fast copies leave: the goal beside what was measured (E30, G6)."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from plp.delivery import actions
from plp.delivery.channel import Receipt
from plp.delivery.leaving_times import LeavingTime, leaving_time_of_95_percent, percentile_seconds
from plp.delivery.models import Dispatch
from plp.delivery.states import State
from plp.toolbox import clock
from tests.factories.outbox import audience, message, people

SECOND = timedelta(seconds=1)


def test_ninety_five_of_a_hundred_are_within() -> None:
    assert percentile_seconds([SECOND * number for number in range(1, 101)]) == 95
    assert (percentile_seconds([]), percentile_seconds([SECOND * -1]), percentile_seconds([SECOND * 2.4])) == (
        None,
        0,
        3,
    )


@pytest.mark.django_db
def test_a_copy_is_timed_from_when_it_was_due_or_else_queued() -> None:
    cache.clear()
    at = clock.now()
    people(3)
    actions.enqueue_copy_for_each_person(message=message(at=at), contacts=audience(), at=at)
    keys = list(Dispatch.objects.order_by("pk").values_list("pk", flat=True))
    due, settled = at - SECOND * 60, at - SECOND * 52
    left = {"state": "accepted", "queued_at": at - SECOND * 600, "due_at": due, "settled_at": settled, "tries": 1}
    assert leaving_time_of_95_percent(at) is None
    cache.clear()

    Dispatch.objects.filter(pk=keys[0]).update(**left)
    on_time = leaving_time_of_95_percent(at)
    cache.clear()
    Dispatch.objects.filter(pk=keys[1]).update(**{**left, "tries": 2})
    tried_again = leaving_time_of_95_percent(at)

    assert (on_time, tried_again) == (LeavingTime(8), LeavingTime(548))
    assert on_time is not None
    assert on_time.is_within_goal


@pytest.mark.django_db
def test_a_copy_left_when_the_supplier_took_it_however_late_its_receipt_comes() -> None:
    cache.clear()
    at = clock.now()
    people(1, channel="sms")
    actions.enqueue_copy_for_each_person(message=message("sms", at=at), contacts=audience(), at=at)
    left = {"queued_at": at, "due_at": at, "settled_at": at + SECOND * 3, "tries": 1}
    Dispatch.objects.update(state="accepted", reference="r-1", **left)
    receipt = Receipt(event="e-1", reference="r-1", state=State.DELIVERED)

    moved = actions.record_receipt_and_move_dispatch(channel="sms", receipt=receipt, at=at + SECOND * 900)

    assert (moved, Dispatch.objects.get().state) == (True, State.DELIVERED)
    assert leaving_time_of_95_percent(at + SECOND * 900) == LeavingTime(3)


@pytest.mark.django_db
def test_what_people_carry_is_not_timed() -> None:
    cache.clear()
    at = clock.now()
    people(2, channel="paper")
    actions.enqueue_copy_for_each_person(message=message("paper", at=at), contacts=audience(), at=at)
    Dispatch.objects.update(state="delivered", queued_at=at, due_at=at, settled_at=at + SECOND * 9000, tries=1)

    assert leaving_time_of_95_percent(at + SECOND * 9000) is None
