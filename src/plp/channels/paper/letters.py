"""The letters of one message: one each, in its receiver's language, in large type, two on a sheet of A4."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.channels.paper import easy_to_read
from plp.delivery.channel import Slot, Text, fill
from plp.documents.dates import date_format
from plp.documents.tagged_pdf import PICTURE, qr_code_template_data, render_pdf
from plp.toolbox.clock import local
from plp.toolbox.texts import TextMissing, text

HERE = Path(__file__).parent
TEXTS = HERE / "texts"
ABOUT = gettext_lazy("What it is about")


@dataclass(frozen=True)
class PaperMessage:
    """One message to be printed. ``texts`` has an entry for each language of its receivers.

    ``sender`` is the partnership in each language, sign and name, ``police`` the zone that wrote the message (empty if
    none did), ``numbers`` whom to phone in danger, ``coordinator`` how to reach the coordinator in words
    ("Anne Dubois, 02 555 12 12"), ``site`` the public web address, ``check`` the page where anybody checks the code,
    ``page`` the one where the round is ticked off. ``opening`` is the title above the words
    of the police in an easy-to-read letter, in the active language.
    """

    sender: Mapping[str, str]
    texts: Mapping[str, Text]
    check_code: str
    written_at: datetime
    coordinator: str
    police: Mapping[str, str] = field(default_factory=dict)
    numbers: tuple[str, str] = ("101", "112")
    site: str = ""
    check: str = ""
    page: str = ""
    opening: Any = ABOUT


@dataclass(frozen=True)
class PaperRecipient:
    """One letter. ``street`` is in the receiver's language; ``walk`` is the street's name on the volunteer's sheet

    (both languages where it has two), by which letters are brought together. ``house`` is number and box: "12 b003".
    ``large``: in very large print, on a sheet of its own; ``easy``: easy to read, on one too; or both (R66).
    ``answer_code``: by which this letter is answered.
    """

    name: str
    language: str
    street: str
    house: str
    place: str = ""
    walk: str = ""
    large: bool = False
    easy: bool = False
    answer_code: str = ""


def date_text(moment: datetime, language: str) -> str:
    """The Belgian date of ``moment`` in words of ``language``."""
    with translation.override(language):
        return date_format(local(moment), "DATE_FORMAT")


def required_text(message: PaperMessage, language: str) -> Text:
    """The message in ``language``. Raises ``TextMissing``: a letter in another language is never sent silently."""
    try:
        return message.texts[language]
    except KeyError as missing:
        raise TextMissing(f"no letter text in {language}") from missing


def letters_pdf(message: PaperMessage, recipients: Sequence[PaperRecipient]) -> bytes:
    """A tagged PDF of A4 sheets with two A5 letters each and a line to cut along, in the order given.

    A letter too long for half a sheet, or in very large print, has a sheet to itself, to fold; one that is easy to
    read has an upright sheet. Raises ``TextMissing`` for a receiver whose language has no text, and the refusals of
    ``plp.documents.tagged_pdf``.
    """
    first = recipients[0].language if recipients else "fr"
    frames = {
        language: _shared_letter_values(message, language) for language in {person.language for person in recipients}
    }
    letters = [_letter_content(message, person, frames[person.language]) for person in recipients]
    return render_pdf(
        HERE / "letters.typ",
        {"letters": letters},
        language=first,
        title=f"{message.sender[first]}, {date_text(message.written_at, first)}",
        at=message.written_at,
    )


def _shared_letter_values(message: PaperMessage, language: str) -> dict[str, Any]:
    """What all letters in one language share."""
    police, aid = message.numbers
    with translation.override(language):
        return {
            "language": language,
            "sender": message.sender[language],
            "police": _("Message from the police, zone %s") % message.police[language] if message.police else "",
            "date": date_text(message.written_at, language),
            "subject": required_text(message, language).subject,
            "what_to_do": text(TEXTS, "what_to_do", language, police=police, help=aid),
            "about": text(
                TEXTS, "about_letter", language, coordinator_contact=message.coordinator, code=message.check_code
            ),
            "check": qr_code_template_data(message.check),
            "check_words": _("Check this letter:"),
        }


def _letter_content(message: PaperMessage, person: PaperRecipient, frame: Mapping[str, Any]) -> dict[str, Any]:
    """One letter: what it shares with those in its language, and what is only for ``person``."""
    address = [f"{person.street} {person.house}", person.place]
    values = {
        Slot.NAME: person.name,
        Slot.ADDRESS: ", ".join(line for line in address if line),
        Slot.CHECK_CODE: message.check_code,
        Slot.ANSWER_CODE: person.answer_code,
        Slot.SETTINGS_LINK: message.site,
        Slot.STOP_LINK: message.site,
    }
    body = fill(required_text(message, person.language).in_easy_language_if_chosen(easy=person.easy).body, values)
    return {
        **frame,
        "large": person.large,
        "address": [line for line in (person.name, *address) if line],
        "body": body,
        "easy": _easy_letter_content(message, person.language, body) if person.easy else None,
    }


def _easy_letter_content(message: PaperMessage, language: str, body: str) -> dict[str, Any]:
    """The title and the parts of an easy-to-read letter."""
    with translation.override(language):
        whose = _("Letter from the police to the members of %s") if message.police else _("Letter to the members of %s")
        return {
            "title": whose % message.sender[language],
            PICTURE: easy_to_read.pictogram_svg("mail-open"),
            "parts": easy_to_read.easy_letter_parts(
                body,
                opening=str(message.opening),
                language=language,
                coordinator=message.coordinator,
                numbers=message.numbers,
                code=message.check_code,
            ),
        }
