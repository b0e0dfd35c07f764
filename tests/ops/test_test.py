"""The set-up of the tests themselves: nothing leaves the machine, no skip goes unseen, the second run chooses."""

import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError

from plp.journal.actions import note
from plp.journal.models import Entry
from plp.ops.environment import environment_with_throw_away_data_folder, repository_root

TESTS = """
import pytest

def test_pure():
    assert True

@pytest.mark.django_db
def test_kept():
    assert True

@pytest.mark.browser
@pytest.mark.django_db
def test_page():
    assert True

def test_left_out():
    pytest.skip("because")
"""

BORROWED = """
import pytest

pytestmark = getattr(pytest.mark, "crash")

def test_pure():
    assert True
"""


def pytest_on(file: Path, *arguments: str, **environment: str) -> str:
    """The closing line of pytest on one file, with our own set-up."""
    with environment_with_throw_away_data_folder(**environment) as clean:
        options = ["-q", "-c", "pyproject.toml", "--nomigrations", str(file), *arguments]
        command = [sys.executable, "-m", "pytest", *options]
        ended = subprocess.run(command, cwd=repository_root(), env=clean, capture_output=True, text=True, check=False)
    return (ended.stdout + ended.stderr).strip().splitlines()[-1].partition(" in ")[0]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Four tests, of which one skips itself."""
    path = tmp_path / "test_some.py"
    path.write_text(TESTS)
    (tmp_path / "conftest.py").write_text("from tests.conftest import *\n")
    return path


def test_nothing_leaves_this_machine() -> None:
    with pytest.raises(RuntimeError, match="tests stay on this machine"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(RuntimeError, match="tests stay on this machine"):
        socket.getaddrinfo("mail.example.be", 25)


def test_what_the_first_run_notes_chooses_for_the_second_and_no_browser(file: Path, tmp_path: Path) -> None:
    """The first one lets a skip pass; without notes the second would take the same here."""
    notes = tmp_path / "notes"
    notes.mkdir()

    assert pytest_on(file, f"--statements={notes}") == "3 passed, 1 skipped"
    assert "test_kept" in "".join(noted.read_text() for noted in notes.iterdir())
    assert pytest_on(file, "--only-database", f"--statements={notes}") == "1 passed, 3 deselected"


def test_a_skip_is_a_failure_when_strict(file: Path) -> None:
    assert pytest_on(file, PLP_TEST_STRICT="1") == "1 failed, 3 passed"


def test_the_run_of_a_marker_loads_only_files_that_name_it(file: Path) -> None:
    """A file that takes its marker from elsewhere would be left out without a word: it is refused."""
    (file.parent / "test_broken.py").write_text("raise RuntimeError")
    assert pytest_on(file.parent, "-m", "browser") == "1 passed, 3 deselected"

    (file.parent / "test_broken.py").write_text(BORROWED)
    assert "let it name pytest.mark.crash itself" in pytest_on(file.parent)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", ["first", "second"])
def test_a_test_that_commits_is_cleaned_up_and_the_journal_stays_guarded(_time: str) -> None:
    assert Entry.objects.count() == 0
    entry = note(verb="test.noted", by=None, at=datetime(2026, 1, 1, tzinfo=UTC))

    with pytest.raises(DatabaseError, match="append-only"):
        entry.delete()
