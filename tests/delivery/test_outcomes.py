"""What a worker knew of its copies when it died: read by the next one on the machine before it takes them back."""

import errno
import fcntl
import os
import signal
import stat
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from plp.delivery import actions
from plp.delivery.engine import outcome_file
from plp.delivery.engine.dialects import database_dialect
from plp.delivery.engine.outcome_file import OutcomeFile, OutcomeSlot, create_outcome_file
from plp.delivery.engine.work_items import ClaimedCopy, ClaimRequest, CommitBatch, SendResult
from plp.delivery.engine.worker_database import WorkerDatabase
from plp.delivery.models import Attempt, Dispatch
from plp.toolbox import clock
from tests.factories.outbox import audience, message, people, person
from tests.factories.senders import FakeSender, install

pytestmark = pytest.mark.django_db
ONCE_MORE = ("queued", 1, "worker-died")


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeSender:
    channel = FakeSender()
    install(monkeypatch, channel, FakeSender(key="other"))
    return channel


def worker(fake: FakeSender, folder: Path) -> WorkerDatabase:
    channels: Mapping[str, Any] = {"fake": fake}
    return WorkerDatabase(
        database_dialect(connection.vendor, clock.now), channels, lease=60, outcomes=create_outcome_file(folder, 20)
    )


def queue(number: int) -> None:
    people(number, channel="fake", at=clock.now())
    actions.enqueue_copy_for_each_person(message=message("fake", at=clock.now()), contacts=audience(), at=clock.now())


def claim(store: WorkerDatabase) -> list[ClaimedCopy]:
    return store.commit(CommitBatch(sweep=True, wants=[ClaimRequest("fake", 100, urgent_only=False)])).claimed["fake"]


def send(store: WorkerDatabase) -> list[tuple[ClaimedCopy, OutcomeSlot]]:
    """Claim and start all there is, each copy with the slot of a connection."""
    items = claim(store)
    store.commit(CommitBatch(starts=items))
    pairs = [(item, store.outcomes.take_slot()) for item in items]
    for item, slot in pairs:
        slot.prepare(item)
    return pairs


def die(store: WorkerDatabase) -> None:
    """As a process does: what it had locked is free."""
    assert store.outcomes.file is not None
    fcntl.flock(store.outcomes.file, fcntl.LOCK_UN)


def lapse() -> None:
    Dispatch.objects.exclude(lease_until=None).update(lease_until=clock.now() - timedelta(seconds=1))


def rows() -> list[tuple[Any, ...]]:
    return list(Dispatch.objects.order_by("id").values_list("state", "unknowns", "reason"))


def test_what_a_dead_worker_knew_is_written_before_its_lease_is_over(fake: FakeSender, tmp_path: Path) -> None:
    queue(7)
    first = worker(fake, tmp_path)
    pairs = send(first)
    for _item, slot in pairs[1:]:
        slot.mark_leaving()
    pairs[2][1].mark_taken()
    pairs[3][1].mark_taken("smsc/42")
    for place, state in ((4, "failed"), (5, "queued")):
        item, slot = pairs[place]
        slot.mark_ended(SendResult(item.id, item.token, state, reason="smtp-data-550"))
    pairs[6][1].words[2] = int.from_bytes(b"250", "little")  # read from the network straight into the slot
    die(first)

    worker(fake, tmp_path).commit(CommitBatch(sweep=True))

    assert rows() == [
        ("queued", 0, ""),
        ONCE_MORE,
        ("accepted", 0, ""),
        ("accepted", 0, ""),
        ("failed", 0, "smtp-data-550"),
        ("queued", 0, "smtp-data-550"),
        ("accepted", 0, ""),
    ]
    assert list(Dispatch.objects.order_by("id").values_list("reference", flat=True))[3] == "smsc/42"
    assert list(Attempt.objects.order_by("id").values_list("dispatch", "state")) == [
        (pairs[1][0].id, "queued"),
        (pairs[4][0].id, "failed"),
        (pairs[5][0].id, "queued"),
    ]


def test_what_was_only_claimed_goes_back_at_once(fake: FakeSender, tmp_path: Path) -> None:
    queue(2)
    first = worker(fake, tmp_path)
    claim(first)
    die(first)

    assert len(claim(worker(fake, tmp_path))) == 2
    assert rows() == [("claimed", 0, "")] * 2


def test_of_twice_in_doubt_a_person_is_asked_and_killed_twice_before_the_data_is_no_doubt(
    fake: FakeSender, tmp_path: Path
) -> None:
    queue(2)
    for _death in range(2):
        store = worker(fake, tmp_path)
        store.commit(CommitBatch(sweep=True))
        Dispatch.objects.update(due_at=clock.now())
        _item, slot = min(send(store), key=lambda pair: pair[0].id)
        slot.mark_leaving()
        die(store)
    worker(fake, tmp_path).commit(CommitBatch(sweep=True))

    assert sorted(rows()) == [("queued", 0, ""), ("unknown", 2, "worker-died")]


def test_a_slot_speaks_of_its_last_copy_alone(fake: FakeSender, tmp_path: Path) -> None:
    queue(2)
    store = worker(fake, tmp_path)
    (one, slot), (other, _slot) = send(store)
    slot.mark_leaving()
    slot.mark_taken()
    store.commit(CommitBatch(results=[SendResult(one.id, one.token)]))
    slot.prepare(other)
    slot.mark_leaving()
    die(store)

    worker(fake, tmp_path).commit(CommitBatch(sweep=True))

    assert rows() == [("accepted", 0, ""), ONCE_MORE]


