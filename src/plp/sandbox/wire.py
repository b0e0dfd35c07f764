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


class Broken(Exception):
    """The other side ended, or says what cannot be."""


class Late(Exception):
    """The other side took too long."""


def packed(head: dict[str, Any], parts: Sequence[bytes] = ()) -> bytes:
    """One message: ``head`` with the sizes of ``parts``, then these."""
    told = json.dumps(head | {"sizes": [len(part) for part in parts]}).encode()
    return b"".join((HEAD.pack(len(told)), told, *parts))


def send(number: int, message: bytes, *, until: float = float("inf")) -> None:
    """Write all of ``message`` to an open file. Raises ``Broken``, or ``Late`` after the moment ``until``."""
    rest = memoryview(message)
    while rest:
        _wait(number, until, writing=True)
        try:
            rest = rest[os.write(number, rest[:PIECE]) :]
        except BlockingIOError:
            continue
        except OSError as gone:
            raise Broken from gone


def receive(number: int, *, most: int, until: float = float("inf")) -> tuple[dict[str, Any], list[bytes]]:
    """One message from an open file, its parts of at most ``most`` bytes in all. Raises ``Broken`` or ``Late``."""
    (size,) = HEAD.unpack(_exactly(number, HEAD.size, until))
    if size > MOST_HEAD:
        raise Broken
    try:
        head = json.loads(_exactly(number, size, until))
        sizes = [int(one) for one in head["sizes"]]
    except (ValueError, KeyError, TypeError, RecursionError) as wrong:
        raise Broken from wrong
    if any(one < 0 for one in sizes) or sum(sizes) > most:
        raise Broken
    return head, [_exactly(number, one, until) for one in sizes]


def _exactly(number: int, size: int, until: float) -> bytes:
    pieces, missing = [], size
    while missing:
        _wait(number, until)
        piece = os.read(number, min(missing, PIECE))
        if not piece:
            raise Broken
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


def _wait(number: int, until: float, *, writing: bool = False) -> None:
    """Until the file can be read or written. Raises ``Late``."""
    left = None if until == float("inf") else until - time.monotonic()
    if left is not None and left <= 0:
        raise Late
    poll = select.poll()  # unlike select(), it takes numbers above 1,023
    poll.register(number, select.POLLOUT if writing else select.POLLIN)
    if not poll.poll(left if left is None else left * 1000):
        raise Late
