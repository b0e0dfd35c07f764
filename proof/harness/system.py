"""Real workers on a real database beside a recording receiver, all in processes of their own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[2]
START = """
from plp.ops.cli import freezing_loaded_objects_from_gc
with freezing_loaded_objects_from_gc():
    import django
    django.setup()
    from {stage} import serve_procedure_calls
serve_procedure_calls()
"""


@contextmanager
def fresh_database(url: str) -> Iterator[str]:
    """A fresh database beside the one of ``url`` (PostgreSQL); empty stays empty: SQLite in the data folder."""
    if not url:
        yield ""
        return
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is used

    name = f"plp_crash_{uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as line:
        line.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    with psycopg.connect(url, autocommit=True) as line:  # another one: the server may have been restarted meanwhile
        line.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


class SystemUnderTest:
    """A data folder, a sink, a stage, and workers that come and go."""

    def __init__(
        self,
        folder: Path,
        database: str,
        *,
        connections: int,
        delay: float = 0.0,
        lease: int = 1,
        receiver: Sequence[str] = (),
        url: str = "smtp://127.0.0.1:{port}",
        stage: str = "proof.procedures.message_queue",
        settings: Mapping[str, str] | None = None,
        sms: Sequence[str] = (),
    ) -> None:
        """``receiver``: a module and its arguments that print their port, instead of the quick sink; ``url``: how the
        house finds it; ``stage``: the module whose ``serve_procedure_calls`` answers; ``settings``: more of the
        environment; ``sms``: a gateway, as ``receiver``.
        """
        self.log = folder / "sink.log"
        self.log.touch()
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PLP_")},
            "PLP_HOME": str(folder),
            "DJANGO_SETTINGS_MODULE": "plp.server.settings",
            "PLP_DELIVERY_CONNECTIONS": str(connections),
            "PLP_DELIVERY_LEASE_SECONDS": str(lease),
            "PLP_SMS_CENTS_A_DAY": "1000000000",  # money is the matter of a proof of its own
            "PLP_SMS_PARTS_A_QUARTER": "1000000000",
            "PLP_SMS_CODES_AN_HOUR": "1000000",
        }
        if database:
            self.environment["PLP_DATABASE_URL"] = database
        self.receivers: list[subprocess.Popen[str]] = []
        port = self._start_receiver_and_read_port(
            receiver or ("plp.ops.receivers.sink", "--delay", str(delay)), self.log
        )
        self.environment["PLP_SMTP_URL"] = url.format(port=port)
        self.sms_log = folder / "sms.log"
        if sms:
            port = self._start_receiver_and_read_port(sms, self.sms_log)
            self.environment["PLP_SMS_URL"] = f"http://plp:secret@127.0.0.1:{port}/cgi-bin/sendsms"
        self.environment.update(settings or {})
        self.stage = self._start_python("-c", START.format(stage=stage))
        self.worker: subprocess.Popen[str] | None = None

    def _start_python(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start_second_gateway(self, words: Sequence[str]) -> Path:
        """A gateway that takes over, for workers started from now on; answers its log."""
        log = self.log.parent / "sms2.log"
        port = self._start_receiver_and_read_port(words, log)
        self.environment["PLP_SMS_URL_2"] = f"http://plp:secret@127.0.0.1:{port}/cgi-bin/sendsms"
        return log

    def start_fake_telephones(self, words: Sequence[str]) -> Path:
        """Telephones to be called by workers started from now on; answers their log."""
        log = self.log.parent / "telephones.log"
        self.environment["PLP_VOICE_URL"] = (
            f"sip://plp:secret@127.0.0.1:{self._start_receiver_and_read_port(words, log)}"
        )
        return log

    def _start_receiver_and_read_port(self, words: Sequence[str], log: Path) -> int:
        """Start a receiver; answers its port."""
        started = self._start_python("-m", *words, "--log", str(log))
        self.receivers.append(started)
        assert started.stdout
        return int(started.stdout.readline())

    def call_procedure(self, name: str, *arguments: Any) -> Any:
        """Have the stage run the procedure of this name with these arguments, and answer what it returns."""
        assert self.stage.stdin
        assert self.stage.stdout
        self.stage.stdin.write(json.dumps([name, *arguments]) + "\n")
        self.stage.stdin.flush()
        return json.loads(self.stage.stdout.readline())

    def start_workers(self, processes: int, *, hurried: bool = False, module: str = "plp.ops.cli") -> None:
        """Start a crew. ``hurried``: it waits a tenth of a second before another try, so that a trial is short.
        ``module``: instead of ``./plp``.
        """
        words = ["proof.harness.fast_retries" if hurried else module, "worker", "--processes", str(processes)]
        with (self.log.parent / "worker.log").open("a") as file:
            self.worker = subprocess.Popen(
                [sys.executable, "-m", *words], cwd=ROOT, env=self.environment, stdout=file, stderr=file
            )

    def worker_process_ids(self) -> list[int]:
        """The processes of the crew that live now (with one process: the worker itself)."""
        assert self.worker
        listed = Path(f"/proc/{self.worker.pid}/task/{self.worker.pid}/children").read_text().split()
        return [int(member) for member in listed]

    def wait_until_no_dispatch_waits(self, seconds: float) -> None:
        """Wait until no row is on its way."""
        until = time.monotonic() + seconds
        while self.call_procedure("has_waiting_copies"):
            assert time.monotonic() < until, (self.log.parent / "worker.log").read_text()[-2000:]
            time.sleep(0.2)

    def wait_for_more_mail(self, seconds: float) -> None:
        """Wait until the receiver took another mail: the workers are in the middle of their work."""
        size, until = self.log.stat().st_size, time.monotonic() + seconds
        while self.log.stat().st_size == size:
            assert time.monotonic() < until, (self.log.parent / "worker.log").read_text()[-2000:]
            time.sleep(0.01)

    def count_received_copies(self) -> Counter[str]:
        """How many copies of each message the receivers took, by our reference."""
        logs = [log.read_text() for log in (self.log, self.sms_log) if log.exists()]
        names = [line.split()[1] for log in logs for line in log.splitlines()]
        return Counter(name.partition("@")[0] for name in names)

    def stop_workers_with_exit_code(self) -> int:
        """SIGTERM, and the exit code."""
        assert self.worker
        self.worker.send_signal(signal.SIGTERM)
        code = self.worker.wait(40)
        self.worker = None
        return code

    def forget_killed_workers(self) -> None:
        """They were killed with their machine: take note."""
        assert self.worker
        self.worker.wait(40)
        self.worker = None

    def close(self) -> None:
        """End everything that was started here."""
        if self.worker:
            self.stop_workers_with_exit_code()
        for process in (self.stage, *self.receivers):
            assert process.stdin
            process.stdin.close()
            process.wait(20)


@contextmanager
def system_under_test(folder: Path, database: str, **settings: Any) -> Iterator[SystemUnderTest]:
    """A house, torn down afterwards."""
    with fresh_database(database) as url:
        made = SystemUnderTest(folder, url, **settings)
        try:
            yield made
        finally:
            made.close()
