"""Reads about tokens and receivers, within the scope of a person or behind a token."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from django.db.models import QuerySet

from plp.connections.models import Calendar, Receiver, Token
from plp.connections.states import Event
from plp.mandates.grants import Permission, roles_with
from plp.mandates.models import Mandate
from plp.mandates.queries import mandates_in_force, may, permitted_areas
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_not_ended
from plp.people.models import Person
from plp.places.models import Area

KEEP = Permission.PLATFORM_RUN  # who connects programs of others: administrators
REPORTS = [Event.REPORT.value]  # what the program of a police zone is told, and nothing else with it


def permission_to_manage_receiver(events: Collection[str]) -> Permission:
    """Who sets up and ends a receiver of ``events``: of reports the police alone (R75), else administrators."""
    return Permission.SIGHTING_HANDLE if Event.REPORT in events else KEEP


def token_digest(token: str) -> str:
    """What is kept of a token. It holds 256 random bits: nobody guesses it back."""
    return sha256(token.encode()).hexdigest()


def areas_for_tokens_and_receivers(person: Person | None, *, at: datetime) -> QuerySet[Area]:
    """The zones and municipalities, or the country, for which ``person`` may connect a program."""
    wide = [Area.Kind.COUNTRY, Area.Kind.ZONE, Area.Kind.MUNICIPALITY]
    return permitted_areas(person, KEEP, at=at).filter(kind__in=wide).order_by("path")


def tokens_in_scope(person: Person | None, *, at: datetime) -> QuerySet[Token]:
    """The tokens of one's area, the newest first; those that ended too."""
    tokens = Token.objects.filter(area__in=permitted_areas(person, KEEP, at=at))
    return tokens.select_related("area", "made_by").order_by("-made_at", "pk")


def non_report_receivers_in_scope(person: Person | None, *, at: datetime) -> QuerySet[Receiver]:
    """The receivers of one's area, the newest first; those that ended too."""
    receivers = Receiver.objects.filter(area__in=permitted_areas(person, KEEP, at=at)).exclude(events=REPORTS)
    return receivers.select_related("area").order_by("-made_at", "pk")


def live_report_receivers_in_scope(person: Person | None, *, at: datetime) -> QuerySet[Receiver]:
    """The programs of the police in the area of ``person`` that are told reports and did not end, the oldest first."""
    areas = permitted_areas(person, Permission.SIGHTING_HANDLE, at=at)
    receivers = Receiver.objects.filter(area__in=areas, events=REPORTS, ended_at=None)
    return receivers.select_related("area").order_by("made_at", "pk")


def widest_area_of_reports(person: Person, *, at: datetime) -> Area | None:
    """The widest area whose reports ``person`` handles: the zone, else a municipality."""
    areas = permitted_areas(person, Permission.SIGHTING_HANDLE, at=at)
    return areas.filter(kind__in=[Area.Kind.ZONE, Area.Kind.MUNICIPALITY]).order_by("path").first()


def valid_token(token: str, *, at: datetime) -> Token | None:
    """The token that a program showed, if it holds: no longer than the right of whoever made it (ADR 68).

    Whoever was forgotten while they held the right leaves it behind.
    """
    if not token:
        return None
    holding = Token.objects.filter(ended_at=None, ends_at__gt=at).select_related("area", "made_by")
    shown = holding.filter(digest=token_digest(token)).first()
    if shown is None or (shown.made_by and not may(shown.made_by, KEEP, shown.area, at=at)):
        return None
    return shown


def count_tokens_ending_with(mandate: Mandate, *, at: datetime) -> int:
    """How many tokens hold by ``mandate`` alone: they end with it, and its next holder makes new ones."""
    others = mandates_in_force(at).filter(person=mandate.person, role__in=roles_with(KEEP)).exclude(pk=mandate.pk)
    paths = [other.area.path for other in others.select_related("area")]
    tokens = Token.objects.filter(made_by=mandate.person, ended_at=None, ends_at__gt=at).select_related("area")
    own_tokens = (
        tokens.filter(area__path__startswith=mandate.area.path) if mandate.role in roles_with(KEEP) else tokens.none()
    )
    return sum(not any(token.area.path.startswith(path) for path in paths) for token in own_tokens)


def has_calendar_link(person: Person | None) -> bool:
    """Whether an address opens the calendar of ``person``."""
    return person is not None and Calendar.objects.filter(person=person).exists()


def partnerships_of_token(token: Token) -> QuerySet[Partnership]:
    """The partnerships over which a token holds, by their key."""
    return partnerships_not_ended().filter(area__path__startswith=token.area.path)
