"""How a zone decides (R133), how often nothing was said (R76), and what an officer advised on a plan (R54)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet, Sum

from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.notices.models import DecisionModel, Recommendation, Withholding
from plp.notices.queries.reach import active_partnerships_of_writer
from plp.notices.rules.decision_model import DEFAULTS, Guideline
from plp.notices.rules.infoflash import DEFAULT_WEEKDAY
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.places.queries.territory import zone_path
from plp.toolbox.clock import local

PREVENTIVE = ("advice", "infoflash", "newsletter")


@dataclass(frozen=True)
class ZoneModel:
    """The decision model that holds in a zone: its own, or the one we propose."""

    guidelines: tuple[Guideline, ...] = DEFAULTS
    priorities: tuple[str, ...] = ()
    weekday: int = DEFAULT_WEEKDAY
    is_own: bool = False


def decision_model_of_zone_around(area: Area) -> ZoneModel:
    """The decision model of the police zone around ``area``."""
    row = DecisionModel.objects.filter(zone__path=zone_path(area.path)).first()
    if row is None:
        return ZoneModel()
    return ZoneModel(
        tuple(map(Guideline.from_json, row.guidelines)), tuple(row.priorities), row.bundle_weekday, is_own=True
    )


def zones_whose_model_person_sets(person: Person | None, *, at: datetime) -> QuerySet[Area]:
    """The police zones whose model ``person`` sets."""
    return permitted_areas(person, Permission.ZONE_SET, at=at).filter(kind=Area.Kind.ZONE).order_by("path")


def withholding_counts_of_year(person: Person, *, at: datetime) -> dict[str, int]:
    """How often nothing was said this year where ``person`` sees the figures, by reason."""
    today = local(at).date()
    areas = permitted_areas(person, Permission.FIGURES_SEE, at=at)
    rows = Withholding.objects.filter(partnership__area__in=areas, month__gte=date(today.year, 1, 1), month__lte=today)
    counts = dict.fromkeys(Withholding.Because.values, 0)
    return counts | {row["because"]: row["total"] for row in rows.values("because").annotate(total=Sum("count"))}


def current_communication_plan_advice(partnership: Partnership) -> QuerySet[Recommendation]:
    """What the police advise on the communication plan of ``partnership`` now, the newest first (R54)."""
    return partnership.recommendations.filter(withdrawn_at=None).select_related("by").order_by("-at")


def quarters_by_last_preventive_notice(person: Person, *, at: datetime) -> QuerySet[Partnership]:
    """The quarters of ``person`` with ``spoken_at``: of the last preventive word to members; the silent first (R55)."""
    spoken_at = Max("notices__relayed_at", filter=Q(notices__kind__in=PREVENTIVE))
    quarters = active_partnerships_of_writer(person, at=at).annotate(spoken_at=spoken_at)
    return quarters.order_by("spoken_at", "area__path")
