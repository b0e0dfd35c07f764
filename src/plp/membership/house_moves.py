"""A member moves house within the police zone: the new address is entered once, and everything goes along.

Contacts, consents, preferences, devices and whoever receives for them hang on the person and stay as they are. The
membership of the street they leave is asked for at that of the new street, where the coordinator accepts it as any
other; until then the old one goes on, so that nobody is without messages in between.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from plp.journal.actions import note
from plp.membership.models import Membership
from plp.membership.states import STAYING, Belonging
from plp.partnership.models import Partnership
from plp.partnership.queries import public_partnerships
from plp.people import actions as persons
from plp.people.models import Person
from plp.places.models import Area, Street
from plp.places.queries import quarters_covering_door
from plp.places.queries.territory import zone_path

GOING = (Belonging.PENDING, Belonging.ACTIVE)  # of a membership that a measure suspends nothing is told, nor moved


@dataclass(frozen=True)
class HouseMove:
    """What became of a move: the partnership of the old street, and the one of the new street, which is asked.

    Both ``None``: the new door lies where they belong already. ``new_partnership`` alone ``None``: no partnership
    of the police zone covers the new door.
    """

    old_partnership: Partnership | None = None
    new_partnership: Partnership | None = None


@transaction.atomic
def record_move_and_ask_to_join_there(
    *, person: Person, street: Street, house: str, by: Person, at: datetime
) -> HouseMove:
    """Enter the new front door of a member, and ask for them at the partnership of that street.

    Whoever calls has asked who may. Raises ``rules.BadHouse``.
    """
    leaving = _membership_of_home(person)
    persons.set_front_door(person=person, street=street, house=house, by=by, at=at)
    if leaving is None:
        return HouseMove()
    areas = quarters_covering_door(street, house)
    _withdraw_earlier_move(leaving, at=at)
    is_inside = leaving.partnership.area in areas
    new = None if is_inside else _joinable_partnership_over_new_door(areas, leaving.partnership.area)
    is_out = new is None and not is_inside
    Membership.objects.filter(pk=leaving.pk).update(moved_out_at=at if is_out else None)
    if is_inside:
        return HouseMove()
    if new is not None:
        _ask_to_join_new_partnership(leaving, new, by=by, at=at)
    return HouseMove(leaving.partnership, new)


@transaction.atomic
def create_applications_for_moved_members(*, by: Person | None, at: datetime) -> int:
    """Ask for members who moved to a street that a partnership covers since; answer how many. The machine's act."""
    waiting = Membership.objects.filter(state__in=GOING, moved_out_at__isnull=False)
    count = 0
    for membership in waiting.select_related("partnership__area", "person__household__street"):
        home = membership.person.household
        areas = quarters_covering_door(home.street, home.house) if home else Area.objects.none()
        new = _joinable_partnership_over_new_door(areas, membership.partnership.area)
        if new is not None:
            Membership.objects.filter(pk=membership.pk).update(moved_out_at=None)
            _ask_to_join_new_partnership(membership, new, by=by, at=at)
            count += 1
    return count


def end_membership_moved_from(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """End the membership that somebody moved away from, once the new one is accepted."""
    origin = membership.moved_from
    if origin is not None and origin.state in STAYING:
        _end_moved_membership(origin, by=by, at=at)


def _membership_of_home(person: Person) -> Membership | None:
    """The membership of the quarter in which somebody lives now; ``None`` for who only works there.

    Of somebody who moved and is not accepted yet it is the one that still goes on.
    """
    home = person.household
    if home is None:
        return None
    areas = quarters_covering_door(home.street, home.house)
    going = Membership.objects.filter(person=person, state__in=GOING, partnership__area__in=areas)
    here = going.select_related("partnership__area", "moved_from__partnership__area").order_by("asked_at").first()
    if here is None:
        return None
    origin = here.moved_from if here.state == Belonging.PENDING else None
    return origin if origin is not None and origin.state in GOING else here


def _joinable_partnership_over_new_door(areas: QuerySet[Area], old_area: Area) -> Partnership | None:
    """The partnership open for joining over the new door, in the same police zone."""
    zone = zone_path(old_area.path)
    return public_partnerships().filter(area__in=areas, area__path__startswith=zone).first()


def _ask_to_join_new_partnership(leaving: Membership, new: Partnership, *, by: Person | None, at: datetime) -> None:
    if Membership.objects.filter(person=leaving.person, partnership=new, state__in=STAYING).exists():
        _end_moved_membership(leaving, by=by, at=at)
        return
    if leaving.state == Belonging.PENDING:  # nobody accepted them yet: they ask elsewhere
        Membership.objects.filter(pk=leaving.pk).update(partnership=new)
        note(verb="membership.asked", by=by, at=at, area=new.area.path, target=leaving)
        return
    membership = Membership.objects.create(partnership=new, person=leaving.person, asked_at=at, moved_from=leaving)
    note(verb="membership.asked", by=by, at=at, area=new.area.path, target=membership)


def _end_moved_membership(membership: Membership, *, by: Person | None, at: datetime) -> None:
    Membership.objects.filter(pk=membership.pk).update(state=Belonging.LEFT, left_at=at)
    note(verb="membership.moved", by=by, at=at, area=membership.partnership.area.path, target=membership)


def _withdraw_earlier_move(leaving: Membership, *, at: datetime) -> None:
    """Whoever moves again before they are accepted asks no longer where they do not live."""
    Membership.objects.filter(moved_from=leaving, state=Belonging.PENDING).update(state=Belonging.LEFT, left_at=at)
