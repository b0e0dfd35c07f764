"""A release: the same bytes each time, from what was committed alone."""

import argparse
import json
import subprocess
import tarfile
from pathlib import Path

import pytest

from plp.ops.cli import Failed
from plp.ops.commands import release
from plp.ops.release import files
from plp.ops.release.checksums import SUMS, refuse_wrong_checksum
from plp.ops.release.commit import Commit, count_new_migrations, last_commit, refuse_unreleasable_commit
from plp.ops.release.notes import changelog_section, release_notes
from tests.ops.release.repository import CHANGELOG, commit, git, make

pytestmark = pytest.mark.any_database

NAMES = ["SHA256SUMS", "plp-1.1.0-notes.md", "plp-1.1.0-py2.py3-none-any.whl", "plp-1.1.0.cdx.json", "plp-1.1.0.tar.gz"]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A repository of one commit, of version 1.1.0."""
    return make(tmp_path / "house")


def test_two_releases_of_a_commit_are_the_same_to_the_byte(
    house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(release, "repository_root", lambda: house)
    first, second = house / "dist", tmp_path / "second"

    codes = [release.run(argparse.Namespace(folder=folder)) for folder in (first, second)]

    assert codes == [0, 0]
    assert sorted(path.name for path in first.iterdir()) == NAMES
    assert {path.name: path.read_bytes() for path in first.iterdir()} == {
        path.name: path.read_bytes() for path in second.iterdir()
    }
    assert "made twice, the same to the byte" in capsys.readouterr().err
    assert subprocess.run(["sha256sum", "--check", "--quiet", SUMS], cwd=second, check=False).returncode == 0
    assert json.loads((second / "plp-1.1.0.cdx.json").read_text())["metadata"]["component"]["version"] == "1.1.0"
    with tarfile.open(second / "plp-1.1.0.tar.gz") as archive:
        members = {entry.name: (entry.uname, oct(entry.mode), entry.mtime) for entry in archive if entry.isfile()}
    assert members["plp-1.1.0/plp"] == ("root", "0o755", last_commit(house).at)
    assert {name.split("/")[0] for name in members} == {"plp-1.1.0"}


def test_files_that_differ_are_not_given_out(house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(_root: Path, _commit: Commit, scratch: Path, place: str) -> list[Path]:
        file = scratch / place / "plp-1.1.0.tar.gz"
        file.parent.mkdir()
        file.write_text(place)
        return [file]

    monkeypatch.setattr(files, "_make_release_files_once", made)

    with pytest.raises(Failed, match=r"these files differ: plp-1\.1\.0\.tar\.gz\. Nothing was written"):
        files.make_release_files(house, last_commit(house), tmp_path / "out")
    assert not (tmp_path / "out").exists()

    monkeypatch.setattr(files, "sha256_of", lambda _file: "a" * 64)
    monkeypatch.setattr(files, "PLACES", ("same", "another"))
    assert files.make_release_files(house, last_commit(house), tmp_path / "out") == [
        tmp_path / "out" / "plp-1.1.0.tar.gz"
    ]
    monkeypatch.setattr(files, "sha256_of", lambda file: str(file.parent.name == "out"))
    with pytest.raises(Failed, match=r"holds other files of these names: plp-1\.1\.0\.tar\.gz"):
        files.make_release_files(house, last_commit(house), tmp_path / "out")


def test_what_is_not_committed_is_named(house: Path, tmp_path: Path) -> None:
    (house / "out").mkdir()
    (house / "out" / "plp-1.1.0.tar.gz").write_text("of this release")
    refuse_unreleasable_commit(house, last_commit(house), into=house / "out")
    (house / "new.txt").write_text("forgotten")

    with pytest.raises(Failed, match=r"Commit these first, or put them away, .+: new\.txt$"):
        refuse_unreleasable_commit(house, last_commit(house), into=house / "out")


def test_a_version_is_given_out_from_one_commit(house: Path, tmp_path: Path) -> None:
    git(house, "tag", "v1.1.0")
    refuse_unreleasable_commit(house, last_commit(house), into=tmp_path)
    commit(house, README_md="More.\n")

    with pytest.raises(Failed, match=r"Version 1\.1\.0 was released from another commit \(v1\.1\.0\)"):
        refuse_unreleasable_commit(house, last_commit(house), into=tmp_path)


def test_without_history_or_version_there_is_no_release(house: Path, tmp_path: Path) -> None:
    with pytest.raises(Failed, match="an unpacked archive has none"):
        last_commit(tmp_path)
    commit(house, CHANGELOG_md="# Changelog\n")
    with pytest.raises(Failed, match="no heading with a version"):
        last_commit(house)


def test_new_steps_of_the_database_are_counted_since_the_last_release(house: Path) -> None:
    first = count_new_migrations(house, last_commit(house))
    git(house, "tag", "v1.0.0")
    git(house, "tag", "v1.1.0")
    commit(house, src__plp__people__migrations__0001x_py="", src__plp__people__rules_py="")

    assert first is None
    assert count_new_migrations(house, last_commit(house)) == 1


def test_the_notes_begin_with_what_an_operator_does() -> None:
    told = release_notes(CHANGELOG, Commit("a" * 40, 0, "1.1.0"), steps=3, oldest="1.0.0")

    order = ["plp upgrade plp-1.1.0.tar.gz", "Set `PLP_CONTACT`.", "New steps of the database: 3. Version 1.0.0 and"]
    order += ["## What changes", "- **Lists are shorter.**", "### For coordinators"]
    assert [told.index(words) for words in order] == sorted(told.index(words) for words in order)
    assert "The first one." not in told


def test_a_version_without_words_is_refused() -> None:
    assert changelog_section(CHANGELOG, "1.0.0") == "The first one."
    with pytest.raises(Failed, match="says nothing of version 2"):
        changelog_section(CHANGELOG, "2.0.0")


def test_an_archive_that_is_not_the_one_is_refused(tmp_path: Path) -> None:
    archive, sums = tmp_path / "plp-1.1.0.tar.gz", tmp_path / SUMS
    archive.write_bytes(b"whole")

    with pytest.raises(Failed, match="SHA256SUMS is missing"):
        refuse_wrong_checksum(archive, sums)
    sums.write_text("b" * 64 + "  plp-1.0.0.tar.gz\n")
    with pytest.raises(Failed, match=r"does not name plp-1\.1\.0\.tar\.gz"):
        refuse_wrong_checksum(archive, sums)
    sums.write_text(f"{files.sha256_of(archive)} *plp-1.1.0.tar.gz\n")
    refuse_wrong_checksum(archive, sums)
    archive.write_bytes(b"cut")
    with pytest.raises(Failed, match="its checksum differs"):
        refuse_wrong_checksum(archive, sums)
