"""Partnerships with canaries: founded by the same actions as the pages, then given members as a set."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from plp.connections import actions as connections
from plp.connections.models import Receiver
from plp.connections.rules import new_webhook_secret
from plp.connections.states import Scope
from plp.delivery.installed import channels
from plp.demo.founding_steps import CHOSEN, FoundingSteps
from plp.demo.quarter import BEFORE_LAUNCH, OWN_RULES, SINCE_LAUNCH, Quarter
from plp.demo.quarter_settings import SETTINGS, QuarterSetting
from plp.demo.staff import ZoneStaff
from plp.mandates import actions as mandates
from plp.mandates.grants import Role
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.ops.cli import say
from plp.people import actions as people
from plp.people.batches import Newcomer, register_persons
from plp.people.models import Consent, Person
from plp.places import actions as places
from plp.places.gazetteer import demo_address_file
from plp.places.models import Area, Street
from plp.places.queries import addresses_of, municipality_of, streets_of, zone_of
from proof.canaries.events import add_past_and_pending_events
from proof.canaries.fields import TokenWriter, address_with_token
from proof.canaries.sign_ins import CanaryIdentity, SignInFactory, create_mandate
from proof.canaries.tokens import ZONES, Token

FIRST = ("haren", "haren", "lembeek")  # own, another of the same zone, another zone: then in turn
TURNS = ("malmedy", "lembeek", "haren")
LIVELY = 3  # partnerships with something of everything
STAFF, MORE = 40_000, 41_000  # from which number on staff, and people outside of the members, are counted
MIXES = (("sms", "email"), ("email",), ("calls", "email"), ("paper",), ("sms",))


@dataclass
class CanaryBuilder:
    """All that is built: ``identities`` are those of partnership 0 and its zone, then of the others."""

    seed: str
    at: datetime
    members: int
    plps: int
    identities: list[CanaryIdentity] = field(default_factory=list)
    quarters: list[Quarter] = field(default_factory=list)

    def build_partnerships_with_tokens(self) -> None:
        """Partnerships one after the other, then the tokens in everything that was written on the way."""
        self.writer, self.sign_ins = TokenWriter(self.seed, {}), SignInFactory(self.seed, self.at)
        self.staff: dict[str, ZoneStaff] = {}
        registers = [FIRST[place] if place < LIVELY else TURNS[place % len(TURNS)] for place in range(self.plps)]
        for number, register in enumerate(registers):
            self._add_zone(register)
            self.quarters.append(self._found_partnership(number, register, registers))
            self._register_members(number)
            say(f"plp: Partnership {number + 1} of {self.plps} has its members.")
        for number, quarter in enumerate(self.quarters[:LIVELY]):
            add_past_and_pending_events(self.writer, quarter, number, at=self.at)
        self._add_remaining_identities()
        with transaction.atomic():
            self.writer.write_tokens_to_personal_fields()

    def add_person(self, plp: int, number: int, language: str = "fr") -> tuple[Person, Token]:
        """Somebody with a token for a name and a mail address."""
        token = Token(plp, number, 0)
        person = people.register_person(name="Canari", language=language, by=None, at=self.at - SINCE_LAUNCH)
        named = self.writer.create_token_for_person(person, plp, number)
        person.name = f"Canari {named.as_letters(self.seed)}"
        person.save(update_fields=["name"])
        point = people.add_contact(
            person=person, channel="email", address=address_with_token("email", token, self.seed), by=None, at=self.at
        )
        people.confirm_contact_and_clear_failure(contact=point, by=None, at=self.at)
        return person, named

    def add_identity(
        self, name: str, plp: int, number: int, role: Role | None = None, area: Area | None = None
    ) -> Person:
        """Somebody who signs in; with a role, in office since before the launch."""
        person, token = self.add_person(plp, number)
        if role and area:
            screened = (self.at - SINCE_LAUNCH).date() if role in {Role.COORDINATOR, Role.DEPUTY} else None
            create_mandate(person, role, area, self.at - SINCE_LAUNCH - BEFORE_LAUNCH, screened=screened)
        self.identities.append(self.sign_ins.create_canary_account_with_totp(name, person, token))
        return person

    def _add_zone(self, register: str) -> None:
        """Addresses, and who works in the police zone and its municipality."""
        if register in self.staff:
            return
        setting = next(candidate for candidate in SETTINGS if candidate.register == register)
        began = self.at - SINCE_LAUNCH - BEFORE_LAUNCH
        places.import_address_register(source=demo_address_file(register), nis=setting.nis, by=None, at=began)
        zone, town = zone_of(setting.nis), municipality_of(setting.nis)
        number = ZONES + len(self.staff)
        self.writer.owners[zone.path] = number
        make = partial(self.add_identity, plp=number)
        self.staff[register] = ZoneStaff(
            chief=make("chief", number=STAFF, role=Role.CHIEF, area=zone),
            officer=make("officer", number=STAFF + 1, role=Role.OFFICER, area=zone),
            second=make("deputy officer", number=STAFF + 2, role=Role.DEPUTY_OFFICER, area=zone),
            supervisor=make("supervisor", number=STAFF + 3, role=Role.SUPERVISOR, area=zone),
            mayor=make("municipality", number=STAFF + 4, role=Role.MUNICIPALITY, area=town),
        )

    def _found_partnership(self, number: int, register: str, registers: list[str]) -> Quarter:
        """From the idea to the launch, on streets of its own."""
        model = next(setting for setting in SETTINGS if setting.register == register)
        streets = Street.objects.filter(nis=model.nis, addresses__isnull=False).distinct().order_by("folded")
        names = sorted({street.name(model.languages[0]) for street in streets})
        places_of = [place for place, other in enumerate(registers) if other == register]
        own = names[places_of.index(number) :: len(places_of)]
        names_of = {language: f"{name} {number}" for language, name in model.names.items()}
        setting = replace(model, key=f"canary-{number}", names=names_of, streets=tuple(own), members=self.members)
        return self._run_founding_and_add_identities(number, setting, self.staff[register])

    def _run_founding_and_add_identities(self, number: int, setting: QuarterSetting, staff: ZoneStaff) -> Quarter:
        launched = self.at - SINCE_LAUNCH
        named = [f"Canari {Token(number, STAFF + place, 0).as_letters(self.seed)}" for place in range(len(CHOSEN))]
        founding = FoundingSteps(setting, staff, launched, named)
        with transaction.atomic():
            for _name, act in founding.steps():
                act()
        self.writer.owners[founding.partnership.area.path] = number
        for place, function in enumerate(CHOSEN):
            person = founding.chosen[function]
            token = self.writer.create_token_for_person(person, number, STAFF + place)
            self.identities.append(self.sign_ins.create_canary_account_with_totp(function.value, person, token))
        coordinator, deputy = (founding.chosen[place] for place in CHOSEN[:2])
        return Quarter(setting, founding.partnership, staff.officer, staff.second, coordinator, deputy, launched)

    def _register_members(self, number: int) -> None:
        """The members of one partnership, as a set."""
        quarter = self.quarters[number]
        streets = list(streets_of(quarter.partnership.area))
        newcomers = [self._newcomer_with_tokens(quarter, number, place, streets) for place in range(self.members)]
        with transaction.atomic():
            persons = register_persons(
                newcomers=newcomers,
                version=quarter.setting.rules_version,
                consented_at=quarter.launched,
                confirmed=channels().keys(),
                by=quarter.coordinator,
                at=quarter.launched,
            )
            rules = {"kind": Consent.Kind.INTERNAL_RULES, "version": OWN_RULES, "given_at": quarter.launched}
            Consent.objects.bulk_create(Consent(person=person, **rules) for person in persons)
            Membership.objects.bulk_create(
                Membership(
                    partnership=quarter.partnership,
                    person=person,
                    state=Belonging.ACTIVE,
                    asked_at=quarter.launched,
                    joined_at=quarter.launched,
                )
                for person in persons
            )
        for place, person in enumerate(persons):
            self.writer.create_token_for_person(person, number, place)
        quarter.addresses, quarter.members = addresses_of(quarter.partnership.area).count(), len(persons)

    def _newcomer_with_tokens(self, quarter: Quarter, plp: int, number: int, streets: list[Street]) -> Newcomer:
        languages, token = (
            quarter.setting.languages,
            Token(plp, number, self.number_of_personal_field("people.Person.name")),
        )
        ways = [
            (
                channel,
                address_with_token(
                    channel,
                    replace(token, field=self.number_of_personal_field("people.ContactPoint.address")),
                    self.seed,
                ),
            )
            for channel in MIXES[number % len(MIXES)]
        ]
        name = f"Canari {token.as_letters(self.seed)}"
        return Newcomer(
            name, languages[number % len(languages)], ways, streets[number % len(streets)], token.as_house_number()
        )

    def number_of_personal_field(self, path: str) -> int:
        """The number of a personal field."""
        from proof.canaries.fields import personal_text_field_numbers  # noqa: PLC0415

        return personal_text_field_numbers()[path]

    def _add_remaining_identities(self) -> None:
        """The identities that are left (docs/threats.md#identities): around partnership 0, and over the country."""
        quarter, country = self.quarters[0], Area.objects.get(kind="country")
        area, year = quarter.partnership.area, self.at - SINCE_LAUNCH
        self.add_identity("federal", 99, STAFF, Role.FEDERAL, country)
        administrator = self.add_identity("administrator", 99, STAFF + 1, Role.ADMINISTRATOR, country)
        for lively in self.quarters[:LIVELY]:
            self._add_api_token_and_webhook(lively, administrator)
        self.add_identity("deputy outside an absence", 0, STAFF + 5, Role.DEPUTY, area)
        suspended = self.add_identity("suspended coordinator", 0, STAFF + 6, Role.COORDINATOR, area)
        mandates.suspend_mandates(person=suspended, area=area, matter=quarter.partnership.pk, by=None, at=year)
        self._record_coordinator_absence(quarter)
        for name, number, state in (
            ("member", 0, None),
            ("pending", MORE, Belonging.PENDING),
            ("left", MORE + 1, Belonging.LEFT),
        ):
            self._add_member_identity(name, quarter, number, state)

    def _add_api_token_and_webhook(self, quarter: Quarter, administrator: Person) -> None:
        """A token for a program, and a receiver that waits for nothing."""
        area, ends, host = quarter.partnership.area, self.at + timedelta(days=90), "hooks.plp.test"
        connections.create_token(
            label="Site", area=area, scopes=Scope.values, ends_at=ends, by=administrator, at=self.at
        )
        Receiver.objects.create(
            label="Site",
            area=area,
            address=f"https://{host}/plp",
            host=host,
            secret=new_webhook_secret(),
            made_by=administrator,
            made_at=self.at,
        )

    def _record_coordinator_absence(self, quarter: Quarter) -> None:
        """The first deputy covers an absence of today."""
        mandates_by_role = {
            mandate.role: mandate
            for mandate in quarter.partnership.area.mandates.filter(person__in=[quarter.coordinator, quarter.deputy])
        }
        mandates.record_absence_and_ask_deputy(
            mandate=mandates_by_role[Role.COORDINATOR],
            deputy=mandates_by_role[Role.DEPUTY],
            starts_at=self.at - timedelta(days=1),
            ends_at=self.at + timedelta(days=6),
            by=quarter.coordinator,
            at=self.at - timedelta(days=2),
        )

    def _add_member_identity(self, name: str, quarter: Quarter, number: int, state: Belonging | None) -> None:
        """Somebody without an account: as a member, asking to join, or gone."""
        if state is None:
            person = quarter.partnership.memberships.filter(
                person__contacts__channel="email", person__account=None, state=Belonging.ACTIVE
            ).earliest("person__created_at", "pk").person  # fmt: skip
        else:
            person, _token = self.add_person(0, number)
            gone = {"left_at": self.at - timedelta(days=9)} if state == Belonging.LEFT else {}
            Membership.objects.create(
                partnership=quarter.partnership, person=person, state=state, asked_at=quarter.launched, **gone
            )
        point = person.contacts.filter(channel="email").earliest("rank")
        self.identities.append(CanaryIdentity(name, 0, str(person.pk), str(point.pk)))
