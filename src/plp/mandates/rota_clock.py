"""What the clock does about rotas: says a week before which hours nobody has, and forgets old shifts (ADR 74)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from plp.mandates.grants import Permission
from plp.mandates.models import Rota, Shift
from plp.mandates.queries import permission_holders
from plp.mandates.rota_letters import send_unmanned_hours_letter
from plp.mandates.rota_patterns import DAY, Hours
from plp.mandates.rota_queries import unmanned_hours_of_rota
from plp.people.models import Person
from plp.toolbox.clock import local

WEEK = timedelta(days=7)
KEPT = timedelta(days=366)  # shifts that are over: for whom somebody acted, and how the work was shared


def report_gaps_and_delete_old_shifts(*, at: datetime) -> int:
    """Tell whoever makes each rota of unmanned hours in the next seven days; answer how many rotas had some.

    A second run, on whatever machine, says nothing twice.
    """
    Shift.objects.filter(ends_at__lt=at - KEPT).delete()
    return sum(_report_unmanned_hours(key, at=at) for key in Rota.objects.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _report_unmanned_hours(key: UUID, *, at: datetime) -> bool:
    rota = Rota.objects.select_for_update(of=("self",)).select_related("area", "made_by").filter(pk=key).first()
    if rota is None:
        return False
    said_until = max(rota.gaps_told_until or at, at)
    missing = _unreported_unmanned_hours(rota, said_until, at=at)
    Rota.objects.filter(pk=rota.pk).update(gaps_told_until=max(said_until, at + WEEK))
    if missing:
        send_unmanned_hours_letter(rota, missing, _rota_maker_or_else_all_who_may(rota, at=at), at=at)
    return bool(missing)


def _unreported_unmanned_hours(rota: Rota, said_until: datetime, *, at: datetime) -> list[Hours]:
    """The unmanned hours that begin within the week and were not said."""
    first, last = local(at).date(), local(at + WEEK).date() + DAY
    return [
        (starts_at, ends_at)
        for starts_at, ends_at in unmanned_hours_of_rota(rota, first=first, last=last, at=at)
        if starts_at <= at + WEEK and (starts_at >= said_until or rota.gaps_told_until is None)
    ]


def _rota_maker_or_else_all_who_may(rota: Rota, *, at: datetime) -> list[Person]:
    """Who made it last, while they still may; else all who may."""
    able = permission_holders(Permission.ROTA_MAKE, rota.area, at=at)
    return list(able.filter(pk=rota.made_by_id) if rota.made_by_id else []) or list(able)
