"""Each step of the plan shows the words of the founding text, or says that it comes from elsewhere (R94)."""

from plp.charter.reasons import FOUNDING
from plp.launch.plan import PLANS
from plp.launch.plan.sources import SOURCES


def test_every_step_of_every_plan_has_its_source_and_no_other() -> None:
    assert {step.key for plan in PLANS.values() for step in plan.steps} == set(SOURCES)
    assert {key for key, one in SOURCES.items() if not one.quote} == {"screening", "recognition"}
    assert {one.source for one in SOURCES.values() if one.quote} == {FOUNDING}
