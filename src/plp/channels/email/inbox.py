"""The mailbox that answers come to, over IMAP: unread mails out, read ones marked, old ones deleted.

The standard library speaks to the server: a signature holds for the bytes as they came, so nothing may take them apart
on the way.
"""

import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import unquote, urlsplit

from plp.channels.email.incoming_mail import LARGEST
from plp.channels.email.server_url import is_loopback

EXAMPLE = "imaps://user:password@imap.example.be"
PATIENCE = 20.0  # seconds for a slow server
MOST = 100  # mails of one look
KEPT = timedelta(days=30)  # then a mail that was read is deleted (R84)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
STARTS = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/-]{0,99}")  # names of folders that need no further quoting


class BadInboxUrl(ValueError):
    """The setting cannot be used. Its text is a sentence for the operator and holds no secret."""


class InboxUnreachable(Exception):
    """The mailbox cannot be opened or read now. ``reason`` is a short key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class InboxAccount:
    """Where the mailbox is. ``tls``: from the first byte; else STARTTLS, or, on this machine alone, in clear."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    tls: bool = True


def parse_inbox_url(url: str, setting: str = "PLP_IMAP_URL") -> InboxAccount:
    """The mailbox of a setting: ``imaps://user:password@host[:993][/folder]``, or ``imap://`` for STARTTLS.

    Raises ``BadInboxUrl``.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as wrong:
        raise BadInboxUrl(f"{setting} must look like {EXAMPLE}.") from wrong
    folder = unquote(parts.path.strip("/")) or "INBOX"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname or not user or not STARTS.fullmatch(folder):
        raise BadInboxUrl(f"{setting} must look like {EXAMPLE}.")
    tls = parts.scheme == "imaps"
    return InboxAccount(parts.hostname, port or (993 if tls else 143), user, password, folder, tls)


@contextlib.contextmanager
def open_inbox(account: InboxAccount, *, cafile: str = "") -> Iterator["ImapInbox"]:
    """The open mailbox, closed after. The server's certificate is checked. Raises ``InboxUnreachable``."""
    try:
        connection = _connect(account, ssl.create_default_context(cafile=cafile or None))
        try:
            connection.login(account.user, account.password)
            if connection.select(f'"{account.folder}"')[0] != "OK":
                raise InboxUnreachable("imap-folder")
            yield ImapInbox(connection)
        finally:
            with contextlib.suppress(imaplib.IMAP4.error, OSError):
                connection.logout()
    except ssl.SSLError as wrong:
        raise InboxUnreachable("imap-certificate") from wrong
    except OSError as wrong:
        raise InboxUnreachable("imap-unreachable") from wrong
    except imaplib.IMAP4.error as wrong:
        raise InboxUnreachable("imap-refused") from wrong


def _connect(account: InboxAccount, context: ssl.SSLContext) -> imaplib.IMAP4:
    if account.tls:
        return imaplib.IMAP4_SSL(account.host, account.port, ssl_context=context, timeout=PATIENCE)
    connection = imaplib.IMAP4(account.host, account.port, timeout=PATIENCE)
    if not is_loopback(account.host):
        connection.starttls(context)
    return connection


class ImapInbox:
    """An open mailbox."""

    def __init__(self, connection: imaplib.IMAP4) -> None:
        self.connection = connection

    def unread_uids(self) -> list[bytes]:
        """The numbers (UID) of what nobody has read yet, oldest first; so many at once, and no more."""
        return self._uid_command("SEARCH", "UNSEEN")[0].split()[:MOST]

    def fetch(self, uid: bytes) -> bytes | None:
        """One mail as it came, unread still; None for one that is too large or gone."""
        response = self._uid_command("FETCH", uid.decode(), "(RFC822.SIZE)")
        size = SIZE.search(response[0]) if response else None
        if size is None or int(size[1]) > LARGEST:
            return None
        parts = self._uid_command("FETCH", uid.decode(), "(BODY.PEEK[])", with_content=True)
        return next((part[1] for part in parts if isinstance(part, tuple)), None)

    def mark_seen(self, uids: list[bytes]) -> None:
        """Mark as read: they are not looked at again."""
        if uids:
            self._uid_command("STORE", b",".join(uids).decode(), "+FLAGS.SILENT", r"(\Seen)")

    def delete_old_seen_mails(self, today: date) -> int:
        """Delete what was read and has lain for 30 days. Answers how many."""
        day = today - KEPT
        old = self._uid_command("SEARCH", "SEEN", "BEFORE", f"{day.day}-{MONTHS[day.month - 1]}-{day.year}")[0].split()[
            :MOST
        ]
        if old:
            self._uid_command("STORE", b",".join(old).decode(), "+FLAGS.SILENT", r"(\Deleted)")
            self.connection.expunge()
        return len(old)

    def _uid_command(self, command: str, *arguments: str, with_content: bool = False) -> list:
        """What the server says, line by line; ``with_content``: also what it sends. Raises ``InboxUnreachable``."""
        kind, response = self.connection.uid(command, *arguments)
        if kind != "OK":
            raise InboxUnreachable(f"imap-{command.lower()}")
        return [part for part in response if with_content or isinstance(part, bytes)] or ([] if with_content else [b""])
