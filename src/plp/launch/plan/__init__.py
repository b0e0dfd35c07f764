"""The step plan as data (R1): which steps, in which order, who must act, what must be a fact before each closes.

A partnership keeps the key of the plan it began with: a new circular is a new entry of ``PLANS``, not a migration.
Keys of plans, steps and facts are stored: none is ever renamed, none ever leaves a published plan.
"""

from dataclasses import replace
from datetime import date

from plp.launch.plan.facts import FACTS, StepFact
from plp.launch.plan.help_by_kind import SECTOR_HELP, TRADERS_HELP
from plp.launch.plan.steps import STEPS
from plp.launch.plan.structure import PlanStep, StepPlan

CIRCULAR = date(2022, 10, 5)  # the ministerial circular under which these plans were written (R31)


def _steps_with_help(helps: dict[str, object]) -> tuple[PlanStep, ...]:
    """The steps with the help of a kind of partnership where it differs."""
    return tuple(replace(step, help=helps.get(step.key, step.help)) for step in STEPS)


PLANS: dict[str, StepPlan] = {
    plan.key: plan
    for plan in (
        StepPlan("be-2022", CIRCULAR, STEPS),
        StepPlan("be-2022-traders", CIRCULAR, _steps_with_help(TRADERS_HELP)),
        StepPlan("be-2022-sector", CIRCULAR, _steps_with_help(SECTOR_HELP)),
    )
}
PLAN_OF_KIND = {"plp": "be-2022", "plp_i": "be-2022-traders", "sectoral": "be-2022-sector"}

__all__ = ["CIRCULAR", "FACTS", "PLANS", "PLAN_OF_KIND", "PlanStep", "StepFact", "StepPlan"]
