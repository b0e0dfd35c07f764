"""A line that can be held or cut: a TCP proxy in a thread, in front of a receiver or of a database server."""

import asyncio
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

RESET = struct.pack("ii", 1, 0)  # SO_LINGER of no time: the other side sees the line break off


class TcpProxy:
    """Passes bytes both ways. ``hold_traffic``: nothing gets through, and nobody is told; ``cut_connections``: every
    line breaks off.
    """

    def __init__(self, target: int | Path) -> None:
        self.target = target
        self.loop = asyncio.new_event_loop()
        self.open = asyncio.Event()
        self.lines: set[asyncio.StreamWriter] = set()
        self.tasks: set[asyncio.Task[None]] = set()
        self.open.set()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.port = self._run_in_loop_and_wait(self._listen())

    def _run_in_loop_and_wait[T](self, act: "asyncio.Future[T] | object") -> T:
        return asyncio.run_coroutine_threadsafe(act, self.loop).result(60)  # type: ignore[arg-type, return-value]

    async def _listen(self) -> int:
        self.server = await asyncio.start_server(self._forward_connection, "127.0.0.1", 0)
        return int(self.server.sockets[0].getsockname()[1])

    async def _forward_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.lines.add(writer)
        await self.open.wait()
        try:
            if isinstance(self.target, Path):
                inward, outward = await asyncio.open_unix_connection(str(self.target))
            else:
                inward, outward = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.close()
            return
        self.lines.add(outward)
        for one in (self._copy_bytes_while_open(reader, outward), self._copy_bytes_while_open(inward, writer)):
            task = self.loop.create_task(one)
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _copy_bytes_while_open(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65_536):
                await self.open.wait()
                writer.write(data)
                await writer.drain()
        writer.close()
        self.lines.discard(writer)

    def hold_traffic(self) -> None:
        """Let nothing through until ``release_traffic``."""
        self.loop.call_soon_threadsafe(self.open.clear)

    def release_traffic(self) -> None:
        """Let through what waits, and everything after it."""
        self.loop.call_soon_threadsafe(self.open.set)

    def cut_connections(self) -> None:
        """Break every line off; new ones may be made."""
        self._run_in_loop_and_wait(self._abort_connections())

    async def _abort_connections(self) -> None:
        for line in list(self.lines):
            ours = line.get_extra_info("socket")
            with suppress(OSError):
                if ours.family == socket.AF_INET:
                    ours.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            line.transport.abort()
        self.lines.clear()

    def close(self) -> None:
        """End it."""
        self.release_traffic()
        self._run_in_loop_and_wait(self._close_server_and_connections())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(60)
        self.loop.close()

    async def _close_server_and_connections(self) -> None:
        self.server.close()
        await self._abort_connections()
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


@contextmanager
def tcp_proxy(target: int | Path) -> Iterator[TcpProxy]:
    """A line to a port of this machine or to the socket of a server, ended afterwards."""
    made = TcpProxy(target)
    try:
        yield made
    finally:
        made.close()
