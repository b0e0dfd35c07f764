"""The local outbox: each mail and SMS as its receiver would see it, kept as one JSON file under ``var/outbox``."""

import itertools
import json
import time
from pathlib import Path

from plp.ops.receivers.mailbox import ReceivedMail, ReceivedSms

_number = itertools.count()


def _write_message_file(folder: Path, content: dict[str, str]) -> None:
    """Write one file, complete or not at all; its name sorts by time."""
    name = f"{time.time_ns():020d}-{next(_number):06d}"
    draft = folder / f"{name}.part"
    draft.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    draft.rename(folder / f"{name}.json")


def save_mail_as_file(folder: Path, mail: ReceivedMail) -> None:
    """Keep a mail: to, from, subject, plain text."""
    body = mail.message.get_body(("plain",))
    _write_message_file(
        folder,
        {
            "kind": "email",
            "to": ", ".join(mail.recipients),
            "from": str(mail.message["From"] or ""),
            "subject": str(mail.message["Subject"] or ""),
            "text": body.get_content() if body else "",
        },
    )


def save_sms_as_file(folder: Path, sms: ReceivedSms) -> None:
    """Keep a text message: to, from, text."""
    _write_message_file(folder, {"kind": "sms", "to": sms.to, "from": sms.sender, "subject": "", "text": sms.text})
