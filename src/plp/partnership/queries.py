"""Reads about partnerships and members, always within the scope of a person."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Q, QuerySet

from plp.mandates.grants import Permission
from plp.mandates.queries import within
from plp.partnership.models import Membership, Partnership
from plp.partnership.states import Belonging, State
from plp.people.models import ContactPoint, Person
from plp.people.queries import contact_digest


def in_scope(person: Person | None, permission: Permission, *, at: datetime) -> QuerySet[Partnership]:
    """The partnerships over whose area ``person`` holds ``permission``: absent and foreign look the same (T10)."""
    return Partnership.objects.filter(area__in=within(person, permission, at=at)).select_related("area")


def public() -> QuerySet[Partnership]:
    """The partnerships that have a public page: those that work."""
    return Partnership.objects.filter(state=State.ACTIVE).select_related("area").order_by("key")


def of_member(person: Person) -> QuerySet[Partnership]:
    """The partnerships to which ``person`` belongs."""
    mine = Membership.objects.filter(person=person, state=Belonging.ACTIVE)
    return Partnership.objects.filter(pk__in=mine.values("partnership")).select_related("area")


def membership_in_scope(person: Person | None, *, at: datetime) -> QuerySet[Membership]:
    """The memberships that ``person`` may see by name: coordinator and named delegates alone (R80, T12)."""
    partnerships = in_scope(person, Permission.MEMBERS_MANAGE, at=at)
    return Membership.objects.filter(partnership__in=partnerships).select_related("person__household__street")


def member_contacts(partnership: Partnership) -> QuerySet[ContactPoint]:
    """The contacts of every active member, with the ``language`` of their person: ready for ``enqueue_all``."""
    members = Membership.objects.filter(partnership=partnership, state=Belonging.ACTIVE)
    return ContactPoint.objects.filter(person__in=members.values("person")).annotate(language=F("person__language"))


def contacts_of(persons: QuerySet[Person]) -> QuerySet[ContactPoint]:
    """The contacts of these persons with their ``language``: for a word to the coordinator or an officer."""
    return ContactPoint.objects.filter(person__in=persons.values("pk")).annotate(language=F("person__language"))


def known_contacts(partnership: Partnership, contacts: Iterable[tuple[str, str]]) -> list[ContactPoint]:
    """The proven contacts of members, and of those who wait, among these (channel, normal address): one query."""
    wanted = Q(pk=None)
    for channel, address in contacts:
        wanted |= Q(channel=channel, digest=contact_digest(channel, address))
    inside = Membership.objects.filter(partnership=partnership, state__in=[Belonging.PENDING, Belonging.ACTIVE])
    return list(ContactPoint.objects.filter(wanted, person__in=inside.values("person")).exclude(confirmed_at=None))


def by_path(path: str) -> Partnership | None:
    """The partnership over the area at ``path``; ``None`` when there is none."""
    return Partnership.objects.filter(area__path=path).select_related("area").first()


def memberships_of(person: Person) -> QuerySet[Membership]:
    """Where ``person`` belongs or waits: what they can leave."""
    open_ones = person.memberships.filter(state__in=[Belonging.PENDING, Belonging.ACTIVE])
    return open_ones.select_related("partnership__area", "person").order_by("asked_at")
