"""Reads about how exchanges went, always within the scope of a person (T10)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Avg, Count, Q, QuerySet

from plp.followup.models import Rating
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.mandates.scopes import AreaScope
from plp.notices.models import Notice
from plp.partnership.open_rows import OpenRows
from plp.people.models import Person

RECENT = timedelta(days=90)  # what is older needs no rating any more


def ratings_in_scope(person: Person | None, permission: Permission, *, at: datetime) -> QuerySet[Rating]:
    """The ratings of the partnerships over which ``person`` holds ``permission``, the newest first."""
    found = Rating.objects.filter(partnership__area__in=permitted_areas(person, permission, at=at))
    return found.select_related("partnership__area", "notice").prefetch_related("notice__texts").order_by("-at", "pk")


UNANSWERED = OpenRows("FROM followup_rating t WHERE t.answered_at IS NULL AND t.partnership_id IN {partnerships}")
UNRATED = OpenRows(
    "FROM notices_notice t WHERE t.relayed_at > {since} AND t.partnership_id IN {partnerships} "
    "AND NOT EXISTS (SELECT 1 FROM followup_rating r WHERE r.notice_id = t.id)",
    age=RECENT,
)


def _unanswered_ratings(areas: AreaScope, since: datetime) -> QuerySet[Rating, UUID]:
    rows = Rating.objects.filter(partnership__area__in=areas, answered_at=None, at__gt=since)
    return rows.order_by("-at", "pk").values_list("pk", flat=True)


def keys_of_unanswered_ratings(person: Person, *, since: datetime, at: datetime) -> list[UUID]:
    """The ratings that ``person`` may answer, given after ``since``: the newest first, one query."""
    if not UNANSWERED.may_exist_for(person):
        return []
    return list(_unanswered_ratings(permitted_areas(person, Permission.EXCHANGE_ANSWER, at=at), since))


def messages_to_rate_or_rated(person: Person | None, *, at: datetime) -> QuerySet[Notice]:
    """The messages that reached the members of the partnerships whose exchange ``person`` rates, the newest first."""
    found = Notice.objects.filter(partnership__area__in=permitted_areas(person, Permission.EXCHANGE_RATE, at=at))
    found = found.filter(relayed_at__lte=at, trial=None).select_related(
        "partnership__area", "release", "relay", "rating"
    )
    return found.prefetch_related("texts").order_by("-relayed_at", "pk")


def recent_unrated_messages(person: Person | None, *, at: datetime) -> QuerySet[Notice]:
    """Those of the last ninety days that nobody rated yet."""
    return messages_to_rate_or_rated(person, at=at).filter(rating=None, relayed_at__gt=at - RECENT)


@dataclass(frozen=True)
class Grades:
    """The ratings of messages in a time: how many, and the mean grades from 1 to 4; ``None`` when nobody rated."""

    number: int
    quality: float | None
    timeliness: float | None


def average_grades_of_period(*, since: datetime, until: datetime, partnership: object) -> Grades:
    """How the messages relayed from ``since`` to before ``until`` were rated: one query."""
    period = Q(partnership=partnership, notice__relayed_at__gte=since, notice__relayed_at__lt=until)
    found = Rating.objects.filter(period).aggregate(
        number=Count("pk"), quality=Avg("quality"), timeliness=Avg("timeliness")
    )
    return Grades(**found)
