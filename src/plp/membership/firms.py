"""Firms and their people: who belongs to one, how colleagues are invited, and when a firm is forgotten (R33)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from plp.delivery import pages
from plp.firms import actions as firms
from plp.firms.models import Firm
from plp.firms.queries import firm_at_same_door, firms_with_number, keys_of_open_firms
from plp.firms.rules import formatted_number, is_firm_open, next_opening
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.membership.models import Membership
from plp.membership.states import STAYING, Belonging
from plp.partnership.models import Partnership
from plp.people.models import ContactPoint, Person
from plp.places.models import Street
from plp.toolbox.clock import local
from plp.toolbox.crypto import is_valid_signature, sign

PURPOSE = "firm"
INVITATION_LASTS = timedelta(days=7)


@dataclass(frozen=True)
class FirmEntry:
    """What somebody tells of their firm: its name, its enterprise number as they write it, its sector."""

    name: str
    number: str
    sector: str

    @property
    def formatted_number(self) -> str:
        """The number as papers of a firm show it; needs ten digits."""
        return formatted_number(self.number)


def asks_for_firms(partnership: Partnership) -> bool:
    """Whether firms are asked for at all: in a partnership of the self-employed, where residents may belong too."""
    return partnership.kind == Partnership.Kind.TRADERS


def register_firm_of_applicant(
    partnership: Partnership,
    entry: FirmEntry | None,
    *,
    street: Street | None,
    house: str,
    by: Person | None,
    at: datetime,
) -> Firm | None:
    """The firm of somebody who asks to join, registered at its door; ``None`` for a resident."""
    if entry is None or not asks_for_firms(partnership):
        return None
    return firms.register_firm(
        name=entry.name, number=entry.number, sector=entry.sector, street=street, house=house, by=by, at=at
    )


def active_trader_memberships(person: Person) -> QuerySet[Membership]:
    """The memberships of ``person`` in partnerships of the self-employed, with their firm: what they may change."""
    active = person.memberships.filter(state=Belonging.ACTIVE, partnership__kind=Partnership.Kind.TRADERS)
    return active.select_related("firm__street", "partnership__area", "person").order_by("joined_at")


def colleague_names_of(membership: Membership) -> list[str]:
    """The names of the others of the same firm and partnership, as they are read to one of them."""
    others = Membership.objects.filter(
        firm=membership.firm, partnership=membership.partnership, state=Belonging.ACTIVE
    ).exclude(pk=membership.pk)
    return sorted(other.person.name for other in others.select_related("person"))


def firms_by_person(partnership: Partnership) -> dict[UUID, Firm]:
    """The firm of each active member who has one; no query where no firms are."""
    if not asks_for_firms(partnership):
        return {}
    active = Membership.objects.filter(partnership=partnership, state=Belonging.ACTIVE, firm__isnull=False)
    return {row.person_id: row.firm for row in active.select_related("firm") if row.firm is not None}


def openings_of_closed_shops(partnership: Partnership, *, at: datetime) -> dict[UUID, datetime]:
    """By its key, each contact in a shop that is closed at ``at``: when that shop opens next (UTC)."""
    if not asks_for_firms(partnership):
        return {}
    active = Membership.objects.filter(partnership=partnership, state=Belonging.ACTIVE, firm__isnull=False)
    closed = {
        person: opening
        for person, hours in active.values_list("person", "firm__hours")
        if not is_firm_open(hours, at) and (opening := next_opening(hours, at)) is not None
    }
    contacts = ContactPoint.objects.filter(at_firm=True, person__in=list(closed)).values_list("pk", "person")
    return {contact: closed[person] for contact, person in contacts}


def partnerships_with_member_of_firm(firm: Firm) -> QuerySet[Partnership]:
    """The partnerships to which somebody of the firm belongs."""
    inside = Membership.objects.filter(firm=firm, state=Belonging.ACTIVE)
    return Partnership.objects.filter(pk__in=inside.values("partnership")).select_related("area")


def colleague_invitation_link(membership: Membership, *, at: datetime) -> str:
    """The link by which a colleague joins as one of the firm: good for a week, and the coordinator accepts as ever."""
    until = (local(at).date() + INVITATION_LASTS).isoformat()
    key = f"{membership.firm_id.hex}.{until}"  # type: ignore[union-attr]
    return pages.JOIN_FIRM.link(membership.partnership.key, key, sign(key, purpose=PURPOSE))


def invited_firm(partnership: Partnership, key: str, signature: str, *, at: datetime) -> Firm | None:
    """The firm behind such a link; ``None`` for a wrong or old one, and once nobody of it belongs here."""
    if not is_valid_signature(key, signature, purpose=PURPOSE):
        return None
    firm, _dot, until = key.partition(".")
    if local(at).date() > date.fromisoformat(until):
        return None
    return firm_of_partnership(partnership, UUID(hex=firm))


def firm_of_partnership(partnership: Partnership, key: UUID) -> Firm | None:
    """The firm with this key, if somebody of it belongs to ``partnership``."""
    inside = Membership.objects.filter(partnership=partnership, state=Belonging.ACTIVE, firm=key)
    return Firm.objects.filter(pk__in=inside.values("firm")).select_related("street").first()


def merge_into_firm_at_same_door(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Whoever is let in with the number and door of a firm that is there belongs to that firm: it is kept once."""
    own = membership.firm
    if own is None:
        return
    active = Membership.objects.filter(partnership=membership.partnership, state=Belonging.ACTIVE)
    twin = firm_at_same_door(own, firms_with_number(own.number).filter(memberships__in=active).distinct())
    if twin is not None:
        set_firm_and_delete_deserted(membership, twin, by=by, at=at)


