"""One transaction of a worker: results and starts in, claims and permissions out. Raw SQL, sets, no row by row."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import Error, connection, transaction
from django.db.backends.utils import CursorWrapper

from plp.delivery.actions.fallback import requeue_failed_by_next_contact
from plp.delivery.actions.pressed_keys import KEY_REASONS, refuse_unwanted_calls_and_notify_listeners
from plp.delivery.actions.receipts import apply_parked_receipts, record_receipt_and_move_dispatch
from plp.delivery.channel import Sender
from plp.delivery.engine.copy_loader import CONTACTS, CopyLoader
from plp.delivery.engine.dialects import DatabaseDialect
from plp.delivery.engine.meter import Meter
from plp.delivery.engine.outcome_file import OutcomeFile, outcomes_in_memory
from plp.delivery.engine.overdue_rows import ROWS_AT_ONCE, expire_release_and_reclaim_rows
from plp.delivery.engine.recovery import CrashRecovery
from plp.delivery.engine.work_items import (
    ClaimedCopy,
    ClaimRequest,
    CommitBatch,
    CommitOutcome,
    SendResult,
    SupplierHealth,
)
from plp.delivery.models import Attempt, Dispatch, Dispatches, Message, Pause, Receipt, Supplier
from plp.delivery.rules import next_morning
from plp.delivery.states import OVER_BUDGET, State

log = logging.getLogger(__name__)
TABLE = Dispatch._meta.db_table
MESSAGES = Message._meta.db_table
SLOW_SITE = "slow-site"  # why an urgent copy took the next channel that no connection was free for
OPEN = f"NOT EXISTS (SELECT 1 FROM {Pause._meta.db_table})"  # noqa: S608  the main tap (actions/pausing.py)
# What is known is the id. Named like this, a state tempts no plan to go by an index of states, where each copy that
# passed leaves its traces until they are swept up (PostgreSQL).
STATE = "state || ''"

ACCEPT = f"""
UPDATE {TABLE} SET state = 'accepted', settled_at = %s, token = '', lease_until = NULL, reason = '', tries = tries + 1
WHERE token = %s AND {STATE} = 'sending' AND id __AMONG__
"""  # noqa: S608

SETTLE = f"""
UPDATE {TABLE} SET state = %s, reference = %s, reason = %s, tries = tries + %s, unknowns = unknowns + %s, due_at = %s,
  settled_at = %s, token = '', lease_until = NULL
WHERE token = %s AND state IN ('claimed', 'sending') AND id = %s
"""  # noqa: S608

GIVE_BACK = f"""
UPDATE {TABLE} SET state = 'queued', token = '', lease_until = NULL
WHERE token = %s AND {STATE} = 'claimed' AND id __AMONG__
"""  # noqa: S608

# The last look before data leaves: lease ours and alive, message neither stopped nor over, contact still willing.
# A question per copy, not a join: a plan that begins with the message goes through all of its copies.
START = f"""
UPDATE {TABLE} SET state = 'sending', lease_until = %s
WHERE token = %s AND {STATE} = 'claimed' AND lease_until > %s AND id __AMONG__ AND {OPEN}
  AND (SELECT m.stopped_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > %s)
       AND EXISTS (SELECT 1 FROM {CONTACTS} c WHERE c.id = {TABLE}.contact_id
                   AND (c.stopped_at IS NULL OR m.last_word) AND (c.confirmed_at IS NOT NULL OR m.unconfirmed))
       FROM {MESSAGES} m WHERE m.id = {TABLE}.message_id)
"""  # noqa: S608

STARTED = f"SELECT id FROM {TABLE} WHERE token = %s AND {STATE} = 'sending' AND id __AMONG__"  # noqa: S608

# Chosen once, before the update: a plan that joins by loops would ask a subquery again for each row, and take more.
CLAIM = f"""
WITH taken AS MATERIALIZED (
  SELECT id FROM {TABLE} WHERE state = 'queued' AND channel = %s AND due_at <= %s AND {OPEN} __URGENT__
  ORDER BY urgent DESC, tries, id LIMIT %s __SKIP__)
UPDATE {TABLE} SET state = 'claimed', token = %s, lease_until = %s WHERE id IN (SELECT id FROM taken)
RETURNING id, digest
"""  # noqa: S608

# What goes to the same contacts in the same copy comes along, also where the sweep has not released it yet.
CLAIM_TOGETHER = f"""
WITH taken AS MATERIALIZED (
  SELECT id FROM {TABLE} WHERE state IN ('queued', 'held') AND digest AND channel = %s AND due_at <= %s
    AND contact_id IN (SELECT contact_id FROM {TABLE} WHERE id __AMONG__) ORDER BY id __SKIP__)
