"""A new start for somebody who lost what they sign in with: one person asks, another agrees, never a mail alone."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.journal.actions import note
from plp.people.devices import end_sessions
from plp.people.models import Account, Device, Person, Recovery
from plp.toolbox.moves import Refused

LASTS = timedelta(days=2)  # for a second person to agree


class NotTheSecond(Refused):
    """Whoever asked cannot agree as well, and nobody agrees about themselves."""

    sentence = _("A second person must agree: neither the one who asked nor the one concerned.")


class RecoveryOver(Refused):
    """Somebody was first, or two days have gone by."""

    sentence = _("This was answered already, or it is too old. Ask anew if it is still needed.")


@transaction.atomic
def ask(*, account: Account, by: Person, at: datetime) -> Recovery:
    """Ask for a new start; an earlier wish ends. Raises ``NotTheSecond`` for one's own account."""
    if account.person_id == by.pk:
        raise NotTheSecond
    account.recoveries.filter(ended_at=None).update(ended_at=at)
    recovery = Recovery.objects.create(account=account, asked_by=by, asked_at=at)
    note(verb="account.recovery_asked", by=by, at=at, target=account)
    return recovery


@transaction.atomic
def agree(*, recovery: Recovery, by: Person, at: datetime) -> Account:
    """The second person agrees: password, second factors and known browsers are gone, every session ends.

    The caller sends the link by which a password is chosen. Raises ``NotTheSecond`` or ``RecoveryOver``.
    """
    if by.pk in {recovery.asked_by_id, recovery.account.person_id}:
        raise NotTheSecond
    fresh = Recovery.objects.filter(pk=recovery.pk, ended_at=None, asked_at__gt=at - LASTS)
    if not fresh.update(agreed_by=by, ended_at=at):
        raise RecoveryOver
    account = Account.objects.select_related("person").get(pk=recovery.account_id)
    account.password = make_password(None)
    account.save(update_fields=["password"])
    Authenticator.objects.filter(user=account).delete()
    Device.objects.filter(account=account).delete()
    end_sessions(account=account)
    note(verb="account.recovered", by=by, at=at, target=account)
    return account


@transaction.atomic
def refuse(*, recovery: Recovery, by: Person, at: datetime) -> None:
    """The second person says no: nothing changes. Raises ``RecoveryOver``."""
    if not Recovery.objects.filter(pk=recovery.pk, ended_at=None).update(ended_at=at):
        raise RecoveryOver
    note(verb="account.recovery_refused", by=by, at=at, target=recovery.account)
