"""The call list of one message: whom to call, what to read aloud, what to tick. For a page and for paper alike."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.channels.calls.channel import Calls
from plp.delivery.channel import Slot, Text, fill
from plp.delivery.phone_numbers import format_phone_number
from plp.documents.dates import date_format, hour_text
from plp.documents.tagged_pdf import qr_code_template_data, render_pdf
from plp.toolbox.clock import local
from plp.toolbox.texts import LANGUAGES, TextMissing, text
from plp.toolbox.words import alphabetical_key

HERE = Path(__file__).parent
TEXTS = HERE / "texts"
TO_FILL_IN = "…………………"


@dataclass(frozen=True)
class CallMessage:
    """One message to be read aloud. ``texts`` has an entry for each language of those called.

    ``sender`` is the partnership's name in each language, ``network`` what its kind is called; ``numbers`` whom to
    phone in danger; ``hours`` between which one may call (Belgian time), None for an alarm that does not wait; ``site``
    the public web address, ``page`` the one where the calls are ticked off. ``is_from_police``: the police checked it;
    else the partnership itself writes.
    """

    sender: Mapping[str, str]
    network: Mapping[str, str]
    texts: Mapping[str, Text]
    check_code: str
    written_at: datetime
    numbers: tuple[str, str] = ("101", "112")
    hours: tuple[time, time] | None = None
    site: str = ""
    page: str = ""
    is_from_police: bool = True


@dataclass(frozen=True)
class CallRecipient:
    """One person to call. ``numbers`` as stored (E.164), the preferred one first; ``reference`` is the caller's own.

    ``note`` is their word for whoever calls ("let it ring for long"). ``firm`` is that of a trader, with its opening
    ``hours`` in words (lazy: in the language of the list); ``at_firm``: the number is in the shop.
    """

    name: str
    language: str
    numbers: Sequence[str]
    reference: str = ""
    note: str = ""
    firm: str = ""
    hours: Any = ""
    at_firm: bool = False


@dataclass(frozen=True)
class CallListEntry:
    """One line of the list: its place from 1 on, the numbers written the Belgian way, the person's word for callers,
    their firm and when it is open.
    """

    place: int
    name: str
    numbers: list[str]
    reference: str
    note: str
    firm: str
    hours: str


@dataclass(frozen=True)
class CallSection:
    """Those who speak one language, with the text to read to them. ``title`` is in the volunteer's language."""

    language: str
    title: str
    script: str
    calls: list[CallListEntry]


@dataclass(frozen=True)
class CallSheet:
    """The whole list in the volunteer's language. ``outcomes`` are (key, words) pairs in the order of ``Calls``."""

    sender: str
    written: str
    count: str
    rules: str
    outcomes: list[tuple[str, str]]
    sections: list[CallSection]


def call_sheet(message: CallMessage, recipients: Sequence[CallRecipient], *, language: str) -> CallSheet:
    """The list for a volunteer who reads ``language``: that language first, then fr, nl, de, en; names A to Z.

    Raises ``TextMissing`` when the message has no text in the language of somebody on the list.
    """
    first = [language, *(other for other in LANGUAGES if other != language)]
    ordered = sorted(
        recipients,
        key=lambda recipient: (
            first.index(recipient.language),
            alphabetical_key(recipient.name),
            list(recipient.numbers),
        ),
    )
    places = {id(recipient): place for place, recipient in enumerate(ordered, start=1)}
    with translation.override(language):
        return CallSheet(
            sender=message.sender[language],
            written=date_format(local(message.written_at), "DATETIME_FORMAT"),
            count=ngettext("%d person to call", "%d people to call", len(ordered)) % len(ordered),
            rules="\n\n".join(
                filter(
                    None, [text(TEXTS, "rules", language), _calling_hours_sentence(message), _staff_sentence(ordered)]
                )
            ),
            outcomes=[(key, str(outcome.label)) for key, outcome in Calls.outcomes.items()],
            sections=[
                CallSection(
                    spoken,
                    _heading_of_people_speaking(spoken),
                    text_to_read_aloud(message, spoken),
                    [_call_list_entry(recipient, places) for recipient in people],
                )
                for spoken, people in groupby(ordered, key=lambda recipient: recipient.language)
            ],
        )


def call_list_pdf(message: CallMessage, recipients: Sequence[CallRecipient], *, language: str) -> bytes:
    """The same list as a tagged PDF in large type, with boxes to tick. Raises as ``plp.documents.pdf``."""
    sheet = call_sheet(message, recipients, language=language)
    with translation.override(language):
        content = asdict(sheet) | {
            "heading": _("Call list"),
            "read_aloud": _("Read this aloud:"),
            "page": qr_code_template_data(message.page),
            "page_words": _("Tick off on the screen:"),
        }
        title = _("Call list, %s") % message.sender[language]
    return render_pdf(HERE / "call_list.typ", content, language=language, title=title, at=message.written_at)


def text_to_read_aloud(message: CallMessage, language: str) -> str:
    """What to read aloud in ``language``, greeting to goodbye. Raises ``TextMissing``."""
    if language not in message.texts:
        raise TextMissing(f"no text to read aloud in {language}")
    code = " ".join(message.check_code[start : start + 3] for start in range(0, len(message.check_code), 3))
    values = dict.fromkeys(Slot, message.site) | {Slot.NAME: TO_FILL_IN, Slot.ADDRESS: "", Slot.CHECK_CODE: code}
    values[Slot.ANSWER_CODE] = ""
    body = fill(message.texts[language].body, values)
    sender, (police, aid) = message.sender[language], message.numbers
    words = {
        "caller": TO_FILL_IN,
        "sender": sender,
        "network": message.network[language],
        "message": body,
        "code": code,
        "police": police,
        "help": aid,
    }
    return text(TEXTS, "script" if message.is_from_police else "script_of_partnership", language, **words)


def _calling_hours_sentence(message: CallMessage) -> str:
    if message.hours is None:
        return ""
    start, end = message.hours
    return _("Call only between %(start)s and %(end)s.") % {"start": hour_text(start), "end": hour_text(end)}


def _staff_sentence(recipients: Sequence[CallRecipient]) -> str:
    return (
        _("In a firm you may read it to whoever of the staff answers.")
        if any(recipient.firm for recipient in recipients)
        else ""
    )


def _opening_hours_sentence(recipient: CallRecipient) -> str:
    hours = str(recipient.hours)
    if not hours:
        return ""
    words = _("Call only when it is open: %(hours)s") if recipient.at_firm else _("Open: %(hours)s")
    return words % {"hours": hours}


def _heading_of_people_speaking(language: str) -> str:
    return {
        "fr": _("These people speak French"),
        "nl": _("These people speak Dutch"),
        "de": _("These people speak German"),
        "en": _("These people speak English"),
    }[language]


def _call_list_entry(recipient: CallRecipient, positions: Mapping[int, int]) -> CallListEntry:
    numbers = [format_phone_number(number) for number in recipient.numbers]
    return CallListEntry(
        positions[id(recipient)],
        recipient.name,
        numbers,
        recipient.reference,
        recipient.note,
        recipient.firm,
        _opening_hours_sentence(recipient),
    )
