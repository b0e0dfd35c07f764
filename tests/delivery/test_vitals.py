"""The state of the outbox in one word."""

from datetime import UTC, datetime, timedelta

import pytest

from plp.delivery.health import OutboxHealth, outbox_health
from plp.delivery.models import Pulse

AT = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def state(**seen: object) -> str:
    """The word for an outbox in order, but for what was seen."""
    usual = dict.fromkeys(("oldest", "left", "paused", "watch")) | {
        "waiting": 0,
        "unknown": 0,
        "suspended": {},
        "refused": 0,
    }
    return OutboxHealth(at=AT, **{**usual, "pulse": AT, **seen}).state  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seen", "word"),
    [
        ({}, "well"),
        ({"pulse": None}, "silent"),
        ({"pulse": AT - timedelta(seconds=41)}, "silent"),
        ({"oldest": AT - timedelta(seconds=46)}, "stuck"),
        ({"oldest": AT - timedelta(seconds=46), "left": AT - timedelta(seconds=1)}, "well"),
        ({"oldest": AT - timedelta(minutes=16), "left": AT}, "stuck"),
        ({"suspended": {"sms": "down"}}, "hindered"),
        ({"refused": 20}, "hindered"),
        ({"paused": AT, "pulse": None, "oldest": AT - timedelta(hours=1)}, "paused"),
    ],
)
def test_what_is_seen_has_one_word(seen: dict[str, object], word: str) -> None:
    assert state(**seen) == word


@pytest.mark.django_db
def test_an_empty_outbox_with_a_worker_is_well() -> None:
    Pulse.objects.create(key="worker", at=AT)

    assert (outbox_health(AT).state, outbox_health(AT).left) == ("well", None)
