"""What the watch tells, and when: once, again after a day, and when it is over."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import ProgrammingError

from plp.delivery.models import Pulse
from plp.delivery.queries import Budget
from plp.ops.schema import SchemaState
from plp.ops.watch import checks
from plp.ops.watch import round as rounds
from plp.ops.watch.checks import (
    WatchMemory,
    WatchTrouble,
    find_clock_troubles,
    find_code_guessing_trouble,
    find_full_disk_troubles,
)
from plp.people.codes import issue_code
from plp.people.models import Code
from plp.toolbox import clock
from tests.factories import outbox
from tests.factories.cast import NOW

DISK = WatchTrouble("disk", "The disk is nearly full.", "Free some space.")
pytestmark = pytest.mark.django_db


@pytest.fixture
def house(tmp_path: Path, settings: Any) -> Path:
    settings.HOME, settings.ALARM_TO, settings.ANCHOR_TO, settings.BACKUP_FOLDER = tmp_path, ["ops@example.be"], [], ""
    return tmp_path


def told(
    found: list[list[WatchTrouble]], hours: list[float], monkeypatch: pytest.MonkeyPatch, *, takes: bool = True
) -> Any:
    """The subjects of the mails of rounds that found these troubles, so many hours after the first."""
    mails: list[str] = []

    def tell(to: list[str], subject: str, _body: str) -> list[int]:
        mails.append(subject.partition(": ")[2])
        return [] if takes else list(range(1, len(to) + 1))

    looks = iter(found)
    monkeypatch.setattr(rounds, "find_all_troubles", lambda _: next(looks))
    for hour in hours:
        rounds.WatchRound(tell=tell).run_round(NOW + timedelta(hours=hour))  # a new start each time: the file remembers
    return mails


@pytest.mark.usefixtures("house")
def test_a_trouble_is_told_once_then_daily_and_its_end_too(monkeypatch: pytest.MonkeyPatch) -> None:
    mails = told([[DISK], [DISK], [DISK], []], [0, 1, 25, 26], monkeypatch)

    assert mails == [DISK.words, DISK.words, "well again"]


@pytest.mark.usefixtures("house")
def test_what_no_server_took_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told([[DISK], [DISK]], [0, 0.01], monkeypatch, takes=False) == [DISK.words, DISK.words]


def test_guessed_codes_are_told_for_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    contact = outbox.person(("email", "mia@plp.test"), at=NOW).contacts.get()
    seen = []
    for minutes in (61, 59, 0):
        issue_code(contact=contact, browser=f"b{minutes}", by=None, at=NOW - timedelta(minutes=minutes))
        Code.objects.update(tries=150)
        seen.append([trouble.key for trouble in find_code_guessing_trouble(WatchMemory())])

    assert seen == [[], [], ["codes"]]


def test_the_heads_of_the_journal_go_out_once_a_day(
    house: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ANCHOR_TO = ["dpo@example.be"]

    mails = told([[], [], []], [0, 1, 25], monkeypatch)

    assert [mail.partition(",")[0] for mail in mails] == ["where the journal ended"] * 2
    assert (house / "watch.json").exists()


def test_who_refuses_the_heads_is_told_of_until_a_mail_arrives(
    house: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ANCHOR_TO = ["ops@example.be", "dpo@example.be"]
    refused = iter([[2], [], [], []])
    mails: list[tuple[list[str], str]] = []

    def tell(to: list[str], subject: str, _body: str) -> list[int]:
        mails.append((to, subject.partition(": ")[2].partition(",")[0]))
        return next(refused)

    monkeypatch.setattr(rounds, "find_all_troubles", lambda _: [])
    seen = [
        [one.words for one in rounds.WatchRound(tell=tell).run_round(NOW + timedelta(hours=hour))]
        for hour in (0, 1, 24, 26)
    ]
    missed = rounds.address_numbers_without_mail()

    assert seen == [[], *[["The last mail did not reach address 2 of PLP_ANCHOR_TO."]] * 2, []]
    assert [words for _to, words in mails] == [
        "where the journal ended",
        "The last mail did not reach address 2 of PLP_ANCHOR_TO.",
        "where the journal ended",
        "well again",
    ]
    assert missed == {"PLP_ANCHOR_TO": [], "PLP_ALARM_TO": []}


def test_a_clock_that_jumps_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = WatchMemory()
    moments = iter([NOW, NOW + timedelta(seconds=3600)])
    monkeypatch.setattr(clock, "machine_time", lambda: next(moments))

    jumps = [[one.key for one in find_clock_troubles(memory) if one.key == "clock"] for _ in range(2)]

    assert jumps == [[], ["clock"]]


def test_half_and_most_of_the_money_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "daily_budgets", lambda at: [Budget("sms", 85, 100), Budget("other", 49, 100)])

    assert [one.words for one in checks.find_channel_spending_troubles(WatchMemory())] == [
        "50 % of today's sms is spent.",
        "80 % of today's sms is spent.",
    ]


def test_a_folder_of_backups_that_is_gone_is_told(house: Path, settings: Any) -> None:
    settings.BACKUP_FOLDER = str(house / "nowhere")

    assert [one.words for one in find_full_disk_troubles(WatchMemory()) if "nowhere" in one.key] == [
        f"{house / 'nowhere'} is not there."
    ]


def test_a_database_that_was_not_brought_up_to_this_version_is_told_with_its_cure(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables that are missing, and the worker that waits for them, are no second trouble."""

    def no_such_column(_memory: WatchMemory) -> Iterator[WatchTrouble]:
        raise ProgrammingError("column does not exist")
        yield

    lacking = [["notices.0006_next"], []]
    monkeypatch.setattr(checks, "connection", SimpleNamespace(close=lambda: None))  # that of the test stays open
    monkeypatch.setattr(
        checks,
        "SIGNS",
        (checks.find_missing_migration_trouble, checks.find_worker_queue_and_supplier_troubles, no_such_column),
    )
    monkeypatch.setattr(checks, "read_schema_state", lambda: SchemaState(lacking.pop(0), []))
    memory = WatchMemory(begun=time.monotonic() - checks.FIRST_MINUTE - 1)

    behind = checks.find_all_troubles(memory)
    monkeypatch.setattr(
        checks, "SIGNS", (checks.find_missing_migration_trouble, checks.find_worker_queue_and_supplier_troubles)
    )
    after = [
        [one.key for one in checks.find_all_troubles(memory)] for _ in range(2)
    ]  # a third question would find no answer

    assert [(one.key, one.words) for one in behind] == [
        ("database", "The database lacks 1 steps of this version: nothing is delivered."),
    ]
    assert behind[0].cure.startswith("Run ./plp migrate, ")
    assert after == [["worker"], ["worker"]]


