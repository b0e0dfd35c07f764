"""Counting: in memory at once, in the database every ten seconds, so that a page never waits for it."""

import json
import logging
import threading
import time
from collections import defaultdict

from django.db import Error, connection, transaction

from plp.metrics.rules import METRICS, SUM

FLUSH_EVERY = 10.0  # seconds
ADD = """
    INSERT INTO metrics_counter (metric, labels, value) VALUES (%s, %s, %s)
    ON CONFLICT (metric, labels) DO UPDATE SET value = metrics_counter.value + excluded.value
"""
log = logging.getLogger(__name__)

type Series = tuple[str, tuple[str, ...]]

_lock = threading.Lock()
_pending: dict[Series, float] = defaultdict(float)
_flushed = time.monotonic()


def increment_counter(metric: str, *labels: str, number: float = 1) -> None:
    """Add to a counter of ``rules.METRICS``; ``labels`` are the values of its labels, in their order."""
    with _lock:
        _pending[metric, labels] += number


def observe_duration(metric: str, seconds: float) -> None:
    """Add one observation to a histogram of ``rules.METRICS``."""
    bucket = METRICS[metric].bucket_bound(seconds)
    with _lock:
        _pending[metric, (bucket,)] += 1
        _pending[metric, (SUM,)] += seconds


def write_counts_to_database() -> None:
    """Write what was counted in this process since the last time; what the database does not take waits on."""
    with _lock:
        taken = dict(_pending)
        _pending.clear()
    if not taken:
        return
    rows = [(metric, json.dumps(labels), number) for (metric, labels), number in sorted(taken.items())]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(ADD, rows)
    except Error as failure:
        log.warning("the database does not take what was counted: %s", type(failure).__name__)
        with _lock:
            for series, number in taken.items():
                _pending[series] += number


def write_counts_if_due() -> None:
    """Flush if this process did not for ten seconds."""
    global _flushed  # noqa: PLW0603 - a process has one tally
    if time.monotonic() - _flushed >= FLUSH_EVERY:
        _flushed = time.monotonic()
        write_counts_to_database()
