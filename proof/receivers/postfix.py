"""A real Postfix in a folder of its own, on a port of loopback: the system's own one is not touched. Needs root.

It asks no DNS: it knows the hosts of /etc/hosts and no other, wherever it runs (its own view of nsswitch.conf).
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from plp.ops.environment import find_program

PATIENCE = 20.0  # seconds for its start
ALONE = "passwd: files\ngroup: files\nhosts: files\nservices: files\n"
MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
syslog_name = plp-proof
inet_interfaces = loopback-only
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
smtp_dns_support_level = disabled
smtp_host_lookup = native
smtpd_peername_lookup = no
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
maximal_queue_lifetime = 6s
bounce_queue_lifetime = 6s
default_destination_concurrency_failed_cohort_limit = 0
smtpd_error_sleep_time = 0
smtpd_soft_error_limit = 100000
smtpd_hard_error_limit = 100000
smtpd_client_connection_count_limit = 0
anvil_status_update_time = 1h
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
scache unix - - n - 1 scache
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True)
class Postfix:
    """A running one: its port, its folder."""

    port: int
    folder: Path

    @property
    def log_text(self) -> str:
        """What it noted."""
        return (self.folder / "mail.log").read_text(encoding="utf-8", errors="replace")


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def running_postfix(settings: Mapping[str, str], files: Mapping[str, str], services: str = "") -> Iterator[Postfix]:
    """Run it until the block ends. ``settings`` of main.cf and ``files`` beside it may name ``{folder}``; ``services``
    are more lines of master.cf.
    """
    folder = Path(tempfile.mkdtemp(prefix="pf-"))  # short: a socket's path has 108 characters at most
    folder.chmod(0o755)
    port = free_port()
    try:
        _write_postfix_settings(folder, port, settings, files, services)
        _start_or_stop_postfix(folder, "start", port)
        yield Postfix(port, folder)
    finally:
        _start_or_stop_postfix(folder, "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _write_postfix_settings(
    folder: Path, port: int, settings: Mapping[str, str], files: Mapping[str, str], services: str
) -> None:
    for part in ("conf", "queue", "data"):
        (folder / part).mkdir()
    shutil.chown(folder / "data", "postfix")
    lines = MAIN + "".join(f"{name} = {value}\n" for name, value in settings.items())
    for name, words in {"conf/main.cf": lines, "conf/master.cf": MASTER + services, **files}.items():
        text = words.replace("{folder}", str(folder)).replace("{port}", str(port))
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "nsswitch.conf").write_text(ALONE, encoding="utf-8")


def _start_or_stop_postfix(folder: Path, order: str, port: int = 0) -> None:
    """Start or stop it, with a list of names of its own where the system allows that."""
    postfix = [str(find_program("postfix")), "-c", str(folder / "conf"), order]
    hidden = f'mount --bind "{folder}/nsswitch.conf" /etc/nsswitch.conf 2>/dev/null; exec "$@"'
    apart = ["unshare", "-m", "sh", "-c", hidden, "sh", *postfix]
    may_part = subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode == 0
    done = subprocess.run(
        apart if may_part else postfix, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"}
    )
    until = time.monotonic() + PATIENCE
    while port:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < until, f"Postfix does not listen: {done.stderr}"
            time.sleep(0.05)
        else:
            return
