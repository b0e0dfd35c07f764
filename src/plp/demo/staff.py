"""The people of a police zone and its municipality in the demonstration, and how they sign in."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from faker import Faker

from plp.accounts import actions as accounts
from plp.demo.quarter_settings import QuarterSetting
from plp.mandates import actions as mandates
from plp.mandates.grants import Role
from plp.people import actions as people
from plp.people.models import Person
from plp.places.models import Area
from plp.places.queries import municipality_of, zone_of

DECISION_OF_CHIEF = {
    "fr": "Décision du chef de corps",
    "nl": "Beslissing van de korpschef",
    "de": "Beschluss des Korpschefs",
}
SET_UP_BY_OPERATOR = {  # the chief, the municipality and the administrator, as by ``./plp appoint``
    "fr": "Mis en place par le gestionnaire de l’installation",
    "nl": "Aangesteld door de beheerder van de installatie",
    "de": "Eingesetzt vom Betreiber der Installation",
}


@dataclass(frozen=True)
class DemoIdentity:
    """Somebody who can sign in: what the start page of the demonstration shows."""

    role: str
    quarter: str
    name: str
    email: str
    password: str
    totp_secret: str


@dataclass
class ZoneStaff:
    """Who works in a police zone, and the mayor of the municipality."""

    chief: Person
    officer: Person
    second: Person
    supervisor: Person
    mayor: Person
    identities: list[DemoIdentity] = field(default_factory=list)


def appoint_staff(setting: QuarterSetting, *, at: datetime) -> ZoneStaff:
    """Chief, officers, supervisor and mayor around the quarter of ``setting``, each with a sign-in."""
    zone, municipality = zone_of(setting.nis), municipality_of(setting.nis)
    fake = Faker(setting.faker[setting.languages[0]])
    fake.seed_instance(setting.key)
    identities: list[DemoIdentity] = []

    def appoint_with_sign_in(role: Role, over: Area, by: Person | None) -> Person:
        name = fake.name_male() if role == Role.MUNICIPALITY else fake.name()  # whom letters greet as a man
        person = people.register_person(name=name, language=setting.languages[0], by=None, at=at)
        decision = (DECISION_OF_CHIEF if by else SET_UP_BY_OPERATOR)[setting.languages[0]]
        mandates.appoint(person=person, role=role, area=over, decision=decision, by=by, at=at)
        identities.append(create_account_with_totp(person, role, setting, at=at))
        return person

    chief = appoint_with_sign_in(Role.CHIEF, zone, None)
    staff = ZoneStaff(
        chief=chief,
        officer=appoint_with_sign_in(Role.OFFICER, zone, chief),
        second=appoint_with_sign_in(Role.DEPUTY_OFFICER, zone, chief),
        supervisor=appoint_with_sign_in(Role.SUPERVISOR, zone, chief),
        mayor=appoint_with_sign_in(Role.MUNICIPALITY, municipality, None),
        identities=identities,
    )
    appoint_with_sign_in(Role.ADMINISTRATOR, zone, None)
    return staff


def create_account_with_totp(person: Person, role: Role, setting: QuarterSetting, *, at: datetime) -> DemoIdentity:
    """An account with password and TOTP, and a mailbox of the demonstration."""
    email = f"{role.value.replace('_', '-')}.{setting.key}@example.org"
    identity = DemoIdentity(role, setting.key, person.name, email, secrets.token_urlsafe(15), generate_totp_secret())
    account = accounts.create_account(person=person, email=email, password=identity.password, by=None, at=at)
    TOTP.activate(account, identity.totp_secret)
    if not person.contacts.exists():
        point = people.add_contact(person=person, channel="email", address=email, by=None, at=at)
        people.confirm_contact_and_clear_failure(contact=point, by=None, at=at)
    return identity
