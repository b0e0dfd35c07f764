"""Another e-mail address for a sign-in: asked after a fresh proof, proven by a link, in force a day later (T4).

Until then the old address can cancel it: whoever holds somebody's open screen takes nothing over.
"""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.accounts.actions import AccountExists
from plp.accounts.devices import end_all_sessions
from plp.accounts.letters import (
    ADDRESS_NEW,
    ADDRESS_OLD,
    MAIL,
    date_and_hour_text,
    get_or_create_email_contact,
    queue_account_letter,
)
from plp.accounts.models import Account, AddressChange
from plp.accounts.queries import username_digest_of_email
from plp.delivery import pages
from plp.journal.actions import note
from plp.people import actions as persons
from plp.people.queries import contact_digest
from plp.toolbox.crypto import is_valid_signature, sign
from plp.toolbox.moves import Refused

HOLD = timedelta(hours=24)
LASTS = timedelta(days=7)  # after which a new address that was not proven is forgotten
PROVE, CANCEL = "address-prove", "address-cancel"  # purposes of the two links


class ChangeOver(Refused):
    """The change is done, cancelled, or was never asked for: one answer for all."""

    sentence = _("This link is no longer valid. Nothing has been changed.")


@transaction.atomic
def create_address_change(*, account: Account, email: str, at: datetime) -> AddressChange:
    """Ask for ``email`` as the new address; an earlier wish ends. Raises ``AccountExists`` if it is somebody's."""
    if Account.objects.filter(username=username_digest_of_email(email)).exists():
        raise AccountExists
    account.address_changes.filter(ended_at=None).update(ended_at=at)
    change = AddressChange.objects.create(account=account, email=email.strip(), asked_at=at, due_at=at + HOLD)
    note(verb="account.address_change_asked", by=account.person, at=at, target=account)
    return change


def address_change_link_key(change: AddressChange, purpose: str) -> str:
    """The key of a link, for one purpose alone."""
    return f"{change.pk.hex}-{sign(change.pk.hex, purpose=purpose)}"


def open_address_change_by_key(key: str, purpose: str) -> AddressChange:
    """The open change behind the key of a link. Raises ``ChangeOver``."""
    digits, _dash, signature = key.partition("-")
    if not is_valid_signature(digits, signature, purpose=purpose):
        raise ChangeOver
    change = AddressChange.objects.select_related("account__person").filter(pk=UUID(hex=digits), ended_at=None).first()
    if change is None or not change.account.is_active:
        raise ChangeOver
    return change


@transaction.atomic
def record_address_as_proven(*, key: str, at: datetime) -> AddressChange:
    """The new address is proven, by whoever reads its mail. Raises ``ChangeOver``."""
    change = open_address_change_by_key(key, PROVE)
    AddressChange.objects.filter(pk=change.pk, proven_at=None).update(proven_at=at)
    note(verb="account.address_proven", by=change.account.person, at=at, target=change.account)
    return change


@transaction.atomic
def cancel_address_change_and_end_sessions(*, key: str, at: datetime) -> AddressChange:
    """Nothing changes, and whoever is signed in is signed out. Raises ``ChangeOver``."""
    change = open_address_change_by_key(key, CANCEL)
    if not AddressChange.objects.filter(pk=change.pk, ended_at=None).update(ended_at=at):
        raise ChangeOver
    end_all_sessions(account=change.account)
    note(verb="account.address_change_cancelled", by=change.account.person, at=at, target=change.account)
    return change


def replace_due_account_addresses(*, at: datetime) -> list[tuple[Account, str]]:
    """Bring the changes into force that were proven and have waited a day; forget those that nobody proved.

    Answers the accounts that have a new address, each with its old one.
    """
    AddressChange.objects.filter(ended_at=None, proven_at=None, asked_at__lt=at - LASTS).update(ended_at=at)
    due = AddressChange.objects.filter(ended_at=None, due_at__lte=at).exclude(proven_at=None)
    replaced = [_replace_address_unless_taken(change, at=at) for change in due.select_related("account__person")]
    AddressChange.objects.filter(ended_at__lt=at - LASTS).delete()
    return [pair for pair in replaced if pair is not None]


@transaction.atomic
def _replace_address_unless_taken(change: AddressChange, *, at: datetime) -> tuple[Account, str] | None:
    """``None`` when somebody was first, or when the address has become somebody else's meanwhile."""
    if not AddressChange.objects.filter(pk=change.pk, ended_at=None).update(ended_at=at):
        return None
    account, name = change.account, username_digest_of_email(change.email)
    if Account.objects.filter(username=name).exists():
        return None
    old, account.username, account.email = account.email, name, change.email
    account.save(update_fields=["username", "email"])
    end_all_sessions(account=account)
    note(verb="account.address_changed", by=account.person, at=at, target=account)
    return account, old


def pending_address_change(account: Account) -> AddressChange | None:
    """The change that waits, if any."""
    change: AddressChange | None = account.address_changes.filter(ended_at=None).first()
    return change


@transaction.atomic
def request_address_change_by_mail(account: Account, *, email: str, at: datetime) -> AddressChange:
    """Ask for another address: a link to prove it goes there, a link to cancel it to the old one.

    Raises ``AccountExists``.
    """
    change, person = create_address_change(account=account, email=email, at=at), account.person
    for template, address, page, purpose in (
        (ADDRESS_OLD, account.email, pages.CANCEL_ADDRESS, CANCEL),
        (ADDRESS_NEW, email, pages.PROVE_ADDRESS, PROVE),
    ):
        context = partial(_address_change_context, change, page.link(address_change_link_key(change, purpose)))
        queue_account_letter(template, get_or_create_email_contact(person, address, at=at), context, at=at)
    return change


def _address_change_context(change: AddressChange, link: str, _language: str) -> dict[str, str]:
    """What both addresses are told about the change."""
    return {"moment": date_and_hour_text(change.due_at), "link": link}


def replace_account_and_contact_addresses(*, at: datetime) -> int:
    """The changes that were proven and waited a day; the new address takes the place of the old one in the contacts."""
    changed = replace_due_account_addresses(at=at)
    for account, old_address in changed:
        person = account.person
        own = {contact.digest: contact for contact in person.contacts.filter(channel=MAIL)}
        old, new = (own.get(contact_digest(MAIL, contact)) for contact in (old_address, account.email))
        if new is not None:
            persons.confirm_contact_and_clear_failure(contact=new, by=person, at=at)
        if old is not None and new is not None:
            order = [
                new if contact == old else contact
                for contact in person.contacts.order_by("rank", "created_at")
                if contact != new
            ]
            persons.set_contact_order(person=person, order=order, by=person, at=at)
            persons.remove_contact(contact=old, by=person, at=at)
    return len(changed)
