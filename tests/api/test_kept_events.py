"""What a supplier brings while the database is away is kept sealed, and taken in once with the next request."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import OperationalError, connection
from django.test import Client

from plp.api import kept_events, receipts
from plp.channels.sms.replies import sms_reply_callback_path
from plp.delivery.models import Dispatch
from plp.people.models import ContactPoint
from tests.api.test_receipts import NUMBER, callback, copy, state_of

__all__ = ["copy"]  # a fixture


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    """A data folder of its own."""
    settings.HOME = tmp_path
    return tmp_path


def away(*_arguments: Any, **_more: Any) -> None:
    """What the database says while it is away."""
    raise OperationalError("server closed the connection")


def kept(home: Path) -> list[bytes]:
    """What the files hold."""
    return [path.read_bytes() for path in sorted((home / "events").glob("*"))]


def test_a_receipt_and_a_stop_wait_in_files_and_count_once(
    client: Client, copy: Dispatch, settings: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, stop = (
        callback(copy, 1, settings),
        f"{sms_reply_callback_path()}?{urlencode({'from': NUMBER, 'text': 'STOP'})}",
    )
    with monkeypatch.context() as outage:
        outage.setattr(receipts, "record_receipt_and_move_dispatch", away)
        outage.setattr(receipts, "contacts_at", away)
        answers = [client.get(address) for address in (report, stop)]
        waiting = kept(home)
        client.get("/")  # the database is still away for them
        still = kept(home)

    client.get("/healthz")
    watched = kept(home)
    client.get("/")

    assert [(answer.status_code, answer.content) for answer in answers] == [(200, b""), (200, b"")]
    assert len(waiting) == 2
    assert not any(word in content for content in waiting for word in (NUMBER[1:].encode(), b"STOP", b"receipt"))
    assert waiting == still == watched
    assert kept(home) == []
    assert state_of(copy) == "delivered"
    assert ContactPoint.objects.exclude(stopped_at=None).count() == 1


def test_a_locked_file_is_waited_for_shortly_and_once(
    client: Client, copy: Dispatch, settings: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[int] = []

    def locked(*_arguments: Any, **_more: Any) -> None:
        waits.append(lock_wait())
        raise OperationalError("database is locked")

    usual = lock_wait()
    monkeypatch.setattr(receipts, "record_receipt_and_move_dispatch", locked)

    answer = client.get(callback(copy, 1, settings))  # asked, kept, and looked at again before the answer leaves

    assert answer.status_code == 200
    assert waits == ([5_000, 200] if connection.vendor == "sqlite" else [usual, usual])
    assert lock_wait() == usual
    assert len(kept(home)) == 1


def lock_wait() -> int:
    """How many milliseconds the connection waits for a locked file; PostgreSQL locks no whole file."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        return int(cursor.fetchone()[0])


def test_without_a_place_to_keep_it_the_supplier_is_told_to_come_again(
    client: Client, copy: Dispatch, settings: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "events").write_text("no folder")
    monkeypatch.setattr(receipts, "record_receipt_and_move_dispatch", away)
    client.raise_request_exception = False

    assert client.get(callback(copy, 1, settings)).status_code == 503


def test_a_file_that_is_not_ours_is_put_aside(db: None, client: Client, home: Path) -> None:
    (home / "events").mkdir()
    (home / "events" / "1-forged").write_bytes(b"not sealed by us")

    taken = kept_events.handle_saved_events_until_db_away()

    assert taken == 0
    assert [path.name for path in (home / "events").iterdir()] == ["1-forged.unread"]
    assert not kept_events.has_kept_events()
