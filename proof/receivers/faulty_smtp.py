"""An SMTP server that misbehaves by a script, in its own process: it records every letter it took before it answers.

``python -m proof.receivers.faulty_smtp --log FILE --script JSON [--certificates FOLDER]`` prints its port and runs
until its input ends. The log is that of ``plp.ops.receivers.sink``; beside it, ``FILE.faults`` has a line for each
fault that struck: ``<fault> <address or ->``.
"""

import argparse
import asyncio
import os
import re
import socket
import ssl
import struct
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from proof.receivers.certificates import server_context
from proof.receivers.smtp_script import Script, parse_script

END = b"\r\n.\r\n"
MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)
PIPELINED = 1.0  # seconds within which the rest of an envelope comes, if the client sends it at once
LONG = 600.0  # seconds that a stalled line stays open


class Cut(Exception):
    """This line is over."""


class Server:
    """What all lines share: the script, the log, and how often each address was tried."""

    def __init__(self, script: Script, log: Path, certificates: Path | None) -> None:
        self.script = script
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self.log, self.faults = os.open(log, flags, 0o600), os.open(f"{log}.faults", flags, 0o600)
        self.tried: Counter[str] = Counter()
        self.lines = self.hanging = 0
        self.good = server_context(certificates, "good") if certificates else None
        self.wrong = server_context(certificates, "wrong") if certificates else None

    async def serve_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One line, to its end."""
        self.lines += 1
        with suppress(Cut, OSError, EOFError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ssl.SSLError):
            await Line(self, reader, writer, self.script.fault_of_line(self.lines)).answer_commands()
        with suppress(OSError, RuntimeError, ssl.SSLError):
            writer.close()

    def log_fault(self, fault: str, address: str = "-") -> None:
        """Note that a fault struck."""
        os.write(self.faults, f"{fault} {address}\n".encode())

    def log_letter(self, letter: bytes, address: str) -> None:
        """Note a letter, before anybody is told."""
        found = MESSAGE_ID.search(letter)
        os.write(self.log, b"%.4f %s %s\n" % (time.time(), found[1] if found else b"-", address.encode()))


class Line:
    """One client."""

    def __init__(self, server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, fault: str) -> None:
        self.server, self.reader, self.writer, self.fault = server, reader, writer, fault
        self.encrypted = False

    async def answer_commands(self) -> None:
        """Greet, then answer commands until the client says goodbye or the line is cut."""
        if self.fault == "banner-endless":
            await self.send_endless_greeting()
        await self.apply_fault_if_stage("banner", self.fault)
        await self.send_answer("220 receiver")
        while line := await self.reader.readuntil(b"\r\n"):
            verb = line[:4].upper()
            if verb == b"EHLO":
                await self.apply_fault_if_stage("ehlo", self.fault)
                await self.send_answer(self.ehlo_answer())
            elif verb == b"STAR":
                await self.switch_to_tls()
            elif verb == b"MAIL":
                await self.receive_envelope_and_letter()
            elif verb == b"QUIT":
                await self.send_answer("221 bye")
                return
            else:
                await self.send_answer("250 ok")

    def ehlo_answer(self) -> str:
        """What EHLO is told; where STARTTLS is stripped it is not among it."""
        offered = self.server.script.starttls and not self.encrypted and self.fault != "tls-stripped"
        if self.fault == "tls-stripped":
            self.server.log_fault(self.fault)
        return "250-receiver\r\n250-PIPELINING\r\n" + ("250-STARTTLS\r\n" if offered else "") + "250 8BITMIME"

    async def switch_to_tls(self) -> None:
        """Turn to TLS, with the certificate that the script wants."""
        await self.send_answer("220 go")
        context = self.server.wrong if self.fault == "tls-wrong" else self.server.good
        if self.fault == "tls-wrong":
            self.server.log_fault(self.fault)
        assert context
        await self.writer.start_tls(context)
        self.encrypted = True

    async def receive_envelope_and_letter(self) -> None:
        """The envelope, all of which a client that knows PIPELINING has sent already, and the letter."""
        try:
            words = (await asyncio.wait_for(self.reader.readuntil(b"\r\n"), PIPELINED)).decode("ascii", "replace")
            waits = False
        except TimeoutError:  # a client that sends one command at a time
            waits = not await self.send_answer("250 ok")
            words = (await self.reader.readuntil(b"\r\n")).decode("ascii", "replace")
        address = words[words.find("<") + 1 : words.rfind(">")]
        fault = self.server.script.fault_of_letter(address, self.server.tried[address])
        self.server.tried[address] += 1
        if self.server.hanging < self.server.script.hanging and self.server.tried[address] == 1:
            await self.hang_until_client_gives_up(address)
        refused = not waits and (
            await self.apply_fault_if_stage("mail", fault, address) or await self.send_answer("250 ok")
        )
        refused = await self.apply_fault_if_stage("rcpt", fault, address, refused) or await self.send_answer(
            "250 ok", refused
        )
        await self.reader.readuntil(b"\r\n")
        if await self.apply_fault_if_stage("data", fault, address, refused) or await self.send_answer(
            "354 go", refused
        ):
            return
        if fault == "data-deaf":
            self.server.log_fault(fault, address)
            await asyncio.sleep(LONG)
        letter = await self.reader.readuntil(END)
        if self.server.script.starttls and not self.encrypted:
            self.server.log_fault("in-clear", address)
        if self.fault == "tls-wrong":
            self.server.log_fault("to-nobody", address)
        if fault in {"dot-reset", "dot-stall"}:
            self.server.log_letter(letter, address)
        if not await self.apply_fault_if_stage("dot", fault, address):
            self.server.log_letter(letter, address)
            await asyncio.sleep(self.server.script.delay)
            await self.send_answer("250 taken")

    async def apply_fault_if_stage(self, stage: str, fault: str, address: str = "-", refused: bool = False) -> bool:
        """Let the fault strike if this is its stage. Answers whether the client was refused; raises ``Cut``."""
        here, _, what = fault.partition("-")
        if here != stage or refused or what in {"deaf", "endless"}:
            return False
        self.server.log_fault(fault, address)
        if what == "stall":
            with suppress(TimeoutError):  # until the client gives up
                await asyncio.wait_for(self.reader.read(), LONG)
            raise Cut
        if what == "reset":
            await self.reset_connection()
        await self.send_answer(f"{what} by the script")
        if what == "421" or stage in {"banner", "ehlo"}:
            raise Cut
        return True

    async def hang_until_client_gives_up(self, address: str) -> None:
        """Be one of the lines that hang, until the client gives up."""
        self.server.hanging += 1
        try:
            await self.apply_fault_if_stage("rcpt", "rcpt-stall", address)
        finally:
            self.server.hanging -= 1

    async def reset_connection(self) -> None:
        """RST instead of a goodbye."""
        self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()
        raise Cut

    async def send_answer(self, words: str, refused: bool = False) -> bool:
        """An answer; after a refusal, that the order of commands is wrong. Answers ``refused``."""
        self.writer.write(("503 no" if refused else words).encode() + b"\r\n")
        await self.writer.drain()
        return refused

    async def send_endless_greeting(self) -> None:
        """A greeting without end."""
        self.server.log_fault(self.fault)
        while True:
            await self.send_answer("220-" + "welcome " * 100)
            await asyncio.sleep(0.001)


async def run_server_until_stdin_ends(script: Script, log: Path, certificates: Path | None) -> None:
    """Run until standard input ends (the parent is gone)."""
    server = Server(script, log, certificates)
    listening = await asyncio.start_server(server.serve_connection, "127.0.0.1", 0, backlog=512, limit=2_000_000)
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
    parser.add_argument("--script", type=parse_script, default=Script())
    parser.add_argument("--certificates", type=Path)
    options = parser.parse_args()
    asyncio.run(run_server_until_stdin_ends(options.script, options.log, options.certificates))


if __name__ == "__main__":
    main()
