"""Where a partnership stands in its plan, and whether one may work on a step."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plp.launch.plan import StepPlan
from plp.launch.queries.facts import gather_partnership_facts, step_plan_definition_of
from plp.launch.rules import PartnershipFacts, StepState, blocking_steps, is_step_open, states_of_steps
from plp.launch.states import Standing
from plp.mandates.grants import Permission, Role
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_in_scope
from plp.partnership.states import State
from plp.people.models import Person
from plp.toolbox.clock import local
from plp.toolbox.moves import Refused


class StepNotOpen(Refused):
    """The gate of a step is shut. ``details``: the title of the step, and what its gate waits for (R12, R27)."""

    sentence = _("The step “%(step)s” is not open yet. First finish: %(waits_for)s.")


@dataclass(frozen=True)
class Progress:
    """A partnership in its plan: every step with its state, and what comes now."""

    partnership: Partnership
    plan: StepPlan
    facts: PartnershipFacts
    states: list[StepState]

    @property
    def current_step(self) -> StepState | None:
        """The first step that is not done and that the zone does not do without; ``None`` when all is done."""
        return next(
            (
                state
                for state in self.states
                if state.standing in {Standing.OPEN, Standing.STALLED} and not state.is_waived
            ),
            None,
        )

    @property
    def open_steps(self) -> list[StepState]:
        """Every step one can work on now."""
        return [state for state in self.states if state.standing in {Standing.OPEN, Standing.STALLED}]

    @property
    def done_count(self) -> int:
        """How many steps are done."""
        return sum(state.standing == Standing.DONE for state in self.states)

    def state_of_step(self, key: str) -> StepState | None:
        """The state of one step."""
        return next((state for state in self.states if state.step.key == key), None)

    def require_step_open(self, key: str) -> None:
        """Raise ``StepNotOpen`` unless the gate of one step has been passed: for acts that ask more of the plan too."""
        _refuse_step_behind_closed_gate(self.plan, key, self.facts)

    def waits_for(self, role: Role) -> bool:
        """Whether a missing fact of an open step is brought about by ``role``."""
        return any(role in fact.who for state in self.open_steps for fact in state.missing)


def step_plan_progress_of_partnership(partnership: Partnership, *, at: datetime) -> Progress:
    """Where ``partnership`` stands at ``at``, with the facts behind it."""
    plan, facts = step_plan_definition_of(partnership), gather_partnership_facts(partnership, at=at)
    return Progress(partnership, plan, facts, states_of_steps(plan, facts, today=local(at).date()))


def require_step_open(partnership: Partnership, step: str, *, at: datetime) -> None:
    """Raise ``StepNotOpen`` unless the gate of ``step`` has been passed: for the pages of every room (R12, R27)."""
    plan = step_plan_definition_of(partnership)
    if plan.step(step) is None:
        return
    steps = plan.earlier_step_keys(step) | {step}
    fact_keys = {key for earlier in plan.steps if earlier.key in steps for key in earlier.exits}
    _refuse_step_behind_closed_gate(plan, step, gather_partnership_facts(partnership, at=at, fact_keys=fact_keys))


def _refuse_step_behind_closed_gate(plan: StepPlan, key: str, facts: PartnershipFacts) -> None:
    step = plan.step(key)
    if step is not None and not is_step_open(plan, key, facts):
        waits_for = ", ".join(str(before.title) for before in blocking_steps(plan, step, facts))
        raise StepNotOpen(step=step.title, waits_for=waits_for)


def partnerships_whose_progress_person_sees(person: Person | None, *, at: datetime) -> QuerySet[Partnership]:
    """The partnerships whose way ``person`` may see: those over whose area they hold a mandate."""
    return partnerships_in_scope(person, Permission.LAUNCH_SEE, at=at)


def led_neighbours_that_can_take_streets(
    partnership: Partnership, person: Person, *, at: datetime
) -> list[Partnership]:
    """The active partnerships that ``person`` leads and that may cover streets of this one: in its municipality, or
    over its police zone.
    """
    led = partnerships_in_scope(person, Permission.PARTNERSHIP_LEAD, at=at).filter(state=State.ACTIVE)
    others = led.exclude(pk=partnership.pk).order_by("key")
    return [other for other in others if partnership.area.parent_path.startswith(other.area.parent_path)]
