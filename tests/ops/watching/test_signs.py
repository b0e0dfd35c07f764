"""Each sign names what is wrong and what to do, and is silent where all is well."""

import json
import time
import urllib.error
from collections import namedtuple
from dataclasses import replace
from datetime import timedelta
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from plp.delivery.health import OutboxHealth
from plp.delivery.models import Supplier
from plp.journal.queries import Flaw, Verdict
from plp.ops.commands import watch
from plp.ops.watch import checks
from plp.ops.watch.checks import WatchMemory, WatchTrouble, find_all_troubles, troubles_as_json
from plp.toolbox import clock
from tests.factories.cast import NOW

WELL = OutboxHealth(
    at=NOW, waiting=0, unknown=0, oldest=None, pulse=NOW, watch=NOW, left=NOW, paused=None, suspended={}, refused=0
)
Usage = namedtuple("Usage", ["total", "used", "free"])
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own, at the hour of the cast."""
    settings.HOME, settings.ALARM_TO, settings.BACKUP_FOLDER = tmp_path, ["ops@example.be"], ""
    monkeypatch.setattr(clock, "machine_time", lambda: NOW)
    return tmp_path


def test_well_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "outbox_health", lambda _at: WELL)

    assert list(checks.find_worker_queue_and_supplier_troubles(WatchMemory(is_behind=False, begun=float("-inf")))) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"pulse": None}, "No worker runs: nothing is delivered."),
        ({"waiting": 3, "oldest": NOW - timedelta(hours=2), "left": None}, "Messages do not leave: 3 wait."),
        ({"suspended": {"sms": "smpp-refused"}}, "The supplier of sms fails (smpp-refused)."),
        ({"refused": 10_000}, "10000 messages were refused in five minutes."),
        ({"paused": NOW}, "The outbox is shut: nothing leaves."),
    ],
)
def test_an_outbox_that_does_not_move_says_why(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], words: str
) -> None:
    monkeypatch.setattr(checks, "outbox_health", lambda _at: replace(WELL, **changes))

    found = list(checks.find_worker_queue_and_supplier_troubles(WatchMemory(is_behind=False, begun=float("-inf"))))

    assert [one.words for one in found] == [words]
    assert found[0].cure


def test_a_supplier_that_stands_in_for_another_is_named(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.SMS_URL, settings.SMS_URL_2 = (f"http://plp:x@127.0.0.1:{port}/cgi-bin/sendsms" for port in (1, 2))
    Supplier.objects.create(channel="sms", number=1, suspended_at=NOW, reason="sms-cut", changed_at=NOW)
    monkeypatch.setattr(checks, "outbox_health", lambda _at: replace(WELL, suspended={"sms": "sms-cut"}))

    found = list(checks.find_worker_queue_and_supplier_troubles(WatchMemory(is_behind=False, begun=float("-inf"))))

    assert [one.words for one in found] == ["The supplier of sms fails (sms-cut); meanwhile sms 2 serves."]


def test_a_worker_that_may_still_be_starting_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "outbox_health", lambda _at: replace(WELL, pulse=None))

    assert (
        list(checks.find_worker_queue_and_supplier_troubles(WatchMemory(is_behind=False, begun=time.monotonic()))) == []
    )


@pytest.mark.parametrize(("free", "troubles"), [(9, 1), (11, 0)])
def test_a_disk_with_little_room_is_told(monkeypatch: pytest.MonkeyPatch, free: int, troubles: int) -> None:
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda _folder: Usage(100, 100 - free, free))

    assert [
        one.words.endswith(f"is nearly full ({free}% free).") for one in checks.find_full_disk_troubles(WatchMemory())
    ] == [True] * troubles


def test_a_clock_that_came_right_again_is_no_trouble_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = WatchMemory(clock_trouble=WatchTrouble("clock", "The clock jumped by 3600 s.", "Set it."))
    memory.clocks = (NOW.timestamp(), 100.0)
    monkeypatch.setattr(checks.time, "monotonic", lambda: 100.0)

    assert [one.key for one in checks.find_clock_troubles(memory) if one.key == "clock"] == []
    assert memory.clock_trouble is None


def test_a_clock_that_goes_on_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = WatchMemory(clocks=(NOW.timestamp() - 10, 90.0))
    monkeypatch.setattr(checks.time, "monotonic", lambda: 100.0)

    assert [one.key for one in checks.find_clock_troubles(memory) if one.key == "clock"] == []
    assert memory.clocks == (NOW.timestamp(), 100.0)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (None, ["No backup was ever made."]),
        (26, ["The last backup is of 2026-11-24 07:00 UTC."]),
        (24, []),
    ],
)
def test_a_backup_that_is_old_is_told(
    monkeypatch: pytest.MonkeyPatch, settings: Any, house: Path, hours: int | None, words: list[str]
) -> None:
    without = list(checks.find_late_backup_trouble(WatchMemory()))
    settings.BACKUP_FOLDER = str(house)
    monkeypatch.setattr(checks, "last_backup_at", lambda: NOW - timedelta(hours=hours) if hours else None)

    assert without == []
    assert [one.words for one in checks.find_late_backup_trouble(WatchMemory())] == words


def test_a_journal_that_was_changed_is_told_until_it_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = WatchMemory(journal_due=float("-inf"))
    flaw = Flaw("be/z1/", 7, "x")
    monkeypatch.setattr(checks, "verify_journal", lambda _noted: Verdict(entries=9, chains=1, flaws=(flaw,)))

    first = [one.words for one in checks.find_journal_troubles_else_save_heads(memory)]
    again = [one.words for one in checks.find_journal_troubles_else_save_heads(memory)]

    assert first == again == ["The journal was changed: be/z1/, entry 7."]
    assert not checks.journal_anchors.path_of_journal_anchor_file().exists()


def test_a_whole_journal_has_its_heads_noted() -> None:
    assert list(checks.find_journal_troubles_else_save_heads(WatchMemory(journal_due=float("-inf")))) == []
    assert checks.journal_anchors.path_of_journal_anchor_file().exists()


def test_pages_that_were_seen_once_and_missed_twice_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    memory, answers = WatchMemory(), iter(["answers", OSError(), OSError(), "faulty", OSError()])

    class Line:
        def __enter__(self) -> None:
            """It answers."""

        def __exit__(self, *_fault: object) -> None:
            """It is over."""

    def opened(_request: object, *, timeout: float) -> Line:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        if answer == "faulty":
            raise urllib.error.HTTPError("http://127.0.0.1/healthz", 500, "no", Message(), None)
        return Line()

    monkeypatch.setattr(checks.urllib.request, "urlopen", opened)

    found = [[one.key for one in checks.find_silent_web_server_trouble(memory)] for _look in range(5)]

    assert found == [[], [], ["web"], [], []]


def test_a_database_that_does_not_answer_hides_no_other_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(_memory: WatchMemory) -> Any:
        raise OperationalError

    def unreadable(_memory: WatchMemory) -> Any:
        raise PermissionError

    monkeypatch.setattr(checks, "SIGNS", (silent, unreadable, checks.find_journal_troubles_else_save_heads))
    monkeypatch.setattr(checks.connection, "close", lambda: None)

    assert [one.key for one in find_all_troubles(WatchMemory(journal_due=float("inf")))] == ["database", "unreadable"]


@pytest.mark.parametrize(("troubles", "code"), [([], 0), ([WatchTrouble("disk", "Full.", "Free some.")], 1)])
def test_one_look_is_told_here_and_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], troubles: list[WatchTrouble], code: int
) -> None:
    monkeypatch.setattr(watch, "find_all_troubles", lambda _memory: troubles)

    answered = watch.run(watch.argparse.Namespace(once=True, json=True))

    shown = capsys.readouterr()
    assert answered == code
    assert shown.out.strip() == troubles_as_json(troubles, NOW)
    assert [one["key"] for one in json.loads(shown.out)["troubles"]] == ["disk"] * code
    assert shown.err == "plp: Full. Free some.\n" * code
