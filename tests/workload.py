"""How much work an act is, whatever machine does it and whoever else uses it.

Processor time of this process and of the programs that it ended, divided by how fast this machine is at this moment:
a loop whose cost is known runs just before and just after. So a bound is one of work, never of the clock on the wall.
"""

import hashlib
import resource
import time
from collections.abc import Callable

LOOP_SECONDS = 0.0073  # what one loop takes on the machine that the bounds were written on
BLOCK = bytes(2_000)


def _processor() -> float:
    """Processor seconds of this process and of those that it waited for, so far."""
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def _loop() -> float:
    """Processor seconds of one loop: some of it Python, some of it C."""
    begun = time.process_time()
    total = 0
    for number in range(100_000):
        total += number & 7
    for _ in range(2_000):
        hashlib.sha256(BLOCK).digest()
    return time.process_time() - begun


def work_of(act: Callable[[], object]) -> float:
    """The work of ``act``, in processor seconds of the machine that the bounds were written on."""
    before = _loop()
    begun = _processor()
    act()
    used = _processor() - begun
    return used * LOOP_SECONDS / max(before, _loop())
