"""Signing people of the cast in, as if they had just come through the forms, at a fixed moment."""

from datetime import timedelta

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY as RECORDS
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client

from plp.accounts.models import Account
from plp.accounts.queries import username_digest_of_email
from plp.people.models import Person
from plp.portal.subjects.account.factors import replace_totp_and_ensure_recovery_codes
from plp.toolbox import clock
from tests.factories.cast import NOW
from tests.portal.staff import SECRET, hashed

AT = NOW + timedelta(hours=1)


def stop_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every request come at ``AT``."""
    monkeypatch.setattr(clock, "now", lambda: AT)


def account_of(person: Person) -> Account:
    """The account of ``person`` with a second factor, opened when there is none yet."""
    known = Account.objects.filter(person=person).first()
    if known is not None:
        return known
    email = f"{person.pk.hex}@plp.test"
    account = Account(
        person=person, username=username_digest_of_email(email), email=email, password=hashed(), created_at=NOW
    )
    account.save()
    replace_totp_and_ensure_recovery_codes(account=account, secret=SECRET, by=person, at=NOW)
    return account


def signed_in(person: Person, *, minutes_ago: float = 0) -> Client:
    """A browser in which ``person`` proved both factors ``minutes_ago``; pages come in English."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(account_of(person), backend="plp.portal.subjects.account.adapters.Backend")
    prove(client, minutes_ago=minutes_ago)
    return client


def prove(client: Client, *, minutes_ago: float = 0) -> None:
    """Prove both factors again."""
    session, proved = client.session, (AT - timedelta(minutes=minutes_ago)).timestamp()
    session[RECORDS] = [{"method": "password", "at": proved}, {"method": "mfa", "at": proved}]
    session[f"{RECORDS}_user"] = session[SESSION_KEY]
    session.save()
