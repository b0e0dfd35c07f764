"""What the web server calls: it hears a request to its end, and only then gives it to one of a few threads.

Who sends slowly keeps a line and some memory, never a thread: the others are answered meanwhile (T50, G24). That holds
without a proxy in front, and with one that passes on what it has not yet got whole.
"""

import asyncio
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from plp.metrics.recorder import flush_if_due
from plp.portal.shell.sizes import MOST_BYTES
from plp.server.wsgi import application
from plp.toolbox.garbage import collect_garbage

THREADS = 4
IN_MEMORY = 100_000  # bytes of a body: a form; pictures wait on the disk
CLOSING = ("connection", "close")
SILENCE, WHOLE = 20.0, 300.0  # seconds: between two pieces of a body, and for all of it
TURN = 0.1  # seconds for which a page is alone

Body = IO[bytes]
Environ = dict[str, Any]
Answer = tuple[int, list[tuple[str, str]], bytes]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Entrance:
    """A WSGI application behind the asynchronous interface of Granian. ``between`` is called
    behind a page, in the place of another.
    """

    def __init__(self, application: Application, between: Callable[[], None] = lambda: None) -> None:
        self.application = application
        self.between = between
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")
        self.turn = asyncio.Lock()
        self.under_way = 0

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request; 408 to who falls silent in the middle of a body, or never comes to its end."""
        if not _is_taken(scope.headers):
            await self._page(scope, protocol, BytesIO())
            return
        with SpooledTemporaryFile(IN_MEMORY) as body:
            try:
                async with asyncio.timeout(WHOLE):
                    await _hear(protocol, body)
            except TimeoutError:
                protocol.response_empty(408, [CLOSING])
            except OSError:  # no room to hear it: the page says so
                await self._page(scope, protocol, BytesIO())
            else:
                if body.tell() == int(scope.headers.get("content-length")):  # else the line broke: no half forms
                    body.seek(0)
                    await self._page(scope, protocol, body)

    async def _page(self, scope: Any, protocol: Any, body: Body) -> None:
        """Answer, one page after the other: two at once in one process would both be late. A page that takes longer,
        for it waits or is heavy, holds up nobody any more.

        A line over which somebody asked while others were waiting here is closed behind the answer: it would bring all
        it asks next to this process, and the next line may find one that is idle.
        """
        self.under_way += 1
        try:
            async with self.turn:
                answer = asyncio.get_running_loop().run_in_executor(self.threads, self._answer, environ_of(scope, body))
                await asyncio.wait([answer], timeout=TURN)
            status, headers, whole = await answer
        finally:
            self.under_way -= 1
        protocol.response_bytes(status, [*headers, CLOSING] if self.under_way else headers, whole)
        if not self.under_way:
            self.threads.submit(self.between)
            collect_garbage()  # a request and what hangs on it are a ring

    def _answer(self, environ: Environ) -> Answer:
        head: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], _fault: Any = None) -> None:
            head[:] = int(status[:3]), headers

        content = self.application(environ, start)
        try:
            whole = b"".join(content)
        finally:
            if hasattr(content, "close"):
                content.close()
        status, headers = head
        return status, headers, whole


def _is_taken(headers: Any) -> bool:
    """Whether there is a body that we want: too much, or of no length, is refused unread (docs/security.md#limits)."""
    announced = headers.get("content-length") or ""
    return announced.isdecimal() and 0 < int(announced) <= MOST_BYTES


async def _hear(protocol: Any, body: Body) -> None:
    """Write down what comes, piece by piece. Raises ``TimeoutError`` when nothing comes."""
    pieces = aiter(protocol)
    while True:
        try:
            async with asyncio.timeout(SILENCE):
                body.write(await anext(pieces))
        except StopAsyncIteration:
            return


def environ_of(scope: Any, body: Body) -> Environ:
    """The request in the words of WSGI. A name with an underscore could pass for one with a hyphen: left out."""
    host, _, port = scope.server.rpartition(":")
    environ: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode(errors="replace").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        key = key if key in {"CONTENT_LENGTH", "CONTENT_TYPE"} else f"HTTP_{key}"
        between = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
    return environ


entrance = Entrance(application, between=flush_if_due)
