"""Which databases a program leaves alone, and what it says of them."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from plp.ops import schema
from plp.ops.cli import Failed
from plp.ops.environment import environment_with_throw_away_data_folder
from plp.ops.schema import PROGRAM_VERSION, SchemaState
from proof.harness.web_server import create_database

TOMORROW = ["notices.9999_of_tomorrow"]
EACH = "import sys; from plp.ops.cli import run; print([run(command.split()) for command in sys.argv[1:]])"


@pytest.mark.parametrize(
    ("found", "is_too_new", "maker"),
    [
        (SchemaState([], []), False, ""),
        (SchemaState(["notices.0002"], []), False, ""),
        (SchemaState([], TOMORROW), True, ""),
        (SchemaState([], TOMORROW, PROGRAM_VERSION, PROGRAM_VERSION), True, ""),
        (SchemaState([], TOMORROW, "99.1.0", "99.0.0"), True, "99.1.0"),
        (SchemaState([], TOMORROW, "99.1.0", PROGRAM_VERSION), False, "99.1.0"),
        (SchemaState([], [], "99.1.0", "99.0.0"), False, "99.1.0"),
    ],
)
def test_a_newer_database_is_left_alone_unless_it_was_left_for_us_too(
    found: SchemaState, maker: str, *, is_too_new: bool
) -> None:
    assert (found.is_too_new, found.newer_version) == (is_too_new, maker)


def test_versions_are_compared_as_numbers() -> None:
    assert sorted(["0.10.0", "0.9.1", "0.9.0"], key=schema.version_as_comparable_numbers) == [
        "0.9.0",
        "0.9.1",
        "0.10.0",
    ]


def test_the_refusal_names_the_version_that_made_it() -> None:
    with pytest.raises(
        Failed, match=rf"made by version 99\.1\.0, and this program is {PROGRAM_VERSION}.+ install 99\.1\.0 again"
    ):
        schema.refuse_too_new_database(SchemaState([], TOMORROW, "99.1.0", "99.0.0"))
    with pytest.raises(Failed, match=r"made by a newer version.+ install that version again"):
        schema.refuse_too_new_database(SchemaState([], TOMORROW))


@pytest.mark.django_db
def test_a_database_that_took_some_steps_of_0_2_0_is_refused_with_what_to_do() -> None:
    MigrationRecorder(connection).record_unapplied("people", "0006_language_beside_the_key")

    older = schema.read_schema_state()

    assert (older.half, older.missing) == (("people.0001_initial",), ["people.0001_initial"])
    with pytest.raises(Failed, match=r"older than version 0\.2\.0.+ install 0\.2\.0, run \./plp migrate"):
        schema.refuse_too_old_database(older)


@pytest.mark.django_db
def test_the_newest_mark_tells_and_is_noted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    schema.record_version_as_migration_mark()
    schema.record_version_as_migration_mark()
    own = schema.read_schema_state()
    monkeypatch.setattr(schema, "PROGRAM_VERSION", "99.1.0")
    schema.record_version_as_migration_mark()
    newer = schema.read_schema_state()

    assert (own.version, own.oldest, own.unknown) == (PROGRAM_VERSION, schema.OLDEST, [])
    assert (newer.version, newer.oldest) == ("99.1.0", schema.OLDEST)


def test_marks_of_versions_are_no_steps_and_a_step_of_tomorrow_is_unknown() -> None:
    assert (
        schema.applied_migrations_unknown_here({("plp", "99.1.0 for 0.2.0 and newer"), ("notices", "9999_of_tomorrow")})
        == TOMORROW
    )


def test_a_step_that_was_taken_between_two_releases_is_known() -> None:
    assert schema.applied_migrations_unknown_here({("launch", "0010_survey_remarks")}) == []


@pytest.mark.any_database
def test_no_command_touches_a_database_of_tomorrow(tmp_path: Path) -> None:
    """Looked at by the commands themselves, in one process."""
    home = tmp_path / "home"
    create_database(home)

    def told(*commands: str) -> tuple[str, list[str]]:
        with environment_with_throw_away_data_folder(PLP_HOME=str(home), LC_ALL="C") as environment:
            line = [sys.executable, "-P", "-c", EACH, *commands]
            ended = subprocess.run(line, env=environment, capture_output=True, text=True, check=True, cwd=tmp_path)
        return ended.stdout.strip(), ended.stderr.splitlines()

    def content(*changes: str) -> str:
        with closing(sqlite3.connect(home / "plp.sqlite3")) as line, line:
            for change in changes:
                line.execute(change)
            return "\n".join(line.iterdump())

    before = content("INSERT INTO django_migrations (app, name, applied) VALUES ('notices', '9999_of_tomorrow', '')")

    codes, words = told("migrate", "migrate --check", "web", "worker --once", "up")

    assert codes == "[1, 1, 1, 1, 1]"
    assert [line[:52] for line in words] == ["plp: This database was made by a newer version, and "] * 5
    assert content() == before
