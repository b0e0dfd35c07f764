"""Writes about second factors and passwords, each with its line in the journal (T38)."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plp.accounts.devices import end_all_sessions
from plp.accounts.models import Account
from plp.journal.actions import note
from plp.people.models import Person
from plp.portal.shell.reauthentication import SECOND_FACTORS
from plp.toolbox.moves import Refused


class LastFactor(Refused):
    """A staff account keeps at least one second factor."""

    sentence = _("This is your only second proof. Add another one first, then remove this one.")


@transaction.atomic
def replace_totp_and_ensure_recovery_codes(
    *, account: Account, secret: str, by: Person | None, at: datetime
) -> Authenticator:
    """Give ``account`` an authenticator app with the base32 ``secret``, in place of the one it had."""
    Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).delete()
    added = TOTP.activate(account, secret).instance
    RecoveryCodes.activate(account)
    note(verb="account.factor_added", by=by, at=at, target=account, kind="totp")
    return added


@transaction.atomic
def enrol_passkey_and_ensure_recovery_codes(
    *, account: Account, name: str, credential: dict[str, Any], by: Person, at: datetime
) -> Authenticator:
    """Give ``account`` a passkey; ``credential`` is what the browser answered, already checked by the form."""
    added = WebAuthn.add(account, name, credential).instance
    RecoveryCodes.activate(account)
    note(verb="account.factor_added", by=by, at=at, target=account, kind="passkey")
    return added


@transaction.atomic
def remove_factor_and_end_sessions(*, factor: Authenticator, by: Person, at: datetime) -> None:
    """Take a second factor away; every session ends, the caller keeps its own. Raises ``LastFactor`` for the last."""
    account = Account.objects.select_for_update().get(pk=factor.user_id)
    if not removable_factors(account).exclude(pk=factor.pk).exists():
        raise LastFactor
    kind = "passkey" if factor.type == Authenticator.Type.WEBAUTHN else "totp"
    factor.delete()
    end_all_sessions(account=account)
    note(verb="account.factor_removed", by=by, at=at, target=account, kind=kind)


@transaction.atomic
def renew_recovery_codes(*, account: Account, by: Person, at: datetime) -> list[str]:
    """Replace the recovery codes; the old ones are worth nothing from now on. Returns the new ones."""
    Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(account).get_unused_codes()
    note(verb="account.codes_renewed", by=by, at=at, target=account)
    return codes


@transaction.atomic
def change_password(*, account: Account, password: str, by: Person, at: datetime) -> None:
    """Set a new password; every other session of the account ends with its next request (T6)."""
    account.set_password(password)
    account.save(update_fields=["password"])
    note(verb="account.password_changed", by=by, at=at, target=account)


def factor_kinds_of(account: Account) -> set[str]:
    """The kinds of second factor that ``account`` has: "totp", "webauthn", "recovery_codes"."""
    return set(Authenticator.objects.filter(user=account).values_list("type", flat=True))


def removable_factors(account: Account) -> QuerySet[Authenticator]:
    """The app and the passkeys of ``account``; recovery codes are renewed, not removed."""
    return Authenticator.objects.filter(user=account, type__in=SECOND_FACTORS)


def recovery_codes_of(account: Account) -> list[str]:
    """The recovery codes that are left."""
    row = Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).first()
    return row.wrap().get_unused_codes() if row else []


def factors_context(account: Account) -> dict[str, Any]:
    """What the account page shows: ``app`` (or ``None``), ``passkeys``, and how many recovery codes are left."""
    rows = list(Authenticator.objects.filter(user=account).order_by("created_at"))
    codes = [row.wrap() for row in rows if row.type == Authenticator.Type.RECOVERY_CODES]
    return {
        "app": next((row for row in rows if row.type == Authenticator.Type.TOTP), None),
        "passkeys": [(row, row.wrap().name) for row in rows if row.type == Authenticator.Type.WEBAUTHN],
        "codes_left": len(codes[0].get_unused_codes()) if codes else 0,
    }
