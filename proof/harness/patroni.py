"""Three PostgreSQL servers under Patroni, which decides by itself who writes: with the settings of ``deploy/``."""

import json
import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from proof.harness.postgresql import PostgresServer
from proof.harness.service_machines import child_process_ids
from proof.harness.system import ROOT
from proof.harness.web_server import free_port

SETTINGS = ROOT / "deploy" / "patroni.yaml"
PASSWORD = "a-password-of-the-proof"
NAMES = ("one", "two", "three")
WAIT = 240.0  # seconds until three machines must be whole: one of them may be copied anew


@dataclass
class DatabaseMachine:
    """One machine: Patroni, and the server that it starts. Its address is on loopback."""

    name: str
    address: str
    server: PostgresServer
    settings: Path
    process: subprocess.Popen[bytes] | None = None

    def process_ids(self) -> list[int]:
        """Patroni first, that it starts nothing anew; then the server and its children."""
        assert self.process
        found = [self.process.pid, *child_process_ids(self.process.pid)]
        with suppress(FileNotFoundError, IndexError, ValueError):
            lead = int((self.server.data / "postmaster.pid").read_text().split()[0])
            found += [lead, *child_process_ids(lead)]
        return found

    def kill_all_processes(self) -> None:
        """As when the power fails."""
        for process in self.process_ids():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        assert self.process
        self.process.wait(WAIT)
        self.process = None


class PatroniCluster:
    """Three machines beside one etcd, which is not killed here."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.rest, self.etcd_port = free_port(), free_port(), free_port()
        self.etcd: subprocess.Popen[bytes] | None = None
        self.machines = [self._create_configured_machine(name, number) for number, name in enumerate(NAMES, 1)]

    def _create_configured_machine(self, name: str, number: int) -> DatabaseMachine:
        place = self.folder / name
        place.mkdir()
        server = PostgresServer(place / "data")
        address, settings = f"127.0.1.{number}", yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))
        settings["name"] = name
        settings["etcd3"] = {"hosts": f"127.0.0.1:{self.etcd_port}"}
        settings["restapi"] |= dict.fromkeys(("listen", "connect_address"), f"{address}:{self.rest}")
        settings["restapi"]["authentication"]["password"] = PASSWORD
        del settings["bootstrap"]["post_bootstrap"]
        settings["bootstrap"]["dcs"]["postgresql"]["parameters"] |= {"shared_buffers": "128MB", "max_wal_size": "256MB"}
        settings["postgresql"] |= {
            "listen": f"{address}:{self.port}",
            "connect_address": f"{address}:{self.port}",
            "data_dir": str(server.data),
            "bin_dir": str(server.programs),
            "pgpass": str(server.socket / "pgpass"),
            "parameters": {"unix_socket_directories": str(server.socket)},
        }
        for who in settings["postgresql"]["authentication"].values():
            who["password"] = PASSWORD
        file = place / "patroni.yaml"
        file.write_text(yaml.safe_dump(settings), encoding="utf-8")
        if server.user:
            for one in (place, file):
                os.chown(one, *_uid_and_gid(server.user))
        return DatabaseMachine(name, address, server, file)

    def leader_database_url(self, name: str) -> str:
        """The address of a database on whichever of them writes."""
        hosts = ",".join(machine.address for machine in self.machines)
        ports = ",".join(str(self.port) for _machine in self.machines)
        return f"postgresql://postgres:{PASSWORD}@/{name}?host={hosts}&port={ports}&target_session_attrs=read-write"

    def start(self) -> None:
        """Start etcd and the three, and wait until they are whole."""
        client, peer = (f"http://127.0.0.1:{port}" for port in (self.etcd_port, free_port()))
        words = ["--data-dir", str(self.folder / "etcd"), "--log-level", "error"]
        words += ["--listen-client-urls", client, "--advertise-client-urls", client]
        words += ["--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer]
        words += ["--initial-cluster", f"default={peer}"]
        with (self.folder / "etcd.log").open("ab") as log:
            self.etcd = subprocess.Popen(
                ["etcd", *words, "--initial-cluster", f"default={peer}"], stdout=log, stderr=log
            )
        for machine in self.machines:
            self.start_machine(machine)
        self.wait_until_leader_and_two_standbys()

    @staticmethod
    def start_machine(machine: DatabaseMachine) -> None:
        """Switch it on: Patroni finds out what it is to be."""
        with machine.server.log.open("ab") as log:
            machine.process = subprocess.Popen(
                ["patroni", str(machine.settings)], user=machine.server.user, cwd="/", stdout=log, stderr=log
            )

    def reported_members(self) -> list[dict[str, Any]]:
        """What the first machine that answers says of all."""
        for machine in self.machines:
            way = f"http://{machine.address}:{self.rest}/cluster"
            with suppress(OSError, ValueError), urllib.request.urlopen(way, timeout=5) as answer:
                return list(json.loads(answer.read())["members"])
        return []

    def find_leader(self) -> DatabaseMachine | None:
        """Who writes now."""
        named = {member["name"] for member in self.reported_members() if member["role"] == "leader"}
        return next((machine for machine in self.machines if machine.name in named), None)

    def wait_until_leader_and_two_standbys(self) -> None:
        """Wait until one writes and two follow it, of which each commit waits for one."""
        until = time.monotonic() + WAIT
        while sorted(_replication_state(member) for member in self.reported_members()) != [
            "followed",
            "follows",
            "follows",
        ]:
            assert time.monotonic() < until, self._ends_of_machine_logs()
            time.sleep(0.2)

    def _ends_of_machine_logs(self) -> str:
        return "\n".join(machine.server.log.read_text(errors="replace")[-2000:] for machine in self.machines)

    def close(self) -> None:
        """Stop them all."""
        for machine in self.machines:
            if machine.process:
                machine.kill_all_processes()
            machine.server.stop_if_running()
        if self.etcd:
            self.etcd.terminate()
            self.etcd.wait(WAIT)


def _replication_state(member: dict[str, Any]) -> str:
    if member["role"] == "leader" and member["state"] == "running":
        return "followed"
    return "follows" if (member["role"], member["state"]) == ("quorum_standby", "streaming") else "absent"


def _uid_and_gid(user: str) -> tuple[int, int]:
    import pwd  # noqa: PLC0415 - not on every system

    found = pwd.getpwnam(user)
    return found.pw_uid, found.pw_gid


@contextmanager
def patroni_cluster(folder: Path) -> Iterator[PatroniCluster]:
    """Three machines, stopped afterwards."""
    made = PatroniCluster(folder)
    try:
        made.start()
        yield made
    finally:
        made.close()
