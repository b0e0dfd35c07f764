"""The browsers in which somebody signs in: a new one is noticed (T4)."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from plp.accounts.letters import (
    NEW_DEVICE,
    NEW_DEVICE_OF,
    date_and_hour_text,
    get_or_create_email_contact,
    queue_account_letter,
)
from plp.accounts.models import Account, Device
from plp.journal.actions import note
from plp.mandates.grants import Permission, Role
from plp.mandates.models import Mandate
from plp.mandates.queries import mandates_in_force, permission_holders
from plp.people.queries import contacts_of
from plp.toolbox.crypto import all_digests, digest

FORGOTTEN_AFTER = timedelta(days=365)  # not seen for so long, a browser is a new one


@transaction.atomic
def register_device_and_say_if_new(*, account: Account, secret: str, at: datetime) -> bool:
    """Whether ``account`` signs in here for the first time; the browser is known from now on by its ``secret``."""
    device = account.devices.filter(digest__in=all_digests(secret, purpose="device")).first()
    now = digest(secret, purpose="device")
    if device is not None:
        Device.objects.filter(pk=device.pk).update(seen_at=at, digest=now)
        return False
    Device.objects.create(account=account, digest=now, first_at=at, seen_at=at)
    note(verb="account.device_added", by=account.person, at=at, target=account)
    return True


def is_known_device(*, username: str, secret: str) -> bool:
    """Whether the account kept under ``username`` signed in, within a year, in the browser that holds ``secret``."""
    return Device.objects.filter(account__username=username, digest__in=all_digests(secret, purpose="device")).exists()


def delete_unseen_devices(*, at: datetime) -> int:
    """Forget the browsers that were not seen for a year; answer how many."""
    return Device.objects.filter(seen_at__lt=at - FORGOTTEN_AFTER).delete()[0]


@transaction.atomic
def end_all_sessions(*, account: Account) -> None:
    """End every session of ``account`` that is open now (T6); the caller says why in the journal."""
    fresh = Account.objects.select_for_update().get(pk=account.pk)
    fresh.epoch += 1
    fresh.save(update_fields=["epoch"])
    account.epoch = fresh.epoch


OVERSEEN = (Role.COORDINATOR, Role.DEPUTY)  # a new browser of theirs is told to the officer as well (T4)


def tell_owner_and_officers_of_new_device(account: Account, *, at: datetime) -> None:
    """Tell the holder that somebody signed in in a browser that is new; of a coordinator also the officers (T4)."""
    person = account.person
    mailbox = get_or_create_email_contact(person, account.email, at=at)
    queue_account_letter(NEW_DEVICE, mailbox, lambda _language: {"moment": date_and_hour_text(at)}, at=at)
    for mandate in mandates_in_force(at).filter(person=person, role__in=OVERSEEN).select_related("area"):
        officers = permission_holders(Permission.MANDATE_APPOINT_COORDINATOR, mandate.area, at=at).exclude(pk=person.pk)
        queue_account_letter(
            NEW_DEVICE_OF, contacts_of(officers), partial(_officers_letter_context, mandate, at), at=at
        )


def _officers_letter_context(mandate: Mandate, at: datetime, language: str) -> dict[str, str]:
    """What officers are told about a new browser of somebody in office."""
    return {
        "moment": date_and_hour_text(at),
        "area": mandate.area.name(language),
        "role": str(mandate.get_role_display()),
    }
