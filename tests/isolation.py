"""Tests stay on this machine and in this checkout: a process of theirs that would leave either fails there and then.

Holds in the processes of pytest, not in the programs that they start; what tests, proofs and the demo name in their
source is looked at by ``tests/guards/test_isolation.py``.
"""

import ipaddress
import os
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SYSTEM = ("usr", "etc", "bin", "sbin", "lib", "lib32", "lib64", "proc", "sys", "dev", "run", "var", "opt", "nix")
OPENING = ("open", "os.listdir", "os.scandir")  # audit events whose first argument is a path


def is_loopback(host: object) -> bool:
    """Whether a socket address stays on this machine."""
    if not isinstance(host, str | bytes):
        return True
    name = host.decode() if isinstance(host, bytes) else host
    if name in {"", "localhost", "0.0.0.0", "::"}:
        return True
    try:
        return ipaddress.ip_address(name.split("%")[0]).is_loopback
    except ValueError:
        return False


@cache
def _own_folders() -> tuple[str, ...]:
    """The checkout, Python with its packages, and where temporary files stand."""
    pythons = (sys.prefix, sys.base_prefix, sys.exec_prefix, *sysconfig.get_paths().values())
    folders = {str(ROOT), tempfile.gettempdir(), *pythons}
    return tuple(sorted({os.path.join(path, "") for folder in folders for path in (folder, os.path.realpath(folder))}))


def _beside(path: str, root: str) -> bool:
    """Whether ``path`` lies in the folder that holds the checkout: what is not there in a clone somewhere else."""
    parent = os.path.join(os.path.dirname(root), "")
    return parent != os.sep and path.startswith(parent)


def is_outside(path: object, root: str = str(ROOT)) -> bool:
    """Whether a path leads to a file that neither the checkout, nor Python, nor the system brings.

    ``path``: what was given to ``open`` (a file descriptor leads nowhere). Folders of the system count as outside
    where they hold the checkout itself.
    """
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    full = os.path.abspath(os.fsdecode(path))
    if os.path.join(full, "").startswith((os.path.join(root, ""), *_own_folders())):
        return False
    return _beside(full, root) or full.split(os.sep)[1] not in {*SYSTEM, ""}


def _refuse_path(arguments: tuple[object, ...]) -> None:
    if is_outside(arguments[0]):
        raise RuntimeError(f"A test tried to read {arguments[0]!r}: what tests need is in the repository.")


def _refuse_address(arguments: tuple[object, ...]) -> None:
    address = arguments[1]
    if isinstance(address, tuple) and not is_loopback(address[0]):
        raise RuntimeError(f"A test tried to reach {address[0]}: tests stay on this machine.")


def _refuse_name(arguments: tuple[object, ...]) -> None:
    if not is_loopback(arguments[0]):
        raise RuntimeError(f"A test tried to look up {arguments[0]}: tests stay on this machine.")


LOOKS: dict[str, Callable[[tuple[object, ...]], None]] = {
    **dict.fromkeys(OPENING, _refuse_path),
    "socket.connect": _refuse_address,
    "socket.getaddrinfo": _refuse_name,
}


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook: Python asks thousands of times a second, mostly of what is no business of ours."""
    if look := LOOKS.get(event):
        look(arguments)


def enforce() -> None:
    """From now on, for the life of this process."""
    sys.addaudithook(_refuse)
