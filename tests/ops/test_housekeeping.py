"""What a worker sweeps once a day."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from plp.ops.housekeeping import DAY, daily
from plp.toolbox import clock

pytestmark = pytest.mark.django_db


def test_sessions_that_are_over_are_deleted() -> None:
    for key, hours in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=clock.now() + timedelta(hours=hours))

    for chore in daily():
        chore.do()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_a_chore_is_done_at_the_start_and_then_once_a_day() -> None:
    (chore,) = daily()

    assert [chore.is_due(moment) for moment in (5.0, 6.0, DAY, DAY + 5.0)] == [True, False, False, True]
