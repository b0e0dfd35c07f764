"""Somebody receives on behalf of somebody else, because both agree (R66)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.journal.actions import note
from plp.people.actions import record_consent, withdraw_consent
from plp.people.models import Buddy, Consent, Person
from plp.people.queries import open_agreement_of_member
from plp.toolbox.moves import Refused


class BuddyExists(Refused):
    """Somebody receives for this person already, or was asked."""

    sentence = _("Somebody receives for this person already, or was asked to. End that first.")


class OwnHelper(Refused):
    """Nobody needs a go-between to themselves."""

    sentence = _("This is an address of this person already. Choose somebody else.")


class BuddyEnded(Refused):
    """It was ended meanwhile."""

    sentence = _("This has ended in the meantime. No more copies are sent.")


@transaction.atomic
def request_buddy(*, person: Person, helper: Person, version: str, by: Person | None, at: datetime) -> Buddy:
    """Ask ``helper`` to receive a copy of the messages for ``person``, who agrees by asking.

    ``version`` names the text that was read. Raises ``BuddyExists`` or ``OwnHelper``.
    """
    if person.pk == helper.pk:
        raise OwnHelper
    if open_agreement_of_member(person) is not None:
        raise BuddyExists
    buddy = Buddy.objects.create(person=person, helper=helper, asked_at=at)
    record_consent(person=person, kind=Consent.Kind.BUDDY, subject=buddy.pk.hex, version=version, by=by, at=at)
    note(verb="buddy.asked", by=by, at=at, target=buddy)
    return buddy


@transaction.atomic
def confirm_buddy(*, buddy: Buddy, version: str, by: Person | None, at: datetime) -> bool:
    """The helper says yes: copies come from now on. Whether that is news. Raises ``BuddyEnded``."""
    if buddy.ended_at is not None:
        raise BuddyEnded
    if not Buddy.objects.filter(pk=buddy.pk, agreed_at=None, ended_at=None).update(agreed_at=at):
        return False
    buddy.agreed_at = at
    record_consent(person=buddy.helper, kind=Consent.Kind.BUDDY, subject=buddy.pk.hex, version=version, by=by, at=at)
    note(verb="buddy.agreed", by=by, at=at, target=buddy)
    return True


@transaction.atomic
def end_buddy(*, buddy: Buddy, by: Person | None, at: datetime) -> bool:
    """Either of them ends it, at any time and without a reason. Whether that is news."""
    if not Buddy.objects.filter(pk=buddy.pk, ended_at=None).update(ended_at=at):
        return False
    buddy.ended_at = at
    for side in (buddy.person, buddy.helper):
        withdraw_consent(person=side, kind=Consent.Kind.BUDDY, subject=buddy.pk.hex, by=by, at=at)
    note(verb="buddy.ended", by=by, at=at, target=buddy)
    return True
