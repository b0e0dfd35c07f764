"""Set the stage: territory, addresses, staff with their sign-ins, members on real streets, a plan in force."""

import random
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from faker import Faker

from plp.charter import actions as charter
from plp.charter.queries import default_rules
from plp.delivery.installed import channels
from plp.mandates import actions as mandates
from plp.mandates.grants import Role
from plp.ops.demo.quarters import PURPOSE, SHARE_OF_FIRST_LANGUAGE, Setting
from plp.partnership import actions as partnerships
from plp.partnership.models import Membership, Partnership
from plp.partnership.states import State
from plp.people import actions as people
from plp.people.models import Person
from plp.places import actions as places
from plp.places.gazetteer import DEMO_QUARTERS, demo_addresses
from plp.places.models import Address, Area
from plp.places.queries import StreetPart, addresses_of, municipality_of, zone_of

RULES_VERSION = "2026-11"


@dataclass(frozen=True)
class Identity:
    """Somebody who can sign in: what the start page of the demonstration shows."""

    role: str
    quarter: str
    name: str
    email: str
    password: str
    totp_secret: str


@dataclass
class Stage:
    """One quarter with its people."""

    setting: Setting
    partnership: Partnership
    officer: Person
    second_officer: Person
    coordinator: Person
    addresses: int
    members: int
    identities: list[Identity] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """The quarter as ``demo --once`` reports it."""
        nis = DEMO_QUARTERS[self.setting.key]
        return {"key": self.setting.key, "nis": nis, "addresses": self.addresses, "members": self.members}


def set_stage(setting: Setting, *, at: datetime, chance: random.Random) -> Stage:
    """Build one quarter: everything through the same actions as the pages use, five weeks before ``at``."""
    began = at - timedelta(weeks=5)
    nis = DEMO_QUARTERS[setting.key]
    places.import_register(source=demo_addresses(setting.key), nis=nis, by=None, at=began)
    with transaction.atomic():
        area = _draw(setting, nis, began)
        stage = _found(setting, area, nis, began)
        _enrol_members(stage, began, chance)
    return stage


def _draw(setting: Setting, nis: str, at: datetime) -> Area:
    """A quarter over every street of its postal code."""
    area = places.create_quarter(parent=municipality_of(nis), key=setting.key, names=setting.names, by=None, at=at)
    doors = Address.objects.filter(street__nis=nis).select_related("street").order_by("street")
    streets = {door.street_id: door.street for door in doors}
    places.draw(area=area, selectors=[StreetPart(street) for street in streets.values()], by=None, at=at)
    area.refresh_from_db()
    return area


def _found(setting: Setting, area: Area, nis: str, at: datetime) -> Stage:
    """Staff, mandates, partnership and plan."""
    zone = zone_of(nis)
    fake = Faker(setting.faker[setting.languages[0]])
    fake.seed_instance(setting.key)
    identities: list[Identity] = []

    def staff(role: Role, over: Area, *, by: Person | None = None) -> Person:
        person = people.register(name=fake.name(), language=setting.languages[0], by=None, at=at)
        screening = {"screened_on": date(2026, 9, 1), "screened_fit": True} if over == area else {}
        mandates.appoint(person=person, role=role, area=over, decision="demo", by=by, at=at, **screening)  # type: ignore[arg-type]
        identities.append(_sign_in(person, role, setting, at))
        return person

    chief = staff(Role.CHIEF, zone)
    officer = staff(Role.OFFICER, zone, by=chief)
    second = staff(Role.DEPUTY_OFFICER, zone, by=chief)
    staff(Role.SUPERVISOR, zone, by=chief)
    coordinator = staff(Role.COORDINATOR, area, by=officer)
    staff(Role.DEPUTY, area, by=officer)
    partnership = partnerships.found(
        area=area, key=setting.key, kind="plp", languages=setting.languages, purpose=PURPOSE, by=None, at=at
    )
    Partnership.objects.filter(pk=partnership.pk).update(contact_email=f"coordination.{setting.key}@example.org")
    for state in (State.CREATION, State.RECOGNITION, State.ACTIVE):
        partnerships.advance(partnership=partnership, to=state, by=None, at=at)
    partnership.refresh_from_db()
    plan = charter.draft_plan(partnership=partnership, rules=default_rules(), by=coordinator, at=at)
    charter.agree(plan=plan, by=coordinator, at=at)
    charter.agree(plan=plan, by=officer, at=at)
    addresses = addresses_of(area).count()
    return Stage(setting, partnership, officer, second, coordinator, addresses, 0, identities)


