"""Where each step stands, and what a launch lacks, from facts alone: no database, no clock (R1, R2, R12, R27, R30)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from plp.launch.plan import FACTS, Fact, Plan, Step
from plp.launch.states import Standing
from plp.mandates.grants import Role


@dataclass(frozen=True)
class Again:
    """A step was opened again: since when, and why."""

    since: date
    reason: str


@dataclass(frozen=True)
class Facts:
    """What is known of one partnership.

    ``known``: fact key to the day since when it is so, ``None`` when no row tells the day. ``passed``: step key to the
    day on which it was first seen done, for steps whose facts tell no day.
    """

    began_on: date
    known: Mapping[str, date | None] = field(default_factory=dict)
    again: Mapping[str, Again] = field(default_factory=dict)  # steps that were opened again and not closed since
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

    step: Step
    standing: Standing
    missing: tuple[Fact, ...] = ()
    waits_for: tuple[Step, ...] = ()
    since: date | None = None
    due: date | None = None
    done_on: date | None = None
    reason: str = ""
    is_waived: bool = False

    @property
    def next_roles(self) -> tuple[Role, ...]:
        """Who must act next: whoever brings the first missing fact about (R2)."""
        return self.missing[0].who if self.missing else ()


def missing_of(step: Step, facts: Facts) -> tuple[Fact, ...]:
    """The facts that ``step`` still lacks."""
    return tuple(FACTS[key] for key in step.exits if key not in facts.known)


def is_waived(step: Step, facts: Facts) -> bool:
    """Whether the zone does without ``step``."""
    return step.waivable and not facts.needs_recognition


def is_complete(plan: Plan, step: Step, facts: Facts) -> bool:
    """Whether every fact of ``step``, and of every step before it, is known. Opening an earlier one again keeps it."""
    if is_waived(step, facts):
        return all(is_complete(plan, before, facts) for before in _before(plan, step))
    return not missing_of(step, facts) and all(is_complete(plan, before, facts) for before in _before(plan, step))


def holding(plan: Plan, step: Step, facts: Facts) -> tuple[Step, ...]:
    """The steps before ``step`` that hold its gate shut: not complete, or opened again."""
    return tuple(before for before in _before(plan, step) if not _lets_pass(plan, before, facts))


def is_open(plan: Plan, key: str, facts: Facts) -> bool:
    """Whether the gate of the step ``key`` has been passed, so that one may work on it."""
    step = plan.step(key)
    return step is not None and (not holding(plan, step, facts) or is_complete(plan, step, facts))


def states_of(plan: Plan, facts: Facts, *, today: date) -> list[StepState]:
    """Where every step of ``plan`` stands on ``today``."""
    return [_state(plan, step, facts, today) for step in plan.steps]


def lacking_for_launch(plan: Plan, facts: Facts) -> tuple[Fact, ...]:
    """Every fact that must be known before a launch and is not (R12, R13, R21, R27, R35, R36, R92), in order."""
    needed = _all_before(plan, "launch")
    steps = [step for step in plan.steps if step.key in needed and not is_waived(step, facts)]
    return tuple(fact for step in steps for fact in missing_of(step, facts))


def _before(plan: Plan, step: Step) -> list[Step]:
    return [found for key in step.after if (found := plan.step(key)) is not None]


def _all_before(plan: Plan, key: str) -> set[str]:
    step = plan.step(key)
    nearest = set(step.after) if step else set()
    return nearest.union(*(_all_before(plan, before) for before in nearest))


def _lets_pass(plan: Plan, step: Step, facts: Facts) -> bool:
    """Complete, and neither it nor anything before it is open again."""
    chain = {step.key} | _all_before(plan, step.key)
    return is_complete(plan, step, facts) and not chain & set(facts.again)


def _state(plan: Plan, step: Step, facts: Facts, today: date) -> StepState:
    missing, waived = missing_of(step, facts), is_waived(step, facts)
    again = facts.again.get(step.key)
    held = holding(plan, step, facts)
    if not missing and is_complete(plan, step, facts) and again is None:
        return StepState(step, Standing.DONE, done_on=_completed_on(plan, step, facts), is_waived=waived)
    if held and again is None:
        return StepState(step, Standing.CLOSED, missing, held, is_waived=waived)
    since = (
        again.since if again else max((_completed_on(plan, one, facts) for one in _before(plan, step)), default=None)
    )
    since = since or facts.began_on
    due = since + timedelta(days=step.days)
    late = today > due and not waived and not facts.is_over
    standing = Standing.STALLED if late else Standing.OPEN
    reason = again.reason if again else ""
    return StepState(step, standing, missing, held, since, due, reason=reason, is_waived=waived)


def _completed_on(plan: Plan, step: Step, facts: Facts) -> date:
    """The day on which the last fact of ``step``, or of a step before it, became known."""
    own = [day for key in step.exits if (day := facts.known.get(key)) is not None]
    if len(own) < len(step.exits) and step.key in facts.passed:
        own.append(facts.passed[step.key])
    return max([facts.began_on, *own, *(_completed_on(plan, before, facts) for before in _before(plan, step))])
