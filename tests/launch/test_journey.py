"""The whole way by real acts, and what each gate says on it."""

import random
from contextlib import suppress
from copy import copy

import pytest
from django.db import transaction

from plp.launch.actions import life
from plp.launch.plan import FACTS
from plp.launch.queries.facts import gather_partnership_facts
from plp.launch.queries.progress import StepNotOpen, require_step_open, step_plan_progress_of_partnership
from plp.launch.refusals import FactsMissing
from plp.launch.rules import is_step_open
from plp.launch.states import Standing
from plp.partnership.states import State
from plp.toolbox.moves import Refused
from tests.launch.journey import ACTS, UNDOING, Journey, before
from tests.launch.walk import text_faults

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["plp", "plp_i"])
def test_from_the_idea_to_the_first_evaluation(kind: str) -> None:  # sets the charter in type: a second
    walk = Journey(kind=kind)

    walk.go_through(ACTS)

    now = step_plan_progress_of_partnership(walk.partnership, at=walk.at)
    assert sorted(set(FACTS) - set(now.facts.days)) == []
    assert {state.step.key: state.standing for state in now.states} == {
        state.step.key: Standing.DONE for state in now.states
    }
    assert walk.partnership.state == State.ACTIVE
    assert now.current_step is None


def test_each_act_brings_its_fact_about_and_loses_none_and_gates_alone_say_what_they_say_among_all() -> None:
    """A gate that is asked by itself reads the facts of the steps before it alone: at four points of the way."""
    walk, lost, barren, unlike = Journey(), {}, [], []

    for number, fact in enumerate(before("charter_signed")):
        had = set(gather_partnership_facts(walk.partnership, at=walk.at).days)
        walk.go(fact)
        now = step_plan_progress_of_partnership(walk.partnership, at=walk.at)
        have = set(now.facts.days)
        lost |= {fact: had - have} if had - have else {}
        barren += [fact] if fact not in have else []
        for step in now.plan.steps if number % 6 == 3 else ():
            if is_open(walk, step.key) != is_step_open(now.plan, step.key, now.facts):
                unlike.append((fact, step.key))

    assert (lost, barren, unlike) == ({}, [], [])


def is_open(walk: Journey, step: str) -> bool:
    try:
        require_step_open(walk.partnership, step, at=walk.at)
    except StepNotOpen:
        return False
    return True


def test_nothing_is_launched_before_everything_is_there() -> None:
    walk = Journey()
    walk.go_through(before("charter_signed"))

    with pytest.raises(FactsMissing) as refused:
        life.launch_partnership(partnership=walk.partnership, by=walk.officer, at=walk.at)

    assert str(FACTS["charter_signed"].missing) in refused.value.in_words()
    assert str(FACTS["plan_agreed"].missing) not in refused.value.in_words()
    assert walk.partnership.state == State.CREATION


def stray(walk: Journey, chance: random.Random, acts: int) -> list[str]:
    """Random acts, allowed or not, from where ``walk`` stands; answer every fault found on the way."""
    faults = []
    walk.next_day()
    was = gather_partnership_facts(walk.partnership, at=walk.at)
    for _ in range(acts):
        name = chance.choice([*(key for key in ACTS if key != "charter_signed"), *UNDOING])
        act, may_lose = UNDOING.get(name, (ACTS.get(name), set()))
        was_launched = walk.partnership.launched_at is not None
        with suppress(Refused), transaction.atomic():
            act(walk)
        walk.next_day()
        now, launched = (
            step_plan_progress_of_partnership(walk.partnership, at=walk.at),
            walk.partnership.launched_at is not None,
        )
        lost = set(was.days) - set(now.facts.days) - (set() if was_launched else may_lose)
        faults += [f"{name} lost {sorted(lost)}"] if lost else []
        faults += text_faults(now.plan, now.facts, launched=launched)
        was = now.facts
    return faults


@pytest.mark.long
@pytest.mark.any_database  # the gates follow from facts; that each act brings its fact about is asked of both
def test_strays_from_every_point_of_the_way_pass_no_gate() -> None:  # many seconds: real acts
    walk, chance, faults = Journey(), random.Random(5), []

    for fact in ACTS:
        walk.go(fact)
        for _ in range(2):
            with transaction.atomic():
                faults += [f"after {fact}: {fault}" for fault in stray(copy(walk), chance, acts=3)]
                transaction.set_rollback(True)

    assert faults == []
