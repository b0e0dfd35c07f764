"""Where messages go: the quarters that an officer may choose, those beside a place, and what waits for an answer."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from plp.charter.kinds import KINDS
from plp.charter.models import CommunicationPlan
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.mandates.scopes import AreaScope
from plp.notices.models import Forwarding, Notice, NoticeWriter
from plp.notices.states import ForwardingState, State
from plp.partnership.models import Partnership
from plp.partnership.open_rows import OpenRows
from plp.partnership.queries import partnerships_in_scope, public_partnerships
from plp.partnership.states import State as Life
from plp.people.models import Person
from plp.places.models import Area
from plp.places.queries.territory import zone_path
from plp.toolbox.lazy_import import lazy_import

if TYPE_CHECKING:
    import shapely
else:
    shapely = lazy_import("shapely")

BESIDE_METRES = 1500.0
LIVES = sorted({kind.expiry_minutes for kind in KINDS.values() if kind.expiry_minutes})  # in minutes
METRES = (111_320.0 * math.cos(math.radians(50.5)), 111_320.0)  # of a degree east and north in Belgium


def active_partnerships_of_writer(person: Person, *, at: datetime) -> QuerySet[Partnership]:
    """The active partnerships for which ``person`` writes."""
    return (
        partnerships_in_scope(person, Permission.NOTICE_WRITE, at=at).filter(state=Life.ACTIVE).order_by("area__path")
    )


def quarters_taking_outside_messages(zone: Area) -> QuerySet[Partnership]:
    """The active partnerships of a zone whose plan takes messages from elsewhere. That they exist is public."""
    plans = CommunicationPlan.objects.filter(partnership=OuterRef("pk"), state="in_force", takes_supralocal=True)
    quarters = public_partnerships().filter(Exists(plans), state=Life.ACTIVE, area__path__startswith=zone.path)
    return quarters.order_by("area__path")


def zones_where_person_does_not_write(person: Person, *, at: datetime) -> QuerySet[Area]:
    """The police zones with an active partnership in which ``person`` does not write."""
    mine = {zone_path(area.path) for area in permitted_areas(person, Permission.NOTICE_WRITE, at=at)}
    active = Partnership.objects.filter(state=Life.ACTIVE, area__path__startswith=OuterRef("path"))
    zones = Area.objects.filter(Exists(active), kind=Area.Kind.ZONE)
    return zones.exclude(path__in=mine).order_by("name_fr", "name_nl", "path")


def neighbouring_quarters(quarter: Partnership, others: Sequence[Partnership]) -> list[Partnership]:
    """Those of ``others`` whose shapes lie within 1.5 km; where no shape is known, those of the same municipality."""
    here = _shape_in_metres(quarter.area)
    neighbours = []
    for other in others:
        there = _shape_in_metres(other.area)
        if here is None or there is None:
            is_beside = other.area.parent_path == quarter.area.parent_path
        else:
            is_beside = here.distance(there) <= BESIDE_METRES
        if is_beside and other.pk != quarter.pk:
            neighbours.append(other)
    return neighbours


def _shape_in_metres(area: Area) -> Any:
    """The boundary, else the rough outline, in metres from Belgium's south-west; ``None`` when nothing is drawn."""
    drawn = area.boundary or area.outline
    if not drawn:
        return None
    return shapely.transform(shapely.geometry.shape(drawn), lambda corners: corners * METRES)


def partnerships_of_notice(notice: Notice) -> list[Partnership]:
    """The partnerships to which a message goes, its own first."""
    return [notice.partnership, *(row.partnership for row in notice.forwardings.all())]


def other_partnerships_chosen(notice: Notice) -> QuerySet[Partnership]:
    """The other partnerships chosen for a message."""
    quarters = Partnership.objects.filter(pk__in=notice.forwardings.values("partnership"))
    return quarters.select_related("area").order_by("area__path")


