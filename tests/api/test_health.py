"""The two questions of those who watch over us."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from plp.api import health


def figures(seconds: float) -> Any:
    """A queue whose oldest message has been due for so long."""
    return lambda at: {"oldest_seconds": seconds}


def test_alive_touches_no_database(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_ready(client: Client) -> None:
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"database": True, "queue": True, "disk": True, "clock": True})


@pytest.mark.parametrize(("seconds", "status"), [(300.0, 200), (300.1, 503)])
def test_a_late_queue_is_not_ready(
    seconds: float, status: int, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "queue_figures", figures(seconds))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["queue"]) == (status, status == 200)


def test_a_full_disk_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(health, "queue_figures", figures(0.0))
    settings.DISK_RESERVE = 10**18

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, {"database": True, "queue": True, "disk": False, "clock": True})


def test_a_silent_database_is_not_ready_and_says_no_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(at: object) -> None:
        raise OperationalError("could not connect to host secret.example")

    monkeypatch.setattr(health, "queue_figures", fail)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (
        503,
        {"database": False, "queue": False, "disk": True, "clock": True},
    )
    assert b"secret" not in answer.content


def test_nothing_but_reading_is_answered(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


def test_the_limit_is_five_minutes() -> None:
    assert timedelta(seconds=health.LATE_SECONDS) == timedelta(minutes=5)
