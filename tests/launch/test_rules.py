"""Gates, standings and what a launch lacks: pure."""

from dataclasses import replace
from datetime import date, timedelta

from plp.launch.plan import PLANS
from plp.launch.rules import OpenedAgain, PartnershipFacts, facts_missing_for_launch, is_step_open, states_of_steps
from plp.launch.states import Standing
from plp.mandates.grants import Role

PLAN = PLANS["be-2022"]
BEGIN = date(2026, 1, 1)


def known(*steps: str, without: tuple[str, ...] = (), day: date = BEGIN) -> dict[str, date | None]:
    """Every fact of ``steps`` but ``without``."""
    return {key: day for step in PLAN.steps if step.key in steps for key in step.exits if key not in without}


def before(key: str) -> tuple[str, ...]:
    """The steps that stand before ``key``."""
    keys = [step.key for step in PLAN.steps]
    return tuple(keys[: keys.index(key)])


def standings(facts: PartnershipFacts, today: date = BEGIN) -> dict[str, str]:
    """Step key to standing."""
    return {state.step.key: state.standing for state in states_of_steps(PLAN, facts, today=today)}


def test_a_new_partnership_has_one_open_step() -> None:
    found = standings(PartnershipFacts(BEGIN))

    assert found.pop("idea") == Standing.OPEN
    assert set(found.values()) == {Standing.CLOSED}


def test_nothing_opens_before_both_were_consulted() -> None:
    for lacking in ("police_consulted", "authority_consulted", "judicial_contacted", "administrative_contacted"):
        facts = PartnershipFacts(BEGIN, known("idea", "consultation", without=(lacking,)))

        found = standings(facts)

        assert (found.pop("idea"), found.pop("consultation")) == (Standing.DONE, Standing.OPEN)
        assert set(found.values()) == {Standing.CLOSED}


def test_committee_and_charter_are_open_together_after_the_evening() -> None:
    found = standings(PartnershipFacts(BEGIN, known(*before("committee"))))

    assert (found["committee"], found["charter"], found["screening"]) == (
        Standing.OPEN,
        Standing.OPEN,
        Standing.CLOSED,
    )


def test_a_later_fact_is_kept_but_opens_nothing() -> None:
    facts = PartnershipFacts(BEGIN, {**known("idea"), "charter_signed": BEGIN, "rules_signed": BEGIN})

    state = {state.step.key: state for state in states_of_steps(PLAN, facts, today=BEGIN)}["screening"]

    assert state.standing == Standing.CLOSED
    assert [fact.key for fact in state.missing] == ["coordinator_screened", "coordinator_appointed"]
    assert [step.key for step in state.waits_for] == ["committee", "charter"]


def test_the_launch_waits_for_recognition_unless_the_zone_does_without() -> None:
    facts = known(*before("recognition"))

    assert is_step_open(PLAN, "launch", PartnershipFacts(BEGIN, facts)) is False
    assert [fact.key for fact in facts_missing_for_launch(PLAN, PartnershipFacts(BEGIN, facts))] == [
        "file_sent",
        "recognition_received",
    ]
    assert is_step_open(PLAN, "launch", PartnershipFacts(BEGIN, facts, needs_recognition=False)) is True
    assert facts_missing_for_launch(PLAN, PartnershipFacts(BEGIN, facts, needs_recognition=False)) == ()


def test_a_zone_that_does_without_recognition_is_not_told_that_it_stalls() -> None:
    facts = PartnershipFacts(BEGIN, known(*before("recognition")), needs_recognition=False)

    state = states_of_steps(PLAN, facts, today=BEGIN + timedelta(days=400))[8]

    assert state.step.key == "recognition"
    assert state.standing == Standing.OPEN
    assert state.is_waived is True


