"""The steering committee on the page of contacts: who, in which office, and when somebody is on call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plp.mandates.grants import Permission, Role
from plp.mandates.queries import mandates_marked_by_permission
from plp.mandates.rota_letters import hours_in_words
from plp.mandates.rota_queries import hours_of_next_week_by_person
from plp.partnership.models import Partnership

IN_ORDER = (
    Role.COORDINATOR,
    Role.DEPUTY,
    Role.COMMITTEE,
    Role.OFFICER,
    Role.DEPUTY_OFFICER,
    Role.CHIEF,
    Role.MUNICIPALITY,
)


@dataclass(frozen=True)
class CommitteeMember:
    """Somebody of the committee; ``hours`` are those on call in the next week, by the rota."""

    name: str
    office: str
    hours: Sequence[str]


def committee_members(partnership: Partnership, *, at: datetime) -> list[CommitteeMember]:
    """Everybody of the committee, office by office, from mandates and rota alone: two queries."""
    mandates = mandates_marked_by_permission(partnership.area, Permission.MANDATE_SEE, at=at).filter(role__in=IN_ORDER)
    hours = hours_of_next_week_by_person(partnership.area, at=at)
    ordered = sorted(mandates, key=lambda mandate: IN_ORDER.index(Role(mandate.role)))
    return [
        CommitteeMember(
            mandate.person.name,
            str(mandate.get_role_display()),
            [hours_in_words(*span) for span in hours.get(mandate.person_id, ())],
        )
        for mandate in ordered
    ]
