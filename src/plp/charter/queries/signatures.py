"""Reads about signing: what stands in the way, whose turn it is, in which order this zone signs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plp.charter.models import SLOT_NAMES, SLOTS, Deed, Signature
from plp.charter.queries.deeds import rules_for_next_signature
from plp.charter.queries.money import financing_plan_in_force
from plp.charter.queries.partners import partners_without_contact
from plp.charter.queries.plan import plan_in_force_now
from plp.charter.rules import is_turn_to_sign
from plp.charter.states import DeedState
from plp.mandates.grants import Role
from plp.mandates.queries import mandates_in_force
from plp.people.models import Person
from plp.places.queries.territory import zone_path


@dataclass(frozen=True)
class SignatureSlot:
    """One of the four: signed or not, and whether it is their turn."""

    role: Role
    signature: Signature | None
    is_next: bool

    @property
    def label(self) -> Any:
        """The name of the slot."""
        return SLOT_NAMES[self.role.value]


def signature_slots(deed: Deed) -> list[SignatureSlot]:
    """The four slots in the order in which they are to sign: one query."""
    found = {one.slot: one for one in deed.signatures.select_related("scan")}
    order: Sequence[str] = deed.order or [role.value for role in SLOTS]
    rows = sorted(SLOTS, key=lambda role: order.index(role.value))
    open_now = deed.state == DeedState.SIGNING
    return [
        SignatureSlot(
            role, found.get(role.value), open_now and is_turn_to_sign(role.value, order=deed.order, signed=found)
        )
        for role in rows
    ]


def slots_held_by_person(person: Person, deed: Deed, *, at: datetime) -> list[Role]:
    """The slots whose office ``person`` holds over this area at ``at``; a deputy holds none."""
    path = deed.partnership.area.path
    around = [path[: end + 1] for end, sign in enumerate(path) if sign == "/"]
    held = mandates_in_force(at).filter(person=person, area__path__in=around, role__in=[role.value for role in SLOTS])
    roles = set(held.values_list("role", flat=True))
    return [role for role in SLOTS if role.value in roles]


def signing_obstacles(deed: Deed) -> list[str]:
    """What must be done before the charter can be put up for signature (R92), as short keys: ``clauses``,
    ``contacts``, ``plan``, ``financing``, ``rules``, ``circular``. Empty when nothing is in the way.
    """
    partnership = deed.partnership
    rules = rules_for_next_signature(partnership)
    found = {
        "clauses": deed.state == DeedState.DRAFT,
        "contacts": bool(partners_without_contact(partnership)),
        "plan": plan_in_force_now(partnership) is None,
        "financing": financing_plan_in_force(partnership) is None,
        "rules": rules is None,
        "circular": rules is not None and rules.circular_on != deed.circular_on,
    }
    return [key for key, is_missing in found.items() if is_missing]


def last_signing_order_of_zone(deed: Deed) -> list[str]:
    """The order in which this zone signed its last charter; empty (any order) when it signed none."""
    zone = zone_path(deed.partnership.area.path)
    others = Deed.objects.filter(kind=Deed.Kind.CHARTER, partnership__area__path__startswith=zone)
    last = others.exclude(frozen_at=None).order_by("-frozen_at").first()
    return list(last.order) if last else []
