"""A mail encoded once per language: copies are joins of ready bytes.

Bodies are quoted-printable, so the result is 7-bit, no line exceeds 78 characters, and a line never begins with a dot
(it is written ``=2E``): nothing is left to stuff. A value sits on an encoded line of its own, between soft breaks.
"""

import re
from binascii import b2a_qp
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from html import escape

from plp.delivery.channel import Envelope, Slot, Text, pieces, slots_of

SOFT_BREAK = b"=\r\n"
LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
PLAIN_VALUE = re.compile(r"[A-Za-z0-9/:_@+-][A-Za-z0-9/:_@.+-]{0,72}")  # needs no encoding
SPECIAL = re.compile(r"""[&<>"']""")  # needs escaping in HTML
LONGEST_NAME = 100  # characters
EVERYBODY = "plp"  # the list of whoever gets what the house writes in nobody's name
BOUNDARY = b"=_plp_alternative"  # "=_" cannot occur in quoted-printable


def encode_quoted_printable(text: str) -> bytes:
    """Quoted-printable bytes of some lines of text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").encode()
    return LEADING_DOT.sub(b"=2E", b2a_qp(lines)).replace(b"\n", b"\r\n")


def encode_slot_value(value: str) -> bytes:
    """One person's value: on one logical line, whatever it holds."""
    if PLAIN_VALUE.fullmatch(value):
        return value.encode()
    return encode_quoted_printable(" ".join(value.split()))


@lru_cache(maxsize=128)
def date_header(second: datetime) -> bytes:
    """The Date header of a second."""
    return format_datetime(second).encode()


def clean_display_name(name: str) -> str:
    """A name as it may stand in a header: one line of visible signs."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())[:LONGEST_NAME]


class EncodedMail:
    """A text prepared for SMTP. ``slots`` adds the stop link for its headers, where a STOP would end such mails."""

    def __init__(self, text: Text, sender: Address, *, answers_are_read: bool = False) -> None:
        self.may_be_stopped = text.may_be_stopped
        self.answers_are_read = answers_are_read
        self.slots = slots_of(text) | ({Slot.STOP_LINK} if text.may_be_stopped else set())
        self.domain = sender.domain.encode()
        self.parts: list[bytes | tuple[Slot, bool]] = []
        self._write_headers(text, sender)
        if text.html:
            self._append_mime_part(b"--" + BOUNDARY + b"\r\n", "text/plain", text.body, as_html=False)
            self._append_mime_part(b"\r\n--" + BOUNDARY + b"\r\n", "text/html", text.html, as_html=True)
            self.parts.append(b"\r\n--" + BOUNDARY + b"--\r\n")
        else:
            self._append_mime_part(b"", "text/plain", text.body, as_html=False)
            self.parts.append(b"\r\n")
        self._merge_adjacent_bytes()
        self.in_body = {part[0] for part in self.parts if not isinstance(part, bytes)}

    def _write_headers(self, text: Text, sender: Address) -> None:
        head = EmailMessage(policy=SMTP)
        head["From"] = Address(clean_display_name(text.sender) or sender.display_name, addr_spec=sender.addr_spec)
        if self.answers_are_read:
            head["Reply-To"] = sender.addr_spec
        head["Subject"] = " ".join(text.subject.split())
        head["Auto-Submitted"] = "auto-generated"
        head["Content-Language"] = text.language
        if text.may_be_stopped:
            head["List-Id"] = f"<{text.list_key or EVERYBODY}.{sender.domain}>"
            head["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        head["MIME-Version"] = "1.0"
        lines = head.as_bytes().removesuffix(b"\r\n")
        if text.html:
            lines += b'Content-Type: multipart/alternative; boundary="' + BOUNDARY + b'"\r\n\r\n'
        self.parts.append(lines)

    def _append_mime_part(self, opening: bytes, content_type: str, text: str, *, as_html: bool) -> None:
        head = f'Content-Type: {content_type}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        self.parts.append(opening + head.encode())
        for piece in pieces(text):
            if isinstance(piece, Slot):
                self.parts += [SOFT_BREAK, (piece, as_html), SOFT_BREAK]
            else:
                self.parts.append(encode_quoted_printable(piece))

    def _merge_adjacent_bytes(self) -> None:
        """Join neighbouring bytes, so that a copy is as few pieces as can be."""
        merged: list[bytes | tuple[Slot, bool]] = []
        for part in self.parts:
            if isinstance(part, bytes) and merged and isinstance(merged[-1], bytes):
                merged[-1] += part
            else:
                merged.append(part)
        self.parts = merged

    def mail_bytes(self, envelope: Envelope) -> bytes:
        """One recipient's mail, ready for the wire, its end included (``CRLF . CRLF``)."""
        values = envelope.values
        ready = {slot: encode_slot_value(values[slot]) for slot in self.in_body}
        special = {
            slot: encode_slot_value(escape(values[slot])) for slot in self.in_body if SPECIAL.search(values[slot])
        }
        body = [
            part if isinstance(part, bytes) else special.get(part[0], ready[part[0]]) if part[1] else ready[part[0]]
            for part in self.parts
        ]
        stop = (b">\r\nList-Unsubscribe: <", values[Slot.STOP_LINK].encode("ascii")) if self.may_be_stopped else ()
        leaves_at = envelope.leaves_at or envelope.written_at
        return b"".join(
            (
                b"To: ",
                envelope.address.encode("ascii"),
                b"\r\nDate: ",
                date_header(leaves_at.replace(microsecond=0)),
                b"\r\nMessage-ID: <",
                envelope.reference.encode("ascii"),
                b"@",
                self.domain,
                *stop,
                b">\r\n",
                *body,
                b".\r\n",
            )
        )
