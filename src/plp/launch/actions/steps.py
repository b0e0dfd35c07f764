"""What is said by hand about the steps of the plan."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from plp.journal.actions import note
from plp.launch.days import refuse_day_before_founding_or_future
from plp.launch.models import Course, LifeAct, Reopening, Tick
from plp.launch.plan import FACTS, PLAN_OF_KIND
from plp.launch.queries.facts import step_plan_definition_of
from plp.launch.queries.groundwork import gather_groundwork_facts
from plp.launch.queries.progress import require_step_open, step_plan_progress_of_partnership
from plp.launch.refusals import (
    AuthorityObjects,
    FactsMissing,
    ReasonMissing,
    StepAlreadyOpen,
    StepNotDone,
    TickNotByHand,
)
from plp.launch.states import Standing
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.partnership import actions as partnerships
from plp.partnership.gates import require_living
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.people.models import Person
from plp.toolbox.moves import WrongState

REASON = 300  # the longest reason


@transaction.atomic
def assign_step_plan_once(*, partnership: Partnership, by: Person | None, at: datetime) -> Course:
    """Fix the plan with which a partnership begins (R31); the plan of its kind. A second call changes nothing."""
    course, is_new = Course.objects.get_or_create(
        partnership=partnership, defaults={"plan": PLAN_OF_KIND[partnership.kind], "began_at": at}
    )
    if is_new:
        note(verb="launch.began", by=by, at=at, area=partnership.area.path, target=partnership, plan=course.plan)
    return course


@transaction.atomic
def move_partnership_to_creation(*, partnership: Partnership, by: Person | None, at: datetime) -> None:
    """Go on after the talks with police, municipality and the other authorities (R12, R13): from idea to creation.

    Raises ``NotAllowed``, ``FactsMissing`` while a talk is not on record, ``AuthorityObjects`` while an authority is
    against it, ``WrongState`` when it was decided before.
    """
    require_unless_machine(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
    progress = step_plan_progress_of_partnership(partnership, at=at)
    progress.require_step_open("consultation")
    state = progress.state_of_step("consultation")
    missing = [fact for fact in state.missing if fact.key != "creation_decided"] if state else []
    if missing:
        raise FactsMissing(missing=" ".join(str(fact.missing) for fact in missing))
    if gather_groundwork_facts(partnership).objections:
        raise AuthorityObjects
    assign_step_plan_once(partnership=partnership, by=by, at=at)
    partnerships.change_partnership_state(partnership=partnership, to=State.CREATION, by=by, at=at)
    LifeAct.objects.create(partnership=partnership, kind=LifeAct.Kind.CREATION, by=by, at=at)


@transaction.atomic
def tick_fact_by_hand(
    *, partnership: Partnership, fact: str, happened_on: date, by: Person | None, at: datetime
) -> Tick:
    """Say by hand that a fact is so, and since when. A derived fact cannot be ticked.

    Raises ``NotAllowed``, ``PartnershipOver``, ``TickNotByHand``, ``DayToCome`` for a day to come, ``DayTooEarly`` for
    one before the partnership began, ``StepNotOpen`` before its gate, ``WrongState`` when it is ticked already.
    """
    require_unless_machine(by, Permission.LAUNCH_NOTE, partnership.area, at=at)
    require_living(partnership)
    step = next((step for step in step_plan_definition_of(partnership).steps if fact in step.exits), None)
    if step is None or not FACTS[fact].by_hand:
        raise TickNotByHand
    refuse_day_before_founding_or_future(happened_on, partnership, at=at)
    require_step_open(partnership, step.key, at=at)
    try:
        with transaction.atomic():
            tick = Tick.objects.create(partnership=partnership, fact=fact, by=by, at=at, happened_on=happened_on)
    except IntegrityError as twice:
        raise WrongState from twice
    note(verb="launch.ticked", by=by, at=at, area=partnership.area.path, target=tick, fact=fact)
    return tick


@transaction.atomic
def untick_fact(*, tick: Tick, by: Person | None, at: datetime) -> None:
    """Take a tick back; it stays on file. Raises ``NotAllowed`` or ``WrongState``."""
    require_unless_machine(by, Permission.LAUNCH_NOTE, tick.partnership.area, at=at)
    require_living(tick.partnership)
    if not Tick.objects.filter(pk=tick.pk, undone_at=None).update(undone_by=by, undone_at=at):
        raise WrongState
    note(verb="launch.unticked", by=by, at=at, area=tick.partnership.area.path, target=tick, fact=tick.fact)


@transaction.atomic
def reopen_finished_step(
    *, partnership: Partnership, step: str, reason: str, by: Person | None, at: datetime
) -> Reopening:
    """Open a finished step again, for a reason. What comes after it and is not done waits until it is closed again.

    Raises ``NotAllowed``, ``PartnershipOver``, ``ReasonMissing``, ``StepNotDone`` or ``StepAlreadyOpen``.
    """
    require_unless_machine(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
    require_living(partnership)
    if not reason.strip():
        raise ReasonMissing
    if Reopening.objects.filter(partnership=partnership, step=step, closed_at=None).exists():
        raise StepAlreadyOpen
    state = step_plan_progress_of_partnership(partnership, at=at).state_of_step(step)
    if state is None or state.standing != Standing.DONE:
        raise StepNotDone
    try:
        with transaction.atomic():
            opened = Reopening.objects.create(
                partnership=partnership, step=step, reason=reason.strip()[:REASON], by=by, at=at
            )
    except IntegrityError as twice:
        raise StepAlreadyOpen from twice
    note(verb="launch.reopened", by=by, at=at, area=partnership.area.path, target=opened, step=step)
    return opened


@transaction.atomic
def close_reopened_step(*, reopening: Reopening, by: Person | None, at: datetime) -> None:
    """Close a step that was opened again. Its facts must be known again. Raises ``NotAllowed``, ``FactsMissing``."""
    partnership = reopening.partnership
    require_unless_machine(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
    require_living(partnership)
    state = step_plan_progress_of_partnership(partnership, at=at).state_of_step(reopening.step)
    if state is not None and state.missing:
        raise FactsMissing(missing=" ".join(str(fact.missing) for fact in state.missing))
    if not Reopening.objects.filter(pk=reopening.pk, closed_at=None).update(closed_by=by, closed_at=at):
        raise WrongState
    note(verb="launch.closed_again", by=by, at=at, area=partnership.area.path, target=reopening, step=reopening.step)
