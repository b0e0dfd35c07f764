"""An installation below a folder, as the guide lays it out, with releases made of this tree and services behind a door.

What only a whole machine has is played: packages come from the environment of this checkout instead of an index, one
user owns everything, and ``systemctl`` asks us to start services anew, as systemd does.
"""

import os
import shutil
import socket
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from plp.ops.release.checksums import SUMS, checksum_lines
from plp.ops.release.folders import ReleaseFolders
from proof.harness.socket_activation import ActivationSocket, terminate_and_wait
from proof.harness.system import ROOT

SERVICES = ("web", "worker")
PAGES = {"web": "plp-web", "bridge": "plp-web-bridge"}
LAUNCHED = ("src", "deploy", "plp", "pyproject.toml", "build_dependencies.py", "build_catalogues.py", "README.md")
STEP = """
from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("drafts", {before!r})]
    operations = [migrations.RunSQL("CREATE TABLE proof_tomorrow (number integer)", "DROP TABLE proof_tomorrow")]
"""
# "Installs" what the lock names by pointing to the packages of this checkout; the program itself is the release's own.
UV = """#!{python}
import shutil, sys, venv
from pathlib import Path
words = sys.argv[1:]
site = lambda folder: next(Path(folder).glob("lib/python*/site-packages"))
if words[0] == "venv":
    venv.create(words[-1], symlinks=True)
    (site(words[-1]) / "b_packages.pth").write_text({packages!r})
elif "-e" in words:
    root, own = Path(words[words.index("-e") + 1]), site(Path(words[words.index("--python") + 1]).parents[1])
    version = (root / "CHANGELOG.md").read_text().split()[1]
    (own / "a_plp.pth").write_text(str(root / "src"))
    facts = next(Path({packages!r}).glob("plp-*.dist-info"))
    shutil.copytree(facts, own / ("plp-" + version + ".dist-info"))
    told = own / ("plp-" + version + ".dist-info") / "METADATA"
    told.write_text(told.read_text().replace("Version: " + facts.name[4:-10], "Version: " + version, 1))
"""
RUNUSER = '#!/bin/sh\nshift 3\nexec "$@"\n'  # one user owns all of it here
SYSTEMCTL = '#!/bin/sh\necho "$*" >{ask}\nread -r done <{answer}\n'


def build_release_archive(folder: Path, version: str, *, more_steps: bool = False) -> Path:
    """The archive of this tree as that version, its checksums beside it; ``more_steps``: with a step of tomorrow."""
    tree = folder / f"plp-{version}"
    tree.mkdir(parents=True)
    for name in (*LAUNCHED, *(path.name for path in ROOT.glob("requirements*"))):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tree / name)
    (tree / "CHANGELOG.md").write_text(f"## {version}\n")
    if more_steps:
        steps = tree / "src/plp/drafts/migrations"
        before = max(path.stem for path in steps.glob("0*.py"))
        (steps / "9999_tomorrow.py").write_text(STEP.format(before=before))
    archive = folder / f"{tree.name}.tar.gz"
    with tarfile.open(archive, "w:gz", compresslevel=1) as whole:
        whole.add(tree, tree.name)
    shutil.rmtree(tree)
    (folder / SUMS).write_text(checksum_lines([archive]))
    return archive


