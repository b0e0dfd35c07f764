"""Socket activation: a listening socket that systemd (or a proof) holds and passes to each new web server.

While one server ends and the next one starts, whoever comes waits in the queue of that socket: an upgrade turns
nobody away (G17). The protocol is that of ``sd_listen_fds(3)``: LISTEN_PID, LISTEN_FDS, first descriptor 3.
"""

import os
import socket
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from granian.server import MPServer

FIRST_DESCRIPTOR = 3
BACKLOG = 1024


def inherited_socket_descriptor() -> int | None:
    """The number of the socket that was passed to this very process, if one was."""
    if os.environ.get("LISTEN_PID") == str(os.getpid()) and os.environ.get("LISTEN_FDS", "0") != "0":
        return FIRST_DESCRIPTOR
    return None


def notify_systemd_ready() -> None:
    """Tell systemd that pages are answered from now on (``sd_notify(3)``): whoever starts us waits for that."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address:
        with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as connection:
            connection.connect(address.replace("@", "\0", 1) if address.startswith("@") else address)
            connection.send(b"READY=1")


def granian_server_class(descriptor: int | None) -> "type[MPServer]":
    """Granian, whose processes take connections from the socket ``descriptor`` if there is one.

    Granian opens a socket of its own for each process; to be told of another one, a process is started by way of
    ``_run_granian_worker_on_socket``. Let such a server open port 0: what it tries to open first is then free, and
    nobody comes there.
    """
    from granian.server import MPServer  # noqa: PLC0415 - where pages are served alone

    if descriptor is None:
        return MPServer

    class SocketActivated(MPServer):
        def startup(self, spawn_target: Callable[..., None], target_loader: Callable[..., Any]) -> None:
            """Start the processes, each on the socket that was passed on."""
            super().startup(
                partial(_run_granian_worker_on_socket, descriptor or FIRST_DESCRIPTOR, spawn_target), target_loader
            )

    return SocketActivated


def _run_granian_worker_on_socket(
    descriptor: int,
    spawn_target: Callable[..., None],
    worker: int,
    name: str | None,
    load: Callable[..., Any],
    _own_socket: object,
    *options: Any,
) -> None:
    """In the new process: be the worker of Granian, on the socket ``descriptor`` in place of its own."""
    from granian.net import SocketHolder  # noqa: PLC0415 - as above

    inherited = (None, SocketHolder(descriptor, False, BACKLOG)), None  # type: ignore[call-arg] # its stub lags behind
    spawn_target(worker, name, load, inherited, *options)