@pytest.mark.usefixtures("house")
def test_what_lasts_stands_below_what_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    bodies: list[str] = []
    web, looks = (
        WatchTrouble("web", "The pages do not answer.", "Start them."),
        iter([[DISK], [DISK, WatchTrouble("web", "", "")]]),
    )
    monkeypatch.setattr(rounds, "find_all_troubles", lambda _memory: next(looks))
    for hour in (0, 1):
        rounds.WatchRound(tell=lambda _to, _subject, body: bodies.append(body) or []).run_round(
            NOW + timedelta(hours=hour)
        )

    assert f"As before:\n  {DISK.words}" in bodies[1]
    assert "As before" not in bodies[0]
    assert web


@pytest.mark.usefixtures("house")
def test_heads_that_no_server_took_go_out_with_the_next_round(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ANCHOR_TO = ["dpo@example.be"]

    mails = told([[], []], [0, 0.01], monkeypatch, takes=False)

    assert [mail.partition(",")[0] for mail in mails] == [
        "where the journal ended",
        "The last mail did not reach address 1 of PLP_ANCHOR_TO.",
        "where the journal ended",
    ]


def test_a_backup_is_begun_once_a_day_and_once_at_a_time(
    house: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[SimpleNamespace] = []

    def start(_command: list[str], *, env: object) -> SimpleNamespace:
        begun.append(SimpleNamespace(poll=lambda: None))
        return begun[-1]

    settings.BACKUP_FOLDER, settings.BACKUP_RECIPIENT = str(house), "age1"
    monkeypatch.setattr(rounds.subprocess, "Popen", start)
    monkeypatch.setattr(rounds, "find_all_troubles", lambda _memory: [])
    monkeypatch.setattr(rounds, "last_backup_at", lambda: NOW - timedelta(hours=25))
    patrol = rounds.WatchRound(tell=lambda *_mail: [])

    numbers = []
    for ended in (None, None, 0):
        if begun:
            begun[-1].poll = lambda ended=ended: ended
        patrol.run_round(NOW)
        numbers.append(len(begun))

    assert numbers == [1, 1, 2]


@pytest.mark.django_db
def test_the_watch_says_that_it_lives_unless_a_round_hangs() -> None:
    patrol = rounds.WatchRound(tell=lambda *_: True)

    patrol.write_heartbeat(NOW)
    patrol.begun -= 1000
    patrol.write_heartbeat(NOW + timedelta(minutes=1))

    assert Pulse.objects.get(key="watch").at == NOW
