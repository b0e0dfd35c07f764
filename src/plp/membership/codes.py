"""One-time codes to members: to confirm a contact, or to open one's own settings."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.delivery import pages
from plp.delivery.installed import channels
from plp.delivery.letters import LetterTemplate, send_letter
from plp.documents.dates import duration_text_in_largest_unit
from plp.membership.letters import TEXTS
from plp.partnership.models import Partnership
from plp.people import codes
from plp.people.models import ContactPoint, Person
from plp.people.rules import CODE_MINUTES, formatted_code
from plp.toolbox.moves import Refused

CODES = {
    name: LetterTemplate(TEXTS, name, "people.code", to_unconfirmed=True, despite_stop=True)
    for name in ("confirm_contact", "settings_code")
}


class NoCodeByHand(Refused):
    """Paper and calls cannot carry a code that lives ten minutes: the coordinator confirms these contacts (R66)."""

    sentence = _("This way of being reached is confirmed by your coordinator, by a call or at your door.")


@transaction.atomic
def send_one_time_code(
    *,
    contact: ContactPoint,
    purpose: str,
    browser: str,
    by: Person | None,
    at: datetime,
    until: datetime | None = None,
) -> None:
    """Send a one-time code. ``purpose``: ``confirm_contact`` or ``settings_code``. Raises ``NoCodeByHand``.

    ``until``: it stands until then, in every browser (``issue_code``).
    """
    if channels()[contact.channel].abilities.by_hand:
        raise NoCodeByHand
    code = codes.issue_code(contact=contact, browser=browser, by=by, at=at, until=until)
    ends = until or at + timedelta(minutes=CODE_MINUTES)
    partnership = Partnership.objects.filter(memberships__person=contact.person_id).select_related("area").first()
    send_letter(
        CODES[purpose],
        to=ContactPoint.objects.filter(pk=contact.pk),
        context=lambda language: {
            "code": formatted_code(code),
            "valid": duration_text_in_largest_unit(at, ends).replace(
                "\xa0", " "
            ),  # which no telephone shows in one part
            "partnership": partnership.name(language) if partnership else "PLP · BIN · LPP",
            "settings_link": pages.MEMBER_ENTRY.link(),
        },
        area=partnership.area if partnership else None,
        by=by,
        at=at,
        expires_at=ends,
    )
