"""Walks through the plan: no gate opens early, no fact is lost, no launch lacks a MUST; more in the proof ``walks``."""

import random
from dataclasses import replace

from plp.launch.plan import PLANS, StepPlan
from tests.launch.walk import ACTS_A_WALK, MUSTS, UNDOING, Walk, acts, next_act, wrong

WALKS = 1_500
LOOKS = {4, 15, 40}  # where on its way, besides its end, the oracle looks at a walk


def go(walk: Walk, seed: int) -> list[str]:
    """Walk as ``seed`` decides; answer every fault found on the way, and at its end by the oracle."""
    chance, every, faults = random.Random(seed), acts(), []
    for number in range(ACTS_A_WALK):
        before, was_launched = set(walk.known), walk.launched
        name, act = next_act(walk, chance, every)
        act(walk)
        lost = before - set(walk.known)
        allowed = UNDOING[name.removeprefix("undo ")] if name.startswith("undo") and not was_launched else set()
        if lost - allowed:
            faults.append(f"{name} lost {sorted(lost - allowed)}")
        if walk.launched and not was_launched:
            faults += [f"launched without {sorted(MUSTS - before)}"] if before < MUSTS else []
            faults += [f"launched while {sorted(walk.again)} is open again"] if walk.again else []
            if walk.needs_recognition and "recognition_received" not in before:
                faults.append("launched without recognition")
        faults += wrong(walk) if number in LOOKS else []
    return faults + wrong(walk)


def broken(step: str, **changes: object) -> StepPlan:
    """The plan with one step changed."""
    plan = PLANS["be-2022"]
    return replace(plan, steps=tuple(replace(one, **changes) if one.key == step else one for one in plan.steps))


def test_no_walk_passes_a_gate_early() -> None:  # a second and more: the number is the promise
    launches, walked = 0, 0

    for seed in range(WALKS):
        walk = Walk()
        assert go(walk, seed) == [], seed
        launches += walk.launched
        walked += len(walk.known) > 0

    assert launches > WALKS / 10
    assert walked > WALKS * 0.9


def test_the_walks_would_find_a_gate_that_is_missing() -> None:
    open_area, no_screening = broken("area", after=()), broken("screening", exits=("charter_signed", "rules_signed"))

    early = [fault for seed in range(60) for fault in go(Walk(plan=open_area), seed)]
    cheap = (fault for seed in range(3_000) for fault in go(Walk(plan=no_screening), seed))

    assert "area is open without the talks of R12 and R13" in early
    assert any("coordinator_screened" in fault for fault in cheap)
