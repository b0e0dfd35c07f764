"""Figures in the text format of Prometheus, for whoever holds the token: counts and seconds, and nothing of anybody."""

import secrets
import shutil
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from plp.api.permissions import public
from plp.delivery.health import OutboxHealth, outbox_health
from plp.delivery.queries import daily_budgets, outbox_figures_for_operators, suppliers_and_whether_up
from plp.metrics.queries import metric_families
from plp.metrics.recorder import write_counts_to_database
from plp.toolbox import clock

FORMAT = "text/plain; version=0.0.4; charset=utf-8"


@public
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """404 without the token of ``PLP_METRICS_TOKEN``, as where there is none: nobody learns of the page."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    if not settings.METRICS_TOKEN or not secrets.compare_digest(given, settings.METRICS_TOKEN.encode()):
        raise Http404
    write_counts_to_database()
    registry = CollectorRegistry()
    registry.register(InstallationMetrics(clock.now()))
    return HttpResponse(generate_latest(registry), content_type=FORMAT)


class InstallationMetrics(Collector):
    """What the installation counts, and how it fares at this moment."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def collect(self) -> Iterator[Metric]:
        """Counters and histograms, then gauges."""
        yield from metric_families()
        yield from _health_gauges(outbox_health(self.at))
        yield from _unfinished_copies_metric(self.at)
        yield from _suppliers_metric()
        yield from _spending_metric(self.at)


def _health_gauges(seen: OutboxHealth) -> Iterator[Metric]:
    disk = shutil.disk_usage(settings.HOME)
    for name, words, value in (
        ("plp_oldest_seconds", "Since when the oldest due message waits.", max(0.0, _seconds_since(seen, seen.oldest))),
        ("plp_worker_seconds", "Since when no worker was seen; -1: never.", _seconds_since(seen, seen.pulse)),
        ("plp_watch_seconds", "Since when no watch was seen; -1: never.", _seconds_since(seen, seen.watch)),
        ("plp_left_seconds", "Since when no message left; -1: never.", _seconds_since(seen, seen.left)),
        ("plp_unknown", "Copies of which nobody knows whether they arrived.", seen.unknown),
        ("plp_refused", "Tries that went wrong in five minutes.", seen.refused),
        ("plp_suspended", "Suppliers that fail.", len(seen.suspended)),
        ("plp_paused", "1 while the outbox is shut.", int(seen.paused is not None)),
        ("plp_disk_free_ratio", "Free share of the disk of the data folder.", disk.free / disk.total),
    ):
        yield GaugeMetricFamily(name, words, value=value)


def _unfinished_copies_metric(at: datetime) -> Iterator[Metric]:
    family = GaugeMetricFamily("plp_copies", "Copies not at an end.", labels=["channel", "state"])
    for channel, states in outbox_figures_for_operators(at)["by_channel"].items():
        for state, number in states.items():
            family.add_metric([channel, state], number)
    yield family


def _suppliers_metric() -> Iterator[Metric]:
    family = GaugeMetricFamily("plp_supplier_up", "0 while a supplier is suspended.", labels=["channel", "number"])
    for channel, number, is_up in suppliers_and_whether_up():
        family.add_metric([channel, str(number)], int(is_up))
    yield family


def _spending_metric(at: datetime) -> Iterator[Metric]:
    spent = GaugeMetricFamily("plp_spent_euros", "Spent on a channel today.", labels=["channel"])
    limit = GaugeMetricFamily("plp_spending_limit_euros", "What may be spent on a channel a day.", labels=["channel"])
    for budget in daily_budgets(at):
        spent.add_metric([budget.channel], budget.cents / 100)
        limit.add_metric([budget.channel], budget.most / 100)
    yield from (spent, limit)


def _seconds_since(seen: OutboxHealth, moment: datetime | None) -> float:
    return (seen.at - moment).total_seconds() if moment else -1.0


urlpatterns = [path("metrics", metrics, name="metrics")]
