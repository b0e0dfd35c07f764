"""One telephone line: a ``baresip`` of its own, driven over its control port (ctrl_tcp) on the loopback.

The process ends with the worker that started it: a call in progress is then hung up, not left to itself.
"""

import asyncio
import ctypes
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from plp.channels.voice.trunk import Trunk, local_ip_towards_trunk
from plp.delivery.channel import ConnectionFailed

MODULES = Path("/usr/lib/baresip/modules")
AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
START, ANSWER, GOODBYE = 5.0, 3.0, 3.0  # seconds for a line to be ready, to obey, and to end
LONGEST_WORD = 65_536
LISTENING = "0A"  # the state of a socket in /proc/net/tcp
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None

CONFIG = """\
poll_method epoll
sip_listen {own}:0
{certificates}
call_local_timeout 120
call_max_calls 1
net_interface {own}
audio_player aubridge,null
audio_source aufile,{folder}/none.wav
audio_alert aubridge,null
ausrc_srate 8000
auplay_srate 8000
ausrc_channels 1
auplay_channels 1
statmode_default off
module_path {modules}
module g711.so
module aufile.so
module aubridge.so
module vumeter.so
{encryption}
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:{port}
"""


def sip_account_line(trunk: Trunk) -> str:
    """Who we are to the trunk. Nothing is registered: calls leave, none come in."""
    parts = [
        f"<sip:{trunk.number or trunk.user}@{trunk.address};transport={trunk.transport}>",
        "regint=0",
        f"auth_user={trunk.user}",
        f"auth_pass={trunk.password}",
        f'outbound="sip:{trunk.address};transport={trunk.transport}"',
        "audio_codecs=pcma,pcmu",
        "answermode=manual",
    ]
    return ";".join([*parts, *(["mediaenc=srtp-mand"] if trunk.transport == "tls" else [])])


class TelephoneLine:
    """A line that is up between ``start`` and ``stop``; one call at a time."""

    def __init__(self, trunk: Trunk, ca_file: str) -> None:
        self.trunk = trunk
        self.ca_file = ca_file
        self.events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.process: asyncio.subprocess.Process | None = None
        self.writer: asyncio.StreamWriter | None = None
        self.reading: asyncio.Task[None] | None = None
        self.folder: Path | None = None

    async def start(self) -> None:
        """Have a telephone ready. Raises ``ConnectionFailed``."""
        port = _free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="plp-line-"))
        self._write_baresip_files(self.folder, port)
        try:
            self.process = await asyncio.create_subprocess_exec(
                "baresip",
                "-f",
                str(self.folder),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,  # it would tell numbers
                stderr=asyncio.subprocess.DEVNULL,
                start_new_session=True,  # whoever stops the worker lets calls in progress end
                preexec_fn=_parent_death_hook(),
            )
            async with asyncio.timeout(START):
                await self._connect_once_listening(port)
        except (OSError, TimeoutError) as failure:
            await self.stop()
            missing = isinstance(failure, FileNotFoundError)
            raise ConnectionFailed("voice-no-program" if missing else "voice-not-set-up") from failure

    def _write_baresip_files(self, folder: Path, port: int) -> None:
        tls = self.trunk.transport == "tls"
        certificates = f"sip_verify_server yes\nsip_cafile {self.ca_file or AUTHORITIES}" if tls else ""
        config = CONFIG.format(
            own=local_ip_towards_trunk(self.trunk),
            certificates=certificates,
            encryption="module srtp.so" if tls else "",
            folder=folder,
            modules=MODULES,
            port=port,
        )
        for name, content in (("config", config), ("accounts", sip_account_line(self.trunk) + "\n"), ("contacts", "")):
            path = folder / name
            path.touch(mode=0o600)
            path.write_text(content)

    async def _connect_once_listening(self, port: int) -> None:
        """Wait until our process, and no other, listens on that port."""
        assert self.process is not None  # noqa: S101 - just started
        while not _is_listening(self.process.pid, port):
            if self.process.returncode is not None:
                raise ConnectionRefusedError
            await asyncio.sleep(0.02)
        reader, self.writer = await asyncio.open_connection("127.0.0.1", port, limit=LONGEST_WORD)
        self.reading = asyncio.create_task(self._read_events(reader))

    async def _read_events(self, reader: asyncio.StreamReader) -> None:
        """Put what the line tells into its queue; the last word is that it is gone."""
        try:
            while True:
                length = int((await reader.readuntil(b":"))[:-1])
                event = json.loads((await reader.readexactly(length + 1))[:-1])
                if event.get("event"):
                    self.events.put_nowait(event)
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError):
            self.events.put_nowait({"type": "LINE_GONE"})

    def send_command(self, command: str, what: str = "") -> None:
        """Give an order: ``dial``, ``ausrc`` (play) or ``hangup``."""
        assert self.writer is not None  # noqa: S101 - started
        order = json.dumps({"command": command, "params": what}).encode()
        self.writer.write(b"%d:%s," % (len(order), order))

    @property
    def is_up(self) -> bool:
        """Whether the process lives and listens."""
        return self.process is not None and self.process.returncode is None and self.writer is not None

    async def stop(self) -> None:
        """Hang up and end the process. Never raises."""
        if self.writer is not None:
            self.writer.close()
        if self.reading is not None:
            self.reading.cancel()
        if self.process is not None:
            await _end_process(self.process)
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
        self.process = self.writer = self.reading = self.folder = None


async def _end_process(process: asyncio.subprocess.Process) -> None:
    """Ask a process to end, and see to it."""
    with suppress(ProcessLookupError):
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), GOODBYE)
        except TimeoutError:
            process.kill()
            await process.wait()


def _parent_death_hook() -> Callable[[], None] | None:
    """What the child does before it becomes ``baresip``: ask Linux for a SIGTERM when we are gone, even by signal 9."""
    return (lambda: LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM) and None) if LIBC is not None else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_listening(pid: int, port: int) -> bool:
    """Whether this process, and no other, listens on that port (proc(5))."""
    own = set()
    with suppress(OSError):
        for entry in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                own.add(os.readlink(entry))
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        words = line.split()
        if words[1].endswith(f":{port:04X}") and words[3] == LISTENING and f"socket:[{words[9]}]" in own:
            return True
    return False
