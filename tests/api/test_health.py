"""The two questions of those who watch over us."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from plp.api import health
from plp.delivery.models import Pulse
from plp.toolbox import clock


def figures(seconds: float) -> Any:
    """A queue whose oldest message has been due for so long."""
    return lambda at: {"oldest_seconds": seconds}


def test_alive_touches_no_database(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


WELL = {"database": True, "worker": True, "watch": True, "queue": True, "disk": True, "clock": True}


@pytest.fixture
def alive(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker and a watch that were seen just now."""
    monkeypatch.setattr(health, "last_pulses", lambda: {"worker": clock.now(), "watch": clock.now()})


@pytest.mark.django_db
def test_ready(client: Client) -> None:
    for key in ("worker", "watch"):
        Pulse.objects.create(key=key, at=clock.now())

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, WELL)


@pytest.mark.django_db
@pytest.mark.parametrize("silent", ["worker", "watch"])
def test_red_within_a_minute_when_worker_or_watch_is_gone(client: Client, silent: str) -> None:
    (other,) = {"worker", "watch"} - {silent}
    Pulse.objects.create(key=other, at=clock.now())
    Pulse.objects.create(key=silent, at=clock.now() - timedelta(seconds=50))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, WELL | {silent: False})


@pytest.mark.django_db
def test_a_demonstration_runs_without_a_watch(client: Client, settings: Any) -> None:
    settings.DEMO = True
    Pulse.objects.create(key="worker", at=clock.now())

    answer = client.get("/readyz")

    assert (answer.status_code, "watch" in answer.json()) == (200, False)


@pytest.mark.django_db
def test_a_machine_asks_by_address_and_without_tls(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["plp.example.be"]

    answers = {
        path: Client().get(path, headers={"host": "10.0.0.7:8000"}).status_code for path in ("/healthz", "/readyz", "/")
    }

    assert answers == {"/healthz": 200, "/readyz": 503, "/": 400}


@pytest.mark.parametrize(("seconds", "status"), [(300.0, 200), (300.1, 503)])
@pytest.mark.usefixtures("alive")
def test_a_late_queue_is_not_ready(
    seconds: float, status: int, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "outbox_figures_for_operators", figures(seconds))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["queue"]) == (status, status == 200)


@pytest.mark.usefixtures("alive")
def test_a_full_disk_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(health, "outbox_figures_for_operators", figures(0.0))
    settings.DISK_RESERVE = 10**18

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, WELL | {"disk": False})


def test_a_silent_database_is_not_ready_and_says_no_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(at: object) -> None:
        raise OperationalError("could not connect to host secret.example")

    monkeypatch.setattr(health, "last_pulses", lambda: fail(None))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, dict.fromkeys(WELL, False) | {"disk": True, "clock": True})
    assert b"secret" not in answer.content


def test_nothing_but_reading_is_answered(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


def test_the_limit_is_five_minutes() -> None:
    assert timedelta(seconds=health.LATE_SECONDS) == timedelta(minutes=5)


@pytest.mark.django_db
def test_a_wrong_clock_is_not_ready_whatever_a_worker_says_of_its_own(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in ("worker", "watch", "clock"):
        Pulse.objects.create(key=key, at=clock.now())
    monkeypatch.setattr(health.clock, "is_machine_clock_wrong", lambda: True)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, WELL | {"clock": False})
