"""Telephones for the demonstration, the tests and the proofs: SIP and sound over UDP on loopback, in this process.

Each number has a script: whether it answers, what it presses, what it says. Keys are pressed as RFC 4733 has it.
"""

import asyncio
import re
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from plp.ops.receivers.mailbox import RunningReceiver

FRAME = 0.02  # seconds of sound in a packet
KEYS = "0123456789*#ABCD"
SILENCE, NOISE = bytes([0xFF]) * 160, bytes([0x00, 0x80]) * 80  # PCMU: nothing, and as loud as it goes
Address = tuple[str, int]


@dataclass(frozen=True)
class TelephoneScript:
    """What a telephone does. ``status``: what it answers (200, 486, 404; 180: it rings for ever).

    ``keys``: what is pressed, the first ``after`` seconds behind the answer, a second between two; the last one three
    times more, as people do who are not heard. ``speaks``: seconds
    for which it speaks first, as an answering machine does. ``hangs_up``: seconds after the answer. ``hears``: packets
    with a voice in them that are listened to before these seconds begin, so that no machine is too slow for them.
    """

    status: int = 200
    keys: str = "1"
    after: float = 0.3
    speaks: float = 0.0
    hangs_up: float | None = None
    hears: int = 0


type ScriptChoice = Callable[[str], TelephoneScript]


class ReceivedCall(NamedTuple):
    """A call that was answered, once it is over. ``frames``: packets of sound that were not silent."""

    number: str
    keys: str
    frames: int


@dataclass
class AnsweredCall:
    """One call in progress."""

    number: str
    script: TelephoneScript
    answer: bytes = b""
    frames: int = 0
    pressed: str = ""
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    sound: asyncio.DatagramTransport | None = None

    def end(self) -> None:
        """Nothing more is sent."""
        for task in self.tasks:
            task.cancel()
        if self.sound is not None:
            self.sound.close()


class SoundReceiver(asyncio.DatagramProtocol):
    """Counts the packets of one call that hold a voice."""

    def __init__(self, call: AnsweredCall) -> None:
        self.call = call

    def datagram_received(self, data: bytes, _address: Address) -> None:
        """One packet: its twelve first bytes are no sound."""
        self.call.frames += len(set(data[12:])) > 4


