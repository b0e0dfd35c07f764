"""A real IMAP server (Dovecot 2.4) with one mailbox, in TLS with a certificate of its own."""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from plp.ops.environment import find_program
from tests.patience import PATIENCE, eventually, listens

CONFIGURATION = """
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
listen = 127.0.0.1
protocols {{
  imap = yes
}}
{users}
mail_driver = maildir
mail_path = {folder}/mail
auth_failure_delay = 0
ssl = required
ssl_server_cert_file = {folder}/certificate.pem
ssl_server_key_file = {folder}/key.pem
passdb static {{
  password = "se cret"
}}
userdb static {{
  fields {{
    uid = {owner.pw_uid}
    gid = {owner.pw_gid}
    home = {folder}
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""
USERS = """default_internal_user = {owner.pw_name}
default_internal_group = {group}
default_login_user = {owner.pw_name}
first_valid_uid = 1
"""


@dataclass
class Dovecot:
    """A running server: its address for ``PLP_IMAP_URL``, its certificate, its mailbox."""

    url: str
    certificate: Path
    mailbox: Path
    owner: pwd.struct_passwd
    count: int = 0

    def deliver(self, mail: bytes) -> None:
        """Put a mail into the mailbox, as a mail server would."""
        self.count += 1
        waiting = self.mailbox / "tmp" / f"{time.time_ns()}.{self.count}.test"
        waiting.write_bytes(mail)
        _give(waiting, self.owner)
        waiting.rename(self.mailbox / "new" / waiting.name)

    def flags(self) -> list[str]:
        """What is kept, each with its flags: ``S`` is read."""
        kept = [path for part in ("new", "cur") for path in (self.mailbox / part).iterdir()]
        return sorted(path.name.partition(":2,")[2] for path in kept)


def _give(path: Path, owner: pwd.struct_passwd) -> None:
    if os.geteuid() == 0:
        os.chown(path, owner.pw_uid, owner.pw_gid)


@contextmanager
def dovecot() -> Iterator[Dovecot]:
    """Run it until the block ends. Started by root it serves as nobody, else as whoever we are."""
    is_root = os.geteuid() == 0
    owner = pwd.getpwnam("nobody") if is_root else pwd.getpwuid(os.geteuid())
    folder = Path(tempfile.mkdtemp(prefix="imap-"))  # short: a socket's path has 108 characters at most
    folder.chmod(0o755)
    try:
        for part in ("mail", "mail/new", "mail/cur", "mail/tmp"):
            (folder / part).mkdir()
            _give(folder / part, owner)
        _certify(folder)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        users = "" if is_root else USERS.format(owner=owner, group=grp.getgrgid(owner.pw_gid).gr_name)
        settings = CONFIGURATION.format(folder=folder, owner=owner, port=port, users=users)
        (folder / "dovecot.conf").write_text(settings)
        command = [str(find_program("dovecot")), "-F", "-c", str(folder / "dovecot.conf")]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                _wait_for(port, process, folder / "dovecot.log")
                url = f"imaps://plp:se%20cret@127.0.0.1:{port}/INBOX"
                yield Dovecot(url, folder / "certificate.pem", folder / "mail", owner)
            finally:
                process.terminate()
                process.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    eventually(lambda: listens(port) or process.poll() is not None)
    if not listens(port):
        raise AssertionError(f"Dovecot does not listen: {log.read_text() if log.exists() else 'no log'}")


def _certify(folder: Path) -> None:
    """A certificate for this machine, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "plp test")]), datetime.now(UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).add_extension(here, critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    form, clear = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, clear))
    signed = made.sign(key, hashes.SHA256())
    (folder / "certificate.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
