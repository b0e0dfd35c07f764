"""Archives come piece by piece; what is no archive, or would never end, is rejected."""

import gzip
import io
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from plp.sandbox import process
from plp.sandbox.client import stream_from_sandbox
from plp.sandbox.parsers import Rejected
from plp.sandbox.parsers.archives import MOST_MEMBERS, stream_csv_files, stream_entries
from plp.sandbox.refusals import NotReadNow, TooHeavy


def zipped(*names: str, content: bytes = b"a,b\n") -> bytes:
    """A ZIP with these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return made.getvalue()


def tarred(*made: tarfile.TarInfo) -> bytes:
    """A tar with these entries, a byte each."""
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w:gz") as archive:
        for entry in made:
            entry.size = 1 if entry.isfile() else 0
            archive.addfile(entry, io.BytesIO(b"x"))
    return whole.getvalue()


def link(name: str) -> tarfile.TarInfo:
    """A link that leads away."""
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
    return entry


def told(parser: Any, content: bytes) -> list[tuple[dict[str, Any], bytes]]:
    """What a parser says of an archive."""
    found: list[tuple[dict[str, Any], bytes]] = []
    parser(io.BytesIO(content), lambda head, piece: found.append((head, piece)))
    return found


def test_each_table_comes_with_its_number_through_the_sandbox(tmp_path: Path) -> None:
    path = tmp_path / "addresses"
    path.write_bytes(zipped("a.csv", "readme.txt", "B.CSV"))

    with path.open("rb") as source:
        source.read(4)
        source.seek(0)
        assert list(stream_from_sandbox("archives:stream_csv_files", source)) == [
            ({"file": 0}, b"a,b\n"),
            ({"file": 1}, b"a,b\n"),
        ]


def test_each_entry_comes_with_its_name_and_size() -> None:
    found = told(stream_entries, tarred(tarfile.TarInfo("a"), tarfile.TarInfo("files/b")))

    assert found == [({"name": "a", "size": 1}, b""), ({}, b"x"), ({"name": "files/b", "size": 1}, b""), ({}, b"x")]


@pytest.mark.parametrize(
    ("parser", "content", "key"),
    [
        (stream_csv_files, b"rubbish", "damaged"),
        (stream_csv_files, gzip.compress(b"a,b\n" * 99)[:-9], "damaged"),
        (stream_csv_files, zipped("a.csv")[:-9], "locked"),
        (stream_csv_files, zipped("a.csv").replace(b"a,b\n", b"a,c\n"), "damaged"),
        (stream_csv_files, zipped("readme.txt"), "no_table"),
        (stream_csv_files, zipped(*(f"{number}.csv" for number in range(MOST_MEMBERS + 1))), "too_many"),
        (stream_entries, b"rubbish", "damaged"),
        (stream_entries, tarred(tarfile.TarInfo("a"))[:-30], "damaged"),
        (stream_entries, tarred(link("a")), "foreign"),
    ],
)
def test_what_is_no_such_archive_is_rejected(parser: Any, content: bytes, key: str) -> None:
    with pytest.raises(Rejected) as rejected:
        told(parser, content)

    assert rejected.value.key == key


def test_a_stream_that_dies_or_never_starts_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "backup"
    path.write_bytes(b"x")

    with path.open("rb") as source, pytest.raises(TooHeavy):
        list(stream_from_sandbox("no:such", source))
    monkeypatch.setattr(process, "_interpreter_path", lambda: "/nowhere/python")
    with path.open("rb") as source, pytest.raises(NotReadNow):
        list(stream_from_sandbox("archives:stream_entries", source))
