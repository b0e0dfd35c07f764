"""The database against this program: what it lacks, what it has that we do not know, and which version made it.

``migrate`` notes beside the steps (``django_migrations``, app ``plp``) which version brought the database up, and the
oldest version that runs on it: for a while the old program runs on the new tables, and whoever goes back stays there
(ADR 40).
"""

import re
from dataclasses import dataclass
from importlib.metadata import version

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from plp.ops.cli import Failed

PROGRAM_VERSION = version("plp")
OLDEST = "0.2.0"  # the oldest version that runs on the tables as this one leaves them: each release looks again
APP = "plp"
MARK = re.compile(r"(\d+\.\d+\.\d+) for (\d+\.\d+\.\d+) and newer")

type Step = tuple[str, str]


@dataclass(frozen=True)
class SchemaState:
    """``missing``: steps of ours that were not taken, as ``app.name``; ``unknown``: steps taken that we do not have.

    ``half``: steps that stand for several older ones, of which some were taken, and not all.
    ``version`` brought the database up last and ``oldest`` may run on it; both are empty where nobody noted it.
    """

    missing: list[str]
    unknown: list[str]
    version: str = ""
    oldest: str = ""
    half: tuple[str, ...] = ()

    @property
    def is_too_new(self) -> bool:
        """Whether this program must leave it alone: a newer one changed it, and did not say that we may go on."""
        if not self.unknown:
            return False
        return not self.newer_version or version_as_comparable_numbers(self.oldest) > version_as_comparable_numbers(
            PROGRAM_VERSION
        )

    @property
    def newer_version(self) -> str:
        """The version that made it, where that tells more than our own."""
        return (
            self.version
            if self.version
            and version_as_comparable_numbers(self.version) > version_as_comparable_numbers(PROGRAM_VERSION)
            else ""
        )


def version_as_comparable_numbers(number: str) -> tuple[int, ...]:
    """A version as numbers, to be compared: ``0.10.0`` is newer than ``0.9.0``."""
    return tuple(int(part) for part in number.split("."))


def read_schema_state() -> SchemaState:
    """Look at the database. Raises ``OperationalError`` where it is away."""
    half = _partly_applied_squashes()
    if half:  # Django would find no way from there
        return SchemaState(list(half), [], *_newest_and_oldest_usable_version(), half=half)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    applied: set[Step] = set(executor.recorder.applied_migrations())
    missing = [f"{step.app_label}.{step.name}" for step, _ in plan]
    return SchemaState(
        missing, applied_migrations_unknown_here(applied, executor.loader), *_newest_and_oldest_usable_version()
    )


def _partly_applied_squashes() -> tuple[str, ...]:
    """Steps that stand for several older ones, of which this database took some, and not all (ADR 41)."""
    noted = set(MigrationRecorder(connection).applied_migrations())
    steps = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    stands_for = {key: {key, *step.replaces} for key, step in steps.items() if step.replaces}
    return tuple(f"{app}.{name}" for (app, name), olds in sorted(stands_for.items()) if olds & noted and olds - noted)


def applied_migrations_unknown_here(applied: set[Step], loader: MigrationLoader | None = None) -> list[str]:
    """Which of these steps this program does not have, as ``app.name``; marks of versions are none."""
    loader = loader or MigrationLoader(None, ignore_no_migrations=True)
    known_migrations = set(loader.disk_migrations)
    known_migrations |= {step for migration in loader.disk_migrations.values() for step in migration.replaces}
    return sorted(f"{app}.{name}" for app, name in applied - known_migrations if app != APP)


def _newest_and_oldest_usable_version() -> tuple[str, str]:
    """What the newest mark says: the version that brought the database up last, the oldest that runs on it."""
    recorder = MigrationRecorder(connection)
    if not recorder.has_table():
        return "", ""
    marks = recorder.migration_qs.filter(app=APP).order_by("-id").values_list("name", flat=True)
    mark = MARK.fullmatch(marks.first() or "")
    return (mark[1], mark[2]) if mark else ("", "")


def record_version_as_migration_mark() -> None:
    """Note that this version brought the database up, if the newest mark does not say so already."""
    if _newest_and_oldest_usable_version() != (PROGRAM_VERSION, OLDEST):
        MigrationRecorder(connection).record_applied(APP, f"{PROGRAM_VERSION} for {OLDEST} and newer")


def refuse_too_old_database(schema: SchemaState) -> None:
    """Raise ``Failed`` if the database is of a version whose steps are not given out any more, with what to do."""
    if schema.half:
        raise Failed(
            f"This database is older than version {OLDEST}, whose steps this program begins with: install {OLDEST}, "
            "run ./plp migrate with it, then come back to this version."
        )


def refuse_too_new_database(state: SchemaState) -> None:
    """Raise ``Failed`` if a newer program made the database, with what to do about it."""
    if state.is_too_new:
        version = state.newer_version
        by, again = (f"version {version}", version) if version else ("a newer version", "that version")
        raise Failed(
            f"This database was made by {by}, and this program is {PROGRAM_VERSION}, so it is left as it is: "
            f"install {again} again, or bring back a backup that was made before (./plp restore --replace)."
        )
