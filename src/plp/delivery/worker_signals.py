"""Between the workers and everybody else: wake them when there is work, shut them out while something is stopped."""

from django.db import connection

NOTIFY_CHANNEL = "plp_queue"
COMMIT_LOCK = 0x706C70  # the number of an advisory lock: workers share it for one commit, a stop takes it alone


def wake_workers() -> None:
    """On PostgreSQL a NOTIFY that goes out with the commit. SQLite's workers see the file change by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {NOTIFY_CHANNEL}")


def lock_worker_commits() -> None:
    """No worker commits from now until this transaction ends, so nothing slips out beside a stop.

    Taken before any row is touched, by both sides, it also rules out deadlocks. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COMMIT_LOCK])
