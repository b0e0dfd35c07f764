"""What became of the copies that a worker had in hand when it died, or when its lease ended (ADR 0035)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.db import connection
from django.db.backends.utils import CursorWrapper

from plp.delivery.channel import Sender
from plp.delivery.engine.dialects import DatabaseDialect
from plp.delivery.engine.outcome_file import (
    WORKER_NAME_LENGTH,
    SlotContent,
    SlotContents,
    locked_abandoned_outcomes,
    outcomes_of_worker,
)
from plp.delivery.engine.overdue_rows import ROWS_AT_ONCE, TABLE
from plp.delivery.engine.senders import result_of_unknown_outcome
from plp.delivery.engine.work_items import SendResult
from plp.delivery.models import Dispatches
from plp.delivery.states import State

DIED = "worker-died"  # why the outcome of a copy is not known
COLUMNS = "id, token, state, tries, unknowns, urgent, contact_id, language, digest, channel"

HELD_BY = f"""
SELECT {COLUMNS} FROM {TABLE} WHERE {Dispatches.IN_HAND} AND substr(token, 1, {WORKER_NAME_LENGTH}) = %s
ORDER BY id __LOCK__
"""  # noqa: S608

LEASE_OVER = f"""
SELECT {COLUMNS} FROM {TABLE} WHERE {Dispatches.IN_HAND} AND state = 'sending' AND lease_until <= %s
ORDER BY id LIMIT {ROWS_AT_ONCE} __SKIP__
"""  # noqa: S608


class DispatchInHand(NamedTuple):
    """A dispatch that was in hand."""

    id: int
    token: str
    state: str
    tries: int
    unknowns: int
    urgent: bool
    contact: int | None
    language: str
    digest: bool
    channel: str


class CrashRecovery:
    """Reads the files of this machine's workers. ``folder``: where they are, if anywhere; ``own``: not this one."""

    def __init__(self, dialect: DatabaseDialect, channels: Mapping[str, Sender], folder: Path | None, own: str) -> None:
        self.dialect, self.channels, self.folder, self.own = dialect, channels, folder, own

    def recover_results(self, cursor: CursorWrapper, at: datetime) -> list[SendResult]:
        """What is to be committed at ``at`` of copies that the dead had in hand; and of those whose lease is over, as
        far as it is known. Of the others whose lease is over nobody knows more: the sweep judges them.
        """
        if self.folder is None:
            return []
        others = [path for path in self.folder.iterdir() if path.name != self.own]
        return [
            *(result for path in others for result in self._results_of_dead_worker(cursor, path)),
            *self._results_of_ended_leases(cursor, at),
        ]

    def _results_of_dead_worker(self, cursor: CursorWrapper, path: Path) -> Iterator[SendResult]:
        """What a worker had in hand that died. Its file goes once nothing is in its hand any more: until then the
        database may still be busy with its last words, and whoever reads this may die too.
        """
        with locked_abandoned_outcomes(path) as notes:
            if notes is None:
                return
            cursor.execute(HELD_BY.replace("__LOCK__", self.dialect.lock), [path.name])
            rows = _fetch_dispatches_in_hand(cursor)
            if not rows:
                path.unlink(missing_ok=True)
            yield from (self._result_of_dispatch(row, note) for row, note in _pair_with_slot_contents(rows, notes))

    def _result_of_dispatch(self, row: DispatchInHand, note: SlotContent | None) -> SendResult:
        """Of a copy that was only claimed, or whose data never left, nothing is to be known."""
        if row.state == State.CLAIMED:
            return SendResult(row.id, row.token, State.QUEUED, tried=0)
        if note is None:
            return SendResult(row.id, row.token, State.QUEUED, tried=0, unsent=True)
        result, channel = note.result(row.id, row.token), self.channels.get(row.channel)
        return result or result_of_unknown_outcome(
            channel, row.id, row.token, DIED, tries=row.tries, unknowns=row.unknowns, urgent=bool(row.urgent)
        )

    def _results_of_ended_leases(self, cursor: CursorWrapper, at: datetime) -> Iterator[SendResult]:
        """What is known of copies whose lease is over, though their worker may live: paused, or without a database."""
        assert self.folder is not None  # noqa: S101  looked at by results
        moment = connection.ops.adapt_datetimefield_value(at)
        cursor.execute(LEASE_OVER.replace("__SKIP__", self.dialect.skip_locked), [moment])
        by_worker = defaultdict(list)
        for row in _fetch_dispatches_in_hand(cursor):
            by_worker[row.token[:WORKER_NAME_LENGTH]].append(row)
        for worker, rows in by_worker.items():  # (an empty name, or one of a worker elsewhere, tells nothing)
            for row, note in _pair_with_slot_contents(rows, outcomes_of_worker(self.folder / worker)):
                result = note and note.result(row.id, row.token)
                if result is not None:
                    yield result


def _fetch_dispatches_in_hand(cursor: CursorWrapper) -> list[DispatchInHand]:
    return [DispatchInHand(*values) for values in cursor.fetchall()]


def _pair_with_slot_contents(
    rows: Sequence[DispatchInHand], notes: SlotContents
) -> Iterator[tuple[DispatchInHand, SlotContent | None]]:
    """Each row with what is said of its copy: a copy of several rows goes by the number of one of them."""
    copies: dict[object, list[DispatchInHand]] = defaultdict(list)
    for row in rows:
        copies[(row.token, row.contact, row.language) if row.digest else row.id].append(row)
    for copy in copies.values():
        contents = [notes[row.token, row.id] for row in copy if (row.token, row.id) in notes]
        yield from ((row, contents[0] if contents else None) for row in copy)
