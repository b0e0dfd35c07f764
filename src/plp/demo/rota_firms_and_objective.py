"""What few partnerships have, shown in the demonstration: a rota with holes, two firms, an objective in figures."""

from datetime import datetime, time, timedelta

from plp.demo.quarter import Quarter
from plp.evaluation.actions.objectives import set_or_stop_indicator_target
from plp.firms.actions import set_opening_hours
from plp.mandates.rota_patterns import AS_WEEKDAY, IN_TURN, LEAVE, WeekPattern
from plp.mandates.rotas import save_rota_shifts_and_notify
from plp.membership.firms import FirmEntry, asks_for_firms, enter_firm_of_member
from plp.membership.models import Membership
from plp.partnership.models import Statement
from plp.places.queries import zone_around
from plp.toolbox.clock import local

BEFORE, AFTER = timedelta(days=14), timedelta(days=28)  # around today: hours that were, and hours to come
ON_CALL = (time(18), time(23))
WEEK = (IN_TURN,) * 5 + (LEAVE, LEAVE)  # nobody on Saturday and Sunday: these are the holes
FIRMS = (
    (FirmEntry("Boulangerie Exemple", "0123.456.749", "retail"), "7-18"),
    (FirmEntry("Librairie Modèle", "0999.000.129", "retail"), "10-12:30 13:30-18:30"),
)
SOURCE, TARGET = "reach", 97  # of a hundred copies


def add_rota_firms_and_objective(quarters: list[Quarter], *, at: datetime) -> None:
    """Officers of the first zone share the evenings; two shops of traders; what an objective is measured by."""
    _make_rota(quarters[0], at=at - BEFORE)
    for quarter in quarters:
        if asks_for_firms(quarter.partnership):
            _add_firms(quarter, at=at - BEFORE)
    _choose_objective_target(quarters[0], at=at - BEFORE)


def _make_rota(quarter: Quarter, *, at: datetime) -> None:
    """The evenings of working days in turn, those of the weekend left to nobody."""
    first = local(at).date()
    pattern = WeekPattern(
        first=first,
        last=first + BEFORE + AFTER,
        day_starts=ON_CALL[0],
        day_ends=ON_CALL[1],
        weekdays=WEEK,
        holiday=AS_WEEKDAY,
        people=(quarter.officer.pk, quarter.second_officer.pk),
    )
    zone = zone_around(quarter.partnership.area)
    assert zone is not None  # noqa: S101 - for the type checker
    save_rota_shifts_and_notify(area=zone, pattern=pattern, answer_minutes=15, by=quarter.officer, at=at)


def _add_firms(quarter: Quarter, *, at: datetime) -> None:
    """The first members with an address have a shop there, open on working days and on Saturday."""
    active = Membership.objects.filter(partnership=quarter.partnership, state="active", person__household__isnull=False)
    rows = active.select_related("person__household__street", "partnership__area", "firm").order_by("joined_at", "pk")
    for membership, (entry, hours) in zip(rows[: len(FIRMS)], FIRMS, strict=False):
        firm = enter_firm_of_member(membership=membership, entry=entry, by=membership.person, at=at)
        set_opening_hours(firm=firm, hours=[*[hours] * 6, ""], by=membership.person, at=at)


def _choose_objective_target(quarter: Quarter, *, at: datetime) -> None:
    """The first objective of the charter is measured by how many messages arrive."""
    objectives = Statement.objects.filter(partnership=quarter.partnership, kind=Statement.Kind.OBJECTIVE)
    set_or_stop_indicator_target(
        partnership=quarter.partnership,
        source=SOURCE,
        is_followed=True,
        target=TARGET,
        due_on=local(at).date() + timedelta(days=365),
        objective=objectives.order_by("position", "pk").first(),
        by=quarter.officer,
        at=at,
    )
