"""A corner of the machine whose memory runs out: Linux then ends the process that we choose. For root alone."""

import os
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

ROOTS = {Path("/sys/fs/cgroup/memory"): "memory.limit_in_bytes", Path("/sys/fs/cgroup"): "memory.max"}
ROOM, GREED = 30_000_000, 90_000_000  # bytes that there are, bytes that somebody else wants
EATER = """
import os, pathlib, sys
pathlib.Path(sys.argv[1], "cgroup.procs").write_text(str(os.getpid()))
bytearray(int(sys.argv[2]))
"""


class MemoryLimit:
    """A control group with little memory."""

    def __init__(self) -> None:
        root = next((root for root in ROOTS if (root / "cgroup.procs").exists()), None)
        if root is None or os.geteuid() != 0:
            raise RuntimeError("This proof takes memory away from processes: run it as root, where control groups are.")
        self.folder = root / f"plp-proof-{uuid4().hex[:8]}"
        self.folder.mkdir()
        (self.folder / ROOTS[root]).write_text(str(ROOM))

    def exhaust_memory_until_killed(self, process: int) -> None:
        """Let the memory of ``process`` run out, because somebody beside it eats all there is; wait for its end."""
        Path(f"/proc/{process}/oom_score_adj").write_text("1000")  # this one first
        (self.folder / "cgroup.procs").write_text(str(process))
        eater = subprocess.Popen([sys.executable, "-c", EATER, str(self.folder), str(GREED)])
        until = time.monotonic() + 60
        while is_running(process):
            assert time.monotonic() < until, "nobody was ended for want of memory"
            time.sleep(0.01)
        eater.kill()
        eater.wait(60)

    def close(self) -> None:
        """Take it away."""
        until = time.monotonic() + 60
        while (self.folder / "cgroup.procs").read_text() and time.monotonic() < until:
            time.sleep(0.05)
        self.folder.rmdir()


def is_running(process: int) -> bool:
    """Whether it is there, and not only waiting for its end to be read."""
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
