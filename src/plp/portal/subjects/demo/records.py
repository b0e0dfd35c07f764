"""What the demonstration keeps: sign-ins in ``demo.json``, mail and SMS under ``outbox``, letters and calls as rows."""

import json
import time
from dataclasses import dataclass
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings

from plp.delivery.answer_codes import answer_code
from plp.delivery.models import Dispatch
from plp.delivery.queries import copies_with_kept_texts
from plp.delivery.texts import Slot, fill_slots
from plp.mandates.grants import Role
from plp.partnership.queries import partnerships_not_ended

PERIOD = 30  # seconds for which a code is valid
QUARTER = "haren"  # where the tour is walked


@dataclass(frozen=True)
class DemoSignIn:
    """One identity with its code of this moment. ``key`` and ``area`` are the keys of role and quarter."""

    key: str
    area: str
    role: Any
    quarter: str
    name: str
    email: str
    password: str
    code: str


@dataclass(frozen=True)
class OutboxPiece:
    """Something that reached somebody: channel, receiver, sender, title and words."""

    kind: str
    to: str
    sender: str
    subject: str
    text: str
    language: str = ""


def demo_sign_ins() -> list[DemoSignIn]:
    """Everybody who can sign in, or nothing where the demonstration was not built."""
    file = settings.HOME / "demo.json"
    if not file.exists():
        return []
    counter = int(time.time() // PERIOD)
    names = {partnership.key: partnership.name() for partnership in partnerships_not_ended()}
    return [
        DemoSignIn(
            key=one["role"],
            area=one["quarter"],
            role=Role(one["role"]).label,
            quarter=names.get(one["quarter"], one["quarter"]),
            name=one["name"],
            email=one["email"],
            password=one["password"],
            code=format_hotp_value(hotp_value(one["totp_secret"], counter)),
        )
        for one in json.loads(file.read_text(encoding="utf-8"))
    ]


def sent_mails_or_sms_and_their_number(channel_key: str, first: int, last: int) -> tuple[list[OutboxPiece], int]:
    """Pieces ``first`` to ``last`` of mail or SMS, newest first, and how many there are."""
    files = sorted((settings.HOME / "outbox").glob("*.json"), reverse=True)
    read = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    mine = [one for one in read if one["kind"] == channel_key]
    pieces = [OutboxPiece(channel_key, one["to"], one["from"], one["subject"], one["text"]) for one in mine[first:last]]
    return pieces, len(mine)


def letters_or_calls_and_their_number(channel: str, first: int, last: int) -> tuple[list[OutboxPiece], int]:
    """Letters or calls, newest first, and how many there are."""
    copies = copies_with_kept_texts(channel)
    return [_piece_of_copy(copy) for copy in copies[first:last]], copies.count()


def _piece_of_copy(copy: Dispatch) -> OutboxPiece:
    """A letter or a call as its receiver would get it."""
    text = copy.message.texts.get(channel=copy.channel, language=copy.language)
    person = copy.contact.person if copy.contact else None
    values = {
        Slot.NAME: person.name if person else "",
        Slot.ADDRESS: copy.contact.address if copy.contact else "",
        Slot.CHECK_CODE: copy.message.check_code,
        Slot.ANSWER_CODE: answer_code(copy.pk),
        Slot.SETTINGS_LINK: "",
        Slot.STOP_LINK: "",
    }
    to = f"{values[Slot.NAME]}, {values[Slot.ADDRESS]}"
    return OutboxPiece(copy.channel, to, "", text.subject, fill_slots(text.body, values), copy.language)
