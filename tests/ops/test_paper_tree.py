"""Sealed pages for a day without network: written, renewed when a week old, and opened on the day by the secret key."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from plp.journal.models import Entry
from plp.ops import cli, paper_trees
from plp.ops.backup import encryption
from plp.ops.paper_trees import renew_next_stale_and_delete_ended_call_trees
from plp.partnership.models import Partnership
from plp.toolbox import clock
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Three quarters; what is sealed is a short text, for the paper itself is set elsewhere."""
    monkeypatch.setattr(
        paper_trees, "call_tree_pdf", lambda partnership, language, at: f"%PDF {partnership.key}".encode()
    )
    return Cast()


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Path, str]:
    """The file of the secret key, and the public one."""
    secret, public = encryption.new_secret_and_public_key()
    file = tmp_path / "paper-key"
    file.write_text(f"# kept in a safe\n{secret}\n")
    return file, public


def test_it_is_sealed_and_opened_on_the_day(cast: Cast, keys: tuple[Path, str], tmp_path: Path) -> None:
    identity, public = keys
    folder = tmp_path / "sealed"

    written = cli.run(["paper-tree", "haren", str(folder), "--to", public])
    sealed = {file.name: file.read_bytes() for file in folder.iterdir()}
    opened = cli.run(["paper-tree", "haren", str(folder), "--identity", str(identity)])

    assert (written, opened) == (cli.SUCCESS, cli.SUCCESS)
    assert sorted(sealed) == ["haren.fr.pdf.age", "haren.nl.pdf.age"]
    assert all(content.startswith(b"age-encryption.org/v1") and b"haren" not in content for content in sealed.values())
    assert (folder / "haren.nl.pdf").read_bytes() == b"%PDF haren"
    assert [file.stat().st_mode & 0o777 for file in folder.iterdir()] == [0o600] * 4
    assert Entry.objects.filter(verb="paper_tree.written", area=cast.here.area.path).count() == 1


def test_another_key_opens_nothing(
    cast: Cast, keys: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    other.write_text(encryption.new_secret_and_public_key()[0])
    cli.run(["paper-tree", "all", str(tmp_path / "sealed"), "--to", keys[1]])

    code = cli.run(["paper-tree", "haren", str(tmp_path / "sealed"), "--identity", str(other)])

    assert code == cli.FAILURE
    assert "made for another key" in capsys.readouterr().err
    assert len(list((tmp_path / "sealed").iterdir())) == 6


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere", "x"], "There is no partnership nowhere"),
        (["haren", "x"], "No key to seal to"),
        (["haren", "x", "--to", "age1x"], "This is no public key"),
        (["haren", "x", "--identity", "/nowhere"], "There is no file /nowhere"),
    ],
)
def test_what_is_missing_is_said(cast: Cast, words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["paper-tree", *words]) == cli.FAILURE
    assert told in capsys.readouterr().err


def test_the_worker_renews_one_a_turn_week_by_week(
    cast: Cast, keys: tuple[Path, str], tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PAPER_FOLDER, settings.PAPER_RECIPIENT = str(tmp_path / "sealed"), keys[1]
    turns = [renew_next_stale_and_delete_ended_call_trees() for _turn in range(4)]
    old = (tmp_path / "sealed" / "haren.nl.pdf.age", clock.now() - timedelta(days=8))
    os.utime(old[0], (old[1].timestamp(),) * 2)

    later = [renew_next_stale_and_delete_ended_call_trees() for _turn in range(2)]
    Partnership.objects.filter(key="laeken").update(state="ended")
    renew_next_stale_and_delete_ended_call_trees()

    assert (turns, later) == ([True, True, True, False], [True, False])
    assert old[0].stat().st_mtime > old[1].timestamp()
    assert {file.name.partition(".")[0] for file in (tmp_path / "sealed").iterdir()} == {"haren", "malmedy"}
