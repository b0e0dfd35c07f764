"""A STOP that comes by an old mail or to an old number of somebody who moved: it goes on to where they are now."""

from datetime import datetime
from typing import Any

from django.db import transaction

from plp.exchange.models import MovedContact, PartnershipMove
from plp.exchange.move_queries import moved_contacts_at
from plp.exchange.outbox import queue_letter
from plp.exchange.rules import LINKS_LEAD_ON
from plp.exchange.states import LetterKind, PartnerState
from plp.journal.actions import note
from plp.people.models import Person


@transaction.atomic
def forward_stop_to_partner(*, contact: MovedContact, how: str, by: Person | None, at: datetime) -> None:
    """Pass a STOP on, once; link or number are the proof. ``how``: page, mail, sms."""
    if contact.move.partner.state == PartnerState.ENDED:
        return
    if not MovedContact.objects.filter(pk=contact.pk, stopped_at=None).update(stopped_at=at):
        return
    contact.stopped_at = at
    queue_membership_ends(contact.move, contacts=[contact.pk], memberships=[], at=at)
    partner = contact.move.partner
    note(verb="exchange.stop_passed_on", by=by, at=at, area=partner.area.path, target=contact.move, how=how)


@transaction.atomic
def forward_stop_of_address(*, channel: str, address: str, how: str, by: Person | None, at: datetime) -> int:
    """Pass on a STOP of whoever had this address before they moved. Answers for how many contacts."""
    contacts = moved_contacts_at(channel, address).filter(stopped_at=None).select_related("move__partner__area")
    for contact in contacts:
        forward_stop_to_partner(contact=contact, how=how, by=by, at=at)
    return len(contacts)


def queue_membership_ends(move: PartnershipMove, *, contacts: list[Any], memberships: list[Any], at: datetime) -> None:
    """One letter with the ends of members who moved, if there are any."""
    if not (contacts or memberships):
        return
    content = {
        "move": str(move.key),
        "contacts": [str(key) for key in contacts],
        "memberships": [str(key) for key in memberships],
    }
    queue_letter(move.partner, LetterKind.MOVE_STOP, content, by=None, at=at)


def delete_old_moved_contacts(*, at: datetime) -> int:
    """Forget the digests of those who moved a year ago: by then no old mail is answered any more."""
    return MovedContact.objects.filter(move__answered_at__lte=at - LINKS_LEAD_ON).delete()[0]