@transaction.atomic
def set_firm_and_delete_deserted(membership: Membership, firm: Firm | None, *, by: Person | None, at: datetime) -> None:
    """Let a membership be one of ``firm``; ``None``: a resident. The former firm goes with its last person."""
    before, membership.firm = membership.firm, firm
    membership.save(update_fields=["firm"])
    if before is not None and before != firm and not before.memberships.filter(state__in=STAYING).exists():
        firms.delete_firm_with_screens(firm=before, by=by, at=at)


def leave_and_delete_deserted_firm(membership: Membership, *, by: Person | None, at: datetime) -> None:
    """Whoever leaves the partnership leaves the firm, and no contact is that of a shop any more."""
    if membership.firm is not None:
        set_firm_and_delete_deserted(membership, None, by=by, at=at)
        ContactPoint.objects.filter(person=membership.person_id, at_firm=True).update(at_firm=False)


@transaction.atomic
def enter_firm_of_member(*, membership: Membership, entry: FirmEntry, by: Person, at: datetime) -> Firm:
    """Say to which firm a member belongs, or correct it: by themselves, or by the coordinator on their word.

    Raises ``NotAllowed`` and what ``register_firm`` raises.
    """
    if by.pk != membership.person_id:
        require(by, Permission.MEMBERS_MANAGE, membership.partnership.area, at=at)
    if membership.firm is not None:
        firms.change_firm(firm=membership.firm, name=entry.name, number=entry.number, sector=entry.sector, by=by, at=at)
        return membership.firm
    home = membership.person.household
    firm = firms.register_firm(
        name=entry.name,
        number=entry.number,
        sector=entry.sector,
        street=home.street if home else None,
        house=home.house if home else "",
        by=by,
        at=at,
    )
    set_firm_and_delete_deserted(membership, firm, by=by, at=at)
    merge_into_firm_at_same_door(membership, by=by, at=at)
    return firm


@transaction.atomic
def delete_deserted_firms(*, by: Person | None, at: datetime) -> int:
    """Once a day: forget the firms to which nobody belongs any more, and nobody asked to. Answers how many."""
    staying = Membership.objects.filter(firm=OuterRef("pk"), state__in=STAYING)
    deserted = list(Firm.objects.filter(~Exists(staying)))
    for firm in deserted:
        firms.delete_firm_with_screens(firm=firm, by=by, at=at)
    return len(deserted)


def contact_order_by_opening_hours(partnership: Partnership, *, at: datetime) -> Case | None:
    """Which contacts go before or after a person's own order at ``at``: those of an open shop come first, those of a
    closed one last. ``None`` where no firm told its telephone and its hours.
    """
    if not asks_for_firms(partnership):
        return None
    inside = Membership.objects.filter(partnership=partnership, state=Belonging.ACTIVE, firm__isnull=False)
    if not ContactPoint.objects.filter(at_firm=True, person__in=inside.values("person")).exists():
        return None
    local_firms = Firm.objects.filter(pk__in=inside.values("firm"))
    at_work = inside.filter(person=OuterRef("person"), firm__in=keys_of_open_firms(local_firms, at=at))
    return Case(
        When(Q(at_firm=True) & Exists(at_work), then=Value(0)),
        When(at_firm=True, then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )
