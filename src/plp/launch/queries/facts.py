"""The facts of a partnership, gathered from every room in this one place, for the rules of the plan."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import partial

from django.db.models import QuerySet

from plp.charter.queries import charter_facts
from plp.evening.queries import evening_facts
from plp.evening.states import SEVEN
from plp.launch.models import Course, LifeAct, Position, Publication, Recognition, Reopening, Tick, ZoneRule
from plp.launch.plan import PLAN_OF_KIND, PLANS, StepPlan
from plp.launch.queries.groundwork import gather_groundwork_facts
from plp.launch.rules import OpenedAgain, PartnershipFacts
from plp.launch.states import Filing
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.membership.queries import coordination_team_progress
from plp.notices.models import Relay
from plp.notices.states import State as Notice
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.clock import local

DayByFact = Mapping[str, date | bool | None]  # a day; True when no row tells the day; False or None while it is not so


def step_plan_definition_of(partnership: Partnership) -> StepPlan:
    """The plan with which a partnership began, else that of its kind."""
    plan_key = Course.objects.filter(partnership=partnership).values_list("plan", flat=True).first()
    return PLANS[plan_key or PLAN_OF_KIND[partnership.kind]]


def does_zone_of_area_need_recognition(area: Area) -> bool:
    """Whether the police zone of ``area`` waits for recognition before a launch: yes, unless it said no (R27)."""
    around = Area.objects.containing(area.path)
    rule = ZoneRule.objects.filter(zone__in=around).values_list("needs_recognition", flat=True).first()
    return True if rule is None else rule


def does_zone_publish_figures(zone: Area) -> bool:
    """Whether the figures of a police zone's partnerships are open to everybody: only where it said so."""
    return ZoneRule.objects.filter(zone=zone, publishes_figures=True).exists()


def paths_of_zones_publishing_figures() -> list[str]:
    """The paths of the zones whose figures are open: one query."""
    rows = ZoneRule.objects.filter(publishes_figures=True).order_by("zone__path")
    return list(rows.values_list("zone__path", flat=True))


def gather_partnership_facts(
    partnership: Partnership, *, at: datetime, fact_keys: Collection[str] | None = None
) -> PartnershipFacts:
    """Everything that the plan asks about ``partnership`` at ``at``. The number of queries does not depend on the rows.

    ``fact_keys``: the facts that somebody will look at, if not all: rooms that hold none of them are left
    alone. Once a partnership is launched, every fact of the steps before the launch counts as known: a coordinator who
    leaves later does not send the plan back.
    """
    passed = Position.objects.filter(partnership=partnership).values_list("passed", flat=True).first() or {}
    return PartnershipFacts(
        began_on=local(partnership.founded_at).date(),
        days=_days_of_known_facts(partnership, at=at, fact_keys=fact_keys),
        again=_steps_opened_again(partnership),
        passed={step: date.fromisoformat(day) for step, day in passed.items()},
        needs_recognition=does_zone_of_area_need_recognition(partnership.area),
        is_over=partnership.state in {State.MERGED, State.ENDED},
    )


def _days_of_known_facts(
    partnership: Partnership, *, at: datetime, fact_keys: Collection[str] | None
) -> dict[str, date | None]:
    earlier_days = _launch_day_of_earlier_facts(partnership)
    days: dict[str, date | bool | None] = {}
    people_days = partial(_coordination_team_fact_days, at=at)
    in_order = (
        _groundwork_fact_days,
        _evening_fact_days,
        people_days,
        _charter_fact_days,
        _recognition_fact_days,
        _launch_fact_days,
    )
    for read_days in in_order:
        if fact_keys is None or not set(fact_keys) <= days.keys() | earlier_days.keys():
            days |= read_days(partnership)
    for fact, happened_on in Tick.objects.filter(partnership=partnership, undone_at=None).values_list(
        "fact", "happened_on"
    ):
        days[fact] = days.get(fact) or happened_on
    return earlier_days | {key: None if isinstance(value, bool) else value for key, value in days.items() if value}


def _launch_day_of_earlier_facts(partnership: Partnership) -> dict[str, date | None]:
    """The day of the launch for every fact of the steps before it; nothing while there was none."""
    if partnership.launched_at is None:
        return {}
    plan = step_plan_definition_of(partnership)
    earlier = [step for step in plan.steps if step.key in plan.earlier_step_keys("launch")]
    return {key: local(partnership.launched_at).date() for step in earlier for key in step.exits}


