"""A report as somebody tells it, before it is one of the police's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from plp.places.models import Area


@dataclass(frozen=True)
class SightingReport:
    """What somebody tells in the form. ``reporter`` is (name, telephone or e-mail) only if the police may see it;
    ``service_sees_name`` if a service of the municipality may too, should it be for them.

    ``email`` is (channel, normal address) to hear what becomes of it, which the police do not see. ``key``: its own, if
    it has one.
    """

    municipality: Area
    place: str
    kind: str
    day: date
    language: str
    facts: Mapping[str, str]
    clock: time | None = None
    reporter: tuple[str, str] = ("", "")
    service_sees_name: bool = False
    email: tuple[str, str] | None = None
    pictures: Sequence[bytes] = field(default_factory=tuple)
    key: UUID | None = None
