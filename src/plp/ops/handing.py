"""The door that outlives the server: a listening socket that systemd (or a proof) holds and hands to each new process.

While one server ends and the next one starts, who comes waits in the kernel's queue at that socket: an upgrade turns
nobody away (G17). The protocol is that of ``sd_listen_fds(3)``: LISTEN_PID, LISTEN_FDS, first descriptor 3.
"""

import os
import socket
from contextlib import closing
from typing import Any

FIRST = 3
BACKLOG = 1024


def handed() -> int | None:
    """The number of the descriptor that was handed to this very process, if one was."""
    if os.environ.get("LISTEN_PID") == str(os.getpid()) and os.environ.get("LISTEN_FDS", "0") != "0":
        return FIRST
    return None


def say_ready() -> None:
    """Tell systemd that pages are answered from now on (``sd_notify(3)``): whoever starts us waits for that."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address:
        with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as line:
            line.connect(address.replace("@", "\0", 1) if address.startswith("@") else address)
            line.send(b"READY=1")


def listen_on(server: Any, number: int) -> None:
    """Have a Granian server of several processes take connections from this socket, and open none of its own.

    Granian knows the way, for systems where its processes share one socket; it does not offer it on Linux.
    """
    from granian.net import SocketHolder  # noqa: PLC0415 - where pages are served alone

    def keep() -> None:
        server._ssp, server._sso, server._sfd = None, None, number
        server._shd = SocketHolder(number, False, BACKLOG)  # type: ignore[call-arg]  # its stub lags behind

    server._init_shared_socket = keep
