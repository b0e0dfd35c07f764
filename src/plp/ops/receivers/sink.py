"""A lean SMTP sink in its own process: notes every accepted mail before it answers, and can be slow.

``python -m plp.ops.receivers.sink --log FILE [--delay SECONDS]`` prints its port and runs until its input ends.
Each line of the log is ``<time> <message id> <recipient>``, written with one system call before the 250.
"""

import argparse
import asyncio
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import uvloop

END = b"\r\n.\r\n"
MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)


class SmtpSink(asyncio.Protocol):
    """One client."""

    def __init__(self, log: int, delay: float) -> None:
        self.log = log
        self.delay = delay
        self.buffer = b""
        self.data = False
        self.recipient = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        """Answer every complete command; group the answers."""
        buffer = self.buffer + data if self.buffer else data
        answers = []
        while buffer:
            if self.data:
                end = buffer.find(END)
                if end < 0:
                    break
                self.log_accepted_mail(buffer[:end])
                buffer = buffer[end + len(END) :]
                self.data = False
                if self.delay:
                    asyncio.get_running_loop().call_later(self.delay, self.send_late_reply)
                else:
                    answers.append(b"250 taken\r\n")
                continue
            line, end_of_line, remainder = buffer.partition(b"\r\n")
            if not end_of_line:
                break
            buffer = remainder
            answers.append(self.reply_to_command(line))
        self.buffer = buffer
        if answers:
            self.transport.write(b"".join(answers))

    def send_late_reply(self) -> None:
        """Answer late, if anybody still listens."""
        if not self.transport.is_closing():
            self.transport.write(b"250 taken\r\n")

    def reply_to_command(self, line: bytes) -> bytes:
        """The answer to one command."""
        verb = line[:4].upper()
        if verb == b"RCPT":
            self.recipient = line[line.find(b"<") + 1 : line.rfind(b">")]
            return b"250 ok\r\n"
        if verb == b"DATA":
            self.data = True
            return b"354 go\r\n"
        if verb == b"EHLO":
            return b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n"
        if verb == b"QUIT":
            asyncio.get_running_loop().call_soon(self.transport.close)
            return b"221 bye\r\n"
        return b"250 ok\r\n"

    def log_accepted_mail(self, mail: bytes) -> None:
        """Write down what was accepted, before anybody is told."""
        message_id = MESSAGE_ID.search(mail)
        name = message_id[1] if message_id else b"-"
        os.write(self.log, b"%.4f %s %s\n" % (time.time(), name, self.recipient))


async def serve_until_stdin_ends(connection: Callable[[], asyncio.Protocol]) -> None:
    """Listen on a free port, told on standard output, until standard input ends (the parent is gone)."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(connection, "127.0.0.1", 0, backlog=512)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    ended = asyncio.Event()
    loop.add_reader(sys.stdin.fileno(), lambda: None if os.read(sys.stdin.fileno(), 1024) else ended.set())
    await ended.wait()
    server.close()


def serve_smtp_sink_from_arguments() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--delay", type=float, default=0.0)
    options = parser.parse_args()
    file = os.open(options.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    uvloop.run(serve_until_stdin_ends(lambda: SmtpSink(file, options.delay)))


if __name__ == "__main__":
    serve_smtp_sink_from_arguments()
