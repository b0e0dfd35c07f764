"""Reads about changes of a quarter: who goes along, what it would look like, where an old address leads (ADR 72)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from plp.charter.models import Deed
from plp.charter.queries import signed_deed
from plp.delivery.answer_codes import dispatch_id_of_code
from plp.delivery.models import Dispatch
from plp.evening.models import Meeting
from plp.evening.states import MeetingState
from plp.launch.models import QuarterChange, QuarterChangeMember
from plp.launch.states import QuarterState
from plp.mandates.models import Mandate
from plp.mandates.queries import mandates_of_exact_area
from plp.membership.models import Membership
from plp.membership.states import STAYING, Belonging
from plp.notices.models import Notice
from plp.notices.states import State as NoticeState
from plp.partnership.models import Partnership, Statement
from plp.people.small_counts import mask_counts_with_known_total
from plp.places.actions import BadSelector
from plp.places.models import Address, Area, CoveredAddress, Street
from plp.places.queries import StreetPart, addresses_of, coverage_of_both_after_move, street_parts_of, streets_of
from plp.places.rules import Selector, selectors_cover_door, split_house
from plp.places.rules.shapes import blurred_hull

GOING = (Belonging.PENDING, Belonging.ACTIVE)
OPEN_NOTICES = (NoticeState.DRAFT, NoticeState.SUBMITTED, NoticeState.GATHERED)
OPEN_MEETINGS = (MeetingState.PLANNED, MeetingState.CONVENED)


def quarter_changes_of(partnership: Partnership) -> QuerySet[QuarterChange]:
    """Every change of this quarter, also those that brought it streets: the newest first."""
    changes = QuarterChange.objects.filter(Q(partnership=partnership) | Q(other=partnership))
    return changes.select_related("partnership__area", "other__area").order_by("-prepared_at")


def parts_of_change(change: QuarterChange) -> list[StreetPart]:
    """The parts of streets that go; of a merger everything that the quarter covers."""
    if change.kind == QuarterChange.Kind.MERGE:
        return [part for part in street_parts_of(change.partnership.area) if not part.selector.excluded]
    streets = Street.objects.in_bulk([row["street"] for row in change.parts])
    return [
        StreetPart(streets[row["street"]], Selector(row["side"], row["first"], row["last"]))
        for row in change.parts
        if row["street"] in streets
    ]


def memberships_moving_with_change(change: QuarterChange) -> list[Membership]:
    """The memberships that go along: those whose home lies in what goes. House numbers are opened here alone."""
    is_merger = change.kind == QuarterChange.Kind.MERGE  # then whoever is suspended goes too: nobody stays behind
    states = STAYING if is_merger else GOING
    inside = Membership.objects.filter(partnership=change.partnership, state__in=states)
    rows = inside.select_related("person__household").order_by("asked_at", "pk")
    if is_merger:
        return list(rows)
    selectors = _selectors_by_street(parts_of_change(change))
    living = rows.filter(person__household__street__in=list(selectors))
    return [row for row in living if _is_home_in_parts(row, selectors)]


def _selectors_by_street(parts: list[StreetPart]) -> Mapping[int, list[Selector]]:
    selectors: dict[int, list[Selector]] = defaultdict(list)
    for part in parts:
        selectors[part.street.pk].append(part.selector)
    return selectors


def _is_home_in_parts(membership: Membership, selectors: Mapping[int, list[Selector]]) -> bool:
    home = membership.person.household
    return home is not None and selectors_cover_door(selectors[home.street_id], *split_house(home.house))


@dataclass(frozen=True)
class QuarterPreview:
    """What a change would do, in numbers: persons as texts, of which small ones tell nothing."""

    going: str
    staying: str
    elsewhere: str  # no home in the quarter: they stay
    both: str  # of those who go: members over there already, who are then members once
    doors: int
    statements: int
    meetings: int
    notices: int
    roles: list[Mandate]
    has_charter: bool
    other_has_charter: bool
    other_kind: str  # in words, where streets or members go to a partnership of another kind

    @property
    def is_masked(self) -> bool:
        """Whether a number is not told, so that a reader wonders at it."""
        return not all(number.isdecimal() for number in (self.going, self.staying, self.elsewhere))


def preview_of_change(change: QuarterChange, *, at: datetime) -> QuarterPreview:
    """The dry run: nothing is written. Whoever only asked to join goes along too, and is counted as no member."""
    partnership = change.partnership
    going = [row for row in memberships_moving_with_change(change) if row.state == Belonging.ACTIVE]
    inside = Membership.objects.filter(partnership=partnership, state=Belonging.ACTIVE)
    at_home = inside.filter(person__household__street__in=streets_of(partnership.area)).count()
    elsewhere = 0 if change.kind == QuarterChange.Kind.MERGE else inside.count() - max(at_home, len(going))
    going_shown, staying_shown, elsewhere_shown = mask_counts_with_known_total(
        [len(going), inside.count() - elsewhere - len(going), elsewhere]
    )
    there = Membership.objects.filter(partnership=change.other, state=Belonging.ACTIVE) if change.other else None
    both = there.filter(person__in=[row.person_id for row in going]).count() if there is not None else 0
    return QuarterPreview(
        going=going_shown,
        staying=staying_shown,
        elsewhere=elsewhere_shown,
        both=mask_counts_with_known_total([both])[0],
        doors=len(moving_doors_of_register(change)),
        statements=Statement.objects.filter(partnership=partnership).count(),
        meetings=Meeting.objects.filter(partnership=partnership, state__in=OPEN_MEETINGS).count(),
        notices=Notice.objects.filter(partnership=partnership, state__in=OPEN_NOTICES).count(),
        roles=list(mandates_of_exact_area(partnership.area, at=at)),
        has_charter=signed_deed(partnership, Deed.Kind.CHARTER) is not None,
        other_has_charter=change.other is not None and signed_deed(change.other, Deed.Kind.CHARTER) is not None,
        other_kind=change.other.get_kind_display() if change.other and change.other.kind != partnership.kind else "",
    )


def moving_doors_of_register(change: QuarterChange) -> list[Address]:
    """The doors of the register that go along."""
    doors = addresses_of(change.partnership.area)
    if change.kind == QuarterChange.Kind.MERGE:
        return list(doors)
    selectors = _selectors_by_street(parts_of_change(change))
    rows = doors.filter(street__in=list(selectors))
    return [door for door in rows if selectors_cover_door(selectors[door.street_id], door.number, door.box)]


def covers_doors_of_other_quarters(change: QuarterChange) -> bool:
    """Whether the parts that go name doors of other quarters too: their new quarter would cover these twice."""
    selectors = _selectors_by_street(parts_of_change(change))
    area = change.partnership.area
    rows = CoveredAddress.objects.exclude(area=area).filter(area__merged_into=None, address__street__in=list(selectors))
    if change.other is not None:
        rows = rows.exclude(area=change.other.area)
    doors = (row.address for row in rows.select_related("address"))
    own = set(addresses_of(area).values_list("pk", flat=True))
    return any(
        door.pk not in own and selectors_cover_door(selectors[door.street_id], door.number, door.box) for door in doors
    )


def rough_areas_after_change(change: QuarterChange) -> dict[str, Area]:
    """Rough pictures of the two quarters after the change, by path, for a map: nothing is written.

    Raises ``BadSelector`` where the parts cannot go.
    """
    area, other = change.partnership.area, change.other.area if change.other else None
    if coverage_of_both_after_move(area, other, parts_of_change(change)) is None:
        raise BadSelector
    going = {door.pk: (door.longitude, door.latitude) for door in moving_doors_of_register(change)}
    staying = _points_of_area(area, without=set(going))
    arriving = [*going.values(), *(_points_of_area(other, without=set()) if other else [])]
    after = {}
    for quarter, points in ((area, staying), (other or _unsaved_new_area(change), arriving)):
        outline = blurred_hull((x, y) for x, y in points if x is not None and y is not None)
        if outline:
            names = {f"name_{language}": getattr(quarter, f"name_{language}") for language in ("fr", "nl", "de")}
            after[quarter.path] = Area(kind=Area.Kind.QUARTER, path=quarter.path, outline=outline, **names)
    return after


def _points_of_area(area: Area, *, without: set[int]) -> list[tuple[float | None, float | None]]:
    rows = addresses_of(area).values_list("pk", "longitude", "latitude")
    return [(x, y) for key, x, y in rows if key not in without]


def _unsaved_new_area(change: QuarterChange) -> Area:
    names = {f"name_{language}": name for language, name in change.names.items()}
    return Area(kind=Area.Kind.QUARTER, path=f"{change.partnership.area.parent_path}q-{change.key}/", **names)


def dispatch_of_change_letter(code: str) -> Dispatch | None:
    """The copy of a letter about a change that bears ``code``; without contact where its reader left since."""
    number = dispatch_id_of_code(code)
    copies = Dispatch.objects.filter(message__purpose="launch.quarter_change").select_related("contact")
    return copies.filter(pk=number).first() if number else None


def newest_change_of_reader(dispatch: Dispatch) -> QuarterChangeMember | None:
    """Who answers: the reader of this copy, of the newest change that they were told of."""
    if dispatch.contact is None:
        return None
    told = QuarterChangeMember.objects.filter(membership__person=dispatch.contact.person_id)
    joined = "membership__person", "membership__partnership__area", "change__partnership__area", "change__other__area"
    return told.select_related(*joined).order_by("-told_at", "-pk").first()


def current_membership_of_mover(told: QuarterChangeMember) -> Membership | None:
    """The membership of whoever was told in one of the partnerships concerned, now; it may wait to be accepted."""
    concerned = [told.change.partnership_id, told.change.other_id]
    memberships = Membership.objects.filter(person=told.membership.person_id, state__in=STAYING)
    here = memberships.filter(partnership__in=concerned).select_related("partnership__area")
    return here.order_by("asked_at").first()


def successor_of_old_key(partnership_key: str) -> Partnership | None:
    """Where the public address of a partnership that is no more leads: into which it was merged or taken back."""
    quarter = Partnership.objects.filter(key=partnership_key).select_related("area__merged_into").first()
    if quarter is None:
        undone = QuarterChange.objects.filter(key=partnership_key, state=QuarterState.UNDONE).order_by("-undone_at")
        change = undone.select_related("partnership__area__merged_into").first()
        if change is None:
            return None
        quarter = change.partnership
    area = quarter.area
    while area.merged_into is not None:
        area = area.merged_into
    return Partnership.objects.filter(area=area).exclude(key=partnership_key).select_related("area").first()
