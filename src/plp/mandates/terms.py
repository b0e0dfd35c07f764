"""Questions about how long mandates last: who sees them as a table, who confirms and ends them, which end soon."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce

from plp.mandates.grants import POLICE, Permission, Role, roles_with
from plp.mandates.models import Mandate
from plp.mandates.queries import mandates_in_force, permission_holders, permitted_areas
from plp.mandates.rules import CONFIRMED_FOR, KEPT_WITH, OFFICES
from plp.people.models import Person
from plp.places.models import Area

MONTH, WEEK = timedelta(days=30), timedelta(days=7)
BY_RANK = (
    *(Role.CHIEF, Role.OFFICER, Role.DEPUTY_OFFICER, Role.SUPERVISOR, Role.MUNICIPALITY),
    *(Role.COORDINATOR, Role.DEPUTY, Role.COMMITTEE, Role.FEDERAL, Role.ADMINISTRATOR),
)


def _paths_with_ancestor_paths(paths: Collection[str]) -> list[str]:
    """These paths and those of every area around them."""
    return sorted({path[: end + 1] for path in paths for end, sign in enumerate(path) if sign == "/"})


def visible_mandates(person: Person, *, at: datetime) -> QuerySet[Mandate]:
    """The mandates in force that ``person`` sees as a table: every role of their areas and the police around them;
    an administrator those that the machine's operator gives. Area by area, who answers for it first, then the oldest.
    """
    paths = list(permitted_areas(person, Permission.MANDATE_SEE, at=at).values_list("path", flat=True))
    shown = Q(area__path__in=paths) | Q(area__path__in=_paths_with_ancestor_paths(paths), role__in=POLICE)
    shown |= Q(area__in=permitted_areas(person, Permission.PLATFORM_RUN, at=at), role__in=OFFICES)
    rows = mandates_in_force(at).filter(shown).select_related("person__account", "area")
    rank = Case(*(When(role=role, then=place) for place, role in enumerate(BY_RANK)), output_field=IntegerField())
    return rows.order_by("area__path", rank, "starts_at", "pk")


def mandates_to_confirm(person: Person, *, at: datetime) -> QuerySet[Mandate]:
    """The mandates in force that ``person`` confirms and ends: those that they may give, or keep as an administrator,
    never their own.
    """
    by_permission: dict[Permission, list[Role]] = {}
    for role, needed in KEPT_WITH.items():
        by_permission.setdefault(needed, []).append(role)
    conditions = [
        Q(role__in=roles, area__in=permitted_areas(person, permission, at=at))
        for permission, roles in by_permission.items()
    ]
    return mandates_in_force(at).filter(reduce(or_, conditions)).exclude(person=person).select_related("person", "area")


def confirmers_of(mandate: Mandate, *, at: datetime) -> QuerySet[Person]:
    """Who confirms and ends ``mandate``, beside its holder. Nobody: the machine's operator alone."""
    return permission_holders(KEPT_WITH[Role(mandate.role)], mandate.area, at=at).exclude(pk=mandate.person_id)


def confirmer_role_text(mandate: Mandate) -> str:
    """The role of those whom the holder asks to go on, in the language that is active."""
    return str(roles_with(KEPT_WITH[Role(mandate.role)])[0].label)


def mandates_ending_by(moment: datetime, mandates: QuerySet[Mandate]) -> QuerySet[Mandate]:
    """Those of ``mandates`` that are over by ``moment`` unless somebody does something."""
    unconfirmed = Q(ends_at=None, valid_since__lte=moment - CONFIRMED_FOR)
    rows = mandates.annotate(valid_since=Coalesce("confirmed_at", "starts_at"))
    return rows.filter(Q(ends_at__lte=moment) | unconfirmed)


def is_last_releaser(mandate: Mandate, *, at: datetime) -> bool:
    """Whether nobody could release a message over the area of ``mandate`` any more without it."""
    releasing = roles_with(Permission.NOTICE_RELEASE)
    if mandate.role not in releasing:
        return False
    others: QuerySet[Mandate] = mandates_in_force(at).filter(
        role__in=releasing, area__path__in=_paths_with_ancestor_paths([mandate.area.path])
    )
    return not others.exclude(pk=mandate.pk).exists()


def holders_to_succeed(role: Role, area: Area, person: Person | None, *, at: datetime) -> QuerySet[Mandate]:
    """Who holds ``role`` over exactly ``area`` beside ``person``: whom the next one may follow."""
    rows = mandates_in_force(at).filter(role=role, area=area).select_related("person", "area")
    return rows.exclude(person=person) if person else rows


@dataclass(frozen=True)
class ZoneExpiries:
    """How many mandates of a zone end within a month, and how many ended in the last one and nobody holds since."""

    zone: Area
    ending: int
    vacant: int


def expiries_by_zone(*, at: datetime) -> list[ZoneExpiries]:
    """Where mandates end or ended and nobody confirmed or followed, zone by zone: counts, no person. Three queries."""
    present = mandates_in_force(at)
    ended = Mandate.objects.filter(ends_at__gt=at - MONTH, ends_at__lte=at, area__merged_into=None)
    held = present.filter(role=OuterRef("role"), area=OuterRef("area"))
    vacant = ended.filter(~Exists(held)).values_list("role", "area__path").distinct()
    ending = mandates_ending_by(at + MONTH, present).values_list("area__path", flat=True)
    vacant_counts = Counter(_zone_or_country_path(path) for _role, path in vacant)
    ending_counts = Counter(map(_zone_or_country_path, ending))
    zones = Area.objects.filter(path__in=[*vacant_counts, *ending_counts]).order_by("path")
    return [ZoneExpiries(zone, ending_counts[zone.path], vacant_counts[zone.path]) for zone in zones]


def _zone_or_country_path(path: str) -> str:
    """The path of the zone around an area; of the country its own."""
    return "/".join(path.split("/")[:2]).rstrip("/") + "/"
