"""A new start for somebody who lost what they sign in with: one person asks, another agrees, never a mail alone."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plp.accounts.devices import end_all_sessions
from plp.accounts.invitations import get_or_create_account_and_invite
from plp.accounts.letters import NEW_START, date_and_hour_text, get_or_create_email_contact, queue_account_letter
from plp.accounts.models import Account, Device, Recovery
from plp.journal.actions import note
from plp.mandates.grants import Permission, Role
from plp.mandates.models import Mandate
from plp.mandates.queries import mandates_in_force, permitted_areas, require
from plp.mandates.rules import APPOINTED_WITH
from plp.people.models import Person
from plp.toolbox.moves import Refused

LASTS = timedelta(days=2)  # for a second person to agree


class NotTheSecond(Refused):
    """Whoever asked cannot agree as well, and nobody agrees about themselves."""

    sentence = _("A second person must agree: neither the one who asked nor the one concerned.")


class RecoveryOver(Refused):
    """Somebody was first, or two days have gone by."""

    sentence = _("This was answered already, or it is too old. Ask anew if it is still needed.")


@transaction.atomic
def create_recovery_ending_earlier(*, account: Account, by: Person, at: datetime) -> Recovery:
    """Ask for a new start; an earlier wish ends. Raises ``NotTheSecond`` for one's own account."""
    if account.person_id == by.pk:
        raise NotTheSecond
    account.recoveries.filter(ended_at=None).update(ended_at=at)
    recovery = Recovery.objects.create(account=account, asked_by=by, asked_at=at)
    note(verb="account.recovery_asked", by=by, at=at, target=account)
    return recovery


@transaction.atomic
def reset_credentials_and_end_sessions(*, recovery: Recovery, by: Person, at: datetime) -> Account:
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
    end_all_sessions(account=account)
    note(verb="account.recovered", by=by, at=at, target=account)
    return account


class NoSignIn(Refused):
    """There is nothing to begin anew."""

    sentence = _("This person has no sign-in yet. Send them a link to it first.")


@transaction.atomic
def request_recovery_and_mail_holder(mandate: Mandate, *, by: Person, at: datetime) -> Recovery:
    """Whoever may give this mandate asks for a new start of its holder, who is told. Raises ``NotAllowed``."""
    needed = APPOINTED_WITH[Role(mandate.role)] or Permission.PLATFORM_RUN
    require(by, needed, mandate.area, at=at)
    account = Account.objects.select_related("person").filter(person=mandate.person).first()
    if account is None:
        raise NoSignIn
    recovery = create_recovery_ending_earlier(account=account, by=by, at=at)
    mailbox = get_or_create_email_contact(account.person, account.email, at=at)
    queue_account_letter(NEW_START, mailbox, lambda _language: {"moment": date_and_hour_text(at)}, at=at)
    return recovery


def recoveries_to_approve(person: Person, *, at: datetime) -> QuerySet[Recovery]:
    """The new starts on which ``person`` may have the second word now: within their scope, asked by somebody else."""
    areas = permitted_areas(person, Permission.RECOVERY_AGREE, at=at)
    held = mandates_in_force(at).filter(area__in=areas)
    recoveries = Recovery.objects.filter(ended_at=None, asked_at__gt=at - LASTS)
    recoveries = recoveries.filter(account__person__in=held.values("person")).exclude(asked_by=person)
    return recoveries.exclude(account__person=person).select_related("account__person", "asked_by").order_by("asked_at")


@transaction.atomic
def approve_recovery_reset_and_invite(recovery: Recovery, *, by: Person, at: datetime) -> None:
    """The second word: what they signed in with is gone, and a link goes to their own address.

    Raises ``NotAllowed``, ``NotTheSecond`` or ``RecoveryOver``.
    """
    mandate = _mandate_of_recovery(recovery, at=at)
    require(by, Permission.RECOVERY_AGREE, mandate.area, at=at)
    reset_credentials_and_end_sessions(recovery=recovery, by=by, at=at)
    get_or_create_account_and_invite(mandate=mandate, email="", by=recovery.asked_by, at=at)


@transaction.atomic
def refuse_recovery(recovery: Recovery, *, by: Person, at: datetime) -> None:
    """The second person says no. Raises ``NotAllowed`` or ``RecoveryOver``."""
    require(by, Permission.RECOVERY_AGREE, _mandate_of_recovery(recovery, at=at).area, at=at)
    if not Recovery.objects.filter(pk=recovery.pk, ended_at=None).update(ended_at=at):
        raise RecoveryOver
    note(verb="account.recovery_refused", by=by, at=at, target=recovery.account)


def _mandate_of_recovery(recovery: Recovery, *, at: datetime) -> Mandate:
    """The mandate about which somebody asked: one that its asker may give. Raises ``RecoveryOver``."""
    for mandate in mandates_in_force(at).filter(person=recovery.account.person).select_related("area", "person"):
        needed = APPOINTED_WITH[Role(mandate.role)]
        if needed and permitted_areas(recovery.asked_by, needed, at=at).filter(pk=mandate.area_id).exists():
            return mandate
    raise RecoveryOver
