"""What a CAP alert holds, as values: only what a draft, its quarters and its way need. No contact is kept."""

from dataclasses import dataclass
from datetime import datetime

NAMESPACES = {
    "urn:oasis:names:tc:emergency:cap:1.2": "1.2",
    "urn:oasis:names:tc:emergency:cap:1.1": "1.1",
    "http://www.incident.com/cap/1.0": "1.0",
}
STATUSES = ("Actual", "Exercise", "System", "Test", "Draft")
KINDS = ("Alert", "Update", "Cancel", "Ack", "Error")
SCOPES = ("Public", "Restricted", "Private")
CATEGORIES = (
    "Geo",
    "Met",
    "Safety",
    "Security",
    "Rescue",
    "Fire",
    "Health",
    "Env",
    "Transport",
    "Infra",
    "CBRNE",
    "Other",
)
URGENCIES = ("Immediate", "Expected", "Future", "Past", "Unknown")
SEVERITIES = ("Extreme", "Severe", "Moderate", "Minor", "Unknown")
ALL_CLEAR = "AllClear"  # a responseType: what was warned of is over
CERTAINTIES = ("Observed", "Likely", "Possible", "Unlikely", "Unknown")

type Point = tuple[float, float]  # longitude, latitude: the other way round than in CAP


@dataclass(frozen=True)
class AlertArea:
    """One area of an alert: its words, polygons, circles (centre and kilometres) and codes."""

    name: str
    polygons: tuple[tuple[Point, ...], ...] = ()
    circles: tuple[tuple[Point, float], ...] = ()
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class AlertInfo:
    """What an alert says in one language (two letters; without one CAP means English)."""

    language: str
    categories: tuple[str, ...]
    event: str
    urgency: str
    severity: str
    certainty: str
    event_codes: tuple[str, ...] = ()
    response_types: tuple[str, ...] = ()
    expires: datetime | None = None
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    web: str = ""
    places: tuple[AlertArea, ...] = ()


@dataclass(frozen=True)
class AlertReference:
    """An earlier alert, as a later one names it."""

    sender: str
    identifier: str
    sent: datetime


@dataclass(frozen=True)
class OfficialAlert:
    """One alert: who says what sort of thing, when, about which earlier ones."""

    version: str
    sender: str
    identifier: str
    sent: datetime
    status: str
    kind: str
    scope: str
    references: tuple[AlertReference, ...] = ()
    infos: tuple[AlertInfo, ...] = ()


@dataclass(frozen=True)
class FeedEntry:
    """One alert in a feed: ``link`` leads to its CAP file."""

    identifier: str
    title: str
    updated: datetime
    link: str
