"""Where the partnerships of an area stand, as a list: from copies, never from one partnership after the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value, When

from plp.journal.models import Entry
from plp.journal.rules import FORGOTTEN, READS
from plp.launch.plan import FACTS, PLANS, PlanStep, StepFact
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.mandates.scopes import AreaScope
from plp.partnership.models import Partnership
from plp.partnership.open_rows import OpenRows
from plp.partnership.states import State
from plp.people.models import Person
from plp.toolbox.clock import local

LOOKED_AT = 60  # partnerships on a first page
FRESH_FOR = timedelta(days=1)  # mandates end and days pass without a line in the journal
OVER = (State.MERGED, State.ENDED)
LOOKS = (*READS, FORGOTTEN)  # somebody read something, or that is forgotten: no step moves by it
STEPS: dict[str, PlanStep] = {step.key: step for plan in PLANS.values() for step in plan.steps}


@dataclass(frozen=True)
class PositionRow:
    """One partnership in the list: its step, what is missing first, since when, and by how many days it is late."""

    partnership: Partnership
    step: PlanStep | None
    missing: StepFact | None
    since: date | None
    done: int
    steps: int
    late_days: int


def _stale_partnership_condition(made_before: datetime) -> Q:
    """Whether a copy is missing, made before a moment, or behind what was done in its quarter."""
    acts = Entry.objects.filter(chain=OuterRef("area__path"), number__gt=OuterRef("position__entries"))
    return Q(position=None) | Q(position__at__lt=made_before) | Q(Exists(acts.exclude(verb__in=LOOKS)))


def partnerships_with_stale_position(
    partnerships: Iterable[Partnership] | QuerySet[Partnership], *, at: datetime
) -> QuerySet[Partnership]:
    """Those of ``partnerships`` whose copy is missing, older than a day, or behind their journal, by their keys."""
    if not isinstance(partnerships, QuerySet):
        partnerships = Partnership.objects.filter(pk__in=[partnership.pk for partnership in partnerships])
    return partnerships.filter(_stale_partnership_condition(at - FRESH_FOR)).select_related("area").order_by("key")


MOVING = OpenRows(  # what falls to somebody, and what is late
    """
    FROM partnership_partnership t JOIN launch_position p ON p.partnership_id = t.id
    WHERE t.id IN {partnerships} AND (p.due < {today} OR (p.missing <> '' AND t.launched_at IS NULL))"""
)
BEHIND = OpenRows(  # copies that are to be made again, as ``_stale_partnership_condition`` says
    f"""
    FROM partnership_partnership t JOIN places_area a ON a.id = t.area_id
    LEFT JOIN launch_position p ON p.partnership_id = t.id
    WHERE t.id IN {{partnerships}} AND (
      p.partnership_id IS NULL OR p.at < {{since}} OR EXISTS (
        SELECT 1 FROM journal_entry e WHERE e.chain = a.path AND e.number > p.entries AND e.verb NOT IN {LOOKS}
      )
    )""",  # noqa: S608 - our own words
    age=FRESH_FOR,
)


def _partnerships_by_due_day(areas: AreaScope, stale_before: datetime) -> QuerySet[Any]:
    partnerships = order_most_overdue_first(Partnership.objects.filter(area__in=areas))
    return partnerships.annotate(
        is_behind=ExpressionWrapper(_stale_partnership_condition(stale_before), output_field=BooleanField())
    )[:LOOKED_AT]


def most_urgent_partnerships(person: Person, *, at: datetime) -> list[Any]:
    """The first partnerships whose way ``person`` may see, ``order_most_overdue_first``, each with ``is_behind``:
    whether its copy is to be made again. One query.
    """
    return list(_partnerships_by_due_day(permitted_areas(person, Permission.LAUNCH_SEE, at=at), at - FRESH_FOR))


@dataclass(frozen=True)
class PositionSummary:
    """Where one partnership stands, without the partnership: what tells whether anything of it is to be shown."""

    partnership: UUID
    path: str
    is_launched: bool
    is_over: bool
    missing: StepFact | None
    due: date | None
    key: str

    def is_late(self, today: date) -> bool:
        """Whether its day is over and it goes on."""
        return not self.is_over and self.due is not None and self.due < today


def most_urgent_position_summaries(person: Person, *, at: datetime) -> list[PositionSummary]:
    """Those of ``most_urgent_partnerships``, in its order. One query of few columns."""
    columns = ("pk", "area__path", "launched_at", "state", "position__missing", "position__due", "key")
    partnerships = Partnership.objects.filter(area__in=permitted_areas(person, Permission.LAUNCH_SEE, at=at))
    summaries = [
        PositionSummary(pk, path, launched is not None, state in OVER, FACTS.get(missing or ""), due, key)
        for pk, path, launched, state, missing, due, key in partnerships.values_list(*columns)
    ]
    return sorted(summaries, key=lambda row: (row.is_over, row.due or date.max, row.key))[:LOOKED_AT]


def partnerships_of_summaries(summaries: Iterable[PositionSummary]) -> list[Partnership]:
    """Their partnerships, in the same order: no query for none."""
    keys = [summary.partnership for summary in summaries]
    if not keys:
        return []
    partnerships = Partnership.objects.select_related("area", "position").in_bulk(keys)
    return [partnerships[key] for key in keys]


def order_most_overdue_first(partnerships: QuerySet[Partnership]) -> QuerySet[Partnership]:
    """By the day that is due, so the longest overdue at the top; then those without a day; ended ones last."""
    over = Case(
        When(state__in=OVER, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    annotated = partnerships.select_related("area", "position").annotate(_over=over)
    return annotated.order_by("_over", F("position__due").asc(nulls_last=True), "key")


@dataclass(frozen=True)
class PartnershipFilter:
    """What of a list is asked for. ``words`` of the name in any language; ``order``: ``due``, ``name`` or ``since``."""

    language: str
    words: str = ""
    state: str = ""
    late: bool = False
    order: str = "due"


def filter_and_order_partnerships(
    partnerships: QuerySet[Partnership], partnership_filter: PartnershipFilter, *, at: datetime
) -> QuerySet[Partnership]:
    """Those that fit, in the order asked for; ended ones are never late."""
    chosen = order_most_overdue_first(partnerships)
    for word in partnership_filter.words.split():
        names = [Q(**{f"area__name_{language}__icontains": word}) for language in ("fr", "nl", "de")]
        chosen = chosen.filter(names[0] | names[1] | names[2])
    if partnership_filter.state:
        chosen = chosen.filter(state=partnership_filter.state)
    if partnership_filter.late:
        chosen = chosen.filter(position__due__lt=local(at).date()).exclude(state__in=OVER)
    if partnership_filter.order == "name":
        own = partnership_filter.language if partnership_filter.language in ("fr", "nl", "de") else "fr"
        return chosen.order_by(f"area__name_{own}", "key")
    if partnership_filter.order == "since":
        return chosen.order_by(F("position__since").asc(nulls_last=True), "key")
    return chosen


def position_rows(partnerships: Iterable[Partnership], *, at: datetime) -> list[PositionRow]:
    """The rows of a page of ``order_most_overdue_first``: no query of its own."""
    today = local(at).date()
    return [_position_row(partnership, today) for partnership in partnerships]


def _position_row(partnership: Partnership, today: date) -> PositionRow:
    position = getattr(partnership, "position", None)
    if position is None:
        return PositionRow(partnership, None, None, None, 0, 0, 0)
    is_over = partnership.state in OVER
    late = 0 if is_over or position.due is None else max(0, (today - position.due).days)
    return PositionRow(
        partnership=partnership,
        step=STEPS.get(position.step),
        missing=FACTS.get(position.missing),
        since=position.since,
        done=position.done,
        steps=position.steps,
        late_days=late,
    )
