"""Rights that a process gives up for good: files, the network, other processes. What a kernel does not know stays.

Landlock (Linux 5.13, more with later ones) needs no rights of its own. Our units of systemd let it through.
"""

import contextlib
import ctypes
import os
import signal
import struct
import sys

from plp.sandbox import limits

SYSTEM = ctypes.CDLL(None, use_errno=True)
DIES_WITH_PARENT, NO_NEW_RIGHTS = 1, 38  # of prctl(2): PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS
NEW_RULES, ADD_RULE, CONFINE = 444, 445, 446  # of syscall(2): landlock_create_ruleset, _add_rule, _restrict_self
ASK_VERSION, BELOW_PATH = 1, 1
READ = 1 << 2 | 1 << 3  # a file, a folder
FILES = {1: 13, 2: 14, 3: 15, 5: 16}  # version of Landlock -> how many rights over files it knows
TCP, SIGNALS = 4, 6  # versions that know bind and connect; abstract sockets and signals


def drop_process_rights() -> None:
    """For the process that waits: behind the pages, nothing more to gain, no network where the system lets us."""
    with contextlib.suppress(OSError):
        os.nice(limits.NICENESS)
    SYSTEM.prctl(NO_NEW_RIGHTS, 1, 0, 0, 0)
    with contextlib.suppress(OSError):  # some systems let nobody but root
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET | os.CLONE_NEWIPC)


def confine_process() -> None:
    """For the copy that reads: no file but those of Python and of our code, which is loaded when it is wanted; no
    connection, no signal to others. It ends with whoever waits for it.
    """
    SYSTEM.prctl(DIES_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    version = SYSTEM.syscall(NEW_RULES, None, 0, ASK_VERSION)
    if version < 1:
        return
    files = (1 << max(count for since, count in FILES.items() if since <= version)) - 1
    fields = [files, *([3] if version >= TCP else []), *([3] if version >= SIGNALS else [])]
    rules = struct.pack(f"{len(fields)}Q", *fields)
    number = SYSTEM.syscall(NEW_RULES, rules, len(rules), 0)
    if number < 0:
        return
    for path in filter(os.path.isdir, sys.path):
        folder = os.open(path, os.O_PATH)
        SYSTEM.syscall(ADD_RULE, number, BELOW_PATH, struct.pack("<Qi", READ, folder), 0)
        os.close(folder)
    SYSTEM.syscall(CONFINE, number, 0)
    os.close(number)
