"""A quarter of the demonstration: its addresses, staff with sign-ins, a partnership founded step by step, members."""

import random
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Count
from faker import Faker

from plp.delivery.installed import channels
from plp.demo.founding_steps import CHOSEN, FoundingSteps
from plp.demo.quarter_settings import SHARE_OF_FIRST_LANGUAGE, QuarterSetting
from plp.demo.staff import DemoIdentity, ZoneStaff, appoint_staff, create_account_with_totp
from plp.journal.models import Entry
from plp.journal.queries import chain_for_area
from plp.launch.actions import ideas
from plp.launch.actions.positions import refresh_stale_plan_positions
from plp.mandates.grants import Role
from plp.membership import actions as memberships
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.partnership.models import Partnership
from plp.people.batches import Newcomer, register_persons
from plp.people.models import Consent, Person
from plp.places import actions as places
from plp.places.gazetteer import demo_address_file
from plp.places.models import Address, Street
from plp.places.queries import addresses_of, streets_of, zone_of

StepRunner = Callable[[str, Callable[[], object]], object]
BEFORE_LAUNCH = timedelta(weeks=36)
SINCE_LAUNCH = timedelta(weeks=56)
APPLICANTS = 3
MOST_STREETS = 12
OWN_RULES = "rules-1"  # the first internal rules of a partnership, as the forms name them
STILL_TO_ACCEPT = 6  # members whose paper form was older than the internal rules
TO_LAUNCH = timedelta(days=160)  # of the partnership under way: its evening is 150 days before


@dataclass
class Quarter:
    """One partnership with its people."""

    setting: QuarterSetting
    partnership: Partnership
    officer: Person
    second_officer: Person
    coordinator: Person
    deputy: Person
    launched: datetime
    addresses: int = 0
    members: int = 0
    identities: list[DemoIdentity] = field(default_factory=list)
    joiners: list[memberships.JoinRequest] = field(default_factory=list)  # who joins in the course of the year
    applicants: list[memberships.JoinRequest] = field(default_factory=list)  # who waits to be let in today
    away: tuple[datetime, datetime] | None = None  # when the deputy covers the coordinator

    def is_coordinator_away(self, at: datetime) -> bool:
        """Whether the coordinator is away at ``at``."""
        return self.away is not None and self.away[0] <= at < self.away[1]

    def streets_with_most_doors(self) -> list[str]:
        """The names of the streets with the most doors, as messages name them."""
        streets = streets_of(self.partnership.area).annotate(doors=Count("addresses")).order_by("-doors", "folded")
        return [street.name(self.setting.languages[0]) for street in streets[:MOST_STREETS]]

    def as_json(self) -> dict[str, object]:
        """The quarter as ``demo --once`` reports it."""
        setting = self.setting
        return {"key": setting.key, "nis": setting.nis, "addresses": self.addresses, "members": self.members}


class QuarterBuilder:
    """Builds one partnership after the other, every one through the same actions as the pages use.

    ``step`` is told each step's name and does it; the launch is a year and a month before ``at``.
    """

    def __init__(self, *, at: datetime, chance: random.Random, step: StepRunner) -> None:
        self.at, self.chance, self.step = at, chance, step
        self.staff: dict[str, ZoneStaff] = {}

    def build(self, setting: QuarterSetting) -> Quarter:
        """The register and the staff of the municipality where they are new, then idea to launch, then members."""
        launched = self.at - SINCE_LAUNCH
        began = launched - BEFORE_LAUNCH
        fresh = setting.register not in self.staff
        if fresh:
            self.step(
                f"{setting.key}: the register is read, the staff appointed",
                partial(self._import_register_and_staff, setting, began),
            )
        staff = self.staff[setting.register]
        founding = FoundingSteps(setting, staff, launched, list(_invented_candidate_names(setting)))
        for name, act in founding.steps():
            self.step(f"{setting.key}: {name}", partial(_take_step_and_record_progress, founding, act))
        quarter = Quarter(
            setting,
            founding.partnership,
            staff.officer,
            staff.second,
            founding.chosen["coordinator"],
            founding.chosen["deputy"],
            launched,
            addresses_of(founding.partnership.area).count(),
            identities=list(staff.identities) if fresh else [],
        )
        quarter.identities += [
            create_account_with_totp(founding.chosen[function], Role(function.value), setting, at=launched)
            for function in CHOSEN
        ]
        self.step(
            f"{setting.key}: neighbours join", lambda: _run_in_transaction(lambda: _enrol_members(quarter, self.chance))
        )
        return quarter

    def build_unfinished(self, setting: QuarterSetting) -> None:
        """A partnership that is still being made: everybody is invited to an evening in ten days."""
        founding = FoundingSteps(
            setting, self.staff[setting.register], self.at + TO_LAUNCH, list(_invented_candidate_names(setting))
        )
        for name, act in founding.steps():
            self.step(f"{setting.key}: {name}", partial(_take_step_and_record_progress, founding, act))
            if act == founding.invite_residents:
                break

    def _import_register_and_staff(self, setting: QuarterSetting, began: datetime) -> None:
        places.import_address_register(source=demo_address_file(setting.register), nis=setting.nis, by=None, at=began)
        staff = self.staff[setting.register] = appoint_staff(setting, at=began)
        street = Street.objects.filter(nis=setting.nis, addresses__isnull=False).order_by("folded")[0]
        ideas.set_public_desk_of_zone(
            zone=zone_of(setting.nis),
            office=f"{street.names} 5, {setting.postcode} {setting.place}",  # the same in each language
            telephone=setting.desk,
            mail="",
            website="",
            by=staff.officer,
            at=began,
        )