def zones_of_forwardings_and_leads(passings: Sequence[Forwarding]) -> QuerySet[Area]:
    """The police zones of these forwardings and of the message they come from."""
    paths = {zone_path(forwarding.partnership.area.path) for forwarding in passings}
    return Area.objects.filter(
        path__in=paths | {zone_path(forwarding.lead.partnership.area.path) for forwarding in passings}
    )


def gathered_notices_where_person_writes(person: Person, *, at: datetime) -> list[Notice]:
    """What waits for an infoflash where ``person`` writes, the first gathered first (R134)."""
    if not GATHERED.may_exist_for(person):
        return []
    return list(_gathered_notices(permitted_areas(person, Permission.NOTICE_WRITE, at=at)))


def _gathered_notices(areas: AreaScope) -> QuerySet[Notice]:
    return Notice.objects.filter(partnership__area__in=areas, state=State.GATHERED).order_by("gathered_at")


def expired_forwardings_condition(at: datetime) -> Q:
    """Which forwardings came to their end at ``at``: that of their message, or the longest life of its kind (R111)."""
    return _expired_condition(at, _asked_before_bounds_by_lifetime(at))


def _asked_before_bounds_by_lifetime(at: datetime) -> list[datetime]:
    """Before which moment a forwarding was asked for that is over, for each of ``LIVES``."""
    return [at - timedelta(minutes=minutes) for minutes in LIVES]


def _expired_condition(at: datetime, asked_before: Sequence[datetime]) -> Q:
    ended = Q(lead__expires_at__lte=at)
    for minutes, moment in zip(LIVES, asked_before, strict=True):
        so_short = [key for key, kind in KINDS.items() if kind.expiry_minutes == minutes]
        ended |= Q(lead__kind__in=so_short, asked_at__lte=moment)
    return ended


GATHERED = OpenRows(
    f"FROM notices_notice t WHERE t.state = '{State.GATHERED}' AND t.partnership_id IN {{partnerships}}"
)
ASKED = OpenRows(
    f"FROM notices_forwarding t WHERE t.state = '{ForwardingState.ASKED}' AND t.partnership_id IN {{partnerships}}"
)
JUST_REFUSED = OpenRows(
    f"FROM notices_notice t JOIN notices_forwarding f ON f.lead_id = t.id WHERE f.state = '{ForwardingState.REFUSED}' "
    "AND f.answered_at > {since} AND t.author_id = {person}",
    age=timedelta(days=4),
)


def takeovers_to_answer(person: Person | None, *, at: datetime) -> QuerySet[Forwarding]:
    """Messages of other police that wait for an answer where ``person`` releases, the first asked first (R120).

    Those that they wrote some of wait for somebody else there (T1).
    """
    key = person.pk if person else None
    return _takeovers_asked(
        permitted_areas(person, Permission.NOTICE_RELEASE, at=at), key, at, _asked_before_bounds_by_lifetime(at)
    )


def _takeovers_asked(
    areas: AreaScope, person: UUID | None, at: datetime, asked_before: Sequence[datetime]
) -> QuerySet[Forwarding]:
    mine = NoticeWriter.objects.filter(notice=OuterRef("lead"), person=person)
    waiting = Forwarding.objects.filter(~Exists(mine), partnership__area__in=areas, state=ForwardingState.ASKED)
    waiting = waiting.exclude(_expired_condition(at, asked_before))
    parts = ("partnership__area", "lead__partnership__area", "lead__author")  # asked for only when something waits
    return waiting.prefetch_related(*parts).order_by("asked_at")


def list_takeovers_to_answer(person: Person, *, at: datetime) -> list[Forwarding]:
    """What ``takeovers_to_answer`` finds."""
    return list(takeovers_to_answer(person, at=at)) if ASKED.may_exist_for(person) else []


def declined_takeovers_of_author(person: Person, *, at: datetime, since: datetime) -> QuerySet[Forwarding]:
    """What other police did not take over of the messages of ``person``, since ``since``."""
    forwardings = Forwarding.objects.filter(lead__author=person, state=ForwardingState.REFUSED, answered_at__gt=since)
    return forwardings.filter(answered_at__lte=at).select_related("partnership__area", "lead")
