"""Each step of the plan shows the words of the founding text, or says that it comes from elsewhere (R94)."""

from plp.charter.reasons import FOUNDING, INTERIOR
from plp.launch.plan.sources import SOURCES, founding_text_of_step
from tests.launch.test_plan import PUBLISHED


def test_the_steps_of_the_founding_text_are_quoted_and_no_other() -> None:
    assert set(SOURCES) == set(PUBLISHED) - {"screening", "recognition"}
    assert {source.source for source in SOURCES.values() if source.quote} == {FOUNDING}


def test_a_step_without_a_quote_comes_from_the_practice() -> None:
    assert founding_text_of_step("recognition").source == INTERIOR
