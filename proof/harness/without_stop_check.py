"""``./plp`` with workers that do not see at the last look that a contact was stopped: a fault put in on purpose."""

import sys

from plp.ops.cli import import_command_module_with_django, main

LOOK = "(c.stopped_at IS NULL OR m.last_word) AND "

if __name__ == "__main__":
    import_command_module_with_django("worker")
    from plp.delivery.engine import worker_database

    assert LOOK in worker_database.START
    worker_database.START = worker_database.START.replace(LOOK, "")
    sys.exit(main())