def test_messages_in_one_copy_share_its_outcome(fake: FakeSender, tmp_path: Path) -> None:
    person(("fake", "one"), digest="daily", digest_hour=18)
    for _message in range(3):
        actions.enqueue_copy_for_each_person(
            message=message("fake", at=clock.now()), contacts=audience(), at=clock.now()
        )
    Dispatch.objects.update(due_at=clock.now())
    store = worker(fake, tmp_path)
    ((item, slot),) = send(store)
    slot.mark_leaving()
    slot.mark_taken()
    die(store)

    worker(fake, tmp_path).commit(CommitBatch(sweep=True))

    assert len(item.ids) == 3
    assert rows() == [("accepted", 0, "")] * 3


def test_the_file_stays_until_nothing_is_in_hand(fake: FakeSender, tmp_path: Path) -> None:
    queue(1)
    first = worker(fake, tmp_path)
    send(first)
    die(first)
    next_one = worker(fake, tmp_path)
    assert next_one.outcomes.folder is not None

    left = []
    for _sweep in range(2):
        next_one.commit(CommitBatch(sweep=True))
        left.append((tmp_path / first.outcomes.worker).exists())

    assert left == [True, False]
    assert [path.name for path in tmp_path.iterdir()] == [next_one.outcomes.worker]


def test_of_a_worker_that_lives_only_what_was_answered_is_taken_once_its_lease_is_over(
    fake: FakeSender, tmp_path: Path
) -> None:
    queue(3)
    paused = worker(fake, tmp_path)
    pairs = send(paused)
    pairs[0][1].mark_leaving()
    pairs[0][1].mark_taken()
    pairs[1][1].mark_leaving()
    other = worker(fake, tmp_path)

    other.commit(CommitBatch(sweep=True))
    before = rows()
    lapse()
    other.commit(CommitBatch(sweep=True))

    assert before == [("sending", 0, "")] * 3
    assert rows() == [("accepted", 0, ""), ("queued", 1, "lease-over"), ("queued", 1, "lease-over")]
    assert paused.commit(CommitBatch(results=[SendResult(pairs[0][0].id, pairs[0][0].token)])).late == 1


def test_what_was_noted_before_the_machine_started_is_not_believed(
    fake: FakeSender, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(1)
    first = worker(fake, tmp_path)
    send(first)
    die(first)
    boot = tmp_path.with_name("boot")
    boot.write_text("00000000-0000-4000-8000-000000000000\n")
    monkeypatch.setattr(outcome_file, "BOOT", boot)
    after = worker(fake, tmp_path)

    after.commit(CommitBatch(sweep=True))
    before = rows()
    lapse()
    after.commit(CommitBatch(sweep=True))

    assert before == [("sending", 0, "")]
    assert rows() == [("queued", 1, "lease-over")]
    assert [path.name for path in tmp_path.iterdir()] == [after.outcomes.worker]


def test_the_file_of_a_worker_on_another_database_is_left_alone(
    fake: FakeSender, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(1)
    first = worker(fake, tmp_path)
    send(first)
    die(first)
    with monkeypatch.context() as elsewhere:
        elsewhere.setitem(connection.settings_dict, "NAME", "elsewhere")
        worker(fake, tmp_path).commit(CommitBatch(sweep=True))

    assert (rows(), len(list(tmp_path.iterdir()))) == ([("sending", 0, "")], 2)


def test_the_file_is_nobody_elses_and_holds_nothing_of_a_person(fake: FakeSender, tmp_path: Path) -> None:
    queue(1)
    store = worker(fake, tmp_path / "outcomes")
    ((item, slot),) = send(store)
    slot.mark_leaving()
    (file,) = (tmp_path / "outcomes").iterdir()

    assert [stat.S_IMODE(path.stat().st_mode) for path in (file.parent, file)] == [0o700, 0o600]
    assert item.envelope.address.encode() not in file.read_bytes()
    store.outcomes.close()
    assert list(file.parent.iterdir()) == []


def test_a_worker_without_room_for_a_file_goes_without(
    fake: FakeSender, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_words: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    queue(1)
    with monkeypatch.context() as disk:
        disk.setattr(os, "posix_fallocate", full)
        store = worker(fake, tmp_path)
    ((item, slot),) = send(store)
    slot.mark_leaving()
    store.commit(CommitBatch(results=[SendResult(item.id, item.token)]))

    assert rows() == [("accepted", 0, "")]
    assert list(tmp_path.iterdir()) == []
    assert "No space left on device" in caplog.text


def test_what_was_stored_outlives_a_process_that_is_killed(tmp_path: Path) -> None:
    item: Any = ClaimedCopy(7, "", "fake", False, 0, 0, None)  # type: ignore[arg-type]
    child = os.fork()
    if child == 0:
        try:
            file: OutcomeFile = create_outcome_file(tmp_path, 1)
            slot = file.take_slot()
            slot.prepare(item._replace(token=file.next_token()))
            slot.mark_leaving()
            slot.mark_taken("x7")
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    (path,) = tmp_path.iterdir()

    with outcome_file.locked_abandoned_outcomes(path) as notes:
        assert notes is not None
        assert {key: tuple(note) for key, note in notes.items()} == {
            (f"{path.name}00000001", 7): (outcome_file.TAKEN, "x7")
        }
