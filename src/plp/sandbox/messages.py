"""What goes over the pipes: a head in JSON, small and of known size, and bytes whose number the head tells.

Nothing is ever unpickled. Whoever reads takes no more than it allowed beforehand.
"""

import json
import os
import select
import struct
import time
from collections.abc import Sequence
from typing import Any

HEAD = struct.Struct(">I")
MOST_HEAD = 64 * 2**10
PIECE = 1 << 20


class ConnectionBroken(Exception):
    """The other side ended, or says what cannot be."""


class TimedOut(Exception):
    """The other side took too long."""


def pack_message(head: dict[str, Any], parts: Sequence[bytes] = ()) -> bytes:
    """One message: ``head`` with the sizes of ``parts``, then these."""
    header = json.dumps(head | {"sizes": [len(part) for part in parts]}).encode()
    return b"".join((HEAD.pack(len(header)), header, *parts))


def write_message_to_file(file_number: int, message: bytes, *, until: float = float("inf")) -> None:
    """Write all of ``message`` to an open file. Raises ``ConnectionBroken``, or ``TimedOut`` after ``until``."""
    pending = memoryview(message)
    while pending:
        _wait_until_ready(file_number, until, writing=True)
        try:
            pending = pending[os.write(file_number, pending[:PIECE]) :]
        except BlockingIOError:
            continue
        except OSError as gone:
            raise ConnectionBroken from gone


def read_message_from_file(
    file_number: int, *, most_bytes: int, until: float = float("inf")
) -> tuple[dict[str, Any], list[bytes]]:
    """One message from an open file, its parts of ``most_bytes`` at most in all.

    Raises ``ConnectionBroken`` or ``TimedOut``.
    """
    (size,) = HEAD.unpack(_read_exactly(file_number, HEAD.size, until))
    if size > MOST_HEAD:
        raise ConnectionBroken
    try:
        head = json.loads(_read_exactly(file_number, size, until))
        sizes = [int(part_size) for part_size in head["sizes"]]
    except (ValueError, KeyError, TypeError, RecursionError) as wrong:
        raise ConnectionBroken from wrong
    if any(part_size < 0 for part_size in sizes) or sum(sizes) > most_bytes:
        raise ConnectionBroken
    return head, [_read_exactly(file_number, part_size, until) for part_size in sizes]


def _read_exactly(file_number: int, size: int, until: float) -> bytes:
    pieces, missing = [], size
    while missing:
        _wait_until_ready(file_number, until)
        piece = os.read(file_number, min(missing, PIECE))
        if not piece:
            raise ConnectionBroken
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


def _wait_until_ready(file_number: int, until: float, *, writing: bool = False) -> None:
    """Until the file can be read or written. Raises ``TimedOut``."""
    remaining = None if until == float("inf") else until - time.monotonic()
    if remaining is not None and remaining <= 0:
        raise TimedOut
    poll = select.poll()  # unlike select(), it takes numbers above 1,023
    poll.register(file_number, select.POLLOUT if writing else select.POLLIN)
    if not poll.poll(remaining if remaining is None else remaining * 1000):
        raise TimedOut
