"""A gateway that speaks Kannel's HTTP and misbehaves by a script, in its own process.

``python -m proof.receivers.faulty_sms --log FILE --script JSON`` prints its port and runs until its input ends. A line
of the log is ``<time> <our reference> <number> <parts>``, written before the answer: the SMS is on its way from then
on. Beside it, ``FILE.faults`` has a line for each fault that struck.

Faults: a code (``429``, ``500``, ``502``, ``503``: nothing was sent), ``inside`` (200 with an error in it: nothing was
sent); and with the SMS sent: ``stall`` (no answer), ``reset``, ``drip`` (an answer slower than patience),
``garbage`` (200 with words of nobody), ``504`` (a proxy that waited in vain).
"""

import argparse
import asyncio
import json
import os
import random
import socket
import struct
import sys
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

LONG = 600.0  # seconds
TAKEN = {"stall", "reset", "drip", "garbage", "504"}  # faults that come after the SMS was sent
GOOD = ("0: Accepted for delivery", "3: Queued for later delivery")
GARBAGE = ("<html>welcome</html>", '{"status": ', "\x00\xff", "", "OK")


class Script(NamedTuple):
    """``faults``: share of each. ``knows``: a second request with the same reference sends no second SMS.

    ``after``: the pause in seconds that a 429 asks for. ``spares``: of an SMS that met a fault so often no more do.
    ``delay``: seconds before any answer.
    """

    seed: int = 1
    faults: Mapping[str, float] = {}
    knows: bool = False
    after: int = 1
    spares: int = 1_000
    delay: float = 0.0

    def fault_of_try(self, reference: str, tried: int) -> str:
        """What the try after ``tried`` others meets, or ''."""
        left = random.Random(f"{self.seed}:{reference}:{tried}").random()
        for fault, share in self.faults.items() if tried < self.spares else ():
            if left < share:
                return fault
            left -= share
        return ""

    def as_text(self) -> str:
        """For a command line."""
        return json.dumps(self._asdict())


class Gateway:
    """What all lines share."""

    def __init__(self, script: Script, log: Path) -> None:
        self.script = script
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self.log, self.faults = os.open(log, flags, 0o600), os.open(f"{log}.faults", flags, 0o600)
        self.tried: Counter[str] = Counter()
        self.sent: set[str] = set()

    async def serve_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One line, to its end."""
        with suppress(OSError, EOFError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while await self.answer_sms_request(reader, writer):
                pass
        with suppress(OSError):
            writer.close()

    async def answer_sms_request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request. Answers whether the line goes on."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii")
        query = {key: values[0] for key, values in parse_qs(urlsplit(head.split(" ")[1]).query).items()}
        reference = query.get("reference", "-")
        fault = self.script.fault_of_try(reference, self.tried[reference])
        self.tried[reference] += 1
        if fault:
            os.write(self.faults, f"{fault} {reference}\n".encode())
        if not fault or fault in TAKEN:
            self.log_and_remember_sms(reference, query.get("to", "-"), count_sms_parts(query))
        await asyncio.sleep(self.script.delay)
        if fault == "stall":
            with suppress(TimeoutError):
                await asyncio.wait_for(reader.read(), LONG)
            return False
        if fault == "reset":
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
            return False
        words = http_response_bytes(*self.response_of_fault(fault, reference))
        for part in [words[at : at + 1] for at in range(len(words))] if fault == "drip" else [words]:
            writer.write(part)
            await writer.drain()
            if fault == "drip":
                await asyncio.sleep(0.2)
        return True

    def log_and_remember_sms(self, reference: str, number: str, parts: int) -> None:
        """Send it, once only where the reference is known."""
        if not (self.script.knows and reference in self.sent):
            os.write(self.log, f"{time.time():.4f} {reference} {number} {parts}\n".encode())
        self.sent.add(reference)

    def response_of_fault(self, fault: str, reference: str) -> tuple[int, str, str]:
        """Status, further header, body."""
        if not fault or fault == "drip":
            return (
                202,
                "",
                random.Random(reference).choice(["0: Accepted for delivery", "3: Queued for later delivery"]),
            )
        if fault == "inside":
            return 200, "", "Error 5: no credit left"
        if fault == "garbage":
            return 200, "", random.Random(reference).choice(GARBAGE)
        more = f"Retry-After: {self.script.after}\r\n" if fault == "429" else ""
        return int(fault), more, "Temporal failure, try again later."


def count_sms_parts(query: Mapping[str, str]) -> int:
    """What a network bills for a text, counted anew here: 160 or 153 letters of seven bits, 70 or 67 of sixteen."""
    words = query.get("text", "")
    seven = query.get("coding", "0") == "0"
    units = len(words) + sum(one in "^{}\\[~]|€" for one in words) if seven else len(words.encode("utf-16-be")) // 2
    single, part = (160, 153) if seven else (70, 67)
    return 1 if units <= single else -(-units // part)


def http_response_bytes(status: int, more: str, body: str) -> bytes:
    """An answer as it goes over the line."""
    content = body.encode("latin-1")
    return f"HTTP/1.1 {status} Said\r\n{more}Content-Length: {len(content)}\r\n\r\n".encode() + content


async def run_gateway_until_stdin_ends(script: Script, log: Path) -> None:
    """Run until standard input ends (the parent is gone)."""
    listening = await asyncio.start_server(Gateway(script, log).serve_connection, "127.0.0.1", 0, backlog=512)
    print(listening.sockets[0].getsockname()[1], flush=True)
    ended = asyncio.Event()
    asyncio.get_running_loop().add_reader(
        sys.stdin.fileno(), lambda: None if os.read(sys.stdin.fileno(), 1024) else ended.set()
    )
    await ended.wait()
    listening.close()
    listening.close_clients()


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--script", type=lambda text: Script(**json.loads(text)), default=Script())
    options = parser.parse_args()
    asyncio.run(run_gateway_until_stdin_ends(options.script, options.log))


if __name__ == "__main__":
    main()
