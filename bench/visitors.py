"""Browsers that ask for one page again and again over connections that stay open, and how long they waited."""

import asyncio
import time
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import uvloop

PATIENCE = 60.0  # seconds for one answer


@dataclass
class Visit:
    """What came of it: seconds of each answer, in the order of their end, and answers that were not a page."""

    waits: list[float] = field(default_factory=list)
    failures: int = 0
    seconds: float = 0.0

    def percentile(self, part: float) -> float:
        """Seconds within which so many of the answers came (``part`` from 0 to 1)."""
        return sorted(self.waits)[min(int(len(self.waits) * part), len(self.waits) - 1)]

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.waits) / self.seconds


class Browser:
    """One connection, over which one person asks after the other."""

    def __init__(self, port: int, requests: Iterator[bytes]) -> None:
        self.port, self.requests = port, requests
        self.line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self) -> bool:
        """Ask once; whether a page came."""
        try:
            return await asyncio.wait_for(self._ask(), PATIENCE)
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            self.close()
            return False

    async def _ask(self) -> bool:
        if self.line is None:
            self.line = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)
        reader, writer = self.line
        writer.write(next(self.requests))
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
        if length:
            await reader.readexactly(int(length))
        else:
            while size := int(await reader.readuntil(b"\r\n"), 16):
                await reader.readexactly(size + 2)
            await reader.readexactly(2)
        if b"\r\nconnection: close\r\n" in head:
            self.close()
        return head.startswith(b"http/1.1 200")

    def close(self) -> None:
        """Hang up."""
        line, self.line = self.line, None
        if line is not None:
            line[1].close()


def turns(port: int, path: str, cookies: Sequence[str]) -> Iterator[bytes]:
    """The request of one person after the other, again and again."""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/html\r\nCookie: "
    return cycle([f"{head}{cookie}\r\n\r\n".encode() for cookie in cookies])


def steadily(port: int, path: str, cookies: Sequence[str], *, per_second: float, seconds: float) -> Visit:
    """So many requests a second, come what may. Each wait counts from the moment at which it was due."""

    async def run(visit: Visit) -> None:
        idle: list[Browser] = []
        requests = turns(port, path, cookies)
        loop = asyncio.get_running_loop()

        async def one(due: float) -> None:
            browser = idle.pop() if idle else Browser(port, requests)
            visit.failures += not await browser.ask()
            visit.waits.append(loop.time() - due)
            idle.append(browser)

        begun, asked = loop.time() + 0.1, []
        for number in range(int(per_second * seconds)):
            due = begun + number / per_second
            await asyncio.sleep(max(0.0, due - loop.time()))
            asked.append(asyncio.create_task(one(due)))
        await asyncio.gather(*asked)
        for browser in idle:
            browser.close()

    return _visit(run)


def at_once(port: int, path: str, cookies: Sequence[str], *, browsers: int, seconds: float) -> Visit:
    """So many browsers, each asking again as soon as it has its answer."""

    async def run(visit: Visit) -> None:
        until = time.monotonic() + seconds
        requests = turns(port, path, cookies)

        async def one() -> None:
            browser = Browser(port, requests)
            while (asked := time.monotonic()) < until:
                visit.failures += not await browser.ask()
                visit.waits.append(time.monotonic() - asked)
            browser.close()

        await asyncio.gather(*(one() for _ in range(browsers)))

    return _visit(run)


def one_by_one(port: int, path: str, cookie: str, *, visits: int) -> Visit:
    """One browser that asks so many times, again as soon as it has its answer."""

    async def run(visit: Visit) -> None:
        browser = Browser(port, turns(port, path, [cookie]))
        for _number in range(visits):
            asked = time.monotonic()
            visit.failures += not await browser.ask()
            visit.waits.append(time.monotonic() - asked)
        browser.close()

    return _visit(run)


def _visit(run: Any) -> Visit:
    visit = Visit()
    begun = time.monotonic()
    work: Coroutine[Any, Any, None] = run(visit)
    uvloop.run(work)
    visit.seconds = time.monotonic() - begun
    return visit
