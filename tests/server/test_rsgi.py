"""The server reads a body to its end before a page sees it."""

import asyncio
import errno
import gc
import threading
import time
import weakref
from collections.abc import AsyncIterator, Callable, Iterable
from types import SimpleNamespace
from typing import Any

import pytest

from plp.portal.shell.request_size import MOST_BYTES
from plp.server import rsgi
from plp.server.rsgi import RsgiApplication
from plp.toolbox.garbage import THRESHOLD
from tests.patience import PATIENCE


class Headers:
    """As Granian gives them: names in lower case, a name as often as it was sent."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self.pairs = pairs

    def get(self, key: str) -> str | None:
        return next((value for name, value in self.pairs if name == key), None)

    def items(self) -> list[tuple[str, str]]:
        return list(self.pairs)


class Line:
    """One request: its body in pieces, and what is answered."""

    def __init__(self, *pieces: bytes, silent: bool = False) -> None:
        self.pieces, self.silent = pieces, silent
        self.heard, self.answer = False, None  # type: bool, Any

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.heard = True
        for piece in self.pieces:
            yield piece
        if self.silent:
            await asyncio.Event().wait()

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.answer = status, headers, body

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
        self.answer = status, headers


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answers what it was asked."""
    start("200 OK", [("Content-Type", "text/plain")])
    asked = {key: value for key, value in environ.items() if key.startswith("HTTP_")}
    return [f"{environ['PATH_INFO']} {environ['REMOTE_ADDR']} {asked} ".encode("latin-1"), environ["wsgi.input"].read()]


def scope_of(path: str, *headers: tuple[str, str]) -> Any:
    """A request as Granian describes it."""
    return SimpleNamespace(
        method="POST",
        path=path,
        query_string="",
        http_version="1.1",
        server="127.0.0.1:8000",
        client="[::1]:50000",
        headers=Headers(*headers),
    )


def ask(line: Line, *headers: tuple[str, str], path: str = "/") -> Any:
    """Send it through the server."""
    asyncio.run(RsgiApplication(application).__rsgi__(scope_of(path, *headers), line))
    return line.answer


def test_a_body_arrives_whole() -> None:
    answer = ask(Line(b"one", b"two"), ("content-length", "6"), path="/é")

    assert answer == (200, [("Content-Type", "text/plain")], "/é ::1 {} onetwo".encode())


def test_who_falls_silent_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rsgi, "PIECE_TIMEOUT", 0)

    answer = ask(Line(b"one", silent=True), ("content-length", "6"))

    assert answer == (408, [("connection", "close")])


def test_half_a_form_reaches_no_page() -> None:
    assert ask(Line(b"one"), ("content-length", "6")) is None


@pytest.mark.parametrize("announced", [str(MOST_BYTES + 1), "-1", "x", "0"])
def test_too_much_or_nothing_is_not_even_heard(announced: str) -> None:
    line = Line(b"one")

    answer = ask(line, ("content-length", announced))

    assert line.heard is False
    assert answer[2] == b"/ ::1 {} "


def test_without_room_the_page_says_so_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(_protocol: Any, _body: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(rsgi, "_read_body", full)

    answer = ask(Line(b"one"), ("content-length", "3"))

    assert answer[2] == b"/ ::1 {} "


def test_headers_come_joined_and_none_passes_for_another() -> None:
    pairs = [("cookie", "a=1"), ("cookie", "b=2"), ("x-forwarded-for", "1"), ("x-forwarded-for", "2")]

    answer = ask(Line(), *pairs, ("x_forwarded_proto", "https"))

    assert answer[2] == b"/ ::1 {'HTTP_COOKIE': 'a=1; b=2', 'HTTP_X_FORWARDED_FOR': '1,2'} "


def test_a_line_is_closed_where_others_are_under_way() -> None:
    """What it asks next may find a process that is idle; a line that was alone stays."""
    first, last, may_end = Line(), Line(), threading.Event()

    def wait_for_the_first(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/last":
            assert may_end.wait(PATIENCE)
        start("200 OK", [])
        return [b""]

    async def both() -> None:
        application = RsgiApplication(wait_for_the_first)
        slow = asyncio.create_task(application.__rsgi__(scope_of("/last"), last))
        await asyncio.sleep(0)
        await application.__rsgi__(scope_of("/first"), first)
        may_end.set()
        await slow

    asyncio.run(both())

    assert (first.answer, last.answer) == ((200, [("connection", "close")], b""), (200, [], b""))


def test_quick_pages_are_made_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at once in one process would both be late; each waits for its turn, in the order in which it was asked."""
    monkeypatch.setattr(rsgi, "ALONE_FOR", 10.0)
    told: list[str] = []

    def page(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        told.append(f"begin {environ['PATH_INFO']}")
        time.sleep(0.01)
        told.append(f"end {environ['PATH_INFO']}")
        start("200 OK", [])
        return [b""]

    async def all_at_once() -> None:
        application = RsgiApplication(page)
        await asyncio.gather(*(application.__rsgi__(scope_of(f"/{number}"), Line()) for number in range(4)))

    asyncio.run(all_at_once())

    assert told == [f"{what} /{number}" for number in range(4) for what in ("begin", "end")]


def test_what_a_page_holds_open_is_closed_after_the_answer() -> None:
    closed: list[bool] = []

    class Content(list[bytes]):
        def close(self) -> None:
            closed.append(True)

    def file(_environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", [])
        return Content([b"one"])

    status, _headers, whole = RsgiApplication(file)._call_wsgi({})

    assert (status, whole, closed) == (200, b"one", [True])


class Ring(list[Any]):
    """Things that hold each other."""


@pytest.mark.parametrize(("things", "is_gone"), [(20, False), (2 * THRESHOLD, True)])
def test_what_a_page_leaves_behind_is_looked_for_once_it_is_much(things: int, *, is_gone: bool) -> None:
    left = []

    def littering(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        ring = Ring([] for _ in range(things))
        ring.append(ring)
        left.append(weakref.ref(ring))
        return application(environ, start)

    gc.collect()
    gc.disable()
    try:
        asyncio.run(RsgiApplication(littering).__rsgi__(scope_of("/"), Line()))
    finally:
        gc.enable()

    assert (left[0]() is None) == is_gone
