"""Where the partnerships of an area stand, as a list: from copies, never from one partnership after the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import BooleanField, Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from plp.journal.models import Chain
from plp.launch.plan import FACTS, PLANS, Fact, Step
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.toolbox.clock import local

FRESH_FOR = timedelta(days=1)  # mandates end and days pass without a line in the journal
STEPS: dict[str, Step] = {step.key: step for plan in PLANS.values() for step in plan.steps}


@dataclass(frozen=True)
class Row:
    """One partnership in the list: its step, what is missing first, since when, and by how many days it is late."""

    partnership: Partnership
    step: Step | None
    missing: Fact | None
    since: date | None
    done: int
    steps: int
    late_days: int


def stale(partnerships: Iterable[Partnership] | QuerySet[Partnership], *, at: datetime) -> QuerySet[Partnership]:
    """Those of ``partnerships`` whose copy is missing, older than a day, or behind their journal."""
    found = partnerships if isinstance(partnerships, QuerySet) else _among(partnerships)
    length = Subquery(Chain.objects.filter(key=OuterRef("area__path")).values("length")[:1])
    behind = Q(position=None) | Q(position__at__lt=at - FRESH_FOR) | ~Q(position__entries=F("_length"))
    return found.annotate(_length=Coalesce(length, 0)).filter(behind).select_related("area").order_by("key")


def ordered(partnerships: QuerySet[Partnership], *, at: datetime) -> QuerySet[Partnership]:
    """The late ones first, the longest overdue at the top; then those on their way; ended ones last."""
    over = Case(
        When(state__in=[State.MERGED, State.ENDED], then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    is_late = Case(
        When(position__due__lt=local(at).date(), then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    found = partnerships.select_related("area", "position").annotate(_over=over, _late=is_late)
    return found.order_by("_over", "-_late", F("position__due").asc(nulls_last=True), "key")


def rows(partnerships: Iterable[Partnership], *, at: datetime) -> list[Row]:
    """The rows of a page of ``ordered``: no query of its own."""
    today = local(at).date()
    return [_row(one, today) for one in partnerships]


def _row(partnership: Partnership, today: date) -> Row:
    position = getattr(partnership, "position", None)
    if position is None:
        return Row(partnership, None, None, None, 0, 0, 0)
    is_over = partnership.state in {State.MERGED, State.ENDED}
    late = 0 if is_over or position.due is None else max(0, (today - position.due).days)
    return Row(
        partnership=partnership,
        step=STEPS.get(position.step),
        missing=FACTS.get(position.missing),
        since=position.since,
        done=position.done,
        steps=position.steps,
        late_days=late,
    )


def _among(partnerships: Iterable[Partnership]) -> QuerySet[Partnership]:
    return Partnership.objects.filter(pk__in=[one.pk for one in partnerships])
