"""What no worker has in hand any more: leases that ended, copies whose time has come or is over."""

from datetime import datetime

from django.db import connection
from django.db.backends.utils import CursorWrapper

from plp.delivery.actions.stops import expire_waiting_copies
from plp.delivery.models import Attempt, Dispatch, Dispatches
from plp.delivery.states import State

TABLE = Dispatch._meta.db_table
ROWS_AT_ONCE = 2000  # rows in one sweep: the transaction stays short

RELEASE = f"""
WITH taken AS MATERIALIZED (
  SELECT id FROM {TABLE} WHERE state = 'held' AND due_at <= %s LIMIT {ROWS_AT_ONCE} __SKIP__)
UPDATE {TABLE} SET state = 'queued', reason = '' WHERE id IN (SELECT id FROM taken)
"""  # noqa: S608

GIVE_BACK = f"""
WITH taken AS MATERIALIZED (
  SELECT id FROM {TABLE} WHERE {Dispatches.IN_HAND} AND state = 'claimed' AND lease_until <= %s
  LIMIT {ROWS_AT_ONCE} __SKIP__)
UPDATE {TABLE} SET state = 'queued', token = '', lease_until = NULL WHERE id IN (SELECT id FROM taken)
"""  # noqa: S608

# The named window: the worker died between "sending" and its answer. Once more, then never (docs/faults.md#unknown).
DOUBT = f"""
WITH taken AS MATERIALIZED (
  SELECT id FROM {TABLE} WHERE {Dispatches.IN_HAND} AND state = 'sending' AND lease_until <= %s
  LIMIT {ROWS_AT_ONCE} __SKIP__)
UPDATE {TABLE} SET state = CASE WHEN unknowns = 0 THEN 'queued' ELSE 'unknown' END, unknowns = unknowns + 1,
  reason = 'lease-over', due_at = %s, token = '', lease_until = NULL WHERE id IN (SELECT id FROM taken)
RETURNING id, state
"""  # noqa: S608


def expire_release_and_reclaim_rows(cursor: CursorWrapper, skip_locked: str, at: datetime) -> None:
    """Release what was held until now, take back ended leases, apply the unknown rule, expire what is over."""
    moment = connection.ops.adapt_datetimefield_value(at)
    expire_waiting_copies(at=at)
    cursor.execute(RELEASE.replace("__SKIP__", skip_locked), [moment])
    cursor.execute(GIVE_BACK.replace("__SKIP__", skip_locked), [moment])
    cursor.execute(DOUBT.replace("__SKIP__", skip_locked), [moment, moment])
    doubted = cursor.fetchall()
    if doubted:
        ended = [number for number, state in doubted if state == State.UNKNOWN]
        Dispatch.objects.filter(pk__in=ended).update(settled_at=at)
        Attempt.objects.bulk_create(
            Attempt(dispatch_id=number, at=at, state=state, reason="lease-over") for number, state in doubted
        )
