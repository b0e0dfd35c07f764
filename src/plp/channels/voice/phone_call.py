"""One call, from dialling to the end: who listens, what is played, which key was pressed.

How an answering machine is known: a person says a word or two and waits; a machine speaks on. Whoever still speaks
``Pace.machine_speaks`` seconds after the answer is taken for a machine, and told the short form once it is silent.
A machine that says less is read the message, as a person would be; it presses no key, so nobody counts as reached.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

from plp.channels.voice.outcomes import MACHINE, NO_ANSWER, NO_KEY, CallEnd, outcome_of_status
from plp.channels.voice.recordings import CallRecordings, Recording
from plp.channels.voice.telephone_line import TelephoneLine
from plp.delivery.channel import HEARD, HELP_WANTED, NO_MORE_CALLS, ConnectionFailed, OutcomeUnknown

ANSWERED, CLOSED, GONE = "CALL_ESTABLISHED", "CALL_CLOSED", "LINE_GONE"
KEY, LOUDNESS = "CALL_DTMF_START", "VU_RX_REPORT"
LOUD = -45.0  # decibels below the loudest: a voice on a telephone is above
AGAIN = "2"
KEYS = {"1": HEARD, "3": HELP_WANTED, "9": NO_MORE_CALLS}
MOST_READINGS = 5  # of one call, however often they are asked for


@dataclass(frozen=True)
class Pace:
    """Seconds: how long it rings, and how long we listen before we speak."""

    rings: float = 30.0
    first_word: float = 1.5  # of silence after which we begin where nobody spoke
    machine_speaks: float = 4.0
    greeting: float = 30.0  # the longest that a machine is listened to
    after_word: float = 1.0  # of silence after somebody spoke


class CallClosed(Exception):
    """The other side hung up."""


class PhoneCall:
    """A call by a line that is up. ``run`` answers a key's meaning (``HEARD``, ...) or how it ended otherwise."""

    def __init__(self, line: TelephoneLine, recordings: CallRecordings, pace: Pace) -> None:
        self.line, self.recordings, self.pace = line, recordings, pace
        self.is_answered = False
        self.keys: list[str] = []

    async def run(self, number: str) -> str | CallEnd:
        """Ring, listen, speak, hang up. Raises ``ConnectionFailed`` or ``OutcomeUnknown``."""
        line = self.line
        while not line.events.empty():
            line.events.get_nowait()
        self._start_playing(self.recordings.silence)
        line.send_command("dial", f"sip:{number}@{line.trunk.address};transport={line.trunk.transport}")
        try:
            if not await self._ring_until_answered():
                return NO_ANSWER
            if await self._is_answering_machine():
                await self._play_and_return_pressed_key(self.recordings.short)
                return MACHINE
            return await self._speak_message_and_await_key()
        except CallClosed as closed:
            return NO_KEY if self.is_answered else outcome_of_status(str(closed))
        finally:
            if line.is_up:
                line.send_command("hangup")

    async def _ring_until_answered(self) -> bool:
        """Whether somebody answers in time."""
        until = self._loop_time() + self.pace.rings
        while (event := await self._next_event(until)) is not None:
            if event["type"] == ANSWERED:
                self.is_answered = True
                return True
        return False

    async def _is_answering_machine(self) -> bool:
        """Listen until the other side is silent; whether it spoke as machines do."""
        begun = self._loop_time()
        last_word, has_spoken = begun, False
        while True:
            pause = self.pace.after_word if has_spoken else self.pace.first_word
            event = await self._next_event(last_word + pause)
            now = self._loop_time()
            if event is None or now - begun > self.pace.greeting:
                return last_word - begun >= self.pace.machine_speaks
            if event["type"] == LOUDNESS and float(event.get("param") or -96) > LOUD:
                last_word, has_spoken = now, True

    async def _speak_message_and_await_key(self) -> str | CallEnd:
        """Read it, twice where nothing is pressed and as often as it is asked for."""
        remaining, readings = 2, 0
        while remaining and readings < MOST_READINGS:
            remaining, readings = remaining - 1, readings + 1
            key = await self._play_and_return_pressed_key(self.recordings.message, keys=frozenset({AGAIN, *KEYS}))
            if key == AGAIN:
                remaining = max(remaining, 1)
            elif key:
                await self._say_goodbye(key)
                return KEYS[key]
        return NO_KEY

    async def _say_goodbye(self, pressed_key: str) -> None:
        """Say what follows from a key; whoever hangs up meanwhile has pressed it all the same."""
        goodbye = {"1": self.recordings.thanks, "3": self.recordings.help, "9": self.recordings.stop}[pressed_key]
        try:
            await self._play_and_return_pressed_key(goodbye)
        except (CallClosed, OutcomeUnknown):
            return

    async def _play_and_return_pressed_key(self, recording: Recording, keys: frozenset[str] = frozenset()) -> str:
        """Play all of it; the first of ``keys`` that is pressed ends it and is answered."""
        self._start_playing(recording)
        until = self._loop_time() + recording.seconds
        while (event := await self._next_event(until)) is not None:
            if event["type"] == KEY and event.get("param") in keys:
                return str(event["param"])
        return ""

    async def _next_event(self, until: float) -> dict[str, Any] | None:
        """What happens next; None when the time is over. Raises ``CallClosed``, ``OutcomeUnknown`` or
        ``ConnectionFailed``.
        """
        try:
            async with asyncio.timeout_at(until):
                event = await self.line.events.get()
        except TimeoutError:
            return None
        if event["type"] == CLOSED:
            raise CallClosed(str(event.get("param") or ""))
        if event["type"] == GONE:
            raise OutcomeUnknown("voice-cut") if self.is_answered else ConnectionFailed("voice-cut")
        return event

    def _start_playing(self, recording: Recording) -> None:
        """By a short name: the program cuts off a path of more than some hundred characters, and plays nothing."""
        assert self.line.folder is not None  # noqa: S101 - a line that is up has one
        shelf = self.line.folder / "r"
        if not shelf.is_symlink():
            shelf.symlink_to(recording.file.parent.resolve())
        self.line.send_command("ausrc", f"aufile,{shelf / recording.file.name}")

    @staticmethod
    def _loop_time() -> float:
        return asyncio.get_running_loop().time()
