"""Reads about members and candidates, always within the scope of a person."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from plp.delivery.installed import senders
from plp.mandates.grants import Permission, Role
from plp.mandates.queries import mandates_of_exact_area, permitted_areas
from plp.membership.models import Candidate, Membership
from plp.membership.states import STAYING, Belonging, Candidacy, Function
from plp.partnership.gates import OVER
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.people.models import ContactPoint, Person
from plp.people.queries import contact_digest, open_agreements_as_helper


def partnerships_of_member(person: Person) -> QuerySet[Partnership]:
    """The partnerships to which ``person`` belongs."""
    mine = Membership.objects.filter(person=person, state=Belonging.ACTIVE)
    return Partnership.objects.filter(pk__in=mine.values("partnership")).select_related("area")


def is_member_or_applicant(person: Person, partnership: Partnership) -> bool:
    """Whether ``person`` belongs to ``partnership`` or asked to: they are invited to its meetings."""
    inside = [Belonging.PENDING, Belonging.ACTIVE]
    return Membership.objects.filter(person=person, partnership=partnership, state__in=inside).exists()


def memberships_in_scope(person: Person | None, *, at: datetime) -> QuerySet[Membership]:
    """The memberships that ``person`` may see by name: coordinator and named delegates alone (R80, T12)."""
    areas = permitted_areas(person, Permission.MEMBERS_MANAGE, at=at)
    return Membership.objects.filter(partnership__area__in=areas).select_related("person__household__street", "firm")


def member_contacts(partnership: Partnership) -> QuerySet[ContactPoint]:
    """The contacts of every active member, ready for ``enqueue_copy_for_each_person``."""
    members = Membership.objects.filter(partnership=partnership, state=Belonging.ACTIVE)
    return ContactPoint.objects.filter(person__in=members.values("person"))


def member_and_applicant_contacts(partnership: Partnership) -> QuerySet[ContactPoint]:
    """The contacts of everybody who belongs to a partnership or asked to: they are invited to its meetings."""
    inside = [Belonging.PENDING, Belonging.ACTIVE]
    members = Membership.objects.filter(partnership=partnership, state__in=inside)
    return ContactPoint.objects.filter(person__in=members.values("person"))


def person_keys_of_members(partnerships: QuerySet[Partnership]) -> QuerySet[Membership, UUID]:
    """The keys of those who are members of one of these partnerships now."""
    rows = Membership.objects.filter(partnership__in=partnerships, state=Belonging.ACTIVE)
    return rows.order_by().values_list("person", flat=True).distinct()


def is_reachable_in_writing(person: Person) -> bool:
    """Whether an e-mail or SMS of ours reaches them: a contact of a channel that sends, confirmed and not stopped."""
    return person.contacts.filter(channel__in=senders(), confirmed_at__isnull=False, stopped_at=None).exists()


def confirmed_contacts_of_members(partnership: Partnership, contacts: Iterable[tuple[str, str]]) -> list[ContactPoint]:
    """The proven contacts of whoever belongs or waits, among these (channel, normal address): one query."""
    wanted = Q(pk=None)
    for channel, address in contacts:
        wanted |= Q(channel=channel, digest=contact_digest(channel, address))
    inside = Membership.objects.filter(partnership=partnership, state__in=STAYING)
    return list(ContactPoint.objects.filter(wanted, person__in=inside.values("person")).exclude(confirmed_at=None))


def comparable_names_of_members_and_applicants(partnership: Partnership) -> set[str]:
    """Who belongs or waits to be let in, by name as it is compared: one query."""
    inside = Membership.objects.filter(partnership=partnership, state__in=STAYING).select_related("person")
    return {membership.person.name.casefold() for membership in inside}


def proven_members_and_applicants_by_name(partnership: Partnership) -> dict[str, list[Person]]:
    """Who belongs or waits and has a proven contact, by name as it is compared: one query."""
    inside = Membership.objects.filter(partnership=partnership, state__in=STAYING)
    proven = ContactPoint.objects.exclude(confirmed_at=None)
    named: dict[str, list[Person]] = defaultdict(list)
    for person in Person.objects.filter(pk__in=inside.values("person")).filter(pk__in=proven.values("person")):
        named[person.name.casefold()].append(person)
    return named


def count_members_and_applicants(partnership: Partnership) -> int:
    """How many belong to a partnership or wait to."""
    return Membership.objects.filter(partnership=partnership, state__in=STAYING).count()


def open_memberships_of(person: Person) -> QuerySet[Membership]:
    """Where ``person`` belongs or waits: what they can leave, also while a measure suspends them."""
    return open_or_left_memberships_of(person).filter(state__in=STAYING)


def open_or_left_memberships_of(person: Person) -> QuerySet[Membership]:
    """Where ``person`` belongs or waits, and what they have left."""
    memberships = person.memberships.filter(state__in=[*STAYING, Belonging.LEFT])
    return memberships.select_related("partnership__area", "person").order_by("asked_at")


@dataclass(frozen=True)
class FormerMembership:
    """Where somebody belonged until ``left_at``: they left, or it ended."""

    name: str
    has_ended: bool
    left_at: datetime | None


def former_memberships_unless_still_tied(person: Person) -> list[FormerMembership]:
    """What ``person`` left or what ended, named in their language; none while they belong, or receive for another."""
    memberships = list(open_or_left_memberships_of(person))
    if any(own.state != Belonging.LEFT for own in memberships) or open_agreements_as_helper(person).exists():
        return []
    return [
        FormerMembership(own.partnership.name(person.language), own.partnership.state in OVER, own.left_at)
        for own in memberships
    ]


@dataclass(frozen=True)
class TeamProgress:
    """Who was chosen and who is in office: numbers and answers, no name. For the plan of the launch."""

    coordinator_approved: bool  # by the members, and not refused since (R35)
    coordinator_screened: bool  # with a favourable outcome (R36)
    coordinator_appointed: bool  # holds the mandate now
    committee_approved: int  # committee members whom the members approved, in office or not (R23)
    committee_count: int  # committee members in office
    deputies: int  # deputies in office (R38)


def candidates_of(partnership: Partnership) -> QuerySet[Candidate]:
    """Everybody ever put forward in this partnership, with their person: the newest first."""
    return Candidate.objects.filter(partnership=partnership).select_related("person").order_by("-proposed_at", "pk")


def candidates_in_scope(person: Person | None, permission: Permission, *, at: datetime) -> QuerySet[Candidate]:
    """The candidates over whose area ``person`` holds ``permission``: foreign and absent look the same (T10)."""
    candidates = Candidate.objects.filter(partnership__in=partnerships_in_scope(person, permission, at=at))
    return candidates.select_related("partnership__area", "person")


def coordination_team_progress(partnership: Partnership, *, at: datetime) -> TeamProgress:
    """How far coordinator, deputies and committee have come at ``at``: two queries.

    A candidate who was appointed and whose mandate has ended counts no more: the members choose again.
    """
    office = Counter(mandates_of_exact_area(partnership.area, at=at).values_list("role", flat=True))
    on_the_way = [Candidacy.APPROVED, Candidacy.SCREENED]
    in_force = (
        Q(state=Candidacy.APPOINTED)
        & Q(mandate__isnull=False)
        & (Q(mandate__ends_at=None) | Q(mandate__ends_at__gt=at))
    )
    chosen = Candidate.objects.filter(Q(state__in=on_the_way) | in_force, partnership=partnership)
    counted = Counter(chosen.values_list("function", "state"))
    fit = counted[Function.COORDINATOR, Candidacy.SCREENED] + counted[Function.COORDINATOR, Candidacy.APPOINTED]
    committee = [counted[Function.COMMITTEE, state] for state in (*on_the_way, Candidacy.APPOINTED)]
    return TeamProgress(
        coordinator_approved=bool(fit + counted[Function.COORDINATOR, Candidacy.APPROVED]),
        coordinator_screened=bool(fit or office[Role.COORDINATOR]),
        coordinator_appointed=bool(office[Role.COORDINATOR]),
        committee_approved=sum(committee),
        committee_count=office[Role.COMMITTEE],
        deputies=office[Role.DEPUTY],
    )


def membership_state(person: Person, partnership: Partnership) -> str:
    """Whether ``person`` belongs (``active``), asked to join (``pending``), or neither (empty)."""
    states = {Belonging.PENDING, Belonging.ACTIVE}
    rows = [
        membership
        for membership in open_memberships_of(person)
        if membership.partnership_id == partnership.pk and membership.state in states
    ]
    return rows[0].state if rows else ""


def is_member(person: Person, partnership: Partnership) -> bool:
    """Whether ``person`` belongs to the partnership."""
    return Membership.objects.filter(partnership=partnership, person=person, state=Belonging.ACTIVE).exists()
