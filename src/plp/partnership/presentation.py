"""How a partnership presents itself: its purpose, the address of its coordinator, the number of the police desk,
and whether the map of all partnerships shows it.
"""

from datetime import datetime

from django.db import transaction

from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.wording.held_words import require_translations_pass_check


@transaction.atomic
def set_public_presentation(
    *,
    partnership: Partnership,
    purpose: dict[str, str],
    contact_email: str,
    contact_phone: str,
    is_on_map: bool = True,
    by: Person | None,
    at: datetime,
) -> None:
    """Keep what everybody may read (R3, R42): never a private address or number.

    Raises ``NotAllowed`` or ``HeldWords``.
    """
    require_unless_machine(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
    require_translations_pass_check(purpose)
    partnership.purpose = {language: words.strip() for language, words in purpose.items() if words.strip()}
    partnership.contact_email, partnership.contact_phone = contact_email, contact_phone
    partnership.is_on_map = is_on_map
    partnership.save(update_fields=["purpose", "contact_email", "contact_phone", "is_on_map"])
    note(verb="partnership.presented", by=by, at=at, area=partnership.area.path, target=partnership)


def publish_contact_email_of_charter(partnership: Partnership, email: str, *, earlier: str) -> None:
    """Give out the coordinator's address of the charter, unless another than the ``earlier`` one was given out."""
    if partnership.contact_email not in {"", earlier} or email in {"", partnership.contact_email}:
        return
    partnership.contact_email = email
    partnership.save(update_fields=["contact_email"])
