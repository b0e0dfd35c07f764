"""An act that comes before its gate is refused, whoever calls it; the platform itself passes."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from plp.charter import actions as charter
from plp.evening import actions as evening
from plp.evening.actions.meetings import MeetingPlan
from plp.launch.actions import area, informed_streets, stakeholders, surveys
from plp.launch.plan import PLANS
from plp.launch.queries.progress import StepNotOpen
from plp.membership import candidates
from plp.membership.states import Function
from plp.partnership import statements
from plp.partnership.gates import Gate
from tests.launch.journey import Journey, before

pytestmark = pytest.mark.django_db

Act = Callable[[Journey], object]
STATEMENT = {"party": "police", "kind": "motive", "text": "Mieux se connaître.", "language": "fr"}
CONTACT = {"slot": "police", "organisation": "Police", "name": "Anne", "email": "anne@plp.test", "phone": ""}


def who(walk: Journey) -> dict[str, object]:
    """The officer, now."""
    return {"partnership": walk.partnership, "by": walk.officer, "at": walk.at}


ACTS: dict[str, Act] = {
    "statement": lambda walk: statements.add_statement(**STATEMENT, **who(walk)),
    "streets": lambda walk: area.add_covered_streets_and_count_addresses(parts=[], **who(walk)),
    "contact": lambda walk: charter.set_contact_and_amend_charter(**CONTACT, **who(walk)),
    "charter": lambda walk: charter.draft_next_deed_version(kind="charter", **who(walk)),
    "plan": lambda walk: charter.draft_next_plan_version(rules=[], **who(walk)),
    "money": lambda walk: charter.get_or_begin_financing_draft(**who(walk)),
    "candidate": lambda walk: candidates.propose_candidate(
        person=walk.officer, function=Function.COMMITTEE, **who(walk)
    ),
    "stakeholder": lambda walk: stakeholders.add_stakeholder(who="École", concern="", **who(walk)),
    "survey": lambda walk: surveys.open_survey_and_create_address_codes(last_day=date(2027, 1, 1), **who(walk)),
    "streets told": lambda walk: informed_streets.mark_streets_informed(
        means="letters", streets=[], informed_on=date(2026, 1, 1), carrier="", **who(walk)
    ),
    "evening": lambda walk: evening.plan_meeting(plan=evening_plan(walk), **who(walk)),
}


def evening_plan(walk: Journey) -> MeetingPlan:
    """An information evening in two weeks."""
    begins = walk.at + timedelta(days=14)
    return MeetingPlan(
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        place="École",
        street="Rue de Verdun 1",
        languages=["fr"],
    )


def test_each_gate_is_a_step_of_the_plan() -> None:
    assert {gate.value for gate in Gate} <= {step.key for step in PLANS["be-2022"].steps}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_before_its_gate_is_refused_without_any_page(name: str) -> None:
    with pytest.raises(StepNotOpen):
        ACTS[name](Journey())


def test_the_platform_itself_passes() -> None:
    walk = Journey()

    statements.add_statement(**STATEMENT, **{**who(walk), "by": None})

    assert walk.partnership.statements.count() == 1


def test_after_the_talks_the_area_is_open() -> None:
    walk = Journey()
    walk.go_through(before("area_drawn"))

    statements.add_statement(**STATEMENT, **who(walk))

    assert walk.partnership.statements.filter(text=STATEMENT["text"]).exists()
