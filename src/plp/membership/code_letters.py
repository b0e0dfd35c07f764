"""The letters that bring a code into the letterbox: two on a sheet, each in the language of its reader."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.delivery import pages
from plp.documents.dates import date_format
from plp.documents.tagged_pdf import qr_code_template_data, render_pdf
from plp.membership.letterbox_codes import CODE_LASTS
from plp.membership.member_papers import address_lines
from plp.membership.models import Membership
from plp.partnership.signs import sign_and_name
from plp.toolbox.clock import local
from plp.toolbox.ids import grouped_code
from plp.toolbox.texts import text

HERE = Path(__file__).parent
TEXTS = HERE / "texts"


def code_letters_pdf(codes: Mapping[Membership, str], *, at: datetime) -> bytes:
    """A tagged PDF with the letter of each, in the order given; needs household and street loaded.

    Raises the refusals of ``documents.tagged_pdf``.
    """
    letters = [_code_letter_content(membership, code, at=at) for membership, code in codes.items()]
    title = _("Letters with a code")
    return render_pdf(
        HERE / "code_letters.typ", {"letters": letters}, language=get_language() or "fr", title=title, at=at
    )


def _code_letter_content(membership: Membership, code: str, *, at: datetime) -> dict[str, Any]:
    person, partnership = membership.person, membership.partnership
    language = person.language
    sender = sign_and_name(partnership.kind, partnership.name(language), language)
    with translation.override(language):
        last_day = date_format(local(at + CODE_LASTS), "DATE_FORMAT")
    words = text(
        TEXTS,
        "asked_anew_letter" if membership.says_yes_anew else "code_letter",
        language,
        partnership=sender,
        code=grouped_code(code),
        link=pages.LETTERBOX_CODE_ENTRY.link(),
        last_day=last_day,
        coordinator_contact=partnership.contact_email or pages.PARTNERSHIP.link(partnership.key),
    )
    subject, _newline, body = words.partition("\n")
    before, printed, after = body.partition(grouped_code(code))
    return {
        "language": language,
        "sender": sender,
        "address": address_lines(person),
        "subject": subject,
        "before": before.strip(),
        "code": printed,
        "after": after.strip(),
        "scan": qr_code_template_data(pages.LETTERBOX_CODE.link(code)),
    }
