"""Members as the coordinator sees them, and the note of every look (R80)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from plp.accounts.models import Account
from plp.delivery.installed import channels
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.mandates.scopes import AreaScope
from plp.membership.checks import MembershipCheck, membership_checks
from plp.membership.firms import asks_for_firms
from plp.membership.looks import note_look_at_members
from plp.membership.models import Enquiry, Membership
from plp.membership.queries import memberships_in_scope
from plp.membership.states import Belonging
from plp.partnership.models import Partnership
from plp.partnership.open_rows import OpenRows
from plp.people import contact_failures
from plp.people.models import ContactPoint, Person
from plp.people.rules import CODE_MINUTES


@dataclass(frozen=True)
class MemberRow:
    """One member: name, door and quarter. For those who wait also the contacts that are not proven, each with its label
    and whether a code was sent to it that nobody has typed yet, and for somebody who asks to join what was looked at.
    """

    membership: Membership
    name: str
    street: str
    house: str
    quarter: str
    to_vouch: Sequence[tuple[Any, ContactPoint, bool]] = ()
    checks: Sequence[MembershipCheck] = ()
    enquiry: Enquiry | None = None  # what was asked last of somebody who waits


def memberships_to_see_by_name(person: Person, *, at: datetime) -> QuerySet[Membership]:
    """The memberships that ``person`` may see by name."""
    return memberships_in_scope(person, at=at).select_related("person__household__street", "partnership__area", "firm")


def members_to_act_for(person: Person, *, at: datetime) -> QuerySet[Membership]:
    """Who belongs, or belonged and is still known: those for whom one may act on their word."""
    found = memberships_to_see_by_name(person, at=at).filter(state__in=[Belonging.ACTIVE, Belonging.LEFT])
    return found.select_related("person__preference", "person__household__street", "partnership__area", "firm")


@dataclass(frozen=True)
class MemberCard:
    """One member with every contact (its label, what is wrong with it) and consent; nothing that nobody else may see
    (T14).
    """

    membership: Membership
    door: str
    language: Any
    contacts: list[tuple[Any, ContactPoint, bool, contact_failures.FailureText | None]]
    is_member: bool
    acts_alone: bool
    asks_firm: bool


def member_card(membership: Membership) -> MemberCard:
    """A member as the coordinator sees them on a page of their own."""
    person, home, carried = membership.person, membership.person.household, by_hand_channels()
    contacts = [
        (channels()[point.channel].label, point, point.channel in carried, contact_failures.failure_text(point))
        for point in person.contacts.order_by("rank", "created_at")
        if point.channel in channels()
    ]
    door = f"{home.street.name(get_language() or person.language)} {home.house}" if home else ""
    is_member = membership.state == Belonging.ACTIVE
    language = dict(settings.LANGUAGES)[person.language]
    has_account = Account.objects.filter(person=person).exists()
    return MemberCard(
        membership, door, language, contacts, is_member, has_account, asks_for_firms(membership.partnership)
    )


def pending_memberships(person: Person, *, at: datetime) -> QuerySet[Membership]:
    """Who asked to join, the oldest first, then who was asked to say yes anew."""
    pending = memberships_to_see_by_name(person, at=at).filter(state=Belonging.PENDING).select_related("letterbox_code")
    return pending.prefetch_related("person__contacts").order_by("says_yes_anew", "asked_at")


def by_hand_channels() -> list[str]:
    """The keys of the channels that people carry."""
    return [key for key, channel in channels().items() if channel.abilities.by_hand]


def members_with_unproven_contact(person: Person, *, at: datetime) -> QuerySet[Membership]:
    """Members with a contact that no code can reach, or whose code has run out, and that nobody confirmed yet."""
    return (
        memberships_to_see_by_name(person, at=at)
        .filter(_active_with_unproven_contact(by_hand_channels(), _codes_valid_since(at)))
        .prefetch_related("person__contacts")
        .order_by("joined_at")
    )


def _codes_valid_since(at: datetime) -> datetime:
    """Codes for contacts that were written down before are over."""
    return at - timedelta(minutes=CODE_MINUTES)


def _active_with_unproven_contact(by_hand: Sequence[str], before: datetime) -> Q:
    open_ones = ContactPoint.objects.filter(person=OuterRef("person"), confirmed_at=None, stopped_at=None)
    is_due = Q(channel__in=by_hand) | Q(created_at__lt=before)
    return Q(Exists(open_ones.filter(is_due)), state=Belonging.ACTIVE)


@dataclass(frozen=True)
class FailingContactRow:
    """A member with contacts from which messages come back: each with its label and what is wrong."""

    row: MemberRow
    contacts: Sequence[tuple[Any, ContactPoint, Any]]


_CONTACTS = (
    f"FROM partnership_membership t JOIN people_contactpoint c ON c.person_id = t.person_id "
    f"WHERE t.state = '{Belonging.ACTIVE}' AND t.partnership_id IN {{partnerships}} AND c.stopped_at IS NULL "
)
FAILING = OpenRows(f"{_CONTACTS} AND NOT (c.failure = '')", permission=Permission.MEMBERS_MANAGE)
UNPROVEN = OpenRows(f"{_CONTACTS} AND c.confirmed_at IS NULL", permission=Permission.MEMBERS_MANAGE)
PENDING = OpenRows(
    f"FROM partnership_membership t WHERE t.state = '{Belonging.PENDING}' AND t.partnership_id IN {{partnerships}}"
)


def _keys_of_members_with_failing_contact(areas: AreaScope) -> QuerySet[Membership, UUID]:
    inside = Membership.objects.filter(partnership__area__in=areas, state=Belonging.ACTIVE)
    return inside.filter(person__in=ContactPoint.objects.failing().values("person")).values_list("pk", flat=True)


def count_members_with_failing_contact(person: Person, *, at: datetime) -> int:
    """How many members have a contact from which messages come back."""
    if not FAILING.may_exist_for(person):
        return 0
    return len({*_keys_of_members_with_failing_contact(permitted_areas(person, Permission.MEMBERS_MANAGE, at=at))})


def members_with_failing_contact(person: Person, *, at: datetime) -> QuerySet[Membership]:
    """Those members, the longest known first."""
    broken = ContactPoint.objects.failing().values("person")
    found = memberships_to_see_by_name(person, at=at).filter(state=Belonging.ACTIVE, person__in=broken)
    return found.prefetch_related("person__contacts").order_by("joined_at", "pk")


def failing_contact_rows(memberships: Iterable[Membership], language: str) -> list[FailingContactRow]:
    """Their lines, each with what is wrong; needs contacts loaded."""
    return [FailingContactRow(_member_row(one, language), _failing_contacts(one.person)) for one in memberships]


def _failing_contacts(person: Person) -> list[tuple[Any, ContactPoint, Any]]:
    known = channels()
    told = [(point, contact_failures.failure_text(point)) for point in person.contacts.all() if point.channel in known]
    return [(known[point.channel].label, point, words.to_others) for point, words in told if words]


def _states_of_waiting_memberships(
    areas: AreaScope, by_hand: Sequence[str], before: datetime
) -> QuerySet[Membership, str]:
    rows = Membership.objects.filter(partnership__area__in=areas)
    asking = Q(state=Belonging.PENDING, says_yes_anew=False)  # the others were asked themselves
    return rows.filter(asking | _active_with_unproven_contact(by_hand, before)).values_list("state", flat=True)


def count_applicants_and_unproven_members(person: Person, *, at: datetime) -> tuple[int, int]:
    """How many ask to join, and how many members have a contact to be confirmed: one query."""
    if not (PENDING.may_exist_for(person) or UNPROVEN.may_exist_for(person)):
        return 0, 0
    areas = permitted_areas(person, Permission.MEMBERS_MANAGE, at=at)
    counted = Counter(_states_of_waiting_memberships(areas, by_hand_channels(), _codes_valid_since(at)))
    return counted[Belonging.PENDING], counted[Belonging.ACTIVE]


def member_rows(memberships: Iterable[Membership], language: str) -> list[MemberRow]:
    """Several lines; needs household and area loaded."""
    return [_member_row(one, language) for one in memberships]


def unproven_contact_rows(memberships: Iterable[Membership], language: str) -> list[MemberRow]:
    """The same with the contacts that are not proven; needs contacts loaded."""
    carried = by_hand_channels()
    return [
        replace(row, to_vouch=_unproven_contacts(row.membership.person, carried))
        for row in member_rows(memberships, language)
    ]


def applicant_rows_with_checks(memberships: Sequence[Membership], language: str) -> list[MemberRow]:
    """The same with what the machine can check, for those who ask to join."""
    checks = membership_checks(memberships)
    asked = {one.membership_id: one for one in Enquiry.objects.filter(membership__in=memberships).order_by("asked_at")}
    return [
        replace(row, checks=checks[row.membership.pk], enquiry=asked.get(row.membership.pk))
        for row in unproven_contact_rows(memberships, language)
    ]


def _member_row(membership: Membership, language: str) -> MemberRow:
    person, home = membership.person, membership.person.household
    street, house = (home.street.name(language), str(home.house)) if home else ("", "")
    return MemberRow(membership, person.name, street, house, membership.partnership.name(language))


def _unproven_contacts(person: Person, by_hand: list[str]) -> list[tuple[Any, ContactPoint, bool]]:
    return [
        (channels()[point.channel].label, point, point.channel not in by_hand)
        for point in person.contacts.all()
        if point.confirmed_at is None and point.stopped_at is None
    ]


def note_members_viewed(partnerships: Iterable[Partnership], list_name: str, *, by: Person, at: datetime) -> None:
    """Note the look: that of each member shown is given, and noted once with how many there were."""
    shown = list(partnerships)
    counts = Counter(one.pk for one in shown)
    for key, partnership in {one.pk: one for one in shown}.items():
        note_look_at_members(partnership, list_name, counts[key], by=by, at=at)