def _sign_in(person: Person, role: Role, setting: Setting, at: datetime) -> Identity:
    """An account with password and TOTP, and a mailbox of the demonstration."""
    email = f"{role.replace('_', '-')}.{setting.key}@example.org"
    identity = Identity(role, setting.key, person.name, email, secrets.token_urlsafe(15), generate_totp_secret())
    account = people.open_account(person=person, email=email, password=identity.password, by=None, at=at)
    TOTP.activate(account, identity.totp_secret)
    point = people.add_contact(person=person, channel="email", address=email, by=None, at=at)
    people.confirm_contact(contact=point, by=None, at=at)
    return identity


def _enrol_members(stage: Stage, at: datetime, chance: random.Random) -> None:
    """Invented members on real streets, with every mix of channels; the last three still wait for the coordinator."""
    setting = stage.setting
    doors = list(
        addresses_of(stage.partnership.area).filter(number__regex=r"^[0-9]{1,4}$", box="").select_related("street")
    )
    chosen = chance.sample(doors, setting.members + 3)
    fakes = {language: Faker(locale) for language, locale in setting.faker.items()}
    for fake in fakes.values():
        fake.seed_instance(f"members {setting.key}")
    for number, door in enumerate(chosen):
        first = chance.random() < SHARE_OF_FIRST_LANGUAGE or len(setting.faker) == 1
        language = list(setting.faker)[0 if first else 1]
        name = f"{fakes[language].first_name()} {fakes[language].last_name()}"
        membership = _join(stage, name, language, door, number, at, chance)
        if number < setting.members:
            _let_in(membership, at)
    stage.members = setting.members


def _let_in(membership: Membership, at: datetime) -> None:
    """Let a member in, with every contact confirmed, without a welcome letter: they are members for weeks."""
    for contact in membership.person.contacts.all():
        people.confirm_contact(contact=contact, by=None, at=at)
    Membership.objects.filter(pk=membership.pk).update(state="active", joined_at=at)


def _join(
    stage: Stage, name: str, language: str, door: Address, number: int, at: datetime, chance: random.Random
) -> Membership:
    """Ask to join as a neighbour would."""
    joining = partnerships.Joining(
        name=name,
        language=language,
        contacts=list(_contacts(stage.setting, language, door, number, chance)),
        rules_version=RULES_VERSION,
        is_adult=True,
        lives_or_works_here=True,
        accepts_rules=True,
        street=door.street,
        house=door.number,
    )
    return partnerships.join(partnership=stage.partnership, joining=joining, by=None, at=at)


def _contacts(
    setting: Setting, language: str, door: Address, number: int, chance: random.Random
) -> Iterator[tuple[str, str]]:
    """Mail, SMS, landline or paper: most have one or two, some only a landline, some only a letter-box."""
    known = channels()
    ways = {
        "email": f"membre{number:03d}.{setting.key}@example.org",
        "sms": f"{setting.mobile}{number:03d}",
        "calls": f"{setting.landline}{number:03d}",
        "paper": f"{door.street.name(language)} {door.number}, {setting.postcode} {setting.place}",
    }
    mixes = (("email",), ("sms",), ("sms", "email"), ("email", "calls"), ("calls",), ("paper",), ("paper", "calls"))
    for channel in chance.choices(mixes, weights=(30, 20, 20, 10, 8, 8, 4))[0]:
        yield channel, known[channel].normalise(ways[channel])


def identities_as_json(stages: list[Stage]) -> list[dict[str, str]]:
    """Every sign-in, for the start page."""
    return [asdict(identity) for stage in stages for identity in stage.identities]
