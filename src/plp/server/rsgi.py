"""What the web server calls (RSGI): it reads a request to its end, and only then gives it to one of a few threads.

Who sends slowly keeps a connection and some memory, never a thread: the others are answered meanwhile (T50, G24).
That holds without a proxy in front, and with one that passes on what it has not yet got whole.
"""

import asyncio
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from plp.metrics.recorder import write_counts_if_due
from plp.portal.shell.request_size import MOST_BYTES
from plp.server.wsgi import application
from plp.toolbox.garbage import collect_garbage_if_due

PAGE_THREADS = 4
BODY_IN_MEMORY = 100_000  # bytes of a body: a form; pictures wait on the disk
CLOSE_HEADER = ("connection", "close")
PIECE_TIMEOUT, BODY_TIMEOUT = 20.0, 300.0  # seconds: between two pieces of a body, and for all of it
ALONE_FOR = 0.1  # seconds for which a page is alone

Body = IO[bytes]
Environ = dict[str, Any]
Answer = tuple[int, list[tuple[str, str]], bytes]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class RsgiApplication:
    """A WSGI application behind the asynchronous interface of Granian. ``after_page`` is called after a page, while no
    other one waits.
    """

    def __init__(self, application: Application, after_page: Callable[[], None] = lambda: None) -> None:
        self.application = application
        self.after_page = after_page
        self.threads = ThreadPoolExecutor(PAGE_THREADS, thread_name_prefix="page")
        self.turn = asyncio.Lock()
        self.pages_under_way = 0

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request; 408 to who falls silent in the middle of a body, or never comes to its end."""
        if not _has_acceptable_body(scope.headers):
            await self._respond(scope, protocol, BytesIO())
            return
        with SpooledTemporaryFile(BODY_IN_MEMORY) as body:
            try:
                async with asyncio.timeout(BODY_TIMEOUT):
                    await _read_body(protocol, body)
            except TimeoutError:
                protocol.response_empty(408, [CLOSE_HEADER])
            except OSError:  # no room to hear it: the page says so
                await self._respond(scope, protocol, BytesIO())
            else:
                if body.tell() == int(scope.headers.get("content-length")):  # else the connection broke: no half forms
                    body.seek(0)
                    await self._respond(scope, protocol, body)

    async def _respond(self, scope: Any, protocol: Any, body: Body) -> None:
        """Answer, one page after the other: two at once in one process would both be late. A page that takes longer,
        for it waits or is heavy, holds up nobody any more.

        A connection over which somebody asked while others were waiting here is closed behind the answer: it would
        bring all it asks next to this process, and the next connection may find one that is idle.
        """
        self.pages_under_way += 1
        try:
            async with self.turn:
                answer = asyncio.get_running_loop().run_in_executor(
                    self.threads, self._call_wsgi, wsgi_environ(scope, body)
                )
                await asyncio.wait([answer], timeout=ALONE_FOR)
            status, headers, body_bytes = await answer
        finally:
            self.pages_under_way -= 1
        protocol.response_bytes(status, [*headers, CLOSE_HEADER] if self.pages_under_way else headers, body_bytes)
        if not self.pages_under_way:
            self.threads.submit(self.after_page)
            collect_garbage_if_due()  # a request and what hangs on it are a ring

    def _call_wsgi(self, environ: Environ) -> Answer:
        head: list[Any] = []

        def keep_status_and_headers(status: str, headers: list[tuple[str, str]], _fault: Any = None) -> None:
            head[:] = int(status[:3]), headers

        content = self.application(environ, keep_status_and_headers)
        try:
            body_bytes = b"".join(content)
        finally:
            if hasattr(content, "close"):
                content.close()
        status, headers = head
        return status, headers, body_bytes


def _has_acceptable_body(headers: Any) -> bool:
    """Whether there is a body that we want: too much, or of no length, is refused unread (docs/security.md#limits)."""
    announced = headers.get("content-length") or ""
    return announced.isdecimal() and 0 < int(announced) <= MOST_BYTES


async def _read_body(protocol: Any, body: Body) -> None:
    """Write down what comes, piece by piece. Raises ``TimeoutError`` when nothing comes."""
    pieces = aiter(protocol)
    while True:
        try:
            async with asyncio.timeout(PIECE_TIMEOUT):
                body.write(await anext(pieces))
        except StopAsyncIteration:
            return


def wsgi_environ(scope: Any, body: Body) -> Environ:
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


rsgi_application = RsgiApplication(application, after_page=write_counts_if_due)
