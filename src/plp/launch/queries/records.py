"""What was said by hand and recorded about a launch, within a partnership that was found in the scope of a person."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from plp.launch.models import LifeAct, Publication, QuarterChange, Recognition, Reopening, Sending, Sign, Tick
from plp.launch.states import QuarterState
from plp.mandates.grants import Permission
from plp.mandates.models import Mandate
from plp.mandates.queries import mandates_of_exact_area, permitted_areas
from plp.membership.erasure import first_erasure_day_of_leavers
from plp.partnership.models import Partnership
from plp.partnership.open_rows import OpenRows
from plp.partnership.states import State
from plp.people.models import Person
from plp.toolbox.clock import local

TOLD_TO_INTERIOR = (LifeAct.Kind.END, LifeAct.Kind.MERGE, LifeAct.Kind.SPLIT, LifeAct.Kind.REDRAW)
UNTOLD = OpenRows(
    f"FROM launch_lifeact t WHERE t.interior_told_on IS NULL AND t.kind IN {tuple(map(str, TOLD_TO_INTERIOR))} "
    "AND t.partnership_id IN {partnerships}"
)

OVER = (State.ENDED, State.MERGED)
END_WAITS = timedelta(days=1)  # from the decision: so long it can be taken back (ADR 92)
ENDS_SHOWN = timedelta(days=28)  # how long the first page says that a partnership ended
LATE_ENDS = OpenRows(
    f"FROM launch_lifeact t WHERE t.kind IN ('{LifeAct.Kind.END}', '{LifeAct.Kind.TO_END}') AND t.at > {{since}} "
    "AND t.partnership_id IN {partnerships}",
    age=ENDS_SHOWN,
    permission=Permission.LAUNCH_SEE,
)


def ticks_not_undone(partnership: Partnership) -> QuerySet[Tick]:
    """The ticks that hold."""
    return Tick.objects.filter(partnership=partnership, undone_at=None).select_related("partnership__area")


def reopenings_of(partnership: Partnership, step: str) -> QuerySet[Reopening]:
    """Every time a step was opened again, the newest first."""
    return Reopening.objects.filter(partnership=partnership, step=step).order_by("-at")


def open_reopenings(partnership: Partnership) -> QuerySet[Reopening]:
    """The steps that are open again."""
    return Reopening.objects.filter(partnership=partnership, closed_at=None).select_related("partnership__area")


def recognition_of(partnership: Partnership) -> Recognition | None:
    """The file to FPS Interior, once it was sent."""
    return Recognition.objects.filter(partnership=partnership).select_related("partnership__area").first()


def file_sendings_of(partnership: Partnership) -> QuerySet[Sending]:
    """Every sending of the file, the newest first, without its bytes."""
    return Sending.objects.filter(recognition__partnership=partnership).defer("content").order_by("-at")


def publications_of(partnership: Partnership) -> QuerySet[Publication]:
    """Where the launch was made known, the newest first."""
    return Publication.objects.filter(partnership=partnership).order_by("-published_on", "-at")


def sign_and_sticker_orders_of(partnership: Partnership) -> QuerySet[Sign]:
    """The orders of signs and stickers, the newest first."""
    return (
        Sign.objects.filter(partnership=partnership).select_related("partnership__area").order_by("-ordered_on", "-at")
    )


def life_acts_of(partnership: Partnership) -> QuerySet[LifeAct]:
    """Every act in the life of a partnership, the newest first."""
    acts = LifeAct.objects.filter(partnership=partnership).select_related("partnership__area", "into__area")
    return acts.order_by("-at")


def life_acts_not_told_to_interior(person: Person, *, at: datetime) -> list[LifeAct]:
    """The acts within one's scope of which FPS Interior was not told yet."""
    if not UNTOLD.may_exist_for(person):
        return []
    mine = LifeAct.objects.filter(
        kind__in=TOLD_TO_INTERIOR,
        interior_told_on=None,
        partnership__area__in=permitted_areas(person, Permission.PARTNERSHIP_LEAD, at=at),
    )
    undone = QuarterChange.objects.filter(
        partnership=OuterRef("partnership"), done_at=OuterRef("at"), state=QuarterState.UNDONE
    )
    return list(mine.exclude(Exists(undone)).select_related("partnership__area").order_by("at"))


def recently_ended_partnership_acts(person: Person, *, at: datetime) -> list[LifeAct]:
    """The ends of partnerships within one's scope in the past weeks, the newest first."""
    if not LATE_ENDS.may_exist_for(person):
        return []
    areas = permitted_areas(person, Permission.LAUNCH_SEE, at=at)
    ends = LifeAct.objects.filter(kind=LifeAct.Kind.END, at__gt=at - ENDS_SHOWN, partnership__area__in=areas)
    return list(ends.select_related("partnership__area").order_by("-at"))


def revocable_decided_ends(person: Person, *, at: datetime) -> list[LifeAct]:
    """The ends within one's scope that are decided and can still be taken back, the nearest first."""
    if not LATE_ENDS.may_exist_for(person):
        return []
    areas = permitted_areas(person, Permission.LAUNCH_SEE, at=at)
    acts = LifeAct.objects.filter(kind=LifeAct.Kind.TO_END, at__gt=at - ENDS_SHOWN, partnership__area__in=areas)
    living = acts.exclude(partnership__state__in=OVER).select_related("partnership__area").order_by("at")
    return [act for act in living if pending_end_decision_of(act.partnership) == act]


def ends_and_area_changes_for_interior(partnership: Partnership) -> QuerySet[LifeAct]:
    """The acts of which FPS Interior is told: an end, and each change of the area that was not undone."""
    undone = QuarterChange.objects.filter(partnership=partnership, state=QuarterState.UNDONE, done_at__isnull=False)
    acts = life_acts_of(partnership).filter(kind__in=TOLD_TO_INTERIOR)
    return acts.exclude(at__in=undone.values("done_at"))  # an act has the moment of the change that it tells of


@dataclass(frozen=True)
class PartnershipEnd:
    """When a partnership ended, and what of it is still to come: ``told_on`` is the day on which FPS Interior was told,
    ``members_erased_on`` that from which the data of its members are erased, ``holders`` who still holds an office.
    """

    ended_on: date
    told_on: date | None
    members_erased_on: date
    holders: list[Mandate]


def pending_end_decision_of(partnership: Partnership) -> LifeAct | None:
    """The decision that a partnership ends, while it is neither carried out nor taken back."""
    if partnership.state in OVER:
        return None
    kinds = (LifeAct.Kind.TO_END, LifeAct.Kind.GOES_ON)
    last = LifeAct.objects.filter(partnership=partnership, kind__in=kinds).order_by("-at").first()
    return last if last is not None and last.kind == LifeAct.Kind.TO_END else None


def end_act_of(partnership: Partnership) -> LifeAct | None:
    """The act by which a partnership ended; ``None`` where it lives, or goes on in another."""
    if partnership.state != State.ENDED:
        return None
    return LifeAct.objects.filter(partnership=partnership, kind=LifeAct.Kind.END).order_by("-at").first()


def partnership_end(partnership: Partnership, *, at: datetime) -> PartnershipEnd | None:
    """What is to be known of a partnership that ended; ``None`` where it did not."""
    act = end_act_of(partnership)
    if act is None:
        return None
    return PartnershipEnd(
        ended_on=local(act.at).date(),
        told_on=act.interior_told_on,
        members_erased_on=first_erasure_day_of_leavers(act.at),
        holders=list(mandates_of_exact_area(partnership.area, at=at)),
    )
