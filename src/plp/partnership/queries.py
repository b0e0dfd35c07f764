"""Reads about partnerships and members, always within the scope of a person."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Case, IntegerField, Prefetch, QuerySet, Value, When

from plp.delivery import pages
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.partnership.models import Partnership, Statement
from plp.partnership.states import OPEN, State
from plp.people.models import Person
from plp.places.models import Street, name_in_language, nis_in_path
from plp.places.queries import quarters_covering_door
from plp.toolbox.words import alphabetical_key

_OF_A_LIST = Partnership.objects.select_related("area").defer("purpose", "area__boundary", "area__outline")
QUARTER = Prefetch("partnership", _OF_A_LIST)  # of rows: read once a quarter, and not at all for an empty list


def partnerships_by_keys(keys: Sequence[UUID]) -> QuerySet[Partnership]:
    """These partnerships with their areas, as a list of members shows them."""
    return _OF_A_LIST.filter(pk__in=keys)


def partnerships_in_scope(person: Person | None, permission: Permission, *, at: datetime) -> QuerySet[Partnership]:
    """The partnerships over whose area ``person`` holds ``permission``: absent and foreign look the same (T10)."""
    return Partnership.objects.filter(area__in=permitted_areas(person, permission, at=at)).select_related("area")


def public_partnerships() -> QuerySet[Partnership]:
    """The partnerships that have a public page: those that one may join, in creation or at work."""
    return Partnership.objects.filter(state__in=OPEN).select_related("area").order_by("key")


def resting_or_ended_public_partnership(key: str) -> Partnership | None:
    """The partnership that had a public page under ``key``, and rests or ended since (R148)."""
    closed = Partnership.objects.filter(state__in=[State.DORMANT, State.ENDED], launched_at__isnull=False)
    return closed.select_related("area").filter(key=key).first()


def names_and_keys_by_alphabet(partnerships: QuerySet[Partnership], language: str) -> list[tuple[str, str]]:
    """Name and key of each, by the alphabet; its area, which may be a long line on a map, is not read."""
    rows = partnerships.values_list("key", "area__path", "area__name_fr", "area__name_nl", "area__name_de")
    named = [(name_in_language(language, *names, nis=nis_in_path(path)), key) for key, path, *names in rows]
    return sorted(named, key=lambda row: alphabetical_key(row[0]))


def neighbours_covering_door(partnership: Partnership, street: Street, house: str) -> list[Partnership]:
    """The partnerships with a public page that cover a door, by key; none where ``partnership`` covers it itself."""
    areas = {area.pk for area in quarters_covering_door(street, house)}
    return [] if partnership.area_id in areas else list(public_partnerships().filter(area__in=areas))


def public_page_url(partnership: Partnership) -> str:
    """The address of the public page, nothing where there is none."""
    return pages.PARTNERSHIP.link(partnership.key) if partnership.state in OPEN else ""


def partnerships_not_ended() -> QuerySet[Partnership]:
    """The partnerships that are not ended or merged: for the machine, whose daily work concerns them."""
    return Partnership.objects.exclude(state__in=[State.ENDED, State.MERGED]).select_related("area").order_by("key")


def partnership_of_area_path(path: str) -> Partnership | None:
    """The partnership over the area at ``path``; ``None`` when there is none."""
    return Partnership.objects.filter(area__path=path).select_related("area").first()


def statements_of(partnership: Partnership) -> QuerySet[Statement]:
    """What each party said before the evening (R14): party by party, motives, expectations, objectives, in order."""
    kinds = Case(
        *(When(kind=kind, then=Value(place)) for place, kind in enumerate(Statement.Kind.values)),
        output_field=IntegerField(),
    )
    statements = Statement.objects.filter(partnership=partnership).select_related("partnership__area")
    return statements.order_by("party", kinds, "position")
