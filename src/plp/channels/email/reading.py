"""A mail that came in, as far as we read it: who it says it is from, whether that is proven, its first words.

Everything in it was made by strangers. Nothing of it is kept.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from hashlib import sha256
from html.parser import HTMLParser

from plp.channels.email.addresses import read_address
from plp.channels.email.dkim import Keys, signers
from plp.toolbox.storable import storable

LARGEST = 200_000  # bytes of a mail that we look at: an answer is short
MOST_PARTS = 30
LONGEST = 4_000  # characters of its words
BULK = {"bulk", "junk", "list", "auto_reply", "auto-reply"}
MACHINE_FIELDS = ("list-id", "list-unsubscribe", "list-post", "x-autoreply", "x-autorespond", "x-auto-reply", "x-loop")
NO_PEOPLE = re.compile(r"(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+=-].*)?", re.IGNORECASE)
ANSWERED = re.compile(r"^\s*((re|aw|antw?|sv)\s*:\s*)+", re.IGNORECASE)
ABSENT = re.compile(  # how mail programs name the answers that they write themselves
    r"(automati(c|sche?s?) (reply|response|antwo(rd|rt))|auto[- ]?(reply|matic|response|antwo(rd|rt))"
    r"|automatisch antwoord|réponse automatique|r[ée]ponse d.absence|message d.absence|absence du bureau"
    r"|out of (the )?office|afwezig(heid)?\b|abwesenheit|undeliver(able|ed)|delivery (status|failure|has failed)"
    r"|mail delivery|returned mail|non remis|échec de (la )?remise|onbestelbaar|unzustellbar)",
    re.IGNORECASE,
)
BREAKS = {"br", "p", "div", "li", "tr", "blockquote", "hr", "h1", "h2", "h3", "table", "ul", "ol", "pre"}
UNSEEN = {"script", "style", "head", "title", "template"}


@dataclass(frozen=True)
class Incoming:
    """One mail. ``is_proven``: the domain of ``sender`` signed it. ``event``: the same for the same mail, always."""

    sender: str
    subject: str
    words: str
    is_proven: bool
    event: str


def read(raw: bytes, *, keys: Keys, now: int) -> Incoming | None:
    """What to make of a mail; None for machines' mail, lists, bounces, and what no person writes.

    The signature must be aligned: the domain that signed is that of the sender, or one around it. Never raises for
    what a mail holds.
    """
    if len(raw) > LARGEST:
        return None
    try:
        mail = message_from_bytes(raw, policy=default)
        if not isinstance(mail, EmailMessage) or is_automatic(mail):
            return None
        sender = sender_of(mail)
        subject, words = (storable(text)[:LONGEST] for text in (str(mail.get("subject", "")), words_of(mail)))
    except (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError):  # hostile or broken
        return None
    if sender is None:
        return None
    proven = is_aligned(sender, signers(raw, keys=keys, now=now))
    return Incoming(sender, subject, words, proven, f"email:{sha256(raw).hexdigest()}")


def is_automatic(mail: EmailMessage) -> bool:
    """Whether a machine wrote it (RFC 3834), it came by a list, or it tells of another mail (T54)."""
    said = str(mail.get("auto-submitted", "no")).strip().lower()
    if not said.startswith("no") or str(mail.get("precedence", "")).strip().lower() in BULK:
        return True
    if any(name in mail for name in MACHINE_FIELDS) or str(mail.get("return-path", "x")).strip() == "<>":
        return True
    if ABSENT.match(ANSWERED.sub("", str(mail.get("subject", ""))).strip()):
        return True
    return mail.get_content_type() in {"multipart/report", "message/delivery-status"}


def sender_of(mail: EmailMessage) -> str | None:
    """The one address of the one ``From``, as addresses are kept; None for none, several or a machine's."""
    fields = mail.get_all("from", [])
    if len(fields) != 1 or fields[0].defects or len(fields[0].addresses) != 1:
        return None
    address = read_address(fields[0].addresses[0].addr_spec)
    if address is None or NO_PEOPLE.fullmatch(address.rpartition("@")[0]):
        return None
    return address


def is_aligned(sender: str, domains: set[str]) -> bool:
    """Whether one of ``domains`` is that of ``sender``, or one around it of at least two labels."""
    own = sender.rpartition("@")[2].lower()
    return any(own == domain or (own.endswith(f".{domain}") and "." in domain) for domain in domains)


def words_of(mail: EmailMessage) -> str:
    """The first text of a mail: its plain part, else what a reader sees of its HTML."""
    texts: dict[str, str] = {}
    for number, part in enumerate(mail.walk()):
        kind = part.get_content_type()
        if number >= MOST_PARTS or kind == "message/rfc822":
            break
        if kind in {"text/plain", "text/html"} and kind not in texts and part.get_content_disposition() != "attachment":
            texts[kind] = _text(part)
    if texts.get("text/plain", "").strip():
        return texts["text/plain"]
    return seen(texts.get("text/html", ""))


def _text(part: EmailMessage) -> str:
    """The decoded text of a part, whatever it says of its charset."""
    content = part.get_payload(decode=True)
    raw = content if isinstance(content, bytes) else b""
    for charset in (part.get_content_charset("utf-8"), "utf-8"):
        try:
            return raw.decode(charset)
        except (LookupError, ValueError):
            continue
    return raw.decode("latin-1")


class _Eye(HTMLParser):
    """Collects what a reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - Python's names
        self.hidden += tag in UNSEEN
        if tag in BREAKS:
            self.words.append("\n> " if tag == "blockquote" else "\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in UNSEEN))
        if tag in BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(re.sub(r"\s+", " ", data))


def seen(markup: str) -> str:
    """The text of an HTML page, one line a block."""
    eye = _Eye()
    eye.feed(markup)
    eye.close()
    return "".join(eye.words)
