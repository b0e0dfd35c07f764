"""Who holds the office of each of the four who sign, what the charter says of them, and where the two differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from plp.charter.models import SLOT_NAMES, SLOTS, Contact
from plp.charter.queries.deeds import party_represented_by
from plp.charter.queries.partners import contacts_of_partners
from plp.mandates.grants import Role
from plp.mandates.queries import mandates_in_force
from plp.membership.states import Candidacy, Function
from plp.partnership.common_sentences import common_sentences
from plp.partnership.models import Partnership
from plp.partnership.translations import TranslatedText, main_language_spoken
from plp.people.models import ContactPoint, Person
from plp.places.models import Area
from plp.toolbox.texts import LANGUAGES
from plp.toolbox.words import fold

SERVICES = {Role.MUNICIPALITY: "Municipal administration", Role.COORDINATOR: "Coordination of the partnership"}


@dataclass(frozen=True)
class ContactDetails:
    """The contact details of a partner: as the charter has them, or as they are proposed."""

    organisation: TranslatedText
    name: str
    email: str
    phone: str
    addressed_as: str = ""


@dataclass(frozen=True)
class NameDifference:
    """The charter names ``named`` for ``role``, and others hold that office now: ``holders``."""

    role: Role
    named: str
    holders: Sequence[str]

    @property
    def office(self) -> str:
        """The name of the office."""
        return str(SLOT_NAMES[self.role.value])


def office_holders(partnership: Partnership, *, at: datetime) -> dict[Role, list[Person]]:
    """Who holds the office of each slot at ``at``, the one nearest to the quarter and longest in office first."""
    path = partnership.area.path
    beginnings = [path[: end + 1] for end, sign in enumerate(path) if sign == "/"]
    mandates = mandates_in_force(at).filter(role__in=[role.value for role in SLOTS], area__path__in=beginnings)
    in_order = mandates.select_related("person", "area").order_by("starts_at", "pk")
    nearest = sorted(in_order, key=lambda mandate: -len(mandate.area.path))
    return {role: [mandate.person for mandate in nearest if mandate.role == role.value] for role in SLOTS}


def known_or_proposed_contact_details(
    partnership: Partnership, reader: Person, *, at: datetime
) -> dict[Role, ContactDetails]:
    """The contact details of the four: those of the charter, else what is known from mandates, votes and the plan.

    A work address is proposed to police and municipality alone, and to whoever it belongs to. Of a coordinator the
    name alone: their own address and number are private until they give them (R43).
    """
    contacts = {contact.slot: contact for contact in contacts_of_partners(partnership)}
    holders = office_holders(partnership, at=at)
    around = {area.kind: area for area in Area.objects.containing(partnership.area.path)}
    sees_addresses = party_represented_by(reader, partnership, at=at) not in {None, "residents"}
    return {
        role: _details_of_contact(contacts[role.value], partnership)
        if role.value in contacts
        else _proposed_details(
            role,
            partnership,
            around,
            sorted(holders[role], key=lambda person: person != reader)[:1],  # whoever reads it, if the office is theirs
            reader,
            sees_addresses=sees_addresses,
        )
        for role in SLOTS
    }


def _details_of_contact(contact: Contact, partnership: Partnership) -> ContactDetails:
    organisation = contact.text_of("organisation", partnership.languages)
    public_email = partnership.contact_email if contact.slot == Role.COORDINATOR else ""
    email = contact.email or public_email
    return ContactDetails(organisation, contact.name, email, contact.phone, contact.addressed_as)


def _proposed_details(
    role: Role,
    partnership: Partnership,
    around: Mapping[str, Area],
    holders: Sequence[Person],
    reader: Person,
    *,
    sees_addresses: bool,
) -> ContactDetails:
    """The service from the area, the holder's name, the public address and number of the office."""
    services = _partner_service_names(role, partnership, around)
    own, spoken = get_language(), partnership.languages
    first = own if own in spoken else main_language_spoken(spoken)  # that of the page, where it is one of them
    organisation = TranslatedText(services[first], first, {code: services[code] for code in spoken if code != first})
    if role == Role.COORDINATOR:
        name = holders[0].name if holders else _name_of_coordinator_to_be(partnership)
        return ContactDetails(organisation, name, partnership.contact_email, "")
    name = holders[0].name if holders else ""
    email = _confirmed_email(holders[0]) if holders and (sees_addresses or holders[0] == reader) else ""
    phone = "" if role == Role.MUNICIPALITY else partnership.contact_phone
    return ContactDetails(organisation, name, email, phone)


def _name_of_coordinator_to_be(partnership: Partnership) -> str:
    """Whom the members approved as coordinator before anybody was appointed; empty when nobody was."""
    approved = partnership.candidates.filter(
        function=Function.COORDINATOR, state__in=[Candidacy.APPROVED, Candidacy.SCREENED]
    )
    candidate = approved.select_related("person").order_by("-decided_on", "pk").first()
    return candidate.person.name if candidate else ""


def _partner_service_names(role: Role, partnership: Partnership, around: Mapping[str, Area]) -> dict[str, str]:
    """The service of a partner in each language: the zone, or a common name with the place behind it."""
    place = around.get(Area.Kind.MUNICIPALITY if role == Role.MUNICIPALITY else Area.Kind.ZONE) or partnership.area
    if role not in SERVICES:
        return {code: place.name(code) for code in LANGUAGES}
    place = partnership.area if role == Role.COORDINATOR else place
    service = next(row for row in common_sentences("organisation") if row["en"] == SERVICES[role])
    return {code: f"{service[code]}, {place.name(code)}" for code in LANGUAGES}


def _confirmed_email(holder: Person) -> str:
    """The confirmed e-mail address of whoever holds an office; empty when there is none."""
    points = ContactPoint.objects.filter(person=holder, channel="email", stopped_at=None)
    point = points.exclude(confirmed_at=None).order_by("rank").first()
    return point.address if point else ""


def contact_names_not_in_office(partnership: Partnership, *, at: datetime) -> list[NameDifference]:
    """Where the charter names somebody who does not hold the office now: said before anybody signs."""
    holders = office_holders(partnership, at=at)
    return [
        NameDifference(Role(contact.slot), contact.name, [person.name for person in holders[Role(contact.slot)]])
        for contact in contacts_of_partners(partnership)
        if holders[Role(contact.slot)]
        and fold(contact.name) not in {fold(person.name) for person in holders[Role(contact.slot)]}
    ]
