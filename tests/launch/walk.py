"""Random walks through the plan in memory: acts as the real ones behave, and an oracle that does not read the plan."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from plp.launch.plan import FACTS, PLANS, PlanStep, StepPlan
from plp.launch.rules import OpenedAgain, PartnershipFacts, facts_missing_for_launch, is_step_open, states_of_steps
from plp.launch.states import Standing

DAY = date(2026, 1, 1)
# The facts of the steps that nobody may leave out, in the order in which rooms tell them.
NEEDED = [key for key in FACTS if any(key in step.exits for step in PLANS["be-2022"].steps if not step.optional)]
ACTS_A_WALK = 75

# The MUSTs of a launch, written down a second time and by hand (R12, R13, R21, R27, R35, R36, R92).
R12 = {"police_consulted", "authority_consulted"}
R13 = {"administrative_contacted", "judicial_contacted"}
R92 = {"contacts_complete", "plan_agreed", "financing_complete"}
MUSTS = (
    R12
    | R13
    | R92
    | {"partnership_approved"}  # R21
    | {"charter_signed", "rules_signed", "coordinator_screened"}  # R27
    | {"coordinator_approved", "coordinator_appointed"}  # R35
)

# What an act needs of the facts themselves, as the rooms below refuse it otherwise.
NEEDS: dict[str, set[str]] = {
    "evening_invited": {"evening_convened"},
    "evening_held": {"evening_convened", "evening_invited"},
    "partnership_approved": {"evening_convened"},
    "minutes_approved": {"evening_held"},
    "coordinator_screened": {"coordinator_approved"},
    "coordinator_appointed": {"coordinator_approved", "coordinator_screened"},
    "charter_signed": {"contacts_complete", "plan_agreed", "financing_complete", "clauses_agreed"},
    "rules_signed": {"rules_ready"},
    "recognition_received": {"file_sent"},
    "first_message": {"opened"},
}
# What undoes what: a talk struck out, streets taken back, a plan redrafted, a screening that went wrong, ...
UNDOING: dict[str, set[str]] = {
    "strike_talk": {"police_consulted"},
    "uncover_streets": {"area_drawn", "area_informed"},
    "cancel_evening": {"evening_convened", "evening_invited"},
    "redraft_plan": {"plan_agreed", "contacts_complete"},
    "screen_unfit": {"coordinator_approved", "coordinator_screened", "coordinator_appointed"},
    "file_returned": {"file_sent"},
    "untick": {"committee_settled"},
}


@dataclass
class Walk:
    """One partnership in memory. ``launched`` freezes what was so at the launch, as ``reported_facts_of`` does."""

    plan: StepPlan = field(default_factory=lambda: PLANS["be-2022"])
    known: dict[str, date | None] = field(default_factory=dict)
    again: dict[str, OpenedAgain] = field(default_factory=dict)
    needs_recognition: bool = True
    launched: bool = False

    @property
    def facts(self) -> PartnershipFacts:
        """What the rules are told."""
        return PartnershipFacts(DAY, dict(self.known), dict(self.again), needs_recognition=self.needs_recognition)

    def bring_about(self, key: str) -> bool:
        """Do the act behind a fact; refused before the gate of its step and without what it needs."""
        step = next((step for step in self.plan.steps if key in step.exits), None)
        if key in self.known or not NEEDS.get(key, set()) <= set(self.known) or not self.may_work(step):
            return False
        if key == "creation_decided" and not set(self.known) >= (R12 | R13):
            return False
        if key == "opened":
            return self.launch()
        self.known[key] = DAY
        return True

    def may_work(self, step: PlanStep | None) -> bool:
        """Whether the gate of ``step`` has been passed; what closes no step of this plan has no gate."""
        return step is None or is_step_open(self.plan, step.key, self.facts)

    def launch(self) -> bool:
        """The launch act, as ``actions.life.launch_partnership`` decides."""
        if (
            self.launched
            or facts_missing_for_launch(self.plan, self.facts)
            or not is_step_open(self.plan, "launch", self.facts)
        ):
            return False
        self.launched = True
        self.known["opened"] = DAY
        return True

    def undo(self, act: str) -> bool:
        """Take facts back by an act; what was so at the launch stays so."""
        lost = UNDOING[act] & set(self.known)
        if not lost or self.launched:
            return False
        for key in lost:
            del self.known[key]
        return True

    def reopen(self, key: str) -> bool:
        """Open a finished step again."""
        state = next(state for state in states_of_steps(self.plan, self.facts, today=DAY) if state.step.key == key)
        if key in self.again or state.standing != Standing.DONE:
            return False
        self.again[key] = OpenedAgain(DAY, "reason")
        return True

    def close(self, key: str) -> bool:
        """Close a step that was opened again."""
        step = self.plan.step(key)
        if key not in self.again or step is None or any(fact not in self.known for fact in step.exits):
            return False
        del self.again[key]
        return True

    def turn_rule(self) -> bool:
        """The zone decides otherwise about recognition."""
        self.needs_recognition = not self.needs_recognition
        return True


def acts() -> list[tuple[str, Callable[[Walk], bool]]]:
    """Every act one can do, whether it is allowed or not."""
    steps = [step.key for step in PLANS["be-2022"].steps if not step.optional]
    return [
        *((f"do {key}", lambda walk, key=key: walk.bring_about(key)) for key in NEEDED),
        *((f"undo {act}", lambda walk, act=act: walk.undo(act)) for act in UNDOING),
        *((f"reopen {key}", lambda walk, key=key: walk.reopen(key)) for key in steps),
        *((f"close {key}", lambda walk, key=key: walk.close(key)) for key in steps),
        ("rule", lambda walk: walk.turn_rule()),
        ("launch", lambda walk: walk.launch()),
    ]


def next_act(
    walk: Walk, chance: random.Random, every: list[tuple[str, Callable[[Walk], bool]]]
) -> tuple[str, Callable]:
    """Any act, or (so that walks get far) one that a diligent officer would do next."""
    if chance.random() < 0.25:
        return chance.choice(every)
    if walk.again and chance.random() < 0.5:
        key = chance.choice(sorted(walk.again))
        return f"close {key}", lambda walk: walk.close(key)
    wanted = [key for key in NEEDED if key not in walk.known]
    key = wanted[min(int(chance.expovariate(0.7)), len(wanted) - 1)] if wanted else "opened"
    return f"do {key}", lambda walk: walk.bring_about(key)


def wrong(walk: Walk) -> list[str]:
    """What the oracle finds wrong with where the walk stands now."""
    return text_faults(walk.plan, walk.facts, launched=walk.launched)


def text_faults(plan: StepPlan, facts: PartnershipFacts, *, launched: bool) -> list[str]:
    """What the oracle finds wrong with the states that the rules make of ``facts``."""
    have, found = set(facts.days), []
    for state in states_of_steps(plan, facts, today=DAY):
        key, is_shut = state.step.key, state.standing == Standing.CLOSED
        if is_shut or launched:
            continue
        if key not in {"idea", "consultation"} and not have >= (R12 | R13):
            found.append(f"{key} is open without the talks of R12 and R13")
        if key == "launch" and not have >= MUSTS:
            found.append(f"the launch is open without {sorted(MUSTS - have)}")
        if key == "launch" and facts.needs_recognition and "recognition_received" not in have:
            found.append("the launch is open without recognition")
    if launched and not have >= MUSTS:
        found.append(f"launched without {sorted(MUSTS - have)}")
    return found