def _run_in_transaction(act: Callable[[], object]) -> object:
    """One step in one transaction."""
    with transaction.atomic():
        return act()


def _take_step_and_record_progress(founding: FoundingSteps, act: Callable[[], object]) -> object:
    """One step of the founding; then where the partnership stood on that day."""
    outcome = _run_in_transaction(act)
    for partnership in Partnership.objects.filter(key=founding.setting.key):
        last = Entry.objects.filter(chain=chain_for_area(partnership.area.path)).latest("number")
        record_plan_progress(partnership, last.at)
    return outcome


def record_plan_progress(partnership: Partnership, at: datetime) -> None:
    """Note how far a partnership is, as the daily round does: else every step would be one of today."""
    refresh_stale_plan_positions(partnerships=Partnership.objects.filter(pk=partnership.pk), at=at)


def _invented_candidate_names(setting: QuarterSetting) -> Iterator[str]:
    """Invented names for those who stand for an office."""
    fake = Faker(setting.faker[setting.languages[0]])
    fake.seed_instance(f"candidates {setting.key}")
    for _function in CHOSEN:
        yield f"{fake.first_name()} {fake.last_name()}"


def _enrol_members(quarter: Quarter, chance: random.Random) -> None:
    """Invented members on real streets, with every mix of channels: most come in at the launch, by their paper forms.

    The others wait on the quarter: who joins in the course of the year, and three who wait today.
    """
    setting = quarter.setting
    doors = list(
        addresses_of(quarter.partnership.area).filter(number__regex=r"^[0-9]{1,4}$", box="").select_related("street")
    )
    chosen = chance.sample(doors, setting.members + setting.joiners + APPLICANTS)
    fakes = {language: Faker(locale) for language, locale in setting.faker.items()}
    for fake in fakes.values():
        fake.seed_instance(f"members {setting.key}")
    everybody = [_random_join_request(setting, fakes, door, number, chance) for number, door in enumerate(chosen)]
    quarter.joiners, quarter.applicants = everybody[setting.members : -APPLICANTS], everybody[-APPLICANTS:]
    _register_paper_forms_in_bulk(quarter, everybody[: setting.members])
    quarter.members = quarter.partnership.memberships.filter(state=Belonging.ACTIVE).count()


def _register_paper_forms_in_bulk(quarter: Quarter, forms: list[memberships.JoinRequest]) -> None:
    """Register the paper forms of the evening as a set; the volunteers have rung at each door."""
    newcomers = [Newcomer(form.name, form.language, form.contacts, form.street, form.house) for form in forms]
    persons = register_persons(
        newcomers=newcomers,
        version=quarter.setting.rules_version,
        consented_at=quarter.launched,
        confirmed=channels().keys(),
        by=quarter.coordinator,
        at=quarter.launched,
    )
    at, rules = quarter.launched, {"kind": Consent.Kind.INTERNAL_RULES, "version": OWN_RULES}
    Consent.objects.bulk_create(Consent(person=person, given_at=at, **rules) for person in persons[STILL_TO_ACCEPT:])
    Membership.objects.bulk_create(
        Membership(partnership=quarter.partnership, person=person, state=Belonging.ACTIVE, asked_at=at, joined_at=at)
        for person in persons
    )


def _random_join_request(
    setting: QuarterSetting, fakes: dict[str, Faker], door: Address, number: int, chance: random.Random
) -> memberships.JoinRequest:
    """What a neighbour tells in the form."""
    first = chance.random() < SHARE_OF_FIRST_LANGUAGE or len(setting.faker) == 1
    language = list(setting.faker)[0 if first else 1]
    return memberships.JoinRequest(
        name=f"{fakes[language].first_name()} {fakes[language].last_name()}",
        language=language,
        contacts=list(_random_contacts(setting, language, door, number, chance)),
        rules_version=setting.rules_version,
        is_adult=True,
        lives_or_works_here=True,
        accepts_rules=True,
        internal_rules=OWN_RULES,
        street=door.street,
        house=door.number,
    )


def _random_contacts(
    setting: QuarterSetting, language: str, door: Address, number: int, chance: random.Random
) -> Iterator[tuple[str, str]]:
    """Mail, SMS, landline or paper: most have one or two, some only a landline, some only a letter-box."""
    channels_by_key = channels()
    ways = {
        "email": f"membre{number:03d}.{setting.key}@example.org",
        "sms": f"{setting.mobile}{number:03d}",
        "calls": f"{setting.landline}{number:03d}",
        "paper": f"{door.street.name(language)} {door.number}, {setting.postcode} {setting.place}",
    }
    mixes = (("email",), ("sms",), ("sms", "email"), ("email", "calls"), ("calls",), ("paper",), ("paper", "calls"))
    for channel in chance.choices(mixes, weights=(30, 20, 20, 10, 8, 8, 4))[0]:
        yield channel, channels_by_key[channel].normalise(ways[channel])


def identities_as_json(quarters: list[Quarter]) -> list[dict[str, str]]:
    """Every sign-in, for the start page."""
    return [asdict(identity) for quarter in quarters for identity in quarter.identities]
