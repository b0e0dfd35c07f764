"""Where each step stands, and what a launch lacks, from facts alone: no database, no clock (R1, R2, R12, R27, R30)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from plp.launch.plan import FACTS, PlanStep, StepFact, StepPlan
from plp.launch.states import Standing
from plp.mandates.grants import Role


@dataclass(frozen=True)
class OpenedAgain:
    """A step was opened again: since when, and why."""

    since: date
    reason: str


@dataclass(frozen=True)
class PartnershipFacts:
    """What is known of one partnership.

    ``days``: fact key to the day since when it is so, ``None`` when no row tells the day. ``passed``: step key to the
    day on which it was first seen done, for steps whose facts tell no day.
    """

    began_on: date
    days: Mapping[str, date | None] = field(default_factory=dict)
    again: Mapping[str, OpenedAgain] = field(default_factory=dict)  # steps that were opened again and not closed since
    passed: Mapping[str, date] = field(default_factory=dict)
    needs_recognition: bool = True  # the zone's setting (R27)
    is_over: bool = False  # merged or ended: nothing waits any more


@dataclass(frozen=True)
class StepState:
    """Where one step stands.

    ``missing``: the facts it lacks. ``waits_for``: the steps that hold its gate shut. ``since`` and ``due``: the day on
    which it opened and the day by which it is usually done; both ``None`` while it is closed or once it is done.
    ``reason``: why it was opened again. ``is_waived``: the zone does without it.
    """

    step: PlanStep
    standing: Standing
    missing: tuple[StepFact, ...] = ()
    waits_for: tuple[PlanStep, ...] = ()
    since: date | None = None
    due: date | None = None
    done_on: date | None = None
    reason: str = ""
    is_waived: bool = False

    @property
    def next_roles(self) -> tuple[Role, ...]:
        """Who must act next: whoever brings the first missing fact about (R2)."""
        return self.missing[0].who if self.missing else ()


def missing_facts_of_step(step: PlanStep, facts: PartnershipFacts) -> tuple[StepFact, ...]:
    """The facts that ``step`` still lacks."""
    return tuple(FACTS[key] for key in step.exits if key not in facts.days)


def is_step_waived_by_zone(step: PlanStep, facts: PartnershipFacts) -> bool:
    """Whether the zone does without ``step``."""
    return step.waivable and not facts.needs_recognition


@dataclass(frozen=True)
class StepGates:
    """Which steps are complete (each fact of theirs, and of every step before them, is known) and which let one pass.

    Opening a step again keeps it complete, and shuts the gate of whatever comes after it and is not complete.
    """

    complete: frozenset[str]
    passing: frozenset[str]


def step_gates(plan: StepPlan, facts: PartnershipFacts) -> StepGates:
    """The gates of ``plan``: one walk through its steps, which stand in order."""
    complete: set[str] = set()
    passing: set[str] = set()
    for step in plan.steps:
        is_ready = is_step_waived_by_zone(step, facts) or all(key in facts.days for key in step.exits)
        if is_ready and complete.issuperset(step.after):
            complete.add(step.key)
            if step.key not in facts.again and passing.issuperset(step.after):
                passing.add(step.key)
    return StepGates(frozenset(complete), frozenset(passing))


def blocking_steps(plan: StepPlan, step: PlanStep, facts: PartnershipFacts) -> tuple[PlanStep, ...]:
    """The steps before ``step`` that hold its gate shut: not complete, or opened again, or behind one that is."""
    passing = step_gates(plan, facts).passing
    return tuple(before for before in _predecessors(plan, step) if before.key not in passing)


def is_step_open(plan: StepPlan, key: str, facts: PartnershipFacts) -> bool:
    """Whether the gate of the step ``key`` has been passed, so that one may work on it."""
    step, gates = plan.step(key), step_gates(plan, facts)
    return step is not None and (gates.passing.issuperset(step.after) or _is_step_done(key, gates, facts))


def states_of_steps(plan: StepPlan, facts: PartnershipFacts, *, today: date) -> list[StepState]:
    """Where every step of ``plan`` stands on ``today``."""
    complete = step_gates(plan, facts).complete
    return [_state_of_step(plan, step, facts, today, is_complete=step.key in complete) for step in plan.steps]


def facts_missing_for_launch(plan: StepPlan, facts: PartnershipFacts) -> tuple[StepFact, ...]:
    """Every fact that must be known before a launch and is not (R12, R13, R21, R27, R35, R36, R92), in order."""
    needed = plan.earlier_step_keys("launch")
    steps = [step for step in plan.steps if step.key in needed and not is_step_waived_by_zone(step, facts)]
    return tuple(fact for step in steps for fact in missing_facts_of_step(step, facts))


def _predecessors(plan: StepPlan, step: PlanStep) -> list[PlanStep]:
    return [earlier for key in step.after if (earlier := plan.step(key)) is not None]


def _is_step_done(key: str, gates: StepGates, facts: PartnershipFacts) -> bool:
    return key in gates.complete and key not in facts.again


def _state_of_step(
    plan: StepPlan, step: PlanStep, facts: PartnershipFacts, today: date, *, is_complete: bool
) -> StepState:
    missing, waived = missing_facts_of_step(step, facts), is_step_waived_by_zone(step, facts)
    again = facts.again.get(step.key)
    blocking = blocking_steps(plan, step, facts)
    if not missing and is_complete and again is None:
        return StepState(step, Standing.DONE, done_on=_completion_day_of_step(plan, step, facts), is_waived=waived)
    if blocking:
        return StepState(step, Standing.CLOSED, missing, blocking, is_waived=waived)
    since = (
        again.since
        if again
        else max((_completion_day_of_step(plan, earlier, facts) for earlier in _predecessors(plan, step)), default=None)
    )
    since = since or facts.began_on
    due = since + timedelta(days=step.days)
    late = today > due and not waived and not step.optional and not facts.is_over
    standing = Standing.STALLED if late else Standing.OPEN
    reason = again.reason if again else ""
    return StepState(step, standing, missing, blocking, since, due, reason=reason, is_waived=waived)


def _completion_day_of_step(plan: StepPlan, step: PlanStep, facts: PartnershipFacts) -> date:
    """The day on which the last fact of ``step``, or of a step before it, became known."""
    own = [day for key in step.exits if (day := facts.days.get(key)) is not None]
    if len(own) < len(step.exits) and step.key in facts.passed:
        own.append(facts.passed[step.key])
    return max(
        [facts.began_on, *own, *(_completion_day_of_step(plan, before, facts) for before in _predecessors(plan, step))]
    )
