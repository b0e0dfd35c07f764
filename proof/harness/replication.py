"""Three PostgreSQL servers that hold the same: one that writes, two that follow it and of which one must confirm."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from proof.harness.postgresql import PostgresServer

WAIT = 60.0  # seconds until a follower must be there


class ReplicatedPostgres:
    """``leader`` writes; a commit is told only when one of ``followers`` has it on its disk too (ANY 1)."""

    def __init__(self, folder: Path, *, is_hurried: bool) -> None:
        """``is_hurried``: they do not wait for the disk; nobody cuts the power here, so nothing is lost by it."""
        self.is_hurried = is_hurried
        self.folder = folder
        self.made = 0
        self.leader = self._new_server()
        self.followers: list[PostgresServer] = []

    def _new_server(self) -> PostgresServer:
        self.made += 1
        return PostgresServer(self.folder / f"data{self.made}")

    @property
    def all_servers(self) -> list[PostgresServer]:
        """All three."""
        return [self.leader, *self.followers]

    @property
    def host_list_of_database_url(self) -> str:
        """Where a client looks for the one that writes."""
        return ",".join(str(member.socket) for member in self.all_servers)

    def leader_database_url(self, name: str) -> str:
        """The address of a database on whichever of them writes."""
        return f"postgresql://postgres:@/{name}?host={self.host_list_of_database_url}&target_session_attrs=read-write"

    def start(self) -> None:
        """Make the leader and two followers; from then on a commit waits for one of them."""
        self.leader.create_empty_cluster()
        if self.is_hurried:
            with (self.leader.data / "postgresql.auto.conf").open("a") as file:
                file.write("fsync = off\nfull_page_writes = off\n")
        self.leader.start()
        self._execute_sql(
            self.leader, "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (*)'", "SELECT pg_reload_conf()"
        )
        for _ in range(2):
            self.followers.append(self.start_new_follower())  # each with the same setting, for the day it leads
        self.wait_for_followers(2)

    def start_new_follower(self, socket: Path | None = None) -> PostgresServer:
        """A copy of the leader that follows it; at ``socket``, the address of one that it replaces."""
        made = self._new_server()
        if socket:
            shutil.rmtree(made.socket)
            socket.mkdir(exist_ok=True)
            made.socket, made.log = socket, socket / "log"
        made.data.mkdir(mode=0o700)
        for place in (made.data, made.socket):
            if made.user:
                shutil.chown(place, made.user)
        made._run_postgres_program(
            "pg_basebackup",
            "-h",
            str(self.leader.socket),
            "-U",
            "postgres",
            "-D",
            str(made.data),
            "-c",
            "fast",
            *(["-N"] if self.is_hurried else []),
        )
        (made.data / "standby.signal").touch()
        with (made.data / "postgresql.auto.conf").open("a") as file:
            file.write(f"primary_conninfo = '{self._connection_string(self.leader)}'\n")
        made.start()
        return made

    @staticmethod
    def _connection_string(leader: PostgresServer) -> str:
        return f"host={leader.socket} user=postgres"

    @staticmethod
    def _execute_sql(member: PostgresServer, *words: str) -> None:
        with psycopg.connect(member.database_url, autocommit=True) as line:
            for one in words:
                line.execute(one)  # type: ignore[call-overload]

    def wait_for_followers(self, number: int) -> None:
        """Wait until so many follow, and a commit waits for them."""
        asked = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = 'quorum'"
        until = time.monotonic() + WAIT
        while True:
            with psycopg.connect(self.leader.database_url, autocommit=True) as line:
                found = line.execute(asked).fetchone()
            if found and found[0] >= number:
                return
            assert time.monotonic() < until, self.leader.log.read_text()[-2000:]
            time.sleep(0.05)

    @staticmethod
    def kill(member: PostgresServer) -> None:
        """As when the machine dies. It never comes back with what it held: it is fenced."""
        for process in member.process_ids():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        member.clean_up_after_kill()

    def promote_most_advanced_follower(self) -> None:
        """Let the follower that received most take over, and the other follow it.

        First both turn their backs on the old leader: from then on it can acknowledge nothing, dead or alive.
        """
        for one in self.followers:
            self._execute_sql(one, "ALTER SYSTEM SET primary_conninfo = ''", "SELECT pg_reload_conf()")
        for one in self.followers:
            self._wait_until_not_replicating(one)
        self.leader, rest = max(self.followers, key=self._received_wal_position), self.followers
        self.followers = [one for one in rest if one is not self.leader]
        self._execute_sql(self.leader, "SELECT pg_promote()")
        for one in self.followers:
            way = self._connection_string(self.leader)
            self._execute_sql(one, f"ALTER SYSTEM SET primary_conninfo = '{way}'", "SELECT pg_reload_conf()")

    @staticmethod
    def _wait_until_not_replicating(member: PostgresServer) -> None:
        until = time.monotonic() + WAIT
        with psycopg.connect(member.database_url, autocommit=True) as line:
            while line.execute("SELECT 1 FROM pg_stat_wal_receiver").fetchone():
                assert time.monotonic() < until
                time.sleep(0.02)

    @staticmethod
    def _received_wal_position(member: PostgresServer) -> int:
        with psycopg.connect(member.database_url, autocommit=True) as line:
            found = line.execute("SELECT coalesce(pg_last_wal_receive_lsn(), '0/0') - '0/0'::pg_lsn").fetchone()
        assert found
        return int(found[0])

    def replace_by_new_follower(self, old: PostgresServer) -> None:
        """Throw the old leader away; a fresh copy of the new one follows in its place, at the same address."""
        old.stop_if_running()
        shutil.rmtree(old.data, ignore_errors=True)
        self.followers.append(self.start_new_follower(old.socket))
        self.wait_for_followers(2)

    def close(self) -> None:
        """Stop them all."""
        for member in self.all_servers:
            member.stop_if_running()


@contextmanager
def replicated_postgres(folder: Path, *, is_hurried: bool = False) -> Iterator[ReplicatedPostgres]:
    """Three servers, stopped afterwards."""
    made = ReplicatedPostgres(folder, is_hurried=is_hurried)
    try:
        made.start()
        yield made
    finally:
        made.close()
