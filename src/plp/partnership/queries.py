"""Reads about partnerships and members, always within the scope of a person."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, Value, When

from plp.mandates.grants import Permission, Role
from plp.mandates.queries import holding, within
from plp.partnership.models import Candidate, Membership, Partnership, Statement
from plp.partnership.states import OPEN, STAYING, Belonging, Candidacy, Function, State
from plp.people.models import ContactPoint, Person
from plp.people.queries import contact_digest
from plp.toolbox.prepared import prepared

_OF_A_LIST = Partnership.objects.select_related("area").defer("purpose", "area__boundary", "area__outline")
QUARTER = Prefetch("partnership", _OF_A_LIST)  # of rows: read once a quarter, and not at all for an empty list


@prepared
def quarters_of(keys: Sequence[UUID]) -> QuerySet[Partnership]:
    """These partnerships with their areas, as a list of members shows them."""
    return _OF_A_LIST.filter(pk__in=keys)


def in_scope(person: Person | None, permission: Permission, *, at: datetime) -> QuerySet[Partnership]:
    """The partnerships over whose area ``person`` holds ``permission``: absent and foreign look the same (T10)."""
    return Partnership.objects.filter(area__in=within(person, permission, at=at)).select_related("area")


def public() -> QuerySet[Partnership]:
    """The partnerships that have a public page: those that one may join, in creation or at work."""
    return Partnership.objects.filter(state__in=OPEN).select_related("area").order_by("key")


def public_page(partnership: Partnership) -> str:
    """The address of the public page, nothing where there is none."""
    return f"{settings.ORIGIN}/p/{partnership.key}/" if partnership.state in OPEN else ""


def alive() -> QuerySet[Partnership]:
    """The partnerships that are not ended or merged: for the machine, whose daily work concerns them."""
    return Partnership.objects.exclude(state__in=[State.ENDED, State.MERGED]).select_related("area").order_by("key")


def of_member(person: Person) -> QuerySet[Partnership]:
    """The partnerships to which ``person`` belongs."""
    mine = Membership.objects.filter(person=person, state=Belonging.ACTIVE)
    return Partnership.objects.filter(pk__in=mine.values("partnership")).select_related("area")


def membership_in_scope(person: Person | None, *, at: datetime) -> QuerySet[Membership]:
    """The memberships that ``person`` may see by name: coordinator and named delegates alone (R80, T12)."""
    areas = within(person, Permission.MEMBERS_MANAGE, at=at)
    return Membership.objects.filter(partnership__area__in=areas).select_related("person__household__street")


def member_contacts(partnership: Partnership) -> QuerySet[ContactPoint]:
    """The contacts of every active member, ready for ``enqueue_all``."""
    members = Membership.objects.filter(partnership=partnership, state=Belonging.ACTIVE)
    return ContactPoint.objects.filter(person__in=members.values("person"))


def contacts_of(persons: QuerySet[Person]) -> QuerySet[ContactPoint]:
    """The contacts of these persons: for a word to the coordinator or an officer."""
    return ContactPoint.objects.filter(person__in=persons.values("pk"))


def known_contacts(partnership: Partnership, contacts: Iterable[tuple[str, str]]) -> list[ContactPoint]:
    """The proven contacts of whoever belongs or waits, among these (channel, normal address): one query."""
    wanted = Q(pk=None)
    for channel, address in contacts:
        wanted |= Q(channel=channel, digest=contact_digest(channel, address))
    inside = Membership.objects.filter(partnership=partnership, state__in=STAYING)
    return list(ContactPoint.objects.filter(wanted, person__in=inside.values("person")).exclude(confirmed_at=None))


def by_path(path: str) -> Partnership | None:
    """The partnership over the area at ``path``; ``None`` when there is none."""
    return Partnership.objects.filter(area__path=path).select_related("area").first()


def memberships_of(person: Person) -> QuerySet[Membership]:
    """Where ``person`` belongs or waits: what they can leave, also while a measure suspends them."""
    open_ones = person.memberships.filter(state__in=STAYING)
    return open_ones.select_related("partnership__area", "person").order_by("asked_at")


@dataclass(frozen=True)
class Team:
    """Who was chosen and who is in office: numbers and answers, no name. For the plan of the launch."""

    coordinator_approved: bool  # by the members, and not refused since (R35)
    coordinator_screened: bool  # with a favourable outcome (R36)
    coordinator_appointed: bool  # holds the mandate now
    committee_approved: int  # committee members whom the members approved, in office or not (R23)
    committee_count: int  # committee members in office
    deputies: int  # deputies in office (R38)


def candidates(partnership: Partnership) -> QuerySet[Candidate]:
    """Everybody ever put forward in this partnership, with their person: the newest first."""
    return Candidate.objects.filter(partnership=partnership).select_related("person").order_by("-proposed_at", "pk")


def candidate_in_scope(person: Person | None, permission: Permission, *, at: datetime) -> QuerySet[Candidate]:
    """The candidates over whose area ``person`` holds ``permission``: foreign and absent look the same (T10)."""
    found = Candidate.objects.filter(partnership__in=in_scope(person, permission, at=at))
    return found.select_related("partnership__area", "person")


def team(partnership: Partnership, *, at: datetime) -> Team:
    """How far coordinator, deputies and committee have come at ``at``: two queries.

    A candidate who was appointed and whose mandate has ended counts no more: the members choose again.
    """
    office = Counter(holding(partnership.area, at=at).values_list("role", flat=True))
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
    return Team(
        coordinator_approved=bool(fit + counted[Function.COORDINATOR, Candidacy.APPROVED]),
        coordinator_screened=bool(fit or office[Role.COORDINATOR]),
        coordinator_appointed=bool(office[Role.COORDINATOR]),
        committee_approved=sum(committee),
        committee_count=office[Role.COMMITTEE],
        deputies=office[Role.DEPUTY],
    )


def belonging(person: Person, partnership: Partnership) -> str:
    """Whether ``person`` belongs (``active``), asked to join (``pending``), or neither (empty)."""
    told = {Belonging.PENDING, Belonging.ACTIVE}
    rows = [one for one in memberships_of(person) if one.partnership_id == partnership.pk and one.state in told]
    return rows[0].state if rows else ""


def is_member(person: Person, partnership: Partnership) -> bool:
    """Whether ``person`` belongs to the partnership."""
    return Membership.objects.filter(partnership=partnership, person=person, state=Belonging.ACTIVE).exists()


def statements(partnership: Partnership) -> QuerySet[Statement]:
    """What each party said before the evening (R14): party by party, motives, expectations, objectives, in order."""
    kinds = Case(
        *(When(kind=kind, then=Value(place)) for place, kind in enumerate(Statement.Kind.values)),
        output_field=IntegerField(),
    )
    found = Statement.objects.filter(partnership=partnership).select_related("partnership__area")
    return found.order_by("party", kinds, "position")
