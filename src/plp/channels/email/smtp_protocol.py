"""One TCP connection to an SMTP server: bytes to replies, and a watch that cuts it when nothing comes."""

import asyncio
from collections.abc import Sequence

LONGEST_REPLY = 65_536  # bytes: a banner without end is cut (F10)
BUFFER_SIZE = 4096  # bytes read at once


class SmtpProtocol(asyncio.BufferedProtocol):
    """Bytes to replies. A connection that makes no progress for ``patience`` seconds while somebody waits is cut."""

    def __init__(self, patience: float) -> None:
        self.patience = patience
        self.room = memoryview(bytearray(BUFFER_SIZE))
        self.code_memory: memoryview | None = None  # where the next bytes are read to, before any others
        self.transport: asyncio.Transport | None = None
        self.buffer = b""
        self.replies: list[tuple[int, bytes]] = []
        self.more: list[bytes] = []  # the lines of a reply before its last: the extensions of EHLO
        self.expected = 0
        self.waiter: asyncio.Future[None] | None = None
        self.lost = False
        self.silent = False  # cut by us because nothing came
        self.waits_since = 0.0
        self.timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection stands (again, after STARTTLS)."""
        self.transport = transport  # type: ignore[assignment]
        self._abort_when_silent()

    def _abort_when_silent(self) -> None:
        loop = asyncio.get_running_loop()
        if self.timer:
            self.timer.cancel()
        if self.waiter is not None and loop.time() - self.waits_since > self.patience and self.transport:
            self.silent = True
            self.transport.abort()
            return
        self.timer = loop.call_later(self.patience / 4, self._abort_when_silent)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  asyncio's signature
        """The other side hung up, or the connection broke."""
        self.lost = True
        if self.timer:
            self.timer.cancel()
        self._wake_waiter()

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002  asyncio's signature
        """Where the next bytes go."""
        return self.room if self.code_memory is None else self.code_memory

    def buffer_updated(self, nbytes: int) -> None:
        """So many came."""
        if self.code_memory is None:
            self._collect_replies(bytes(self.room[:nbytes]))
        else:
            self.buffer += bytes(self.code_memory[:nbytes])
            self.code_memory = self.code_memory[nbytes:] or None

    def _collect_replies(self, data: bytes) -> None:
        """Collect complete replies."""
        buffer = self.buffer + data if self.buffer else data
        *lines, self.buffer = buffer.split(b"\n")
        for line in lines:
            if line[3:4] != b"-":
                self.replies.append((int(line[:3]) if line[:3].isdigit() else 0, line))
            elif len(self.more) < 100:
                self.more.append(line)
        if len(self.buffer) > LONGEST_REPLY and self.transport:
            self.transport.abort()
        if len(self.replies) >= self.expected:
            self._wake_waiter()

    def close(self) -> None:
        """Let go of the connection."""
        if self.timer:
            self.timer.cancel()
        if self.transport:
            self.transport.close()

    def _wake_waiter(self) -> None:
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_result(None)

    async def exchange(
        self, data: bytes, reply_count: int = 1, *, code_memory: memoryview | None = None
    ) -> Sequence[tuple[int, bytes]]:
        """Write, and wait for so many replies; fewer come back when the connection was lost.

        ``code_memory``: the first bytes of the answer are read into it.
        """
        self.code_memory = code_memory
        if data:  # else: wait for what the server says first
            self.replies = []
            self.more = []
        self.expected = reply_count
        if data and self.transport:
            self.transport.write(data)
        if len(self.replies) < reply_count and not self.lost:
            loop = asyncio.get_running_loop()
            self.waits_since = loop.time()
            self.waiter = loop.create_future()
            try:
                await self.waiter
            finally:
                self.waiter = None
        return self.replies
