"""Staff who sign in: an account with a known password, a mandate, and an app whose codes we can compute."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import make_password
from django.test import Client

from plp.accounts.models import Account
from plp.accounts.queries import username_digest_of_email
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.people.models import Person
from plp.places.models import Area
from plp.portal.subjects.account.factors import replace_totp_and_ensure_recovery_codes

PASSWORD = "vijf blauwe fietsen zingen"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
KINDS = {Role.ADMINISTRATOR: "zone", Role.OFFICER: "zone", Role.CHIEF: "zone", Role.SUPERVISOR: "zone"}


@cache
def hashed() -> str:
    """The hash of ``PASSWORD``, made once: hashing is slow on purpose."""
    return make_password(PASSWORD)


@dataclass(frozen=True)
class Staff:
    """A person with an account; ``email`` and ``PASSWORD`` sign them in."""

    person: Person
    account: Account
    email: str
    mandate: Mandate | None


def staff(name: str = "Ann Peeters", *, role: Role | None = Role.OFFICER, app: bool = True) -> Staff:
    """Somebody who may sign in: ``role`` over an area of their own, with an authenticator app unless ``app=False``."""
    now = datetime.now(UTC)
    email = name.lower().replace(" ", ".") + "@plp.test"
    person = Person.objects.create(name=name, language="en", created_at=now)
    account = Account(
        person=person, username=username_digest_of_email(email), email=email, password=hashed(), created_at=now
    )
    account.save()
    if app:
        replace_totp_and_ensure_recovery_codes(account=account, secret=SECRET, by=person, at=now)
    return Staff(person, account, email, mandate(person, role) if role else None)


def mandate(person: Person, role: Role) -> Mandate:
    """A mandate of ``person`` over an area of its own, from the beginning of the year on."""
    kind = KINDS.get(role, "quarter")
    area = Area.objects.create(kind=kind, path=f"be/{role}{Area.objects.count()}/", name_fr="Haren", name_nl="Haren")
    fit = {"screened_on": "2026-01-01", "screened_fit": True}
    return Mandate.objects.create(
        person=person, role=role, area=area, starts_at=datetime(2026, 1, 1, tzinfo=UTC), decision="test", **fit
    )


def code(steps: int = 0) -> str:
    """The code that the app of ``SECRET`` shows now, or ``steps`` half minutes later."""
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + steps))


def sign_in(client: Client, someone: Staff, *, steps: int = 0) -> None:
    """Sign in through the forms, as a person would."""
    client.post("/account/sign-in/", {"login": someone.email, "password": PASSWORD})
    client.post("/account/sign-in/second-factor/", {"code": code(steps)})
