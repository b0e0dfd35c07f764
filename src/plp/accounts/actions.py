"""Writes about sign-ins. Rooms above decide who may; here it is made sure that it can be done."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.accounts.models import Account
from plp.accounts.queries import username_digest_of_email
from plp.journal.actions import note
from plp.people.models import Person
from plp.toolbox.moves import Refused


class AccountExists(Refused):
    """The person or the e-mail address already has a sign-in."""

    sentence = _("There is already a sign-in for this person or this e-mail address.")


@transaction.atomic
def create_account(*, person: Person, email: str, password: str | None, by: Person | None, at: datetime) -> Account:
    """Give a person with a staff role a sign-in; they enrol the second factor. Raises ``AccountExists``.

    Without a password nobody can sign in until the person chose one by their link (``invitations``).
    """
    name = username_digest_of_email(email)
    if Account.objects.filter(username=name).exists() or Account.objects.filter(person=person).exists():
        raise AccountExists
    account = Account(
        person=person, username=name, email=email.strip(), created_at=at, password=make_password(password)
    )
    account.save(force_insert=True)
    Person.objects.filter(pk=person.pk).update(is_new=True)
    note(verb="account.opened", by=by, at=at, target=account)
    return account
