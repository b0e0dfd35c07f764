"""One-time codes to members: to confirm a contact, or to open one's own settings."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from plp.delivery.installed import channels
from plp.delivery.letters import send_letter
from plp.membership.letters import TEXTS
from plp.partnership.models import Partnership
from plp.people import codes
from plp.people.models import ContactPoint, Person
from plp.people.queries import contacts_of
from plp.people.rules import CODE_MINUTES, shown_code
from plp.toolbox.dates import lasting
from plp.toolbox.moves import Refused


class NoCodeByHand(Refused):
    """Paper and calls cannot carry a code that lives ten minutes: the coordinator confirms these contacts (R66)."""

    sentence = _("This way of being reached is confirmed by your coordinator, by a call or at your door.")


@transaction.atomic
def send_code(
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
    name = partnership.name(contact.person.language) if partnership else "PLP · BIN · LPP"
    places: dict[str, str | Callable[[str], str]] = {
        "code": shown_code(code),
        "valid": lambda language: _how_long(at, ends, language),
        "partnership": name,
        "settings_link": f"{settings.ORIGIN}/m/",
    }
    own = contacts_of(Person.objects.filter(pk=contact.person_id)).filter(pk=contact.pk)
    send_letter(
        name=purpose,
        folder=TEXTS,
        contacts=own,
        languages=[contact.person.language],
        places=places,
        purpose="people.code",
        expires_at=ends,
        unconfirmed=True,
        area=partnership.area if partnership else None,
        despite_stop=True,
        by=by,
        at=at,
    )


def _how_long(first: datetime, last: datetime, language: str) -> str:
    """In words: ``10 minutes``."""
    with override(language):
        return lasting(first, last).replace("\xa0", " ")  # which no telephone shows in one part
