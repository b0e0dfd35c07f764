"""What is done with a restored database before it is put in its place, in a process that has its keys.

Reads the manifest from standard input, writes what there is as JSON to standard output; exit 1 with one sentence.
"""

import json
import os
import sys
from contextlib import redirect_stdout
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plp.server.settings")


def verify_restored_erase_listed_and_pause_outbox(manifest_in_backup: Any) -> dict[str, Any]:
    """Compare with the manifest, bring up to this version, erase whom the list of erasures names, shut the outbox."""
    from plp.delivery import actions as delivery  # noqa: PLC0415 - once Django is set up
    from plp.delivery.models import Pause  # noqa: PLC0415
    from plp.journal.actions import note  # noqa: PLC0415
    from plp.journal.queries import chain_heads, verify_journal  # noqa: PLC0415
    from plp.membership.erasure_replay import replay_erasures  # noqa: PLC0415
    from plp.ops.backup import manifest  # noqa: PLC0415
    from plp.ops.cli import Failed  # noqa: PLC0415
    from plp.ops.commands.migrate import migrate_and_report_database  # noqa: PLC0415
    from plp.toolbox import clock  # noqa: PLC0415

    if manifest.count_rows_by_table() != manifest_in_backup.counts or chain_heads() != manifest_in_backup.heads:
        raise Failed("its database does not hold the rows that its list counts.")
    flaws = verify_journal().flaws  # of before: the backup is what was there, and who restores must know
    migrate_and_report_database()
    erased = replay_erasures(by=None, at=clock.now())
    delivery.pause_outbox(reason=Pause.Reason.RESTORED, by=None, at=clock.now())
    note(verb="operation.restored", by=None, at=clock.now(), made_at=manifest_in_backup.at)
    return {
        "rows": sum(manifest_in_backup.counts.values()),
        "persons": manifest_in_backup.counts["people_person"],
        "flaws": [f"{flaw.chain} entry {flaw.number}" for flaw in flaws],
        "heads": chain_heads(),
        "erased": sum(erased.values()),
    }


def main() -> int:
    """The whole of it."""
    django.setup()
    from plp.ops.backup import manifest  # noqa: PLC0415 - once Django is set up
    from plp.ops.cli import FAILURE, SUCCESS  # noqa: PLC0415
    from plp.ops.error_sentences import operator_sentence_for_error  # noqa: PLC0415

    try:
        with redirect_stdout(sys.stderr):
            restored = verify_restored_erase_listed_and_pause_outbox(manifest.parse_manifest(sys.stdin.buffer.read()))
    except Exception as error:
        print(operator_sentence_for_error(error), file=sys.stderr)
        return FAILURE
    print(json.dumps(restored))
    return SUCCESS


if __name__ == "__main__":
    sys.exit(main())