class Telephones(asyncio.DatagramProtocol):
    """Every telephone behind one port: the user part of a request's address is the number that rings."""

    def __init__(self, script_of: ScriptChoice, receiver: RunningReceiver[ReceivedCall]) -> None:
        self.script_of, self.receiver = script_of, receiver
        self.calls: dict[str, AnsweredCall] = {}
        self.rung: list[str] = []

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        """Keep where answers leave."""
        self.transport = transport

    def datagram_received(self, data: bytes, address: Address) -> None:
        """One request."""
        words = data.decode("utf-8", "replace")
        method, key = words.partition(" ")[0], sip_header(words, "Call-ID")
        if method == "INVITE":
            self._handle_invite(words, key, address)
        elif method == "CANCEL":
            self._send_reply(words, "200 OK", address)
            self._send_reply(words.replace("CANCEL", "INVITE"), "487 Request Terminated", address)
        elif method == "BYE":
            self._send_reply(words, "200 OK", address)
            self._end_and_report_call(key)
        elif method in {"OPTIONS", "REGISTER"}:
            self._send_reply(words, "200 OK", address)

    def _handle_invite(self, request: str, call_id: str, address: Address) -> None:
        call = self.calls.get(call_id)
        if call is not None and call.answer:  # asked again: our answer was lost
            self.transport.sendto(call.answer, address)
            return
        number = request.partition("sip:")[2].partition("@")[0]
        script = self.script_of(number)
        call = self.calls[call_id] = AnsweredCall(number, script)
        self.rung.append(number)
        self._send_reply(request, "180 Ringing", address)
        if script.status == 200:
            call.tasks.append(asyncio.ensure_future(self._accept_call_and_play_script(request, call_id, address)))
        elif script.status > 200:
            self._send_reply(request, f"{script.status} No", address)

    async def _accept_call_and_play_script(self, request: str, call_id: str, address: Address) -> None:
        """Pick up, speak, press, perhaps hang up."""
        call, loop = self.calls[call_id], asyncio.get_running_loop()
        call.sound, _ = await loop.create_datagram_endpoint(lambda: SoundReceiver(call), local_addr=(address[0], 0))
        host, port = call.sound.get_extra_info("sockname")
        events = re.search(r"a=rtpmap:(\d+) telephone-event", request)
        kind = int(events[1]) if events else 101
        description = (
            f"v=0\r\no=- 1 1 IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\nm=audio {port} RTP/AVP 0 {kind}\r\n"
            f"a=rtpmap:0 PCMU/8000\r\na=rtpmap:{kind} telephone-event/8000\r\na=fmtp:{kind} 0-15\r\na=sendrecv\r\n"
        )
        call.answer = self._send_reply(request, "200 OK", address, description)
        target = (
            re.search(r"^c=IN IP4 (\S+)", request, re.MULTILINE),
            re.search(r"^m=audio (\d+)", request, re.MULTILINE),
        )
        assert target[0] and target[1], "a call without sound"  # noqa: S101, PT018
        await self._send_sound_and_keys(call, (target[0][1], int(target[1][1])), kind)
        if call.script.hangs_up is not None:
            self._send_hang_up(request, address)

    @staticmethod
    async def _send_sound_and_keys(call: AnsweredCall, target: Address, payload_type: int) -> None:
        """Send sound frame by frame, and each key as three packets of its press and three of its end."""
        assert call.sound is not None  # noqa: S101
        loop, script, source = asyncio.get_running_loop(), call.script, secrets.token_bytes(4)
        begun, number, listened = loop.time(), 0, 0
        presses = script.keys + 3 * script.keys[-1:]
        times = {round((script.after + place) / FRAME): key for place, key in enumerate(presses)}
        last = round(script.hangs_up / FRAME) if script.hangs_up is not None else 1 << 30
        while number - listened < last:
            if call.frames < script.hears:
                listened = number + 1
            stamp = (number * 160).to_bytes(4, "big")
            content = NOISE if number * FRAME < script.speaks else SILENCE
            call.sound.sendto(b"\x80\x00" + _two_bytes(number) + stamp + source + content, target)
            if number - listened in times:
                for end in (0x0A, 0x0A, 0x0A, 0x8A, 0x8A, 0x8A):
                    event = bytes([KEYS.index(times[number - listened]), end]) + _two_bytes(800)
                    call.sound.sendto(bytes([0x80, payload_type]) + _two_bytes(number) + stamp + source + event, target)
                call.pressed += times[number - listened]
            number += 1
            await asyncio.sleep(max(0.0, begun + number * FRAME - loop.time()))

    def _send_reply(self, request: str, status: str, address: Address, description: str = "") -> bytes:
        """Answer a request, with what it said of itself."""
        same = [
            line for line in request.partition("\r\n\r\n")[0].split("\r\n")[1:]
            if line.lower().startswith(("via:", "from:", "call-id:", "cseq:"))
        ]  # fmt: skip
        to = sip_header(request, "To")
        to = to if ";tag=" in to or status.startswith("100") else f"{to};tag={sip_header(request, 'Call-ID')[:12]}"
        host, port = self.transport.get_extra_info("sockname")
        content = description.encode()
        lines = [f"SIP/2.0 {status}", *same, f"To: {to}", f"Contact: <sip:phone@{host}:{port}>"]
        kind = ["Content-Type: application/sdp"] if description else []
        kind += ['WWW-Authenticate: Digest realm="plp", nonce="1"'] if status.startswith("401") else []
        answer = "\r\n".join([*lines, *kind, f"Content-Length: {len(content)}", "", ""]).encode() + content
        self.transport.sendto(answer, address)
        return answer

    def _send_hang_up(self, request: str, address: Address) -> None:
        """Hang up from this side."""
        key, caller = sip_header(request, "Call-ID"), sip_header(request, "From")
        contact = re.search(r"<(sip:[^>]+)>", sip_header(request, "Contact"))
        host, port = self.transport.get_extra_info("sockname")
        lines = (
            f"BYE {contact[1] if contact else 'sip:plp'} SIP/2.0",
            f"Via: SIP/2.0/UDP {host}:{port};branch=z9hG4bK{secrets.token_hex(6)}",
            f"From: {sip_header(request, 'To')};tag={key[:12]}",
            f"To: {caller}",
            f"Call-ID: {key}",
            "CSeq: 1 BYE",
            "Max-Forwards: 70",
            "Content-Length: 0",
        )
        self.transport.sendto("\r\n".join([*lines, "", ""]).encode(), address)
        self._end_and_report_call(key)

    def _end_and_report_call(self, call_id: str) -> None:
        call = self.calls.get(call_id)
        if call is not None and call.sound is not None and not call.sound.is_closing():
            call.end()
            self.receiver.count_and_pass_on(ReceivedCall(call.number, call.pressed, call.frames))


def sip_header(message: str, name: str) -> str:
    """The value of a sip_header of a request, or nothing."""
    found = re.search(rf"^{name}:\s*(.*?)\r?$", message, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else ""


def _two_bytes(number: int) -> bytes:
    return (number & 0xFFFF).to_bytes(2, "big")


class RunningTelephones(RunningReceiver[ReceivedCall]):
    """Telephones while they are plugged in. ``rung``: every number that rang, each time it did."""

    rung: list[str]


@contextmanager
def telephone_receiver(
    take: Callable[[ReceivedCall], None], script_of: ScriptChoice = lambda _number: TelephoneScript()
) -> Iterator[RunningTelephones]:
    """Plug telephones in on a free loopback port until the block ends; ``script_of`` a number says what it does."""
    receiver = RunningTelephones(take)
    loop, ready = asyncio.new_event_loop(), threading.Event()
    plugs: list[Telephones] = []

    async def open_sip_endpoint() -> None:
        transport, telephones = await loop.create_datagram_endpoint(
            lambda: Telephones(script_of, receiver), local_addr=("127.0.0.1", 0)
        )
        plugs.append(telephones)
        receiver.port, receiver.rung = transport.get_extra_info("sockname")[1], telephones.rung
        ready.set()

    plugging = loop.create_task(open_sip_endpoint())  # the loop runs once: a stop between two runs would be forgotten
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    ready.wait()
    try:
        yield receiver
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        plugging.result()
        for call in plugs[0].calls.values():
            call.end()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
