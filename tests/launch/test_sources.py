"""Each step of the plan shows the words of the founding text, or says that it comes from elsewhere (R94)."""

from plp.charter.reasons import FOUNDING, INTERIOR
from plp.launch.plan.sources import SOURCES, founding_text_of_step
from tests.launch.test_plan import PUBLISHED


def test_the_published_steps_have_a_source_and_those_of_the_founding_text_alone_a_quote() -> None:
    assert set(SOURCES) == set(PUBLISHED)
    assert {step for step, source in SOURCES.items() if not source.quote} == {"screening", "recognition"}
    assert {source.source for source in SOURCES.values() if source.quote} == {FOUNDING}


def test_a_step_without_a_quote_comes_from_the_practice_and_another_one_from_neither() -> None:
    source = founding_text_of_step("recognition")
    assert source is not None
    assert source.source == INTERIOR
    assert founding_text_of_step("training") is None
