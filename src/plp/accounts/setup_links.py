"""A link by which somebody chooses the password of their own sign-in: nobody else ever knows it."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.accounts.models import Account
from plp.journal.actions import note
from plp.people.actions import confirm_contact_and_clear_failure
from plp.people.queries import contact_digest
from plp.toolbox.moves import Refused

KEY_LENGTH = 32  # hex digits of the account's id, before the dash


class LinkOver(Refused):
    """The link was used, is too old, or was replaced: one answer for all."""

    sentence = _("This link is no longer valid. Ask the person who invited you to send you a new one.")


def setup_key(account: Account) -> str:
    """The key in the link: it dies with the first sign-in, with a new password, and after a week."""
    return f"{account.pk.hex}-{default_token_generator.make_token(account)}"


def account_by_setup_key(key: str) -> Account:
    """The account whose link this is. Raises ``LinkOver``."""
    digits, _dash, token = key.partition("-")
    try:
        account = Account.objects.select_related("person").filter(pk=UUID(hex=digits), is_active=True).first()
    except ValueError:
        account = None
    if account is None or len(digits) != KEY_LENGTH or not default_token_generator.check_token(account, token):
        raise LinkOver
    return account


@transaction.atomic
def set_password_and_confirm_email(*, key: str, password: str, at: datetime) -> Account:
    """Set the password of the account behind a link, by whoever holds it; their e-mail address is proven by that.

    The caller has checked that the password is a good one. Raises ``LinkOver``.
    """
    account = account_by_setup_key(key)
    changed = Account.objects.filter(pk=account.pk, password=account.password).update(password=make_password(password))
    if not changed:
        raise LinkOver
    for contact in account.person.contacts.all():
        if contact.digest == contact_digest(contact.channel, account.email):
            confirm_contact_and_clear_failure(contact=contact, by=account.person, at=at)
    note(verb="account.password_chosen", by=account.person, at=at, target=account)
    return account
