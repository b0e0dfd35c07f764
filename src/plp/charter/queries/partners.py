"""Reads of the partners' contact details, and of the partnerships whose charter a person writes."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from plp.charter.models import SLOT_NAMES, SLOTS, Contact, Deed, Signature
from plp.charter.states import DeedState
from plp.mandates.grants import Permission, Role
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.people.models import Person
from plp.toolbox.words import fold


def partnerships_with_writable_charter(person: Person | None, *, at: datetime) -> QuerySet[Partnership]:
    """The partnerships whose charter ``person`` may read and write: absent and foreign look the same (T10)."""
    return partnerships_in_scope(person, Permission.CHARTER_WRITE, at=at)


def contacts_of_partners(partnership: Partnership) -> list[Contact]:
    """The contact details that are known, in the order of the slots."""
    order = [role.value for role in SLOTS]
    found = Contact.objects.filter(partnership=partnership).select_related("partnership")
    return sorted(found, key=lambda contact: order.index(contact.slot))


def contact_of_partner(partnership: Partnership, slot: Role) -> Contact | None:
    """How the partner ``slot`` is reached, as the charter has it."""
    return next((one for one in contacts_of_partners(partnership) if one.slot == slot), None)


def signed_title_or_office(slot: str, name: str, signatures: Iterable[Signature], language: str) -> str:
    """The office of a partner for a paper, in the active language, which is ``language``: that in which ``name`` gave
    one of the ``signatures`` of the charter, else words of the slot that fit whoever bears it.
    """
    for signature in signatures:
        if signature.slot == slot and fold(signature.name) == fold(name):
            quality = signature.text_in("quality", language, signature.deed.partnership.languages)
            return quality or str(SLOT_NAMES[slot])
    return str(SLOT_NAMES[slot])


def public_or_charter_contact_email(partnership: Partnership) -> str:
    """The coordinator's address that everybody may read, else the one that the charter has; it may be empty."""
    written = [one.email for one in contacts_of_partners(partnership) if one.slot == Role.COORDINATOR]
    return partnership.contact_email or "".join(written)


def partners_without_contact(partnership: Partnership) -> list[Role]:
    """The partners whose contact details are still to be given (R92)."""
    known = set(Contact.objects.filter(partnership=partnership).values_list("slot", flat=True))
    return [role for role in SLOTS if role.value not in known]


def slots_changed_since_freeze(deed: Deed) -> list[str]:
    """The partners whose contact details changed while ``deed`` is up for signature: its annex still has the old ones.

    In the order of the slots; none while nothing is frozen.
    """
    if deed.state != DeedState.SIGNING or deed.frozen_at is None:
        return []
    return [one.slot for one in contacts_of_partners(deed.partnership) if one.changed_at > deed.frozen_at]


def digest_of_contacts(contacts: Iterable[Contact]) -> str:
    """What contact details in the order of the slots come to."""
    lines = [f"{one.slot}|{one.organisation}|{one.name}|{one.email}|{one.phone}" for one in contacts]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
