"""What came back from another mail server, in plain values: nothing here is believed, nothing personal taken out.

``facts`` knows delivery status notifications (RFC 3464), complaints (ARF, RFC 5965), and what servers write in forms of
their own (qmail, Exim, Exchange, Postfix, Yahoo, ...: the detectors of Mailman). Which copy it was stands in the
addresses of its header and of the mail that it brings back: the reader looks for our own there.
"""

import email
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.message import Message
from email.policy import compat32
from typing import Any

from flufl.bounce import all_failures

from plp.sandbox.parsers.mails import has_only_short_headers

LARGEST = 200_000  # bytes that are looked at: the report stands first
MOST_PARTS = 50
LONGEST = 2_000  # characters of what a server said
ADDRESSED = ("to", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "apparently-to")
BROUGHT = ("return-path", "x-envelope-from", "envelope-from", "x-original-from")  # of the mail that comes back
REPORTED = ("original-mail-from", "original-envelope-id")  # of a complaint
MACHINES = re.compile(r"(mailer-daemon|postmaster|mailadmin|mail-daemon|mdaemon|bounce)", re.IGNORECASE)
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
ACTIONS = {"failed": "failed", "fail": "failed", "error": "failed", "delayed": "delayed", "delivered": "delivered"}


def read_bounce(raw: bytes) -> dict[str, Any] | None:
    """What a mail says of one of ours: ``outcome`` (``failed``, ``delayed``, ``delivered``, ``complaint``), ``status``
    (``5.1.1`` or empty), ``words`` of the server that refused it, and ``addressed``: the header values in which our own
    address may stand, the likeliest first. ``None``: it is no such report. Never raises for what a mail holds.
    """
    try:
        return (
            _bounce_facts(email.message_from_bytes(raw[:LARGEST], policy=compat32))
            if has_only_short_headers(raw[:LARGEST])
            else None
        )
    except (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError):  # hostile or broken
        return None


def _bounce_facts(mail: Message) -> dict[str, Any] | None:
    parts = list(_mail_parts(mail))
    report = _complaint_report(parts) or _delivery_status(parts) or _maker_specific_report(mail, parts)
    if report is None:
        return None
    headers = [_header_value(mail, name) for name in ADDRESSED]
    brought = [_header_value(part, name) for part in parts[1:] for name in (*BROUGHT, *REPORTED)]
    return report | {"addressed": [value for value in (*headers, *brought, *_returned_envelope_lines(parts)) if value]}


def _mail_parts(mail: Message) -> Iterator[Message]:
    for number, part in enumerate(mail.walk()):
        if number >= MOST_PARTS:
            return
        yield part


def _header_value(part: Message, name: str) -> str:
    return " ".join(str(value) for value in part.get_all(name, []))[:LONGEST]


def _text_of_part(part: Message) -> str:
    """The words of a part, as far as they can be read."""
    if part.is_multipart():
        return ""
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


def _field_groups(part: Message) -> list[Message]:
    """The groups of fields of a report, whether the parser took them apart or not."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return [report_fields for report_fields in payload if isinstance(report_fields, Message)]
    return [email.message_from_string(group, policy=compat32) for group in re.split(r"\r?\n\r?\n", _text_of_part(part))]


def _complaint_report(parts: list[Message]) -> dict[str, Any] | None:
    """Somebody's mail program says that a mail of ours was called unwanted."""
    for part in parts:
        if part.get_content_type() == "message/feedback-report":
            kinds = {_header_value(group, "feedback-type").strip().lower() for group in _field_groups(part)} - {""}
            if kinds & {"abuse", "fraud", "virus", "other"}:
                return {"outcome": "complaint", "status": "", "words": ""}
    return None


def _delivery_status(parts: list[Message]) -> dict[str, Any] | None:
    """A delivery status notification: what became of the last recipient that it names. Each copy has one."""
    for part in parts:
        if part.get_content_type() not in {"message/delivery-status", "message/global-delivery-status"}:
            continue
        for group in reversed(_field_groups(part)):
            action = re.match(r"[a-z]*", _header_value(group, "action").strip().lower())
            outcome = ACTIONS.get(action[0] if action else "")
            if outcome:
                status = STATUS.search(_header_value(group, "status"))
                words = " ".join(_header_value(group, "diagnostic-code").split())
                return {"outcome": outcome, "status": status[0] if status else "", "words": words}
    return None


def _maker_specific_report(mail: Message, parts: list[Message]) -> dict[str, Any] | None:
    """A report in the form of one maker, by the detectors of Mailman; a person's mail is none, whatever it quotes."""
    sender = f"{_header_value(mail, 'from')} {_header_value(mail, 'sender')}"
    if not (
        MACHINES.search(sender) or _header_value(mail, "return-path").strip() == "<>" or "x-failed-recipients" in mail
    ):
        return None
    delayed, failed = all_failures(mail)
    if not (delayed or failed):
        return None
    words = " ".join(" ".join(_text_of_part(part) for part in parts if part.get_content_maintype() == "text").split())
    return {"outcome": "failed" if failed else "delayed", "status": "", "words": _cut_returned_mail(words)}


def _cut_returned_mail(text: str) -> str:
    """What the server says, without the mail that it brings back below."""
    cut = re.search(r"-{3,} ?(below this line|this is a copy|original message|returned message|transcript)", text, re.I)
    return text[: cut.start() if cut else None][:LONGEST]


def _returned_envelope_lines(parts: list[Message]) -> list[str]:
    """The envelope sender of a mail that comes back as mere text: servers write its header below theirs."""
    header_lines = []
    for part in parts:
        if part.get_content_type() in {"text/plain", "text/rfc822-headers"}:
            header_lines += re.findall(r"(?im)^(?:return-path|x-envelope-from):[^\n]{1,300}$", _text_of_part(part))
    return header_lines[:MOST_PARTS]
