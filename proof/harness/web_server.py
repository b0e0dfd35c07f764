"""A web server of ours in front of a house, and browsers that send forms to it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from proof.harness.system import ROOT, SystemUnderTest

PATIENCE = 60.0  # seconds until a server must have answered
STARTING = 600.0  # seconds until it must answer at all: a busy machine is slow, not wrong
FORM = "application/x-www-form-urlencoded"
YOUNG = 6.0  # seconds: granian gives up, and is started again from outside, when a process this young dies


@dataclass(frozen=True)
class PageAnswer:
    """What came back. ``status`` 0: the line broke, or nobody listened."""

    status: int
    body: str = ""
    seconds: float = 0.0


def free_port() -> int:
    """A port that nobody uses now."""
    with closing(socket.socket()) as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def get_page_or_post_form(
    port: int, path: str, cookies: str = "", fields: Mapping[str, str] | None = None, kind: str = FORM
) -> PageAnswer:
    """Get a page of whoever listens at ``port``, or send a form to it."""
    begun = time.monotonic()
    headers = {"Cookie": cookies, "Accept-Language": "en"}
    if fields is not None:
        headers |= {"Content-Type": kind, "Origin": f"http://127.0.0.1:{port}"}
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        line.request("GET" if fields is None else "POST", path, None if fields is None else urlencode(fields), headers)
        answer = line.getresponse()
        return PageAnswer(answer.status, answer.read().decode(errors="replace"), time.monotonic() - begun)
    except (OSError, http.client.HTTPException):
        return PageAnswer(0, "", time.monotonic() - begun)
    finally:
        line.close()


class WebServer:
    """``./plp web`` with so many processes, and what one may do to it."""

    def __init__(self, scene: SystemUnderTest, processes: int, **settings: str) -> None:
        self.scene = scene
        self.port = free_port()
        self.environment = scene.environment | {"PLP_PORT": str(self.port), "PLP_WEB_PROCESSES": str(processes)}
        self.environment |= settings
        self.log = scene.log.parent / "web.log"
        with self.log.open("a") as file:
            self.server = subprocess.Popen(
                [sys.executable, "-m", "plp.ops.cli", "web"], cwd=ROOT, env=self.environment, stdout=file, stderr=file
            )
        try:
            self.wait_until_page_has_status(200, "/healthz", STARTING)
        except BaseException:
            self.close()
            raise
        self.born = dict.fromkeys(self.serving_process_ids(), 0.0)

    def serving_process_ids(self) -> list[int]:
        """The processes that answer pages."""
        listed = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text().split()
        return [int(member) for member in listed if _is_serving_process(member)]

    def processes_safe_to_kill(self) -> list[int]:
        """Those that may die alone: the first ones, and those that took a dead one's place some time ago."""
        now = time.monotonic()
        self.born = {member: self.born.get(member, now) for member in self.serving_process_ids()}
        return [member for member, born in self.born.items() if now - born > YOUNG]

    def get_page_or_post_form(
        self, path: str, cookies: str = "", fields: Mapping[str, str] | None = None, kind: str = FORM
    ) -> PageAnswer:
        """Get a page, or send a form (of a ``kind`` of content that is read or refused by its name)."""
        return get_page_or_post_form(self.port, path, cookies, fields, kind)

    def wait_until_page_has_status(self, status: int, path: str, seconds: float = PATIENCE) -> float:
        """Wait until a page answers so; for how long, in seconds."""
        begun = time.monotonic()
        while self.get_page_or_post_form(path).status != status:
            assert self.server.poll() is None, self.log.read_text()[-2000:]
            assert time.monotonic() - begun < seconds, self.log.read_text()[-2000:]
            time.sleep(0.02)
        return time.monotonic() - begun

    def close(self) -> None:
        """Stop it."""
        self.server.terminate()
        try:
            self.server.wait(30)
        except subprocess.TimeoutExpired:
            for member in self.serving_process_ids():
                os.kill(member, 9)
            self.server.kill()
            self.server.wait(30)


def _is_serving_process(member: str) -> bool:
    """Whether a child answers pages: it has threads for it, unlike the helpers of the interpreter."""
    try:
        return len(os.listdir(f"/proc/{member}/task")) > 1
    except FileNotFoundError:
        return False


def create_database(home: Path) -> None:
    """A database of this version, made the quick way."""
    lines = "import django; django.setup(); from proof.procedures import backups; "
    lines += "backups.create_database_people_and_message(1)"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PLP_")}
    environment |= {"PLP_HOME": str(home), "DJANGO_SETTINGS_MODULE": "plp.server.settings"}
    subprocess.run([sys.executable, "-c", lines], cwd=ROOT, env=environment, check=True)


@contextmanager
def web_server(scene: SystemUnderTest, processes: int, **settings: str) -> Iterator[WebServer]:
    """A web server, stopped afterwards."""
    made = WebServer(scene, processes, **settings)
    try:
        yield made
    finally:
        made.close()