@dataclass
class Installation:
    """Its folders, the door of its pages, and the processes of its services."""

    root: Path
    door: ActivationSocket = field(default_factory=ActivationSocket)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    version: str = ""  # of the services that run

    @property
    def release_folders(self) -> ReleaseFolders:
        """As ``plp upgrade`` sees them."""
        return ReleaseFolders(self.root / "opt")

    def install_first_release(self, first: Path, settings: dict[str, str]) -> None:
        """Lay the first release out and make its environment and database, by the commands of the guide."""
        self.release_folders.releases.mkdir(parents=True)
        for name, script in (("uv", UV), ("systemctl", SYSTEMCTL), ("runuser", RUNUSER)):
            self._write_executable_script(name, script)
        for name in ("ask", "answer"):
            os.mkfifo(self.root / name)
        lines = settings | {"PLP_PORT": str(self.door.port), "PLP_HOME": str(self.root / "home")}
        (self.root / "home").mkdir(mode=0o700)
        (self.root / "plp.env").write_text("".join(f"{name}={value}\n" for name, value in lines.items()))
        self.release_folders.make_current(self.release_folders.unpack(first))
        self.run_command("migrate")

    def _write_executable_script(self, name: str, script: str) -> None:
        packages = next(Path(sys.prefix).glob("lib/python*/site-packages"))
        path = self.root / "bin" / name
        path.parent.mkdir(exist_ok=True)
        places = {"ask": self.root / "ask", "answer": self.root / "answer"}
        path.write_text(script.format(python=sys.executable, packages=str(packages), **places))
        path.chmod(0o755)

    @property
    def environment_of_commands(self) -> dict[str, str]:
        """What whoever types the commands has."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PLP_", "DJANGO_", "PYTHON"))}
        return kept | {"PATH": f"{self.root / 'bin'}:{kept['PATH']}", "PLP_ENV": str(self.root / "plp.env")}

    def command_line(self, *words: str) -> list[str]:
        """A command by the wrapper, as the guide types it."""
        return ["/bin/sh", str(self.root / "opt" / "current" / "deploy" / "plp"), *words]

    def run_command(self, *words: str) -> None:
        """Run one to its end, which must be a good one."""
        with (self.root / "commands.log").open("ab") as log:
            subprocess.run(
                self.command_line(*words), env=self.environment_of_commands, stdout=log, stderr=log, check=True
            )

    def start_service(self, name: str, command: str = "") -> None:
        """Start a service, as its unit says; one that answers pages is waited for until it says that it does."""
        self.version = self.release_folders.current.name
        before = self.door.command_prefix() if name in PAGES else []
        if name in PAGES:  # as systemd does, for everybody who holds the socket
            unit = self.release_folders.current / "deploy" / "systemd" / f"{PAGES[name]}.service"
            self.door.socket.setblocking("NonBlocking=yes" not in unit.read_text().splitlines())
        with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as ready:
            ready.bind(address := str(self.root / f"{name}-{time.monotonic_ns()}"))
            with (self.root / f"{name}.log").open("ab") as log:
                self.running[name] = subprocess.Popen(
                    [*before, *self.command_line(command or name)],
                    env=self.environment_of_commands | {"NOTIFY_SOCKET": address},
                    pass_fds=self.door.descriptors_to_pass(),
                    stdout=log,
                    stderr=log,
                )
            if name in PAGES:
                assert ready.recv(64) == b"READY=1"

    def start_all_services(self) -> None:
        """Start every service."""
        for name in SERVICES:
            self.start_service(name)

    def stop_all_services(self) -> None:
        """SIGTERM to all, and wait for those at work."""
        for name in list(self.running):
            terminate_and_wait(self.running.pop(name))

    def restart_service(self, name: str) -> None:
        """Stop a service, wait until it has finished, and start it."""
        terminate_and_wait(self.running.pop(name))
        self.start_service(name)

    def restart_all_services(self) -> None:
        """Each by itself and all at once, as systemd does it."""
        threads = [threading.Thread(target=self.restart_service, args=(name,)) for name in SERVICES]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    @contextmanager
    def faked_systemctl(self) -> Iterator[None]:
        """Do meanwhile what ``systemctl`` is asked: start the services anew."""
        over = threading.Event()

        def carry_out_systemctl_requests() -> None:
            while not over.is_set():
                match (self.root / "ask").read_text().split():
                    case ["try-restart", *_]:
                        self.restart_all_services()
                    case ["start", "plp-web-bridge"]:
                        self.start_service("bridge", "web")
                    case ["--no-warn", "stop", "plp-web-bridge"]:
                        terminate_and_wait(self.running.pop("bridge"))
                (self.root / "answer").write_text("done\n")

        thread = threading.Thread(target=carry_out_systemctl_requests)
        thread.start()
        try:
            yield
        finally:
            over.set()
            subprocess.run([self.root / "bin" / "systemctl", "end"], check=True)
            thread.join()
