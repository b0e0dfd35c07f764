"""The facts of a partnership, gathered from every room in this one place, for the rules of the plan."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import QuerySet

from plp.charter.models import Deed
from plp.charter.queries import facts as charter_facts
from plp.charter.queries import signed
from plp.evening.queries import facts as evening_facts
from plp.evening.states import SEVEN
from plp.launch.models import Course, LifeAct, Position, Publication, Recognition, Reopening, Tick, ZoneRule
from plp.launch.plan import PLAN_OF_KIND, PLANS, Plan
from plp.launch.queries.groundwork import facts as groundwork_facts
from plp.launch.rules import Again, Facts
from plp.launch.states import Filing
from plp.mandates.grants import Permission
from plp.mandates.queries import within
from plp.membership.queries import team
from plp.notices.models import Relay
from plp.notices.states import State as Notice
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.clock import local

Known = Mapping[str, date | bool | None]  # a day; True when no row tells the day; False or None while it is not so


def plan_of(partnership: Partnership) -> Plan:
    """The plan with which a partnership began, else that of its kind."""
    kept = Course.objects.filter(partnership=partnership).values_list("plan", flat=True).first()
    return PLANS[kept or PLAN_OF_KIND[partnership.kind]]


def needs_recognition(area: Area) -> bool:
    """Whether the police zone of ``area`` waits for recognition before a launch: yes, unless it said no (R27)."""
    around = Area.objects.around(area.path)
    said = ZoneRule.objects.filter(zone__in=around).values_list("needs_recognition", flat=True).first()
    return True if said is None else said


def facts_of(partnership: Partnership, *, at: datetime) -> Facts:
    """Everything that the plan asks about ``partnership`` at ``at``. The number of queries does not depend on the rows.

    What was so at the launch stays so for the plan: a coordinator who leaves later does not undo it.
    """
    launched = partnership.launched_at
    found = {
        **_groundwork(partnership),
        **_evening(partnership),
        **_people(partnership, at=at),
        **_charter(partnership),
        **_recognition(partnership),
        **_launch(partnership),
    }
    for fact, happened_on in Tick.objects.filter(partnership=partnership, undone_at=None).values_list(
        "fact", "happened_on"
    ):
        found[fact] = found.get(fact) or happened_on
    known = {key: None if isinstance(value, bool) else value for key, value in found.items() if value}
    if launched is not None:
        earlier = [step for step in plan_of(partnership).steps if step.key not in {"launch", "evaluation"}]
        kept = {key for step in earlier for key in step.exits}
        known = {**{key: local(launched).date() for key in kept}, **known}
    passed = Position.objects.filter(partnership=partnership).values_list("passed", flat=True).first() or {}
    return Facts(
        began_on=local(partnership.founded_at).date(),
        known=known,
        again=_again(partnership),
        passed={step: date.fromisoformat(day) for step, day in passed.items()},
        needs_recognition=needs_recognition(partnership.area),
        is_over=partnership.state in {State.MERGED, State.ENDED},
    )


def _day(moment: datetime | None) -> date | None:
    """The Belgian day of a moment."""
    return local(moment).date() if moment else None


def _groundwork(partnership: Partnership) -> Known:
    known = groundwork_facts(partnership)
    return {
        "idea_recorded": _day(partnership.founded_at) if known.idea_origin else None,
        "police_consulted": known.police_consulted,
        "authority_consulted": known.authority_consulted,
        "administrative_contacted": known.administrative_contacted,
        "judicial_contacted": known.judicial_contacted,
        "area_drawn": known.streets > 0,
        "statements_complete": known.are_statements_complete,
        "stakeholders_told": known.are_stakeholders_told,
        "area_informed": known.is_area_informed,
        "support_measured": known.is_support_measured,
    }


def _evening(partnership: Partnership) -> Known:
    known = evening_facts(partnership)
    is_whole = set(SEVEN) <= known.points_ticked
    return {
        "evening_convened": _day(known.convened_at),
        "evening_invited": _day(known.invited.at),
        "evening_held": _day(known.held_at) if is_whole else None,
        "partnership_approved": known.approval is not None and known.approval.carried,
        "agreements_made": known.decisions > 0,
        "minutes_approved": _day(known.minutes_approved_at),
    }


def _people(partnership: Partnership, *, at: datetime) -> Known:
    known = team(partnership, at=at)
    return {
        "coordinator_approved": known.coordinator_approved,
        "committee_settled": known.committee_approved > 0 or known.committee_count > 0,
        "coordinator_screened": known.coordinator_screened,
        "coordinator_appointed": known.coordinator_appointed,
    }


def _charter(partnership: Partnership) -> Known:
    known = charter_facts(partnership)
    rules = signed(partnership, Deed.Kind.RULES)
    return {
        "contacts_complete": not known.contacts_missing,
        "plan_agreed": known.plan_agreed,
        "financing_complete": known.financing_complete,
        "clauses_agreed": known.clauses_open == 0,
        "rules_ready": known.rules_ready,
        "charter_signed": _day(known.signed_at),
        "rules_signed": _day(rules.signed_at) if rules else None,
    }


def _recognition(partnership: Partnership) -> Known:
    file = Recognition.objects.filter(partnership=partnership).first()
    if file is None:
        return {}
    is_out = file.state in {Filing.SENT, Filing.VALIDATED}
    both = file.mayor_told_on and file.chief_told_on
    return {
        "file_sent": file.sent_on if is_out else None,
        "recognition_received": file.validated_on if file.state == Filing.VALIDATED else None,
        "authorities_told": max(file.mayor_told_on, file.chief_told_on) if both else None,  # type: ignore[type-var]
    }


def _launch(partnership: Partnership) -> Known:
    """The launch itself, what was published, and the first message that the coordinator passed on (R28, R107)."""
    launched = partnership.launched_at
    published = Publication.objects.filter(partnership=partnership).order_by("published_on")
    relayed = Relay.objects.filter(notice__partnership=partnership, notice__state=Notice.RELAYED, is_direct=False)
    decided = LifeAct.objects.filter(partnership=partnership, kind=LifeAct.Kind.CREATION).values_list("at", flat=True)
    first = relayed.filter(at__gte=launched).order_by("at").values_list("at", flat=True).first() if launched else None
    return {
        "creation_decided": _day(decided.first()) or partnership.state not in {State.IDEA, State.ENDED},
        "opened": _day(launched),
        "published": published.values_list("published_on", flat=True).first(),
        "first_message": _day(first),
    }


def _again(partnership: Partnership) -> Mapping[str, Again]:
    open_ones = Reopening.objects.filter(partnership=partnership, closed_at=None)
    return {row.step: Again(local(row.at).date(), row.reason) for row in open_ones}


def zones_of(person: Person | None, *, at: datetime) -> QuerySet[Area]:
    """The police zones for which ``person`` decides (R27)."""
    return within(person, Permission.ZONE_SET, at=at).filter(kind=Area.Kind.ZONE).order_by("path")
