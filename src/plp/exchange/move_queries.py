"""Reads about partnerships that move: what would go, what the other side lacks, where old links lead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from plp.charter.models import Deed
from plp.delivery.links import is_valid_stop_link
from plp.exchange.models import MovedContact, MovedEntry, PartnershipMove
from plp.exchange.queries import PAIR, areas_to_pair_for
from plp.exchange.rules import LINKS_LEAD_ON
from plp.exchange.states import UNDER_WAY, MoveState
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.membership.models import Membership
from plp.membership.states import STAYING, Belonging
from plp.notices.models import Notice
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.people.models import ContactPoint, Household, Person
from plp.places.models import Street
from plp.places.queries import streets_of
from plp.toolbox.crypto import all_digests

MOVABLE = (State.ACTIVE, State.DORMANT)
MOVE = (PAIR, Permission.ZONE_SET)  # both: the federal reader meets installations, too, and moves nothing


@dataclass(frozen=True)
class MoveContents:
    """What of a partnership would go, in counts."""

    members: int
    households: int
    contacts: int
    streets: int
    notices: int
    deeds: int


def count_move_contents(partnership: Partnership) -> MoveContents:
    """Count what would go to another installation."""
    inside = Membership.objects.filter(partnership=partnership, state__in=STAYING).values("person")
    return MoveContents(
        members=inside.count(),
        households=Household.objects.filter(persons__in=inside).distinct().count(),
        contacts=ContactPoint.objects.filter(person__in=inside).count(),
        streets=streets_of(partnership.area).count(),
        notices=Notice.objects.filter(partnership=partnership).count(),
        deeds=Deed.objects.filter(partnership=partnership).count(),
    )


def street_keys_needed_by(partnership: Partnership) -> list[str]:
    """Every street that the partnership needs at the other side: those it covers, and those where its members live."""
    inside = Membership.objects.filter(partnership=partnership, state__in=STAYING).values("person")
    homes = Street.objects.filter(households__persons__in=inside)
    wanted = Q(pk__in=streets_of(partnership.area).values("pk")) | Q(pk__in=homes.values("pk"))
    rows = Street.objects.filter(wanted).order_by("nis", "register_id").values_list("nis", "register_id")
    return [f"{nis}|{register_id}" for nis, register_id in rows]


def unknown_streets(keys: Iterable[str]) -> list[str]:
    """Those of the streets of a letter that no register here knows."""
    wanted = list(keys)
    rows = Street.objects.filter(nis__in={key.partition("|")[0] for key in wanted}).values_list("nis", "register_id")
    present = {f"{nis}|{register_id}" for nis, register_id in rows}
    return [key for key in wanted if key not in present]


def movable_partnerships(person: Person | None, *, at: datetime) -> QuerySet[Partnership]:
    """The partnerships that ``person`` may move away: those of the zone of which they are the chief."""
    partnerships = Partnership.objects.filter(state__in=MOVABLE)
    for permission in MOVE:
        inside = Q(pk=None)
        for path in permitted_areas(person, permission, at=at).values_list("path", flat=True):
            inside |= Q(area__path__startswith=path)
        partnerships = partnerships.filter(inside)
    return partnerships.select_related("area").order_by("key")


def moves_in_scope(person: Person | None, *, at: datetime) -> QuerySet[PartnershipMove]:
    """The moves of the zone of which one is the chief, those under way first."""
    own = areas_to_pair_for(person, at=at).filter(
        pk__in=permitted_areas(person, Permission.ZONE_SET, at=at).values("pk")
    )
    moves = PartnershipMove.objects.filter(partner__area__in=own)
    return moves.select_related("partner__area", "partnership__area").order_by("finished_at", "-made_at")


def is_partnership_of_person_moving(person: Person) -> bool:
    """Whether the partnership of somebody was packed and is not there yet: what they change would be lost."""
    packed = PartnershipMove.objects.filter(is_ours=True, state__in=[MoveState.SENT, MoveState.RECALLED])
    inside = Membership.objects.filter(person=person, state__in=STAYING)
    return packed.filter(partnership__in=inside.values("partnership")).exists()


def running_or_done_move_of(partnership: Partnership) -> PartnershipMove | None:
    """The move of a partnership that is under way, or the last that was carried out."""
    moves = PartnershipMove.objects.filter(partnership=partnership, state__in=[*UNDER_WAY, MoveState.MOVED])
    return moves.select_related("partner").order_by("-made_at").first()


def moves_to_answer(person: Person | None, *, at: datetime) -> QuerySet[PartnershipMove]:
    """Partnerships that others offer, and that wait for the chief here."""
    waiting = PartnershipMove.objects.filter(is_ours=False, state=MoveState.OFFERED)
    return moves_in_scope(person, at=at).filter(pk__in=waiting.values("pk")) if waiting.exists() else waiting.none()


def departed_move_of_slug(slug: str, *, at: datetime) -> PartnershipMove | None:
    """Where the partnership with this public key went, for as long as its links lead on."""
    return departed_moves(at=at).filter(slug=slug).order_by("-answered_at").first()


def departed_moves(*, at: datetime) -> QuerySet[PartnershipMove]:
    """The partnerships that left and whose links lead on."""
    moved = PartnershipMove.objects.filter(is_ours=True, state=MoveState.MOVED, answered_at__gt=at - LINKS_LEAD_ON)
    return moved.select_related("partner")


def moved_contact_by_stop_link(contact: str, signature: str) -> MovedContact | None:
    """What is kept of a contact that moved, behind a stop link of ours whose signature is right."""
    if not is_valid_stop_link(contact, signature):
        return None
    try:
        return MovedContact.objects.filter(pk=UUID(hex=contact), move__state=MoveState.MOVED).first()
    except ValueError:
        return None


def moved_contacts_at(channel: str, address: str) -> QuerySet[MovedContact]:
    """What is kept of contacts that moved and had this address."""
    keys = all_digests(f"{channel}:{address.lower()}", purpose="contact")
    return MovedContact.objects.filter(digest__in=keys, move__state=MoveState.MOVED)


def count_active_members_of_move(move: PartnershipMove) -> int:
    """How many members a partnership that is here has."""
    active = Membership.objects.filter(partnership=move.partnership, state=Belonging.ACTIVE)
    return active.count() if move.partnership else 0


def moved_history_of(partnership: Partnership) -> QuerySet[MovedEntry]:
    """The journal that a partnership brought along when it moved here, the newest first."""
    return MovedEntry.objects.filter(move__partnership=partnership).order_by("-at", "-number")
