"""Whether what the database acknowledged survives the loss of its machine."""

from django.db import connection

ASKED = """
SELECT current_setting('synchronous_standby_names') <> ''
   AND current_setting('synchronous_commit') IN ('on', 'remote_apply')
"""


def is_synchronously_replicated() -> bool:
    """Whether PostgreSQL tells of a commit only once a second machine has it on its disk (F18).

    Both settings may be read by anybody, unlike the list of those that follow. When none follows, commits wait.
    Raises ``DatabaseError``.
    """
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(ASKED)
        return bool(cursor.fetchone()[0])
