"""Reads about sightings: for the police of the place, for whoever holds the follow-up link, and as numbers."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from plp.mandates.grants import Permission
from plp.mandates.queries import permission_holders, permitted_areas
from plp.people.models import Person
from plp.places.models import Area
from plp.sightings.facts import FACTS, PARTS
from plp.sightings.models import Photo, Sighting
from plp.sightings.models.sighting import KEY
from plp.sightings.states import State
from plp.toolbox.crypto import sealing_context_of_row, unseal_bytes

REFERENCE_SIGNS = 9
ENDED = (State.ANSWERED, State.HANDED_OVER, State.CLOSED)


def sightings_in_scope(person: Person | None, *, at: datetime) -> QuerySet[Sighting]:
    """The sightings that ``person`` handles, the oldest first: foreign and absent look the same (T10)."""
    places = permitted_areas(person, Permission.SIGHTING_HANDLE, at=at)
    return (
        Sighting.objects.filter(municipality__in=places)
        .select_related("municipality", "assigned_to")
        .order_by("filed_at")
    )


@dataclass(frozen=True)
class SightingDesk:
    """The desk of the police, by state. ``erased`` is a number: of those there is nothing left to show."""

    new: list[Sighting]
    open: list[Sighting]
    ended: list[Sighting]
    erased: int


def sighting_desk_of(person: Person, *, at: datetime) -> SightingDesk:
    """What lies on the desk of ``person``: the new ones first, what ended in the last place. Two queries."""
    mine = sightings_in_scope(person, at=at)
    rows = list(mine.exclude(state=State.PURGED).defer("place", "facts", "reporter_name", "reporter_reach", "answer"))
    return SightingDesk(
        new=[row for row in rows if row.state == State.FILED],
        open=[row for row in rows if row.state == State.READ],
        ended=[row for row in reversed(rows) if row.state in ENDED],
        erased=mine.filter(state=State.PURGED).count(),
    )


def has_sighting_desk(municipality: Area, *, at: datetime) -> bool:
    """Whether somebody of the police reads here what was seen in ``municipality``."""
    return permission_holders(Permission.SIGHTING_HANDLE, municipality, at=at).exists()


def sighting_behind_link(sighting_id: UUID) -> Sighting | None:
    """The sighting behind a follow-up link; ``None`` when there is none."""
    return Sighting.objects.select_related("municipality").filter(pk=sighting_id).first()


def normalise_report_code(typed: str) -> str:
    """The signs of a code, without spaces and dashes."""
    return "".join(sign for sign in typed.lower() if sign.isalnum() and sign.isascii())


def sighting_by_reference_in_code(typed: str) -> Sighting | None:
    """The sighting whose reference begins a typed code; whether the code is right is for ``letters`` to say."""
    reference = normalise_report_code(typed)[:REFERENCE_SIGNS]
    return Sighting.objects.select_related("municipality").filter(reference=reference).first()


def reported_facts_of(sighting: Sighting) -> list[tuple[Any, list[tuple[Any, str]]]]:
    """What was told: heading, then label and words of each field that holds something. Empty once erased."""
    facts = json.loads(sighting.facts) if sighting.facts else {}
    parts = [
        (heading, [(fact.label, facts[fact.key]) for fact in FACTS if fact.part == part and facts.get(fact.key)])
        for part, heading in PARTS.items()
    ]
    return [(heading, rows) for heading, rows in parts if rows]


@dataclass(frozen=True)
class Photograph:
    """The bytes of a picture (JPEG) and its name for a file."""

    content: bytes
    name: str


def unseal_photograph(sighting: Sighting, position: int) -> Photograph | None:
    """One picture of ``sighting``, opened; ``None`` when there is none at this place."""
    photo = Photo.objects.filter(sighting=sighting, position=position).first()
    if photo is None:
        return None
    context = sealing_context_of_row(Photo._meta.db_table, "sealed", photo.pk)
    content = unseal_bytes(bytes(photo.sealed), context=context, key_purpose=KEY)
    return Photograph(content, f"{sighting.reference}-{position}.jpg")


def count_sightings(zone: Area, *, since: date, until: date) -> dict[str, Counter[str]]:
    """How many sightings were filed in ``zone`` from ``since`` to before ``until``: by kind and by state, no words.

    Those that went to the municipality are counted by what it said, "" while it said nothing.

    Erased ones count on: kind, municipality and days stay for statistics alone.
    """
    rows = Sighting.objects.filter(municipality__path__startswith=zone.path, filed_at__date__gte=since)
    ends = list(rows.filter(filed_at__date__lt=until).values_list("kind", "state", "referral__outcome"))
    return {
        "kind": Counter(kind for kind, _state, _outcome in ends),
        "state": Counter(state for _kind, state, _outcome in ends),
        "referral": Counter(outcome for _kind, _state, outcome in ends if outcome is not None),
    }
