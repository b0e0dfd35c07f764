"""The identities (docs/threats.md#identities) that hold a role and their sign-ins; others are found by state."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password

from plp.accounts.models import Account
from plp.accounts.queries import username_digest_of_email
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.people.models import Person
from plp.places.models import Area
from proof.canaries.tokens import Token

BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@dataclass(frozen=True)
class CanaryIdentity:
    """Somebody one may act as. ``person`` and ``contact`` are ids; without password: a member, by a one-time code."""

    identity: str
    plp: int
    person: str
    contact: str = ""
    email: str = ""
    password: str = ""
    totp_secret: str = ""


class SignInFactory:
    """Opens accounts. All have one password, hashed once: hashing is slow on purpose."""

    def __init__(self, seed: str, at: datetime) -> None:
        self.seed, self.at = seed, at
        self.password = f"canari {sha256(f'password:{seed}'.encode()).hexdigest()[:20]}"
        self.hashed = make_password(self.password)

    def create_canary_account_with_totp(self, identity: str, person: Person, token: Token) -> CanaryIdentity:
        """A sign-in with password and authenticator app."""
        email = Token(token.plp, token.person, 97).as_email(self.seed)
        account, _new = Account.objects.get_or_create(
            person=person,
            defaults={
                "username": username_digest_of_email(email),
                "email": email,
                "password": self.hashed,
                "created_at": self.at,
            },
        )
        digest = sha256(f"totp:{self.seed}:{email}".encode()).digest()
        secret = "".join(BASE32[byte % 32] for byte in digest)
        TOTP.activate(account, secret)
        return CanaryIdentity(identity, token.plp, str(person.pk), "", email, self.password, secret)


def create_mandate(person: Person, role: Role, area: Area, at: datetime, *, screened: date | None = None) -> Mandate:
    """A mandate in force, written straight: the act behind it is the operator's."""
    fit = {"screened_on": screened, "screened_fit": True} if screened else {}
    return Mandate.objects.create(person=person, role=role, area=area, starts_at=at, decision="canary", **fit)
