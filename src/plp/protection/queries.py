"""Reads about breaches and terms of keeping, within the scope of a person; and what the clock finds."""

from datetime import datetime

from django.db.models import QuerySet

from plp.followup.rules.due import DueMatter
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.mandates.scopes import AreaScope
from plp.partnership.models import Partnership
from plp.partnership.open_rows import OpenRows
from plp.people.models import Person, RetentionTerm
from plp.places.models import Area
from plp.protection.models import Breach
from plp.protection.retention import SETTABLE, longest_retention_days
from plp.protection.rules import NOTIFY_WITHIN, REMIND_AFTER, is_deadline_running, notification_deadline


def breaches_in_scope(person: Person | None, *, at: datetime) -> QuerySet[Breach]:
    """The breaches of one's areas, the open ones first, then the newest."""
    areas = permitted_areas(person, Permission.BREACH_KEEP, at=at)
    breaches = Breach.objects.filter(area__in=areas).select_related("area", "partnership__area")
    return breaches.order_by("closed_at", "-noticed_at")


OPEN_BREACHES = OpenRows(
    "FROM protection_breach t WHERE t.closed_at IS NULL AND t.partnership_id IS NULL AND t.area_id IN {areas}"
)


def _open_breaches_of_no_partnership(areas: AreaScope) -> QuerySet[Breach]:
    return Breach.objects.filter(area__in=areas, closed_at=None, partnership=None).order_by("-noticed_at")


def running_breaches_of_no_partnership(person: Person | None, *, at: datetime) -> list[Breach]:
    """The breaches of one's areas whose 72 hours run and that concern no single partnership."""
    if not OPEN_BREACHES.may_exist_for(person):
        return []
    open_ones = list(_open_breaches_of_no_partnership(permitted_areas(person, Permission.BREACH_KEEP, at=at)))
    return [breach for breach in open_ones if is_deadline_running(breach.facts())]


def due_breaches(partnerships: QuerySet[Partnership], at: datetime) -> list[DueMatter]:
    """For the clock: breaches of a partnership that wait for a decision, or for the word to the authority."""
    waiting = Breach.objects.filter(partnership__in=partnerships, closed_at=None, noticed_at__lte=at)
    return [
        DueMatter(
            matter=breach.pk,
            partnership=breach.partnership_id,
            due_at=notification_deadline(breach.noticed_at),
            remind_at=breach.noticed_at + REMIND_AFTER,
            term=NOTIFY_WITHIN,
        )
        for breach in waiting
        if breach.partnership_id and is_deadline_running(breach.facts())
    ]


def zone_retention_days(zone: Area) -> dict[str, int]:
    """For how many days a zone lets each kind of data be kept whose term it may shorten."""
    chosen = dict(RetentionTerm.objects.filter(area=zone).values_list("key", "days"))
    return {key: chosen.get(key, longest_retention_days(rule)) for key, rule in SETTABLE.items()}