UPDATE {TABLE} SET state = 'claimed', token = %s, lease_until = %s WHERE id IN (SELECT id FROM taken)
RETURNING id
"""  # noqa: S608

# A copy that misses one of its messages is written anew: what was started for it in this very commit is given back.
UNDO_START = f"""
UPDATE {TABLE} SET state = 'queued', token = '', lease_until = NULL
WHERE token = %s AND {STATE} = 'sending' AND id __AMONG__
"""  # noqa: S608


class ClaimedRows(NamedTuple):
    """What one look took of a channel, under one lease."""

    channel: str
    token: str
    ids: list[int]


class WorkerDatabase:
    """The database of one worker. Used by one thread at a time."""

    def __init__(
        self,
        dialect: DatabaseDialect,
        channels: Mapping[str, Sender],
        *,
        lease: float,
        outcomes: OutcomeFile | None = None,
    ) -> None:
        self.dialect = dialect
        self.outcomes = outcomes or outcomes_in_memory()
        self.recovery = CrashRecovery(dialect, channels, self.outcomes.folder, self.outcomes.worker)
        self.loader = CopyLoader(channels)
        self.meter = Meter(channels)
        self.lease = timedelta(seconds=lease)
        self.lasts = {key: timedelta(seconds=channel.abilities.lasts) for key, channel in channels.items()}

    def commit(self, work: CommitBatch) -> CommitOutcome:
        """Write everything in one transaction, and read what it claimed behind it: others write while mails are made
        ready. Raises ``django.db.OperationalError``: nothing was written.
        """
        outcome = CommitOutcome()
        with transaction.atomic(), connection.cursor() as cursor:
            at = self.dialect.lock_commits_shared_and_read_time(cursor)
            self._settle_results(cursor, work.results, outcome, at)
            self._mark_started_copies_sending(cursor, work.starts, outcome, at)
            for channel, news in work.receipts:
                record_receipt_and_move_dispatch(channel=channel, receipt=news, at=at)
            if work.sweep:
                self._settle_results(cursor, self.recovery.recover_results(cursor, at), CommitOutcome(), at)
                expire_release_and_reclaim_rows(cursor, self.dialect.skip_locked, at)
            for channel in work.reroute:
                self._reroute_urgent(channel, at)
            for health in sorted(
                work.health, key=lambda change: (change.channel, change.supplier)
            ):  # rows lock in one order
                self._save_supplier_health(health, at)
            claims = [self._claim_dispatches(cursor, want, at) for want in work.wants]
        self.meter.remember_in_flight_and_forget_ended(outcome.spent, (result.id for result in work.results))
        for claim in claims:
            outcome.claimed[claim.channel] = self._load_claimed(claim, outcome, at)
        return outcome

    @staticmethod
    def _save_supplier_health(health: SupplierHealth, at: datetime) -> None:
        """Keep how a supplier fares: suspended since the first failure, and when that was last seen."""
        supplier_rows = Supplier.objects.filter(channel=health.channel, number=health.supplier + 1)
        if not health.reason:
            supplier_rows.update(suspended_at=None, reason="", changed_at=at)
        elif not supplier_rows.exclude(suspended_at=None).update(reason=health.reason, changed_at=at):
            news = {"suspended_at": at, "reason": health.reason, "changed_at": at}
            Supplier.objects.update_or_create(channel=health.channel, number=health.supplier + 1, defaults=news)

    def _sql_with_ids_condition(self, sql: str) -> str:
        return sql.replace("__AMONG__", self.dialect.among)

    def _settle_results(
        self, cursor: CursorWrapper, results: Iterable[SendResult], outcome: CommitOutcome, at: datetime
    ) -> None:
        accepted, returned = defaultdict(list), defaultdict(list)
        others = []
        for result in results:
            if result.state == State.ACCEPTED and not result.reference:
                accepted[result.token].append(result.id)
            elif result == SendResult(result.id, result.token, State.QUEUED, tried=0):
                returned[result.token].append(result.id)
            else:
                others.append(result)
        moment = self._adapt_datetime(at)
        for token, ids in accepted.items():
            cursor.execute(self._sql_with_ids_condition(ACCEPT), [moment, token, self.dialect.ids_parameter(ids)])
            outcome.late += len(ids) - cursor.rowcount
        for token, ids in returned.items():
            cursor.execute(self._sql_with_ids_condition(GIVE_BACK), [token, self.dialect.ids_parameter(ids)])
        if others:
            self.meter.refund_unsent_copies(
                self.meter.spent[unsent_result.id]
                for unsent_result in others
                if unsent_result.unsent and unsent_result.id in self.meter.spent
            )
            self._settle_one_by_one(cursor, others, outcome, at)

    def _settle_one_by_one(
        self, cursor: CursorWrapper, results: list[SendResult], outcome: CommitOutcome, at: datetime
    ) -> None:
        """Results that are not a plain success: one row at a time, for there are few."""
        failed, answered, attempts, references = [], [], [], []
        replaced = self._give_urgent_failures_to_next_channel([result for result in results if result.early], at)
        for result in results:
            state = State.FAILED if result.id in replaced else result.state
            end = None if state in {State.QUEUED, State.HELD} else at
            reason = result.reason or (SLOW_SITE if result.id in replaced else "")
            values: list[Any] = [state, result.reference, reason, result.tried, result.unknown]
            due = at + timedelta(seconds=result.pause)
            cursor.execute(
                SETTLE, [*values, self._adapt_datetime(due), end and self._adapt_datetime(end), result.token, result.id]
            )
            if cursor.rowcount != 1:
                outcome.late += 1
                continue
            if state == State.FAILED and result.id not in replaced:
                failed.append(result.id)
            if state == State.DELIVERED and reason in KEY_REASONS:
                answered.append(result.id)
            if reason and state != State.STOPPED:
                attempts.append(Attempt(dispatch_id=result.id, at=at, state=state, reason=reason))
            if result.reference:
                references.append(result.reference)
        if failed:
            requeue_failed_by_next_contact(dispatches=failed, at=at)
        if answered:
            refuse_unwanted_calls_and_notify_listeners(dispatches=answered, at=at)
        if attempts:
            Attempt.objects.bulk_create(attempts)
        if references and Receipt.objects.filter(dispatch=None, reference__in=references).exists():
            apply_parked_receipts(references, at=at)

    @staticmethod
    def _give_urgent_failures_to_next_channel(results: list[SendResult], at: datetime) -> set[int]:
        """Urgent copies that fail, or wait, for too long and whose person has another channel: their ids."""
        if not results:
            return set()
        tokens = {result.id: result.token for result in results}
        ours = Dispatch.objects.filter(pk__in=tokens, state__in=[State.CLAIMED, State.SENDING]).values_list(
            "pk", "token"
        )
        ids = [number for number, token in ours if tokens[number] == token]
        return set(requeue_failed_by_next_contact(dispatches=ids, at=at)) if ids else set()

    def _mark_started_copies_sending(
        self, cursor: CursorWrapper, starts: list[ClaimedCopy], outcome: CommitOutcome, at: datetime
    ) -> None:
        groups = defaultdict(list)
        for item in self._charge_affordable_starts(cursor, starts, outcome, at):
            groups[item.token].append(item)
        now = self._adapt_datetime(at)
        for token, items in groups.items():
            numbers = [number for item in items for number in item.ids]
            lease = self._lease_end(items[0].channel, at)
            ids = self.dialect.ids_parameter(numbers)
            cursor.execute(self._sql_with_ids_condition(START), [lease, token, now, ids, now])
            if cursor.rowcount == len(numbers):
                outcome.started.update(numbers)
                continue
            cursor.execute(self._sql_with_ids_condition(STARTED), [token, ids])
            started = {row[0] for row in cursor.fetchall()}
            broken = {number for item in items if not started.issuperset(item.ids) for number in item.ids}
            if broken & started:
                cursor.execute(
                    self._sql_with_ids_condition(UNDO_START),
                    [token, self.dialect.ids_parameter(sorted(broken & started))],
                )
            outcome.started |= started - broken
            self.meter.refund_unsent_copies(
                outcome.spent.pop(unstarted)
                for unstarted in numbers
                if unstarted not in outcome.started and unstarted in outcome.spent
            )
            self._recheck_claimed(cursor, [number for number in numbers if number not in started], token, at)

    def _charge_affordable_starts(
        self, cursor: CursorWrapper, starts: list[ClaimedCopy], outcome: CommitOutcome, at: datetime
    ) -> list[ClaimedCopy]:
        """The copies there is money for. Of the others urgent ones take the person's next channel, codes fail, and
        bulk waits until the morning.
        """
        if not any(item.charge for item in starts):
            return starts
        outcome.spent, refused = self.meter.charge_affordable(starts, at)
        morning, results = next_morning(at), []
        for item, is_wide, is_final in refused:
            waits = not (item.urgent or is_final or (item.charge and item.charge.codes))
            state, pause = (State.HELD, (morning - at).total_seconds()) if waits else (State.FAILED, 0.0)
            result = SendResult(item.id, item.token, state, reason=OVER_BUDGET, tried=0, pause=pause)
            results += [result._replace(id=number) for number in item.ids]
            if waits and is_wide:
                self._hold_rest_of_message(item, morning)
        if results:
            self._settle_one_by_one(cursor, results, CommitOutcome(), at)
        without = {refusal.item.id for refusal in refused}
        return [item for item in starts if item.id not in without]

    @staticmethod
    def _hold_rest_of_message(item: ClaimedCopy, until: datetime) -> None:
        """What else of the same message waits for the same money: held as a set, ``ROWS_AT_ONCE`` at a time."""
        among = Dispatch.objects.filter(message__dispatches=item.id, channel=item.channel, state=State.QUEUED)
        ids = list(among.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:ROWS_AT_ONCE])
        Dispatch.objects.filter(pk__in=ids).update(state=State.HELD, reason=OVER_BUDGET, due_at=until)

    def _recheck_claimed(self, cursor: CursorWrapper, numbers: list[int], token: str, at: datetime) -> None:
        """Claimed rows that may not leave after all: judge them again. Those whose lease is over are not ours."""
        if not numbers:
            return
        ours = Dispatch.objects.filter(pk__in=numbers, token=token, state=State.CLAIMED)
        ids = list(ours.values_list("pk", flat=True))
        items, results = self.loader.load(cursor, self.dialect.among, self.dialect.ids_parameter(ids), token, at)
        back = [result for item in items for result in item.results_returning_to_outbox()]
        self._settle_results(cursor, [*results, *back], CommitOutcome(), at)

    def _claim_dispatches(self, cursor: CursorWrapper, want: ClaimRequest, at: datetime) -> ClaimedRows:
        token = self.outcomes.next_token()
        sql = CLAIM.replace("__URGENT__", "AND urgent = %s" if want.urgent_only else "")
        urgent = [True] if want.urgent_only else []
        cursor.execute(
            sql.replace("__SKIP__", self.dialect.skip_locked),
            [
                want.channel,
                self._adapt_datetime(at),
                *urgent,
                want.number,
                token,
                self._lease_end(want.channel, at),
            ],
        )
        rows = cursor.fetchall()
        ids = [row[0] for row in rows]
        ids += self._claim_rows_leaving_in_same_copy(
            cursor, [number for number, digest in rows if digest], want, token, at
        )
        return ClaimedRows(want.channel, token, ids)

    def _load_claimed(self, claim: ClaimedRows, outcome: CommitOutcome, at: datetime) -> list[ClaimedCopy]:
        """The items of a claim; what must not leave (now) is settled at once."""
        if not claim.ids:
            return []
        try:
            with connection.cursor() as cursor:
                items, results = self.loader.load(
                    cursor, self.dialect.among, self.dialect.ids_parameter(claim.ids), claim.token, at
                )
                if results:
                    with transaction.atomic():
                        self._settle_results(cursor, results, CommitOutcome(), at)
        except Error as failure:
            log.error("what was claimed cannot be read: %s", type(failure).__name__)
            outcome.back += [SendResult(number, claim.token, State.QUEUED, tried=0) for number in claim.ids]
            return []
        return items

    def _claim_rows_leaving_in_same_copy(
        self, cursor: CursorWrapper, ids: list[int], want: ClaimRequest, token: str, at: datetime
    ) -> list[int]:
        """Claim what must leave in one copy with rows just claimed. Answers the ids of what came along."""
        if not ids:
            return []
        sql = self._sql_with_ids_condition(CLAIM_TOGETHER).replace("__SKIP__", self.dialect.skip_locked)
        now, lease = self._adapt_datetime(at), self._lease_end(want.channel, at)
        cursor.execute(sql, [want.channel, now, self.dialect.ids_parameter(ids), token, lease])
        return [row[0] for row in cursor.fetchall()]

    def _reroute_urgent(self, channel: str, at: datetime) -> None:
        """Urgent copies of a channel that has been down for too long take the person's next channel."""
        waiting = Dispatch.objects.where_sql(Dispatches.QUEUED).filter(channel=channel, urgent=True)
        ids = list(waiting.values_list("pk", flat=True)[:1000])
        replaced = requeue_failed_by_next_contact(dispatches=ids, at=at) if ids else []
        Dispatch.objects.filter(pk__in=replaced, state=State.QUEUED).update(
            state=State.FAILED, reason="channel-down", settled_at=at
        )

    def _lease_end(self, channel: str, at: datetime) -> Any:
        """Until when a copy of this channel is in our hands: a claim has one channel, and a call takes its time."""
        return self._adapt_datetime(at + self.lease + self.lasts.get(channel, timedelta()))

    @staticmethod
    def _adapt_datetime(at: datetime) -> Any:
        return connection.ops.adapt_datetimefield_value(at)
