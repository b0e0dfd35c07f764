"""How each kind of mail looks to a filter: SpamAssassin with the rules that need no network."""

import os
import re
import subprocess
from datetime import UTC, datetime
from email import message_from_bytes
from email.headerregistry import Address
from pathlib import Path

import pytest

import plp
from plp.channels.email.mime import EncodedMail
from plp.channels.email.verp import return_path
from plp.delivery.channel import Envelope, Slot, Text
from plp.delivery.letters import subject_and_body
from plp.ops.environment import find_program

pytestmark = [pytest.mark.any_database, pytest.mark.spamassassin]
PACKAGE = Path(plp.__file__).parent
LANGUAGES = ("fr", "nl", "de", "en")
NOW = datetime.now(UTC)
MOST = 1.0  # points; a filter lets five pass
STOP = f"https://plp.example.be/stop/{'0123456789abcdef' * 2}/{'fedcba9876543210' * 2}"
PLACES = {
    "link": "https://plp.example.be/account/set-up/0f8fad5bd9cb469fa16570867728950e-5d1a/",
    "settings_link": "https://plp.example.be/m/",
    "stop_link": Slot.STOP_LINK,
    "name": Slot.NAME,
    "check_code": Slot.CHECK_CODE,
    "code": "12345678",
    "partnership": "Haren",
    "police": "02 123 45 67",
    "help": "112",
}
ABOUT_ACCOUNTS = re.compile(
    r"(accounts|membership)/texts/(invitation|new_|address_|confirm_|settings_code|stop_receipt)"
)


def kinds() -> list[Path]:
    """Every text of a mail in one language; the languages take turns."""
    names = [*sorted(PACKAGE.rglob("*_mail.en.md")), PACKAGE / "notices" / "texts" / "whole.en.md"]
    return [
        path.with_name(path.name.replace(".en.", f".{LANGUAGES[number % 4]}.")) for number, path in enumerate(names)
    ]


def mail(number: int, path: Path) -> bytes:
    """One mail as the server of its reader would hand it to a filter."""
    words = re.sub(r"\{(\w+)\}", lambda place: PLACES.get(place[1], "rue de Verdun 12"), path.read_text("utf-8"))
    subject, body = subject_and_body(words)
    may_be_stopped = not ABOUT_ACCOUNTS.search(str(path))
    language = path.name.split(".")[-2]
    text = Text(
        "email", language, subject or "Vols", body, sender="PLP Haren", list_key="haren", may_be_stopped=may_be_stopped
    )
    sender = Address(display_name="PLP", addr_spec="plp@plp.example.be")
    prepared = EncodedMail(text, sender, answers_are_read=True)
    values = {
        Slot.STOP_LINK: STOP,
        Slot.NAME: "Jan Peeters",
        Slot.CHECK_CODE: "a2b3c4d5e",
        Slot.ADDRESS: "jan@example.net",
    }
    values[Slot.SETTINGS_LINK] = PLACES["settings_link"]
    reference = f"p{number}-{number:032x}"
    copy = prepared.mail_bytes(Envelope(reference, "jan.peeters@example.net", prepared, values, NOW))
    way = (
        f"Return-Path: <{return_path(reference, 'plp+*@plp.example.be')}>\r\n"
        f"Received: from plp.example.be (plp.example.be [91.183.1.10]) by mx.example.net with ESMTPS; "
        f"{NOW:%a, %d %b %Y %H:%M:%S} +0000\r\n"
    )
    return way.encode() + copy.removesuffix(b".\r\n")


def scores(mails: list[bytes], folder: Path) -> list[tuple[float, str]]:
    """Points and rules of each mail, by one run over all of them, in whatever order."""
    box = b"".join(
        f"From plp@plp.example.be {NOW:%a %b %d %H:%M:%S %Y}\n".encode()
        + re.sub(rb"(?m)^From ", b">From ", one.replace(b"\r\n", b"\n"))
        + b"\n"
        for one in mails
    )
    command = [str(find_program("spamassassin")), "--local", "--nocreate-prefs", "--mbox"]
    home = {**os.environ, "HOME": str(folder)}
    done = subprocess.run(command, input=box, capture_output=True, check=True, env=home)
    judged = [message_from_bytes(b"From " + one) for one in done.stdout.split(b"\nFrom plp@plp.example.be")]
    words = [" ".join(str(one["X-Spam-Status"]).split()) for one in judged]
    return [(float(re.search(r"score=(-?[0-9.]+)", one)[1]), one) for one in words]  # type: ignore[index]


def test_no_kind_of_mail_looks_like_spam(tmp_path: Path) -> None:
    """Seconds: every letter goes through the filter. Last comes its own sample of spam, so that it is known to look."""
    sample = tmp_path / "sample_mail.en.md"
    sample.write_text("Subject: x\n\nXJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\n", "utf-8")
    mails = [mail(number, path) for number, path in enumerate([*kinds(), sample], 1)]

    judged = scores(mails, tmp_path)

    spam = [points for points, words in judged if "GTUBE" in words]
    assert len(judged) == len(mails)
    assert len(judged) > 70
    assert len(spam) == 1
    assert [words for points, words in judged if points > MOST and "GTUBE" not in words] == []
