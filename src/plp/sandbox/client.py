"""How a room has foreign bytes read: it names a parser, and gets plain data, a rejection or a refusal.

A few processes wait warm for the next file, started by the first one. What is asked beyond these waits its turn for a
while; who waits holds a thread of the web server, so only few may.
"""

import atexit
import json
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from plp.sandbox import limits, messages
from plp.sandbox.parsers import Rejected
from plp.sandbox.process import ReaderProcess, StreamProcess
from plp.sandbox.refusals import NotReadNow, TooHeavy

AT_ONCE = 2  # files of one process of ours
MOST_WAITING = 1  # threads that wait long for their turn: with those that read, one less than the web server has
LONG_WAIT = 15.0  # seconds of waiting for a turn
SHORT_WAIT = 0.3  # seconds of any more who wait, so that a thread is free for pages
ATTEMPTS = 2  # a process that waited may just have ended
log = logging.getLogger(__name__)


def parse_in_sandbox(parser: str, *contents: bytes, **options: Any) -> Any:
    """What ``parser`` (``module:function`` of ``plp.sandbox.parsers``) makes of ``contents``: bytes or plain data.

    ``options`` are plain values. Raises ``Rejected`` with the parser's key, or with ``unreadable`` where it failed in
    a way that nobody foresaw; ``TooHeavy`` above the limits of memory, time or size; ``NotReadNow`` when there are too
    many files at once or no process can be started.
    """
    if sum(map(len, contents)) > limits.REQUEST:
        raise TooHeavy
    request = messages.pack_message({"parser": parser, "options": options}, contents)
    head, parts = POOL.ask(request)
    _raise_unless_answer(parser, head)
    return parts[0] if head["outcome"] == "bytes" else _decode_json(parts[0])


def stream_from_sandbox(parser: str, source: IO[bytes]) -> Iterator[tuple[dict[str, Any], bytes]]:
    """What ``parser`` (a stream) finds in the open file ``source`` as it comes: a head, and a piece that belongs to it.

    For commands, not for pages: a long file may take long. A piece that takes ten seconds ends it; how much is enough
    in all is for the caller to say. Raises what ``parse_in_sandbox`` raises.
    """
    try:
        process = StreamProcess(parser, source)
    except OSError as wrong:
        raise NotReadNow from wrong
    try:
        while True:
            head, parts = process.next()
            if head.get("outcome") == "json":  # its end
                return
            if head.get("outcome") != "piece":
                _raise_unless_answer(parser, head)
            yield head["head"], parts[0]
    except (messages.ConnectionBroken, messages.TimedOut, LookupError) as wrong:
        raise TooHeavy from wrong
    finally:
        process.kill()


def _raise_unless_answer(parser: str, head: dict[str, Any]) -> None:
    """Raise what came out, unless that is an answer."""
    outcome = head.get("outcome")
    if outcome in {"bytes", "json"}:
        return
    if outcome == "rejected":
        raise Rejected(str(head.get("key", "")), str(head.get("detail", "")))
    if outcome == "failed":
        log.warning("%s failed with %s", parser, head.get("key"))
        raise Rejected("unreadable")
    log.warning("a file was too much for %s (%s)", parser, outcome)
    raise TooHeavy


def _decode_json(answer: bytes) -> Any:
    try:
        return json.loads(answer)
    except (ValueError, RecursionError, MemoryError) as wrong:
        raise TooHeavy from wrong


class Pool:
    """The processes of this one: at most ``AT_ONCE``, each with one file at a time."""

    def __init__(self) -> None:
        self._reset()

    def _reset(self) -> None:
        self.lock = threading.Lock()
        self.turns = threading.BoundedSemaphore(AT_ONCE)
        self.waiting = 0
        self.idle: list[ReaderProcess] = []

    def ask(self, request: bytes) -> tuple[dict[str, Any], list[bytes]]:
        """Have one file read. Raises ``NotReadNow`` or ``TooHeavy``."""
        with self._acquire_slot():
            for _attempt in range(ATTEMPTS):
                process = self._idle_or_new_process()
                try:
                    answer = process.ask(request)
                except messages.ConnectionBroken:
                    process.end()
                except messages.TimedOut as late:
                    process.kill()
                    raise TooHeavy from late
                else:
                    with self.lock:
                        self.idle.append(process)
                    return answer
        log.error("no process that reads files stays alive")
        raise NotReadNow

    @contextmanager
    def _acquire_slot(self) -> Iterator[None]:
        """One of the places, waited for. Raises ``NotReadNow``."""
        if not self.turns.acquire(blocking=False):
            with self.lock:
                patience = LONG_WAIT if self.waiting < MOST_WAITING else SHORT_WAIT
                self.waiting += 1
            try:
                if not self.turns.acquire(timeout=patience):
                    raise NotReadNow
            finally:
                with self.lock:
                    self.waiting -= 1
        try:
            yield
        finally:
            self.turns.release()

    def _idle_or_new_process(self) -> ReaderProcess:
        """One that waits, else a new one. Raises ``NotReadNow``."""
        with self.lock:
            while self.idle:
                process = self.idle.pop()
                if process.is_alive:
                    return process
                process.end()
        try:
            return ReaderProcess()
        except OSError as wrong:
            log.error("no process that reads files can be started: %s", wrong.strerror)
            raise NotReadNow from wrong

    def end_idle(self) -> None:
        """End those that wait."""
        with self.lock:
            while self.idle:
                self.idle.pop().end()

    def reset_after_fork(self) -> None:
        """In a fork of this process: leave the processes to it, and begin with none."""
        for process in self.idle:
            process.close_pipes()
        self._reset()  # locks of a fork may be held by threads that it has not got


POOL = Pool()
atexit.register(POOL.end_idle)
os.register_at_fork(after_in_child=POOL.reset_after_fork)
