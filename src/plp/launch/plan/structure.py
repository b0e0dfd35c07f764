"""The shape of a plan."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from plp.launch.plan.facts import FACTS, StepFact
from plp.mandates.grants import Role


@dataclass(frozen=True)
class PlanStep:
    """One step of a plan.

    ``after``: the steps that must be closed before it opens. ``exits``: the facts that close it. ``waivable``: a zone
    may do without it (R27: recognition). ``optional``: any partnership may do without it; it is never late, and no
    step comes after it. ``days``: how long it usually takes (R30: six to nine months in all).
    """

    key: str
    title: Any
    help: Any
    exits: tuple[str, ...]
    days: int
    after: tuple[str, ...] = ()
    waivable: bool = False
    optional: bool = False

    @property
    def facts(self) -> tuple[StepFact, ...]:
        """The facts that close the step, in the order in which they usually come."""
        return tuple(FACTS[key] for key in self.exits)

    @property
    def responsible_roles(self) -> tuple[Role, ...]:
        """Who must act before the step closes (R2): whoever brings one of its facts about."""
        return tuple(dict.fromkeys(role for fact in self.facts for role in fact.who))


@dataclass(frozen=True)
class StepPlan:
    """A plan: its key, the circular under which it was written (R31), its steps in order."""

    key: str
    circular: date
    steps: tuple[PlanStep, ...]

    def step(self, key: str) -> PlanStep | None:
        """The step called ``key``; ``None`` for an unknown one."""
        return next((step for step in self.steps if step.key == key), None)

    def earlier_step_keys(self, key: str) -> frozenset[str]:
        """Every step that must be closed before the step called ``key`` opens."""
        step = self.step(key)
        nearest = frozenset(step.after if step else ())
        return nearest.union(*(self.earlier_step_keys(earlier) for earlier in nearest))

    @property
    def usual_days_from_idea_to_launch(self) -> int:
        """The usual time from the idea to the launch: the longest way through the steps (R30)."""
        ends: dict[str, int] = {}
        for step in self.steps:
            ends[step.key] = step.days + max((ends[before] for before in step.after), default=0)
        return ends["launch"]