def _belgian_day(moment: datetime | None) -> date | None:
    """The Belgian day of a moment."""
    return local(moment).date() if moment else None


def _groundwork_fact_days(partnership: Partnership) -> DayByFact:
    facts = gather_groundwork_facts(partnership)
    return {
        "idea_recorded": _belgian_day(partnership.founded_at) if facts.idea_origin else None,
        "police_consulted": facts.police_consulted,
        "authority_consulted": facts.authority_consulted,
        "administrative_contacted": facts.administrative_contacted,
        "judicial_contacted": facts.judicial_contacted,
        "area_drawn": facts.streets > 0,
        "statements_complete": facts.are_statements_complete,
        "stakeholders_told": facts.are_stakeholders_told,
        "area_informed": facts.is_area_informed,
        "support_measured": facts.is_support_measured,
    }


def _evening_fact_days(partnership: Partnership) -> DayByFact:
    facts = evening_facts(partnership)
    is_whole = set(SEVEN) <= facts.points_ticked
    return {
        "evening_convened": _belgian_day(facts.convened_at),
        "evening_invited": _belgian_day(facts.invited.at),
        "evening_held": _belgian_day(facts.held_at) if is_whole else None,
        "partnership_approved": facts.approval is not None and facts.approval.is_approved,
        "agreements_made": facts.decisions > 0,
        "minutes_approved": _belgian_day(facts.minutes_approved_at),
    }


def _coordination_team_fact_days(partnership: Partnership, *, at: datetime) -> DayByFact:
    facts = coordination_team_progress(partnership, at=at)
    return {
        "coordinator_approved": facts.coordinator_approved,
        "committee_settled": facts.committee_approved > 0 or facts.committee_count > 0,
        "coordinator_screened": facts.coordinator_screened,
        "coordinator_appointed": facts.coordinator_appointed,
    }


def _charter_fact_days(partnership: Partnership) -> DayByFact:
    facts = charter_facts(partnership)
    return {
        "contacts_complete": not facts.contacts_missing,
        "plan_agreed": facts.plan_agreed,
        "financing_complete": facts.financing_complete,
        "clauses_agreed": facts.clauses_open == 0,
        "rules_ready": facts.rules_ready,
        "charter_signed": _belgian_day(facts.signed_at),
        "rules_signed": _belgian_day(facts.rules_signed_at),
    }


def _recognition_fact_days(partnership: Partnership) -> DayByFact:
    file = Recognition.objects.filter(partnership=partnership).first()
    if file is None:
        return {}
    is_out = file.state in {Filing.SENT, Filing.VALIDATED}
    return {
        "file_sent": file.sent_on if is_out else None,
        "recognition_received": file.validated_on if file.state == Filing.VALIDATED else None,
    }


def _launch_fact_days(partnership: Partnership) -> DayByFact:
    """The launch itself, what was published, and the first message that the coordinator passed on (R28, R107)."""
    launched = partnership.launched_at
    published = Publication.objects.filter(partnership=partnership).order_by("published_on")
    relayed = Relay.objects.filter(notice__partnership=partnership, notice__state=Notice.RELAYED, is_direct=False)
    decided = LifeAct.objects.filter(partnership=partnership, kind=LifeAct.Kind.CREATION).values_list("at", flat=True)
    first = relayed.filter(at__gte=launched).order_by("at").values_list("at", flat=True).first() if launched else None
    return {
        "creation_decided": _belgian_day(decided.first()) or partnership.state not in {State.IDEA, State.ENDED},
        "opened": _belgian_day(launched),
        "published": published.values_list("published_on", flat=True).first(),
        "first_message": _belgian_day(first),
    }


def _steps_opened_again(partnership: Partnership) -> Mapping[str, OpenedAgain]:
    open_ones = Reopening.objects.filter(partnership=partnership, closed_at=None)
    return {row.step: OpenedAgain(local(row.at).date(), row.reason) for row in open_ones}


def zones_whose_rules_person_sets(person: Person | None, *, at: datetime) -> QuerySet[Area]:
    """The police zones for which ``person`` decides (R27)."""
    return permitted_areas(person, Permission.ZONE_SET, at=at).filter(kind=Area.Kind.ZONE).order_by("path")
