"""How far a succession has come: who goes, who holds meanwhile, whom the members choose."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from plp.followup.queries.desk_holders import person_in_charge_of_relaying
from plp.mandates.grants import Permission, Role
from plp.mandates.models import Mandate
from plp.mandates.queries import mandates_in_force, mandates_of_exact_area, permitted_areas
from plp.membership.states import Function
from plp.partnership.models import Partnership
from plp.partnership.open_rows import OpenRows
from plp.partnership.queries import partnerships_in_scope
from plp.partnership.states import State
from plp.people.models import Person
from plp.portal.subjects.mandates.rows import CandidateChoice, PeopleRights, posts_with_candidates
from plp.toolbox.clock import local


@dataclass(frozen=True)
class CoordinatorInOffice:
    """A coordinator in office; ``last_day`` when it is known."""

    name: str
    last_day: date | None


@dataclass(frozen=True)
class SuccessionCourse:
    """``holder`` is the one on whose desk the messages of the police lie now; the choices are of coordinators."""

    coordinators: list[CoordinatorInOffice]
    deputies: list[str]
    holder: str
    choices: list[CandidateChoice]

    @property
    def needs_successor(self) -> bool:
        """Whether there is no coordinator, or none who stays."""
        return all(one.last_day for one in self.coordinators)


def last_day_of(mandate: Mandate) -> date | None:
    """The last day of a mandate whose end is known."""
    return local(mandate.ends_at - timedelta(seconds=1)).date() if mandate.ends_at else None


def succession_course(partnership: Partnership, own_rights: PeopleRights, *, at: datetime) -> SuccessionCourse:
    """Where the succession of a partnership stands at ``at``."""
    office = list(mandates_of_exact_area(partnership.area, at=at))
    one = person_in_charge_of_relaying(partnership, at=at)
    coordinators = next(
        post for post in posts_with_candidates(partnership, own_rights, at=at) if post.function == Function.COORDINATOR
    )
    return SuccessionCourse(
        [CoordinatorInOffice(row.person.name, last_day_of(row)) for row in office if row.role == Role.COORDINATOR],
        [row.person.name for row in office if row.role == Role.DEPUTY],
        one.name if one else "",
        [choice for choice in coordinators.choices if choice.is_open],
    )


LEADERLESS = OpenRows(  # at work, and no coordinator of theirs is in office without an end or a suspension
    f"""
    FROM partnership_partnership t WHERE t.id IN {{partnerships}} AND t.state = '{State.ACTIVE}' AND NOT EXISTS (
      SELECT 1 FROM mandates_mandate m WHERE m.area_id = t.area_id AND m.role = '{Role.COORDINATOR}'
      AND m.ends_at IS NULL AND m.starts_at <= {{since}}
      AND NOT EXISTS (SELECT 1 FROM mandates_suspension s WHERE s.mandate_id = m.id)
    )"""  # noqa: S608 - our own words
)


def partnerships_needing_next_coordinator(person: Person, *, at: datetime) -> list[tuple[Partnership, datetime | None]]:
    """The partnerships at work for which ``person`` may put somebody forward and in which no coordinator stays, with
    the moment at which the last one goes. Two queries, one more where there are any.
    """
    if not LEADERLESS.may_exist_for(person):
        return []
    areas = permitted_areas(person, Permission.CANDIDATE_PROPOSE, at=at)
    ends: dict[UUID, list[datetime | None]] = {
        area: []
        for area in Partnership.objects.filter(area__in=areas, state=State.ACTIVE).values_list("area", flat=True)
    }
    for area, ends_at in (
        mandates_in_force(at).filter(role=Role.COORDINATOR, area__in=list(ends)).values_list("area", "ends_at")
    ):
        ends[area].append(ends_at)
    left = [area for area, known in ends.items() if None not in known]
    scope = partnerships_in_scope(person, Permission.CANDIDATE_PROPOSE, at=at).filter(state=State.ACTIVE)
    found = scope.filter(area__in=left).order_by("key") if left else []
    return [(one, max((moment for moment in ends[one.area_id] if moment), default=None)) for one in found]