def test_a_step_stalls_the_day_after_its_usual_time() -> None:
    facts = PartnershipFacts(BEGIN, known("idea", day=BEGIN + timedelta(days=5)))
    due = BEGIN + timedelta(days=35)

    assert standings(facts, due)["consultation"] == Standing.OPEN
    assert standings(facts, due + timedelta(days=1))["consultation"] == Standing.STALLED
    assert (
        standings(PartnershipFacts(BEGIN, facts.days, is_over=True), due + timedelta(days=1))["consultation"]
        == Standing.OPEN
    )


def test_who_is_next_is_whoever_brings_the_first_missing_fact() -> None:
    state = states_of_steps(PLAN, PartnershipFacts(BEGIN, known(*before("screening"))), today=BEGIN)[7]

    assert state.next_roles == (Role.OFFICER,)
    assert state.since == BEGIN
    assert state.due == BEGIN + timedelta(days=state.step.days)
    assert (state.reason, state.waits_for) == ("", ())


def test_opening_again_shuts_what_is_not_done_and_keeps_what_is() -> None:
    facts = PartnershipFacts(
        BEGIN, known(*before("recognition")), again={"area": OpenedAgain(BEGIN + timedelta(days=9), "two streets more")}
    )

    found = {state.step.key: state for state in states_of_steps(PLAN, facts, today=BEGIN + timedelta(days=9))}

    assert found["area"].standing == Standing.OPEN
    assert (found["area"].reason, found["area"].since) == ("two streets more", BEGIN + timedelta(days=9))
    assert found["evening"].standing == Standing.DONE
    assert found["recognition"].standing == Standing.CLOSED
    assert (
        is_step_open(PLAN, "launch", PartnershipFacts(BEGIN, facts.days, again=facts.again, needs_recognition=False))
        is False
    )
    assert is_step_open(PLAN, "evening", facts) is True
    assert is_step_open(PLAN, "no such step", facts) is False


def test_a_launch_lacks_each_fact_of_each_step_before_it() -> None:
    needed = before("launch")
    for step in (step for step in PLAN.steps if step.key in needed):
        for key in step.exits:
            found = facts_missing_for_launch(PLAN, PartnershipFacts(BEGIN, known(*needed, without=(key,))))

            assert [fact.key for fact in found] == [key]


def test_a_step_was_done_when_its_last_fact_became_known_or_was_first_seen() -> None:
    dated = known("idea", day=BEGIN + timedelta(days=5)) | known("consultation", day=BEGIN + timedelta(days=3))
    undated = {**dated, "judicial_contacted": None}
    seen = PartnershipFacts(BEGIN, undated, passed={"consultation": BEGIN + timedelta(days=8)})

    done_on = [states_of_steps(PLAN, facts, today=BEGIN)[1].done_on for facts in (PartnershipFacts(BEGIN, dated), seen)]

    assert done_on == [BEGIN + timedelta(days=5), BEGIN + timedelta(days=8)]
    assert states_of_steps(PLAN, PartnershipFacts(BEGIN, dated, passed=seen.passed), today=BEGIN)[
        1
    ].done_on == BEGIN + timedelta(days=5)


def test_a_step_that_the_zone_does_without_says_so_wherever_it_stands() -> None:
    for steps in ((), before("recognition"), before("launch")):
        found = states_of_steps(PLAN, PartnershipFacts(BEGIN, known(*steps), needs_recognition=False), today=BEGIN)

        assert [state.step.key for state in found if state.is_waived] == ["recognition"]


def test_a_step_that_may_be_left_out_is_never_late_and_no_launch_waits_for_it() -> None:
    extra = replace(PLAN.steps[1], key="extra", exits=("evaluated",), after=("idea",), optional=True)
    plan = replace(PLAN, steps=(*PLAN.steps[:1], extra, *PLAN.steps[1:]))
    facts = known(*before("consultation"))

    state = states_of_steps(plan, PartnershipFacts(BEGIN, facts), today=BEGIN + timedelta(days=900))[1]

    assert state.standing == Standing.OPEN
    assert "extra" not in plan.earlier_step_keys("launch")
    assert "evaluated" not in [fact.key for fact in facts_missing_for_launch(plan, PartnershipFacts(BEGIN, facts))]
