"""Tell the workers that there is work, so that the first message leaves at once."""

from django.db import connection

CHANNEL = "plp_queue"


def wake_workers() -> None:
    """On PostgreSQL a NOTIFY that goes out with the commit. SQLite's workers see the file change by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
