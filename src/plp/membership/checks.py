"""What the machine can check about somebody who asks to join: the coordinator decides (R45, R64, R65)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from plp.membership.models import LetterboxCode, Membership
from plp.membership.states import Belonging
from plp.people.models import Consent, Person
from plp.places.queries.doors import DoorIndex, door_index
from plp.places.rules import fold

DECLARED = {Consent.Kind.ADULT, Consent.Kind.LIVES_OR_WORKS, Consent.Kind.CONDUCT}


@dataclass(frozen=True)
class MembershipCheck:
    """One thing looked at: a sentence, and whether it is as it should be."""

    sentence: Any
    is_good: bool


def membership_checks(memberships: Sequence[Membership]) -> dict[UUID, list[MembershipCheck]]:
    """The checks of each membership, by its key: address, contacts, declarations, letter, door, a double.

    Needs person, household, street, contacts, letterbox code and area loaded; asks the same few questions however many
    wait.
    """
    areas = {membership.partnership_id: membership.partnership.area for membership in memberships}
    doors = {key: door_index(area) for key, area in areas.items()}
    declarations: dict[UUID, set[str]] = defaultdict(set)
    people = [membership.person_id for membership in memberships]
    for person, kind in Consent.objects.filter(person__in=people, withdrawn_at=None).values_list("person", "kind"):
        declarations[person].add(kind)
    near = _persons_sharing_door_or_contact(memberships)
    return {
        membership.pk: [
            _check_address(membership, doors[membership.partnership_id]),
            *_checks_on_contact_and_declarations(membership, declarations[membership.person_id]),
            *_check_letterbox_code_and_consent(membership),
            *_checks_on_same_household(membership, near[membership.partnership_id]),
            *_checks_on_duplicates(membership, near[membership.partnership_id]),
        ]
        for membership in memberships
    }


def _check_address(membership: Membership, doors: DoorIndex) -> MembershipCheck:
    home = membership.person.household
    if home is None:
        return MembershipCheck(_("No address in the neighbourhood: says they work here."), is_good=False)
    if doors.covers_door(home.street, home.house):
        return MembershipCheck(_("The address is in the area."), is_good=True)
    return MembershipCheck(_("According to the register this address is not in the neighbourhood."), is_good=False)


def _checks_on_contact_and_declarations(membership: Membership, declarations: set[str]) -> list[MembershipCheck]:
    """Contact and declarations of who asks to join; who is asked anew gives both with their yes."""
    if membership.says_yes_anew:
        return []
    return [_check_contact(membership), _check_declarations(declarations)]


def _check_contact(membership: Membership) -> MembershipCheck:
    if any(point.confirmed_at for point in membership.person.contacts.all()):
        return MembershipCheck(_("A contact is confirmed."), is_good=True)
    return MembershipCheck(_("No contact is confirmed yet."), is_good=False)


def _check_declarations(declarations: set[str]) -> MembershipCheck:
    if declarations >= DECLARED:
        return MembershipCheck(
            _("Declares to be 18 or older, to live or work here, and to follow the rules."), is_good=True
        )
    return MembershipCheck(_("A declaration is missing: age, home or work here, or the rules."), is_good=False)


def _check_letterbox_code_and_consent(membership: Membership) -> list[MembershipCheck]:
    """What is known by the code of a letter; and that somebody from a list was asked to say yes anew."""
    checks = []
    if membership.says_yes_anew:
        checks.append(MembershipCheck(_("From a list: asked to say yes again. Did they say it to you?"), is_good=False))
    code: LetterboxCode | None = getattr(membership, "letterbox_code", None)
    if code is not None and code.proven_at:
        checks.append(MembershipCheck(_("The code of the letter was typed: they live or work there."), is_good=True))
    elif code is not None:
        checks.append(
            MembershipCheck(_("A letter with a code was printed; the code was not typed yet."), is_good=False)
        )
    return checks


def _checks_on_same_household(membership: Membership, near: Sequence[Person]) -> list[MembershipCheck]:
    """Who else belongs or waits behind the same door: a household may have several members (R48)."""
    person = membership.person
    others = [
        neighbour
        for neighbour in near
        if neighbour.pk != person.pk and neighbour.household_id and neighbour.household_id == person.household_id
    ]
    if not others:
        return []
    words = ngettext(
        "%d other person at this address is a member or is waiting to join. An address may have several members.",
        "%d other people at this address are members or are waiting to join. An address may have several members.",
        len(others),
    )
    return [MembershipCheck(words % len(others), is_good=True)]


def _checks_on_duplicates(membership: Membership, near: Sequence[Person]) -> list[MembershipCheck]:
    """A warning when somebody of the same name shares the door or a contact, or somebody else the contact."""
    person = membership.person
    others = [other for other in near if other.pk != person.pk]
    if any(fold(other.name) == fold(person.name) and _share_door_or_contact(person, other) for other in others):
        return [
            MembershipCheck(_("Perhaps on the list already: same name, with the same door or contact."), is_good=False)
        ]
    return []


def _share_door_or_contact(person: Person, other: Person) -> bool:
    contacts = {point.digest for point in person.contacts.all()} & {point.digest for point in other.contacts.all()}
    return bool(contacts) or (person.household_id is not None and person.household_id == other.household_id)


def _persons_sharing_door_or_contact(memberships: Sequence[Membership]) -> dict[UUID, list[Person]]:
    """Per partnership: who belongs or waits there and shares a door or a contact with one of ``memberships``."""
    digests = [point.digest for membership in memberships for point in membership.person.contacts.all()]
    homes = [membership.person.household_id for membership in memberships if membership.person.household_id]
    inside = Membership.objects.filter(
        Q(person__contacts__digest__in=digests) | Q(person__household__in=homes),
        partnership__in={membership.partnership_id for membership in memberships},
        state__in=[Belonging.PENDING, Belonging.ACTIVE],
    )
    neighbours: dict[UUID, list[Person]] = defaultdict(list)
    for membership in inside.distinct().select_related("person").prefetch_related("person__contacts"):
        neighbours[membership.partnership_id].append(membership.person)
    return neighbours
