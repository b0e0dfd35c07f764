"""What a mail server that misbehaves does, and when: by seed for a share of lines and letters, or by an address's name.

A fault is ``<stage>-<what>``. Stages of a line: ``banner ehlo tls``; of a letter: ``mail rcpt data dot``. What is done:
a code (``rcpt-450``), ``stall`` (no answer, the line stays open), ``reset`` (RST), ``endless`` (a banner without end),
``wrong`` (a certificate of nobody), ``stripped`` (no STARTTLS offered), ``deaf`` (reads on no more). A letter whose
line is cut, or stalls, at the dot was taken and recorded before.
"""

import json
import random
from collections.abc import Mapping
from typing import NamedTuple


class Script(NamedTuple):
    """``lines`` and ``letters``: share of each fault. An address ``…@rcpt-450.example.be`` names its own fault.

    ``times``: at how many tries of one address a named fault strikes. ``delay``: seconds before the answer to the dot.
    ``starttls``: the server offers TLS, and takes note of every letter that comes in clear. ``hanging``: so many lines
    hang in the middle of a letter at any time, each at its first try.
    """

    seed: int = 1
    lines: Mapping[str, float] = {}
    letters: Mapping[str, float] = {}
    times: int = 1
    delay: float = 0.0
    starttls: bool = False
    hanging: int = 0

    def fault_of_line(self, number: int) -> str:
        """The fault of a line by its number, or ''."""
        return _random_fault(f"{self.seed}:line:{number}", self.lines)

    def fault_of_letter(self, address: str, tried: int) -> str:
        """The fault of a letter to ``address`` that was tried ``tried`` times before, or ''."""
        named = address.partition("@")[2].partition(".")[0]
        if "-" in named:
            name, _, always = named.partition("--")
            return name if always or tried < self.times else ""
        return _random_fault(f"{self.seed}:{address}:{tried}", self.letters)

    def as_text(self) -> str:
        """For a command line."""
        return json.dumps(self._asdict())


def parse_script(text: str) -> Script:
    """The opposite of ``as_text``."""
    return Script(**json.loads(text))


def _random_fault(what: str, shares: Mapping[str, float]) -> str:
    """The fault that chance picks for this thing: always the same one."""
    left = random.Random(what).random() if shares else 1.0
    for fault, share in shares.items():
        if left < share:
            return fault
        left -= share
    return ""
