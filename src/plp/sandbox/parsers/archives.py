"""Archives of strangers, unpacked piece by piece: memory stays flat, and whoever asked decides when it is enough.

These are streams: a function is given the open file and a way to tell what it finds.
"""

import gzip
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO

from plp.sandbox.parsers import Rejected

Tell = Callable[[dict[str, Any], bytes], None]  # a head, and a piece that belongs to it

PIECE = 1 << 18
ZIP = b"PK\x03\x04"
MOST_MEMBERS = 1_000
MOST_BYTES = 4 * 1024**3  # unpacked


def stream_csv_files(source: BinaryIO, tell: Tell) -> None:
    """What a gzip holds, or each CSV file of a ZIP in turn: pieces, each with the number of its file from 0.

    Rejects ``damaged``, ``locked`` (a ZIP of which not even the list can be read, too), ``too_many`` files in it,
    ``too_big``, and ``no_table`` for a ZIP without one.
    """
    source.seek(0)  # whoever looked at its beginning may have left it anywhere
    start = source.read(len(ZIP))
    source.seek(0)
    try:
        if start != ZIP:
            _send_content_of_member(gzip.GzipFile(fileobj=source), {"file": 0}, tell)
            return
        with _open_zip(source) as archive:
            _send_csv_files(archive, tell)
    except RuntimeError as locked:  # a password, or a way to pack that we do not know
        raise Rejected("locked") from locked
    except (EOFError, zlib.error, zipfile.BadZipFile, OSError, ValueError) as damaged:
        raise Rejected("damaged") from damaged


def _open_zip(source: BinaryIO) -> zipfile.ZipFile:
    """The ZIP, its list read. Rejects ``locked``."""
    try:
        return zipfile.ZipFile(source)
    except (zipfile.BadZipFile, ValueError) as broken:
        raise Rejected("locked") from broken


def _send_csv_files(archive: zipfile.ZipFile, tell: Tell) -> None:
    infos = archive.infolist()
    chosen = [info for info in infos if info.filename.lower().endswith(".csv")]
    if len(infos) > MOST_MEMBERS:
        raise Rejected("too_many")
    if sum(info.file_size for info in chosen) > MOST_BYTES:
        raise Rejected("too_big")
    if not chosen:
        raise Rejected("no_table")
    for number, info in enumerate(chosen):
        with archive.open(info) as member:
            _send_content_of_member(member, {"file": number}, tell)


def stream_entries(source: BinaryIO, tell: Tell) -> None:
    """What a tar with gzip holds: for each file a head with its ``name`` and ``size``, then its pieces.

    Rejects ``damaged``, and ``foreign`` (with the name) for what is not a plain file.
    """
    try:
        with tarfile.open(fileobj=source, mode="r|gz") as archive:
            for entry in archive:
                member = archive.extractfile(entry) if entry.isfile() else None
                if member is None:
                    raise Rejected("foreign", entry.name)
                tell({"name": entry.name, "size": entry.size}, b"")
                _send_content_of_member(member, {}, tell)
    except (tarfile.TarError, EOFError, zlib.error, OSError, ValueError) as damaged:
        raise Rejected("damaged") from damaged


def _send_content_of_member(file: Any, head: dict[str, Any], tell: Tell) -> None:
    while piece := file.read1(PIECE):  # before an end that comes too soon, what there was
        tell(head, piece)
