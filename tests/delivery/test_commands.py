"""``./plp queue``, ``./plp ledger``, ``./plp worker`` and ``./plp bench``: what they print and how they end."""

import json
import os
import signal
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import pytest

from plp.delivery import actions
from plp.delivery.models import Dispatch, Message, Supplier
from plp.ops import cli
from plp.ops.commands import bench, worker
from plp.ops.commands.worker import WorkerProcesses
from plp.toolbox import clock
from tests.factories.outbox import AT, audience, message, people

pytestmark = pytest.mark.django_db


def queued(number: int, *channels: str) -> Message:
    people(number, channel=channels[0] if channels else "email")
    made = message(*channels)
    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=AT)
    return made


def test_the_ledger_of_a_message_is_json_and_balances(capsys: pytest.CaptureFixture[str]) -> None:
    made = queued(3)
    Dispatch.objects.filter(pk=Dispatch.objects.order_by("id")[0].pk).update(state="accepted")

    code = cli.parse_options_and_run_command("ledger", ["--json", str(made.pk)])

    assert code == 0
    assert json.loads(capsys.readouterr().out) == {
        "message": str(made.pk),
        "purpose": "notice.advice",
        "audience": 3,
        "by_channel": {"email": {"accepted": 1, "queued": 2}},
        "by_state": {"accepted": 1, "queued": 2},
        "balanced": True,
    }


def test_a_ledger_that_does_not_add_up_is_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    made = queued(2)
    Message.objects.update(audience=3)

    assert cli.parse_options_and_run_command("ledger", [made.check_code]) == 1
    assert "do not add up" in capsys.readouterr().err


def test_an_unknown_message_is_a_sentence() -> None:
    with pytest.raises(cli.Failed, match="No message has this id"):
        cli.parse_options_and_run_command("ledger", [str(uuid.uuid4())])


def test_the_queue_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    queued(2)

    assert cli.parse_options_and_run_command("queue", ["--json"]) == 0

    figures = json.loads(capsys.readouterr().out)
    assert figures["waiting"] == 2
    assert figures["by_channel"] == {"email": {"queued": 2}}
    assert figures["suspended"] == {}


def test_the_queue_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    queued(1)

    assert cli.parse_options_and_run_command("queue", []) == 0
    assert "email: queued 1" in capsys.readouterr().out


def test_what_people_carry_does_not_make_the_queue_look_stuck(capsys: pytest.CaptureFixture[str]) -> None:
    queued(1, "calls")

    cli.parse_options_and_run_command("queue", ["--json"])

    figures = json.loads(capsys.readouterr().out)
    assert (figures["waiting"], figures["oldest_seconds"]) == (1, 0.0)


def test_a_worker_needs_at_least_one_process() -> None:
    with pytest.raises(cli.Failed, match="at least 1"):
        cli.parse_options_and_run_command("worker", ["--processes", "0"])


def test_a_worker_says_once_what_the_database_lacks_and_waits_for_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    looks = iter([1, 1, 0])
    monkeypatch.setattr(worker, "_count_missing_migrations", lambda: next(looks))
    monkeypatch.setattr(worker, "UPGRADE_LOOK", 0.0)

    worker.wait_for_migrated_tables(once=False)

    assert list(looks) == []
    assert capsys.readouterr().err == (
        "plp worker: The database lacks 1 steps of this version: run ./plp migrate. Nothing is delivered until then.\n"
    )


def test_a_crew_replaces_who_died_and_lets_go_who_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    ends = iter([(1, 9), (0, 0), (2, 0), (3, 0)])  # killed, nothing new, done, done
    crew = WorkerProcesses(2, once=True)

    def start() -> None:
        started.append(len(started) + 1)
        crew.members[started[-1]] = 0.0

    monkeypatch.setattr(crew, "_fork_and_remember_worker", start)
    monkeypatch.setattr("plp.ops.commands.worker.os.waitpid", lambda member, how: next(ends))
    monkeypatch.setattr("plp.ops.commands.worker.signal.signal", lambda number, act: None)

    crew.run()

    assert started == [1, 2, 3]
    assert crew.members == {}


def test_a_crew_ends_members_that_cannot_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their database is away: they try to write what they have for ever (F17, F33)."""
    crew = WorkerProcesses(1, once=False)
    monkeypatch.setattr("plp.ops.commands.worker.GRACE", 0.1)
    monkeypatch.setattr("plp.ops.commands.worker.run_worker_and_count_settled", lambda clock, **given: stubborn())
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def stubborn() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.write(ready[1], b".")
        time.sleep(600)

    def ask_to_stop() -> None:
        os.read(ready[0], 1)
        os.kill(os.getpid(), signal.SIGTERM)

    ready = os.pipe()
    threading.Thread(target=ask_to_stop).start()
    try:
        crew.run()
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
    (member,) = crew.members

    assert os.WTERMSIG(os.waitpid(member, 0)[1]) == signal.SIGKILL


def test_the_benchmark_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bench, "find_spec", lambda name: None)

    with pytest.raises(cli.Failed, match="peers are missing"):
        cli.parse_options_and_run_command("bench", ["--json", str(tmp_path / "figures.json"), "--quick"])


def test_the_queue_says_that_another_supplier_serves(capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    Supplier.objects.create(channel="sms", number=1, suspended_at=clock.now(), reason="down", changed_at=clock.now())
    settings.SMS_URL, settings.SMS_URL_2 = "http://plp:x@127.0.0.1:1/cgi-bin/sendsms", ""
    alone = _queue_in_words(capsys)
    settings.SMS_URL_2 = "http://plp:x@127.0.0.1:2/cgi-bin/sendsms"

    assert "sms is suspended: down\n" in alone
    assert "sms is suspended: down; meanwhile sms 2 serves\n" in _queue_in_words(capsys)


def _queue_in_words(capsys: pytest.CaptureFixture[str]) -> str:
    cli.parse_options_and_run_command("queue", [])
    return capsys.readouterr().out
