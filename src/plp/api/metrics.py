"""Figures in the text format of Prometheus, for whoever holds the token: counts and seconds, and nothing of anybody."""

import secrets
import shutil
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from plp.api.doors import public
from plp.delivery.queries import queue_figures
from plp.delivery.vitals import Vitals, vitals
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
    at = clock.now()
    registry = CollectorRegistry()
    _gauges(registry, vitals(at))
    by_state = Gauge("plp_copies", "Copies not at an end", ["channel", "state"], registry=registry)
    for channel, states in queue_figures(at)["by_channel"].items():
        for state, number in states.items():
            by_state.labels(channel, state).set(number)
    return HttpResponse(generate_latest(registry), content_type=FORMAT)


def _gauges(registry: CollectorRegistry, seen: Vitals) -> None:
    disk = shutil.disk_usage(settings.HOME)
    for name, words, value in (
        ("plp_oldest_seconds", "Since when the oldest due message waits", max(0.0, _age(seen, seen.oldest))),
        ("plp_worker_seconds", "Since when no worker was seen; -1: never", _age(seen, seen.pulse)),
        ("plp_left_seconds", "Since when no message left; -1: never", _age(seen, seen.left)),
        ("plp_unknown", "Copies of which nobody knows whether they arrived", seen.unknown),
        ("plp_refused", "Tries that went wrong in five minutes", seen.refused),
        ("plp_suspended", "Suppliers that fail", len(seen.suspended)),
        ("plp_paused", "1 while the outbox is shut", int(seen.paused is not None)),
        ("plp_disk_free_ratio", "Free share of the disk of the data folder", disk.free / disk.total),
    ):
        Gauge(name, words, registry=registry).set(value)


def _age(seen: Vitals, moment: datetime | None) -> float:
    return (seen.at - moment).total_seconds() if moment else -1.0


urlpatterns = [path("metrics", metrics, name="metrics")]
