"""Machines that answer pages or send mails, each with a data folder of its own, as ``docs/scale.md`` sets them up."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from proof.harness.system import ROOT, SystemUnderTest
from proof.harness.web_server import free_port

RESTARTS = 1.0  # seconds after which systemd starts anew what ended


def child_process_ids(process: int) -> list[int]:
    """The processes that one started and that live."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    return []


class ServiceMachine:
    """One machine on which a command is kept running: what ends is started again, as by systemd."""

    def __init__(self, scene: SystemUnderTest, name: str, *command: str) -> None:
        self.command = command
        home = scene.log.parent / name
        home.mkdir(mode=0o700)
        shutil.copytree(scene.log.parent / "secrets", home / "secrets")
        self.port = free_port()
        self.environment = scene.environment | {"PLP_HOME": str(home), "PLP_PORT": str(self.port), "PLP_COUNTRY": "1"}
        self.log = home / "log"
        self.over = threading.Event()
        self.started = threading.Event()
        self.keeper = threading.Thread(target=self._run_and_restart_until_closed, daemon=True)
        self.keeper.start()
        self.started.wait()

    def _run_and_restart_until_closed(self) -> None:
        while not self.over.is_set():
            with self.log.open("ab") as log:
                words = [sys.executable, "-m", "plp.ops.cli", *self.command]
                self.process = subprocess.Popen(words, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
            self.started.set()
            self.process.wait()
            self.over.wait(RESTARTS)

    def kill(self) -> None:
        """By signal 9, with all that it started."""
        for process in (self.process.pid, *child_process_ids(self.process.pid)):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def close(self) -> None:
        """Stop it for good."""
        self.over.set()
        self.process.terminate()
        try:
            self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.kill()
        self.keeper.join()
