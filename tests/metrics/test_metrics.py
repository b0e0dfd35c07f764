"""Counters add up over processes, and leave in the words of Prometheus."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.registry import Collector

from plp.metrics import recorder
from plp.metrics.models import Counter
from plp.metrics.queries import metric_families
from plp.metrics.rules import METRICS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    """Other tests count too."""
    recorder._pending.clear()
    yield
    recorder._pending.clear()


def text() -> list[str]:
    """What a scraper reads, without the comments."""

    class Counted(Collector):
        collect = staticmethod(metric_families)

    registry = CollectorRegistry()
    registry.register(Counted())
    return [line for line in generate_latest(registry).decode().splitlines() if not line.startswith("#")]


def test_counts_of_two_processes_add_up() -> None:
    for _process in range(2):
        recorder.increment_counter("plp_sends", "email", "accepted", number=3)
        recorder.increment_counter("plp_sends", "sms", "failed")
        recorder.write_counts_to_database()

    assert [line for line in text() if line.startswith("plp_sends")] == [
        'plp_sends_total{channel="email",outcome="accepted"} 6.0',
        'plp_sends_total{channel="sms",outcome="failed"} 2.0',
    ]


def test_a_histogram_counts_up_to_each_bound() -> None:
    for seconds in (0.005, 0.006, 20.0):
        recorder.observe_duration("plp_request_seconds", seconds)
    recorder.write_counts_to_database()

    lines = dict(line.rsplit(" ", 1) for line in text())
    assert [lines[f'plp_request_seconds_bucket{{le="{bound}"}}'] for bound in ("0.005", "0.01", "10.0", "+Inf")] == [
        "1.0",
        "2.0",
        "2.0",
        "3.0",
    ]
    assert (lines["plp_request_seconds_count"], float(lines["plp_request_seconds_sum"])) == ("3.0", 20.011)


def test_what_the_database_does_not_take_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise OperationalError("locked")

    recorder.increment_counter("plp_receipts", "sms", "delivered")
    with monkeypatch.context() as broken:
        broken.setattr(recorder, "connection", type("Broken", (), {"cursor": fail})())
        recorder.write_counts_to_database()
    assert not Counter.objects.exists()

    recorder.increment_counter("plp_receipts", "sms", "delivered")
    recorder.write_counts_to_database()
    assert Counter.objects.get().value == 2.0


def test_nothing_new_writes_nothing(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        recorder.write_counts_to_database()


def test_every_metric_says_what_it_is() -> None:
    assert [name for name, metric in METRICS.items() if not metric.help.endswith(".")] == []
    assert {family.name for family in metric_families()} == set(METRICS)
