"""The process that reads strangers' files: it waits for one, forks, and lets the copy read it under the limits.

It begins with an empty environment, without a word of the site's settings, and loads parsers alone. Each file is read
in a copy of its own, so one that takes its reader over meets no other file. It ends when the process that started it
ends, or after a while without work.
"""

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import time
from collections.abc import Callable, Sequence
from typing import Any

from plp.sandbox import confinement, limits, messages
from plp.sandbox.parsers import Rejected
from plp.sandbox.registry import PARSERS, STREAMS

REQUESTS, ANSWERS = 0, 1  # standard input and output
OUTCOMES = {"json", "bytes", "rejected", "memory", "failed"}


def main(arguments: Sequence[str] = ()) -> int:
    """Serve until nobody asks any more; with the name of a stream, read that alone. Answers the exit code."""
    confinement.drop_process_rights()
    if arguments:
        return _run_stream_parser(_load_parser(arguments[0], STREAMS))
    while select.select([REQUESTS], [], [], limits.IDLE)[0]:
        try:
            head, contents = messages.read_message_from_file(REQUESTS, most_bytes=limits.REQUEST)
            messages.write_message_to_file(ANSWERS, _answer_request_in_fork(head, contents))
        except messages.ConnectionBroken:  # the one who asked has ended
            break
    return 0


def _load_parser(name: str, allowed_names: frozenset[str]) -> Callable[..., Any]:
    """The parser of this name, loaded before anything foreign is here. Raises ``Rejected`` for an unknown one."""
    module, _, function = name.partition(":")
    if name not in allowed_names:
        raise Rejected("unknown")
    parser: Callable[..., Any] = getattr(importlib.import_module(f"plp.sandbox.parsers.{module}"), function)
    return parser


def _run_stream_parser(parser: Callable[..., Any]) -> int:
    """Read one long file from standard input, and say piece by piece what is found."""
    confinement.confine_process()
    limits.limit_process(seconds=limits.STREAM_SECONDS)

    def tell(head: dict[str, Any], piece: bytes) -> None:
        messages.write_message_to_file(ANSWERS, messages.pack_message({"outcome": "piece", "head": head}, [piece]))

    with contextlib.suppress(messages.ConnectionBroken):  # whoever asked has had enough
        with os.fdopen(REQUESTS, "rb") as source:
            end = _call_parser(lambda: parser(source, tell))
        messages.write_message_to_file(ANSWERS, end)
    return 0


def _answer_request_in_fork(head: dict[str, Any], contents: list[bytes]) -> bytes:
    """The answer to one request: from a copy of this process, or what became of the copy."""
    parser, options = _load_parser(head["parser"], PARSERS), head.get("options", {})
    gc.freeze()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _run_forked_reader(lambda: parser(*contents, **options), writing)
    os.close(writing)
    try:
        fields, parts, outcome = _receive_answer(reading)
    finally:
        os.close(reading)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        _pid, status, used = os.wait4(pid, 0)
    if outcome == "died" and os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL):
        outcome = "late"
    return messages.pack_message({**fields, "outcome": outcome, "peak": used.ru_maxrss}, parts)


def _receive_answer(reading_end: int) -> tuple[dict[str, Any], list[bytes], str]:
    """What the copy says before its time is over: a few fields that we know, its bytes, and how it came out."""
    try:
        head, parts = messages.read_message_from_file(
            reading_end, most_bytes=limits.ANSWER, until=time.monotonic() + limits.SECONDS
        )
    except messages.TimedOut:
        return {}, [], "late"
    except messages.ConnectionBroken:
        return {}, [], "died"
    outcome = head.get("outcome")
    if outcome not in OUTCOMES:
        return {}, [], "died"
    return {name: str(head.get(name, ""))[:200] for name in ("key", "detail")}, parts, outcome


def _run_forked_reader(act: Callable[[], Any], writing_end: int) -> None:
    """In the copy: read, answer, end. Never comes back."""
    try:
        confinement.confine_process()
        limits.limit_process()
        messages.write_message_to_file(writing_end, _call_parser(act))
    finally:
        os._exit(0)


def _call_parser(act: Callable[[], Any]) -> bytes:
    """The answer of a parser as a message, whatever becomes of it."""
    try:
        answer = act()
        if isinstance(answer, bytes):
            return messages.pack_message({"outcome": "bytes"}, [answer])
        text = json.dumps(answer, ensure_ascii=False)
        content = text.encode("utf-8", "backslashreplace")  # halves of signs as \\udc80
        return messages.pack_message({"outcome": "json"}, [content])
    except Rejected as rejected:
        return messages.pack_message({"outcome": "rejected", "key": rejected.key, "detail": rejected.detail})
    except MemoryError:
        return messages.pack_message({"outcome": "memory"})
    except messages.ConnectionBroken:
        raise
    except BaseException as failure:  # whatever a decoder trips over, its own panics too
        return messages.pack_message({"outcome": "failed", "key": type(failure).__name__})
