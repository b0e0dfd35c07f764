"""Reads about ideas: which zone answers for a place, and the ideas within a person's scope (R10, R11)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from plp.launch.models import Desk, Idea, InitiatorAct
from plp.launch.states import Hearing
from plp.mandates.grants import Permission
from plp.mandates.queries import may, permission_holders, permitted_areas
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.places.queries.emergency import help_numbers_in

DEPTH = 20  # an idea joined to one that was joined to one ...


@dataclass(frozen=True)
class AnsweringZone:
    """Who answers for a place: the municipality, its police zone, its desk if named, else the number of its station if
    known, whether anybody reads here."""

    municipality: Area
    zone: Area
    desk: Desk | None
    station: str
    is_served: bool


def municipalities_to_found_across(idea: Idea, person: Person, *, at: datetime) -> list[Area]:
    """The other municipalities of the zone, where ``person`` may found a quarter over more than one; else none."""
    zone = Area.objects.get(path=idea.municipality.parent_path)
    if not may(person, Permission.IDEA_HANDLE, zone, at=at):
        return []
    others = Area.objects.inside(zone.path).filter(kind=Area.Kind.MUNICIPALITY).exclude(pk=idea.municipality.pk)
    return list(others.order_by("nis"))


def zone_that_answers_for_municipality(municipality: Area, *, at: datetime) -> AnsweringZone:
    """The police zone that answers for ``municipality``: by its path, never by a point. Four queries at most."""
    zone = Area.objects.get(path=municipality.parent_path)
    served = permission_holders(Permission.IDEA_HANDLE, municipality, at=at).exists()
    desk = Desk.objects.filter(zone=zone).first()
    station = "" if desk else help_numbers_in(municipality, get_language() or "fr").desk
    return AnsweringZone(municipality, zone, desk, station, served)


def ideas_person_may_read(person: Person | None, *, at: datetime) -> QuerySet[Idea]:
    """The ideas that ``person`` may read: foreign and absent look the same (T10). Open ones first, oldest first."""
    places = permitted_areas(person, Permission.IDEA_HANDLE, at=at)
    ideas = Idea.objects.filter(municipality__in=places)
    return ideas.select_related("municipality", "partnership__area", "merged_into", "teller").order_by("filed_at")


def zones_whose_desk_person_may_set(person: Person | None, *, at: datetime) -> QuerySet[Area]:
    """The police zones whose desk ``person`` may name, with it."""
    zones = permitted_areas(person, Permission.IDEA_HANDLE, at=at).filter(kind=Area.Kind.ZONE)
    return zones.select_related("desk").order_by("path")


def ideas_and_partnerships_idea_may_join(
    idea: Idea, person: Person, *, at: datetime
) -> tuple[list[Idea], list[Partnership]]:
    """What an idea may be joined to: the ideas and partnerships of its zone that ``person`` handles."""
    zone = idea.municipality.parent_path
    beside = ideas_person_may_read(person, at=at).filter(
        municipality__path__startswith=zone, state__in=[Hearing.OPEN, Hearing.TAKEN]
    )
    areas = permitted_areas(person, Permission.IDEA_HANDLE, at=at)
    there = Partnership.objects.filter(area__in=areas, area__path__startswith=zone).exclude(
        state__in=["ended", "merged"]
    )
    return list(beside.exclude(pk=idea.pk)), list(there.select_related("area").order_by("key"))


def room_of_initiator(partnership: Partnership) -> InitiatorAct | None:
    """The room that whoever had the idea reserved for the information evening; ``None`` when they named none."""
    rooms = InitiatorAct.objects.filter(partnership=partnership, kind=InitiatorAct.Kind.ROOM)
    return rooms.exclude(place="").first()


def idea_by_key(idea_key: UUID) -> Idea | None:
    """The idea behind a follow-up link; ``None`` when it is gone."""
    return Idea.objects.select_related("municipality", "partnership__area", "merged_into").filter(pk=idea_key).first()


def idea_after_merges(idea: Idea) -> Idea:
    """The idea whose fate decides: itself, or the one that it was joined to in the end."""
    for _step in range(DEPTH):
        if idea.state != Hearing.MERGED or idea.merged_into is None:
            break
        idea = Idea.objects.select_related("municipality", "partnership__area", "merged_into").get(
            pk=idea.merged_into.pk
        )
    return idea
