"""A mail that came in, as far as a person wrote it: who it says it is from, its first words, who signed it.

Everything in it was made by strangers.
"""

import re
from collections.abc import Mapping
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from typing import Any

from plp.sandbox.parsers import dkim

LARGEST = 200_000  # bytes of a mail that we look at: an answer is short
MOST_PARTS = 30
MOST_FIELDS, LONGEST_FIELD = 3_000, 20_000  # lines that look like one, also in its text; bytes
FIELD = re.compile(rb"^[!-9;-~]+:[^\n]*(?:\n[ \t][^\n]*)*", re.MULTILINE)
LONGEST = 4_000  # characters of its words
BULK = {"bulk", "junk", "list", "auto_reply", "auto-reply"}
MACHINE_FIELDS = ("list-id", "list-unsubscribe", "list-post", "x-autoreply", "x-autorespond", "x-auto-reply", "x-loop")
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
BROKEN = (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError)  # hostile, or not a mail


def read_reply(content: bytes, *, now: int) -> dict[str, Any] | None:
    """``sender`` (as it stands there), ``subject``, ``words``, and ``keys``: the names of the records of the DNS that
    are wanted to judge its signatures. Nothing for machines' mail, lists, bounces, and what no person writes.
    """
    if len(content) > LARGEST or not has_only_short_headers(content):
        return None
    try:
        mail = message_from_bytes(content, policy=default)
        if not isinstance(mail, EmailMessage) or is_automatic(mail):
            return None
        sender = sender_of(mail)
        subject, words = str(mail.get("subject", "")), plain_or_html_text_of(mail)
    except BROKEN:
        return None
    if sender is None:
        return None
    key_names: list[str] = []
    dkim.signing_domains(content, keys=key_names.append, now=now)
    return {"sender": sender, "subject": subject[:LONGEST], "words": words[:LONGEST], "keys": key_names}


def has_only_short_headers(content: bytes) -> bool:
    """Whether its heads are as long as heads are, also those of its parts: their readers take their time with more."""
    for number, field in enumerate(FIELD.finditer(content), start=1):
        if number > MOST_FIELDS or len(field[0]) > LONGEST_FIELD:
            return False
    return True


def signing_domains(content: bytes, *, keys: Mapping[str, str | None], now: int) -> list[str]:
    """The domains with a good signature. ``keys``: the records of the DNS by name; ``now``: seconds since 1970."""
    records = {name: record.encode("latin-1") for name, record in keys.items() if record is not None}
    return sorted(dkim.signing_domains(content, keys=records.get, now=now))


def is_automatic(mail: EmailMessage) -> bool:
    """Whether a machine wrote it (RFC 3834), it came by a list, or it tells of another mail (T54)."""
    auto_submitted = str(mail.get("auto-submitted", "no")).strip().lower()
    if not auto_submitted.startswith("no") or str(mail.get("precedence", "")).strip().lower() in BULK:
        return True
    if any(name in mail for name in MACHINE_FIELDS) or str(mail.get("return-path", "x")).strip() == "<>":
        return True
    if ABSENT.match(ANSWERED.sub("", str(mail.get("subject", ""))).strip()):
        return True
    return mail.get_content_type() in {"multipart/report", "message/delivery-status"}


def sender_of(mail: EmailMessage) -> str | None:
    """The one address of the one ``From``; None for none or several."""
    fields = mail.get_all("from", [])
    if len(fields) != 1 or fields[0].defects or len(fields[0].addresses) != 1:
        return None
    return str(fields[0].addresses[0].addr_spec)


def plain_or_html_text_of(mail: EmailMessage) -> str:
    """The first text of a mail: its plain part, else what a reader sees of its HTML."""
    texts: dict[str, str] = {}
    for number, part in enumerate(mail.walk()):
        kind = part.get_content_type()
        if number >= MOST_PARTS or kind == "message/rfc822":
            break
        if kind in {"text/plain", "text/html"} and kind not in texts and part.get_content_disposition() != "attachment":
            texts[kind] = _decode_part(part)
    if texts.get("text/plain", "").strip():
        return texts["text/plain"]
    return visible_text(texts.get("text/html", ""))


def _decode_part(part: EmailMessage) -> str:
    """The decoded text of a part, whatever it says of its charset."""
    content = part.get_payload(decode=True)
    raw = content if isinstance(content, bytes) else b""
    for charset in (part.get_content_charset("utf-8"), "utf-8"):
        try:
            return raw.decode(charset)
        except (LookupError, ValueError):
            continue
    return raw.decode("latin-1")


class _VisibleText(HTMLParser):
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


def visible_text(markup: str) -> str:
    """The text of an HTML page, one line a block."""
    visible = _VisibleText()
    visible.feed(markup)
    visible.close()
    return "".join(visible.words)
