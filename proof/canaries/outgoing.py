"""Everything that leaves: mails and SMS of a real worker, its log lines, the database as a thief has it, a backup."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from email.message import EmailMessage
from os import environ
from pathlib import Path
from typing import Any

from pyrage import x25519

from plp.ops.receivers.mailbox import ReceivedMail, ReceivedSms, sms_receiver, smtp_receiver
from proof.canaries.exposure import ExposureLog, relation_of_token_to_home
from proof.canaries.scanner import find_tokens_in_file_content, find_tokens_in_mail
from proof.canaries.tokens import Token
from proof.harness.seeded_data import ROOT, environment_of_data_folder

GATEWAY = "http://proof:proof@127.0.0.1:{port}/cgi-bin/sendsms"
PATIENCE = 900  # seconds for a worker on a slow machine


class OutgoingScanner:
    """Takes what a worker sends and keeps who read what."""

    def __init__(self, seed: Mapping[str, Any], watch: ExposureLog) -> None:
        self.seed, self.watch = seed["canary"], watch
        self.counts: Counter[str] = Counter()

    def deliver_waiting_messages(self) -> None:
        """Let a worker deliver what waits; then once more to where nobody listens: it must fail without a name."""
        with smtp_receiver(self._scan_mail) as smtp, sms_receiver(self._scan_sms) as sms:
            ways = {"PLP_SMTP_URL": f"smtp://127.0.0.1:{smtp.port}", "PLP_SMS_URL": GATEWAY.format(port=sms.port)}
            self._run_worker_and_scan_log(**ways)

    def deliver_without_receivers(self) -> None:
        """The same while neither a mail server nor a gateway is there."""
        self._run_worker_and_scan_log(PLP_SMTP_URL="smtp://127.0.0.1:9", PLP_SMS_URL=GATEWAY.format(port=9))

    def _run_worker_and_scan_log(self, **ways: str) -> None:
        home = Path(environ["PLP_HOME"])
        command = [sys.executable, "-m", "plp.ops.cli", "worker", "--once"]
        with suppress(subprocess.TimeoutExpired):
            done = subprocess.run(
                command,
                cwd=ROOT,
                env=environment_of_data_folder(home, PLP_DEBUG="1", **ways),
                capture_output=True,
                timeout=PATIENCE,
                check=False,
            )
            lines = done.stdout + done.stderr
            self.counts["log lines of workers"] += lines.count(b"\n")
            self.watch.record_seen_tokens("log", "worker", find_tokens_in_file_content(lines, self.seed))

    def _scan_mail(self, mail: ReceivedMail) -> None:
        """One mail: whose it is says the envelope; more than one recipient is a fault of its own (T18)."""
        self.counts["mails"] += 1
        self.counts["mails to more than one"] += len(mail.recipients) != 1
        whole = mail.message.as_bytes()
        self.watch.count_output_if_new("mail", b"".join((mail.recipients[0].encode(), *_decoded_parts(mail.message))))
        self._record_tokens_in_message("mail", mail.recipients[0], find_tokens_in_mail(whole, self.seed))

    def _scan_sms(self, sms: ReceivedSms) -> None:
        self.counts["SMS"] += 1
        self.watch.count_output_if_new("SMS", f"{sms.to}{sms.text}".encode())
        self._record_tokens_in_message("SMS", sms.to, find_tokens_in_file_content(sms.text.encode(), self.seed))

    def _record_tokens_in_message(self, kind: str, to: str, tokens: set[Token]) -> None:
        """Who got it may read about themselves; about others what is declared for a mail."""
        owner = next(iter(find_tokens_in_file_content(to.encode(), self.seed)), None)
        for token in tokens:
            is_self = owner is not None and (token.plp, token.person) == (owner.plp, owner.person)
            near = "self" if is_self else _relation_to_recipient(owner, token)
            self.watch.seen.setdefault((kind, near, self.watch.field_name_of_token(token)), kind)

    def scan_database_files(self) -> None:
        """The files of the database as they lie there (T52)."""
        home = Path(environ["PLP_HOME"])
        content = b"".join(path.read_bytes() for path in sorted(home.glob("plp.sqlite3*")))
        self.watch.record_seen_tokens(
            "thief of the database", "database", find_tokens_in_file_content(content, self.seed)
        )

    def make_and_scan_backup(self) -> None:
        """A backup, scanned as it is (T21)."""
        home, key = Path(environ["PLP_HOME"]), x25519.Identity.generate().to_public()
        file = home / "backup.age"
        command = [sys.executable, "-m", "plp.ops.cli", "backup", str(file), "--to", str(key)]
        subprocess.run(
            command, cwd=ROOT, env=environment_of_data_folder(home), check=True, timeout=PATIENCE, capture_output=True
        )
        self.watch.record_seen_tokens(
            "thief of a backup", "backup", find_tokens_in_file_content(file.read_bytes(), self.seed)
        )


def _decoded_parts(mail: EmailMessage) -> Iterator[bytes]:
    """What a mail says, part by part."""
    for part in mail.walk():
        held = part.get_payload(decode=True)
        if isinstance(held, bytes):
            yield held


def _relation_to_recipient(owner: Token | None, token: Token) -> str:
    """Whose a token is, seen from whoever gets the copy."""
    if owner is None or owner.plp != token.plp:
        return relation_of_token_to_home(token)
    return "office, the same" if relation_of_token_to_home(token).startswith("office") else "the same"
