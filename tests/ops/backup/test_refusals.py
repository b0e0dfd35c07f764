"""A backup that is not ours, not whole or not for this place is refused with the reason; a key is a key."""

import io
import tarfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from plp.ops.backup import databases, encryption, manifest, restoration
from plp.ops.cli import Failed

SAID = manifest.Manifest(manifest.FORMAT, "2026-11-25T03:00:00+00:00", "0.1", "sqlite", ["places.0001_initial"], {}, {})
SECRET, PUBLIC = encryption.new_secret_and_public_key()


@pytest.fixture
def key(tmp_path: Path) -> Any:
    file = tmp_path / "key"
    file.write_text(f"# ours\n{SECRET}\n")
    return encryption.read_secret_key(file)


def sealed(file: Path, parts: Mapping[str, bytes], said: bytes | None) -> Path:
    """A backup with these parts and this list."""
    with (
        file.open("wb") as target,
        encryption.encrypting_stream(target, encryption.parse_public_key(PUBLIC)) as stream,
        tarfile.open(fileobj=stream, mode="w|gz") as archive,
    ):
        for name, content in [*parts.items(), *([("manifest.json", said)] if said is not None else [])]:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return file


def refusal(file: Path, key: Any, into: Path) -> str:
    with pytest.raises(Failed) as refused:
        restoration.unpack_backup(file, secret_key=key, folder=into)
    return str(refused.value)


def test_it_is_opened_by_its_own_key_alone(tmp_path: Path, key: Any) -> None:
    digest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    said = replace(SAID, parts={"files/a": [5, digest]})
    file = sealed(tmp_path / "backup", {"files/a": b"hello"}, said.as_bytes())
    other = tmp_path / "other"
    other.write_text(encryption.new_secret_and_public_key()[0])

    assert restoration.unpack_backup(file, secret_key=key, folder=tmp_path / "laid") == said
    assert (tmp_path / "laid" / "files" / "a").read_bytes() == b"hello"
    assert "another key" in refusal(file, encryption.read_secret_key(other), tmp_path / "again")


@pytest.mark.parametrize(
    ("parts", "said", "why"),
    [
        ({"files/a": b"hello"}, SAID.as_bytes(), "its own list says"),
        ({}, None, "no list of its contents"),
        ({}, b"{}", "no list of its contents"),
        ({}, replace(SAID, format=99).as_bytes(), "format 99"),
        ({"../../outside": b"x"}, SAID.as_bytes(), "no file of plp"),
    ],
)
def test_what_is_no_backup_is_refused(
    tmp_path: Path, key: Any, parts: dict[str, bytes], said: bytes | None, why: str
) -> None:
    file = sealed(tmp_path / "backup", parts, said)

    assert why in refusal(file, key, tmp_path / "laid")
    assert not (tmp_path.parent / "outside").exists()


def test_a_file_that_was_cut_is_refused(tmp_path: Path, key: Any) -> None:
    file = sealed(tmp_path / "backup", {"files/a": b"x" * 100_000}, SAID.as_bytes())
    file.write_bytes(file.read_bytes()[:-1])

    assert "cut or changed" in refusal(file, key, tmp_path / "laid")


def test_another_database_or_a_newer_version_is_refused() -> None:
    here = replace(SAID, kind=connection.vendor, migrations=[])
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"

    restoration.refuse_backup_of_other_database_or_newer_version(here)
    with pytest.raises(Failed, match="same kind"):
        restoration.refuse_backup_of_other_database_or_newer_version(replace(here, kind=other))
    with pytest.raises(Failed, match="newer version"):
        restoration.refuse_backup_of_other_database_or_newer_version(
            replace(here, migrations=["places.9999_of_tomorrow"])
        )


def test_nothing_is_put_over_what_stands_here(tmp_path: Path, key: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "is_database_empty", lambda: False)

    with pytest.raises(Failed, match="--replace"):
        restoration.restore_backup(tmp_path / "backup", secret_key=key, replace=False)


def test_a_running_program_is_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / "database"

    with file.open("wb"):
        assert not databases._is_open_elsewhere(file)  # by ourselves alone


def test_what_is_no_key_is_told(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.write_text("# nothing")

    with pytest.raises(Failed, match="no secret key"):
        encryption.read_secret_key(empty)
    with pytest.raises(Failed, match="no public key"):
        encryption.parse_public_key("age1nothing")
