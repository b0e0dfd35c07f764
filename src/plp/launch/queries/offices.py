"""Who waits for whom: the offices on which the open steps of a partnership wait, and who was reminded (R2)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from plp.launch.plan import PlanStep, StepFact
from plp.launch.queries.progress import Progress
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.mandates.queries import mandates_in_force
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.clock import local


@dataclass(frozen=True)
class AwaitedOffice:
    """An office on which a step waits: the facts that it brings about, and by when they usually are.

    ``is_held``: somebody holds it. ``reminded_on``: the day on which somebody who waits reminded it; it is done once.
    """

    role: Role
    step: PlanStep
    facts: tuple[StepFact, ...]
    due: date | None
    is_held: bool
    reminded_on: date | None

    @property
    def may_be_reminded(self) -> bool:
        """Whether a reminder reaches somebody, and is the first."""
        return self.is_held and self.reminded_on is None


def offices_awaited_in_open_steps(progress: Progress, *, at: datetime) -> list[AwaitedOffice]:
    """Each open step with each office that brings one of its missing facts about: two queries."""
    facts: dict[tuple[Role, str], list[StepFact]] = {}
    states = {state.step.key: state for state in progress.open_steps if not state.is_waived}
    for state in states.values():
        for fact in state.missing:
            facts.setdefault((fact.who[0], state.step.key), []).append(fact)
    held = (
        set(_mandates_over_partnership_area(progress.partnership, at=at).values_list("role", flat=True))
        if facts
        else set()
    )
    reminders = dict(progress.partnership.reminders.filter(key__startswith="asked.").values_list("key", "at"))
    return [
        AwaitedOffice(
            role,
            states[step].step,
            tuple(awaited),
            states[step].due,
            is_held=role in held,
            reminded_on=local(sent).date() if (sent := reminders.get(reminder_key(step, role))) else None,
        )
        for (role, step), awaited in facts.items()
    ]


def reminder_key(step: str, role: Role) -> str:
    """Under which the one reminder of an office about a step is kept (``Reminder.key``)."""
    return f"asked.{step}.{role}"


def persons_in_office_over_partnership(partnership: Partnership, role: Role, *, at: datetime) -> QuerySet[Person]:
    """Whoever holds ``role`` over the partnership."""
    return Person.objects.filter(
        pk__in=_mandates_over_partnership_area(partnership, at=at).filter(role=role).values("person")
    )


def _mandates_over_partnership_area(partnership: Partnership, *, at: datetime) -> QuerySet[Mandate]:
    return mandates_in_force(at).filter(area__in=Area.objects.containing(partnership.area.path))
