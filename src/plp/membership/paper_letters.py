"""Letters of the enrolment desk on paper: the same words as by mail, for the letterbox (R41, R66)."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import translation

from plp.delivery.letters import subject_and_body
from plp.documents import Document, PrintOrder, compose, pdfs
from plp.documents.dates import date_format
from plp.membership import enquiries, refusals
from plp.membership import letters as membership_letters
from plp.membership.letters import membership_letter_values
from plp.membership.models import Enquiry, Membership, Refusal
from plp.partnership.signs import sign_and_name
from plp.places.postal_addresses import town_line
from plp.toolbox.clock import local
from plp.toolbox.texts import text


def enquiry_pdf(enquiry: Enquiry, *, at: datetime) -> bytes:
    """The letter with the coordinator's question. Raises as ``documents.pdf``."""
    return _letter_pdf("enquiry_mail", enquiry.membership, enquiries.enquiry_letter_values(enquiry), at=at)


def refusal_pdf(refusal: Refusal, *, at: datetime) -> bytes:
    """The letter that says why somebody is not let in. Raises as ``documents.pdf``."""
    return _letter_pdf("refused_mail", refusal.membership, refusals.refusal_letter_values(refusal), at=at)


def welcome_pdf(membership: Membership, *, at: datetime) -> bytes:
    """The welcome, for a member whom no mail reaches. Raises as ``documents.pdf``."""
    return _letter_pdf(
        "welcome_mail", membership, membership_letter_values(membership), folder=membership_letters.TEXTS, at=at
    )


def _letter_pdf(
    name: str, membership: Membership, places: Mapping[str, str], *, folder: Path = enquiries.TEXTS, at: datetime
) -> bytes:
    document, person = _letter_document(name, membership, places, folder, at=at), membership.person
    footer = membership.partnership.name(person.language)
    large_print, window = person.preference.needs_large_type, settings.LETTER_WINDOW
    return pdfs([PrintOrder(document, footer=footer, large_print=large_print, window=window)], at=at)[0]


def _placeholder_after_leading_whitespace_of_value(place: str, value: str) -> str:
    """The place as the text holds it, after the empty lines with which its value begins; none for an empty value."""
    return value[: len(value) - len(value.lstrip())] + f"{{{place}}}" if value.strip() else ""


def _paragraph_with_its_heading(part: str) -> str:
    """A paragraph of a mail line by line; a first line that is no sentence of it is its heading."""
    first, newline, paragraph = part.partition("\n")
    if newline and not first.endswith((".", ":", ",", "}")):
        return f"## {first}\n\n{_paragraph_with_its_heading(paragraph)}"
    return part.replace("\n", "\\\n")


def _letter_document(
    name: str, membership: Membership, places: Mapping[str, str], folder: Path, *, at: datetime
) -> Document:
    """A letter for an envelope with a window: the text of the mail, line by line, with its first line as the title."""
    person = membership.person
    as_written = {
        place: _placeholder_after_leading_whitespace_of_value(place, value) for place, value in places.items()
    }
    subject, body = subject_and_body(text(folder, name, person.language, **as_written))
    own = {place: "\n".join(map(str.strip, value.strip().splitlines())) for place, value in places.items()}
    partnership = membership.partnership
    sender = sign_and_name(partnership.kind, partnership.name(person.language), person.language)
    own |= {"name": person.name, "sender": sender}
    head = "{name}"
    if person.household is not None:
        home = person.household
        own |= {"door": f"{home.street.name(person.language)} {home.house}"}
        own |= {"town": town_line(home.street, person.language)}
        head = "{name}\\\n{door}\\\n{town}"
    with translation.override(person.language):
        own["today"] = date_format(local(at), "DATE_FORMAT")
    lines = "\n\n".join(map(_paragraph_with_its_heading, body.split("\n\n")))
    scanned = next((f"![qr]({{{name}}})" for name in ("link", "settings_link") if name in own), "")
    return compose(
        f"{{sender}}\n\n{head}\n\n{{today}}\n\n# {subject}\n\n{lines}\n\n{scanned}",
        own,
        language=person.language,
        title=subject.replace("{partnership}", own["partnership"]),
    )
