"""An SMTP server that takes its time before the data, before it takes a letter, and before it answers; in its own
process.

``python -m proof.receivers.slow_smtp --log FILE [--delay SECONDS] [--seed N]`` prints its port and runs until its input
ends. Each wait lasts up to twice the delay. A letter whose sender hangs up before it is taken is dropped. The log is
that of ``plp.ops.receivers.sink``; beside it, ``FILE.ends`` has a line for each letter that was announced:
``<how far it came> <message id or ->``, where how far is one of ``STAGES``.

Whether an answer was read is told by the way a connection ends: a kernel that throws away unread bytes resets it.
"""

import argparse
import asyncio
import os
import random
import re
import socket
import time
from collections.abc import Callable
from pathlib import Path

import uvloop

from plp.ops.receivers.sink import serve_until_stdin_ends

END = b"\r\n.\r\n"
MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)
ANNOUNCED, ARRIVED, TAKEN, ANSWERED, READ = STAGES = "announced", "arrived", "taken", "answered", "read"


class Receiver:
    """What all connections share."""

    def __init__(self, log: Path, delay: float, seed: int) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self.log, self.ends = os.open(log, flags, 0o600), os.open(f"{log}.ends", flags, 0o600)
        self.delay, self.dice = delay, random.Random(seed)

    def call_after_random_delay(self, act: Callable[[], None]) -> None:
        """Take the next step of a connection later."""
        asyncio.get_running_loop().call_later(self.dice.uniform(0, 2 * self.delay), act)


class Connection(asyncio.Protocol):
    """One client, who sends one letter after the other."""

    def __init__(self, receiver: Receiver) -> None:
        self.receiver = receiver
        self.buffer = b""
        self.stage = ""  # how far the letter is that was announced last, or nothing
        self.name, self.recipient = b"-", b""
        self.gone = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.transport.write(b"220 receiver\r\n")

    def data_received(self, data: bytes) -> None:
        """Answer commands; the end of a letter is answered later."""
        if self.stage == ANSWERED:
            self.stage = READ
            self.log_stage_of_letter()
        self.buffer += data
        while self.buffer and not self.stage:
            line, found, rest = self.buffer.partition(b"\r\n")
            if not found:
                return
            self.buffer = rest
            self.answer_command(line)
        if self.stage == ANNOUNCED and END in self.buffer:
            letter, _, self.buffer = self.buffer.partition(END)
            found_name = MESSAGE_ID.search(letter)
            self.name, self.stage = found_name[1] if found_name else b"-", ARRIVED
            self.receiver.call_after_random_delay(self.log_letter_as_taken)

    def answer_command(self, line: bytes) -> None:
        """The answer to one command; to DATA it comes later."""
        verb = line[:4].upper()
        if verb == b"RCPT":
            self.recipient = line[line.find(b"<") + 1 : line.rfind(b">")]
        if verb == b"DATA":
            self.name, self.stage = b"-", ANNOUNCED
            self.receiver.call_after_random_delay(self.ask_for_letter)
        elif verb == b"QUIT":
            self.transport.write(b"221 bye\r\n")
            self.transport.close()
        else:
            self.transport.write(
                b"250-receiver\r\n250-PIPELINING\r\n250 8BITMIME\r\n" if verb == b"EHLO" else b"250 ok\r\n"
            )

    def ask_for_letter(self) -> None:
        """Ask for the data."""
        if not self.gone:
            self.transport.write(b"354 go\r\n")

    def log_letter_as_taken(self) -> None:
        """Take the letter, if its sender is still there."""
        if not self.gone:
            self.stage = TAKEN
            os.write(self.receiver.log, b"%.4f %s %s\n" % (time.time(), self.name, self.recipient))
            self.receiver.call_after_random_delay(self.confirm_letter)

    def confirm_letter(self) -> None:
        """Say that it was taken."""
        if not self.gone:
            self.stage = ANSWERED
            self.transport.write(b"250 taken\r\n")

    def eof_received(self) -> None:
        """The client hung up, or is dead: a clean end says that it had read everything. An answer that was written to
        a dead one, whose end was not seen yet, has left an error.
        """
        failed = self.transport.get_extra_info("socket").getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if self.stage == ANSWERED and not failed:
            self.stage = READ

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  asyncio's signature
        """That was its last letter."""
        self.gone = True
        self.log_stage_of_letter()

    def log_stage_of_letter(self) -> None:
        """Note how far the letter came."""
        if self.stage:
            os.write(self.receiver.ends, b"%s %s\n" % (self.stage.encode(), self.name))
        self.stage = ""


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--delay", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    receiver = Receiver(options.log, options.delay, options.seed)
    uvloop.run(serve_until_stdin_ends(lambda: Connection(receiver)))


if __name__ == "__main__":
    main()
