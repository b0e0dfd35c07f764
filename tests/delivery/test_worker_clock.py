"""A worker compares its clock with that of the database, and says when it stands still."""

import logging
from functools import partial

import pytest

from plp.delivery.engine.worker_clock import WorkerClock
from plp.delivery.models import Pulse
from plp.toolbox import clock

pytestmark = pytest.mark.django_db


def test_what_it_says(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    worker_clock, pulses = WorkerClock(), []
    readings = iter([0.0, 172_800.0, 172_800.0, -61.0, 3.0])
    monkeypatch.setattr(
        clock,
        "follow_database_time",
        lambda: monkeypatch.setattr(clock, "machine_seconds_ahead", partial(float, next(readings))),
    )

    with caplog.at_level(logging.WARNING):
        for _ in range(5):
            worker_clock.compare_clocks_and_log_change()
            worker_clock.record_pulse()
            pulses.append((worker_clock.is_wrong(), sorted(Pulse.objects.values_list("key", flat=True))))
            Pulse.objects.all().delete()

    assert pulses == [(False, ["worker"]), (True, ["clock"]), (True, ["clock"]), (True, ["clock"]), (False, ["worker"])]
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        "this worker does nothing",
        "the clock is right again",
    ]
    assert "+172800 s" in caplog.text
