"""The watch, with two things that cannot be broken for real on a shared machine: the disk and the clock.

``python -m proof.harness.faked_watch FOLDER [--hurried]``: while FOLDER holds a file ``full``, disks are; ``offset``
holds seconds by which the clock is wrong. Hurried, it looks every fifth of a second and a worker is silent after two.
"""

import argparse
import shutil
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import django


def main() -> int:
    """Watch until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hurried", action="store_true")
    options = parser.parse_args()
    django.setup()
    from plp.delivery import health  # noqa: PLC0415 - once Django is set up
    from plp.ops.commands import watch  # noqa: PLC0415
    from plp.ops.watch import checks  # noqa: PLC0415
    from plp.toolbox import clock  # noqa: PLC0415

    usage, now = shutil.disk_usage, clock.machine_time

    def faked_disk_usage(place: str) -> Any:
        found = usage(place)
        return found._replace(free=found.total // 20) if (options.folder / "full").exists() else found

    def now_plus_offset_of_file() -> Any:
        offset = options.folder / "offset"
        return now() + timedelta(seconds=float(offset.read_text()) if offset.exists() else 0)

    shutil.disk_usage, clock.machine_time = faked_disk_usage, now_plus_offset_of_file
    if options.hurried:
        watch.EVERY, checks.JOURNAL_EVERY, checks.FIRST_MINUTE = 0.2, 0.2, 0.0
        health.SILENT_AFTER = health.STUCK_AFTER = timedelta(seconds=2)
    return watch.run_watch_rounds_until_stopped()


if __name__ == "__main__":
    sys.exit(main())
