"""What each letter about a partnership that moves does here."""

import base64
from datetime import datetime
from typing import Any

from plp.exchange import refusals
from plp.exchange.actions.moves import keep_partnership_here, set_move_day_and_tell_members
from plp.exchange.models import MovePart, PartnerInstallation, PartnershipMove
from plp.exchange.offer_letters import notify_chief_of_move_offer
from plp.exchange.outbox import queue_letter
from plp.exchange.rules import MOST_PARTS
from plp.exchange.states import PARTNERSHIP_MOVES, LetterKind, MoveState, PartnerPurpose, PartnerState
from plp.journal.actions import note
from plp.membership.actions import leave_partnership_with_receipt
from plp.membership.models import Membership
from plp.membership.replies import stop_contact_and_queue_receipt
from plp.membership.states import STAYING
from plp.people.models import ContactPoint, Person
from plp.toolbox.moves import WrongState, move


def store_move_offer_and_notify_chief(
    partner: PartnerInstallation, content: dict[str, Any], *, by: Person | None, at: datetime
) -> None:
    """A partnership would come: the chief here is told and answers."""
    _require_open_partner(partner)
    offer, created = PartnershipMove.objects.get_or_create(
        partner=partner,
        is_ours=False,
        key=content["move"],
        defaults={
            "slug": content["partnership"],
            "names": content["names"],
            "members": content["members"],
            "streets": content["streets"],
            "day": content["day"],
            "made_at": at,
        },
    )
    if not created:
        raise WrongState
    note(verb="exchange.move_received", by=by, at=at, area=partner.area.path, target=offer)
    notify_chief_of_move_offer(offer, by=by, at=at)


def record_move_acceptance_and_tell_members(
    partner: PartnerInstallation, content: dict[str, Any], *, by: Person | None, at: datetime
) -> None:
    """The chief there takes it: the members are told of the day."""
    offer = _locked_move(partner, content["move"], is_ours=True)
    move(offer, MoveState.AGREED, table=PARTNERSHIP_MOVES, answered_at=at)
    set_move_day_and_tell_members(offer, by=by, at=at)
    note(
        verb="exchange.move_accepted_there",
        by=by,
        at=at,
        area=partner.area.path,
        target=offer,
        letters=offer.letter_count,
    )


def record_move_refusal_and_keep_partnership(
    partner: PartnerInstallation, content: dict[str, Any], *, by: Person | None, at: datetime
) -> None:
    """It is not taken, or given back before it was there: everything goes on here."""
    offer = _locked_move(partner, content["move"], is_ours=True)
    is_told, was_recalled = bool(offer.letter_count), offer.state == MoveState.RECALLED
    to = MoveState.RETURNED if was_recalled else MoveState.REFUSED
    move(offer, to, table=PARTNERSHIP_MOVES, because=content["because"], answered_at=at)
    keep_partnership_here(offer, were_members_told=is_told, by=by, at=at)
    note(verb="exchange.move_refused_there", by=by, at=at, area=partner.area.path, target=offer)


def answer_move_recall(
    partner: PartnerInstallation, content: dict[str, Any], *, by: Person | None, at: datetime
) -> None:
    """It is asked back. If it is not here yet it does not come, and that is said; else it has moved."""
    offer = _locked_move(partner, content["move"], is_ours=False)
    has_begun = offer.received_parts.exists() or offer.state == MoveState.SENT
    move(offer, MoveState.RETURNED, table=PARTNERSHIP_MOVES, finished_at=at)
    offer.received_parts.all().delete()
    if has_begun:
        queue_letter(partner, LetterKind.MOVE_NO, {"move": str(offer.key), "because": ""}, by=by, at=at)
    note(verb="exchange.move_returned", by=by, at=at, area=partner.area.path, target=offer)


def store_move_archive_part(
    partner: PartnerInstallation, content: dict[str, Any], *, by: Person | None, at: datetime
) -> None:
    """A piece of the archive: kept; once all are here the machine reads them in."""
    offer = _locked_move(partner, content["move"], is_ours=False)
    if offer.state != MoveState.AGREED or not 1 <= content["part"] <= content["parts"] <= MOST_PARTS:
        raise WrongState
    piece = base64.b64decode(content["content"], validate=True)
    MovePart.objects.get_or_create(move=offer, number=content["part"], defaults={"content": piece})
    if offer.received_parts.count() == content["parts"]:
        move(offer, MoveState.SENT, table=PARTNERSHIP_MOVES, parts=content["parts"])
        note(verb="exchange.move_arrived", by=by, at=at, area=partner.area.path, target=offer, parts=offer.parts)


def record_move_completion(
    partner: PartnerInstallation, content: dict[str, Any], *, by: Person | None, at: datetime
) -> None:
    """It is there, whole. From now on it is theirs; the machine forgets here what it need not keep."""
    offer = _locked_move(partner, content["move"], is_ours=True)
    move(offer, MoveState.MOVED, table=PARTNERSHIP_MOVES, members=content["members"], answered_at=at)
    note(verb="exchange.moved_there", by=by, at=at, area=partner.area.path, target=offer, members=content["members"])


def stop_contacts_and_end_memberships_of_moved(
    partner: PartnerInstallation, content: dict[str, Any], *, by: Person | None, at: datetime
) -> None:
    """Somebody who moved with it asked the old installation for an end: it is done here, with its receipt."""
    offer = PartnershipMove.objects.filter(
        partner=partner, is_ours=False, key=content["move"], state=MoveState.MOVED
    ).first()
    if offer is None:
        raise WrongState
    inside = Membership.objects.filter(partnership=offer.partnership, state__in=STAYING)
    stopped = ContactPoint.objects.filter(pk__in=content["contacts"], person__in=inside.values("person"))
    for contact in stopped.filter(stopped_at=None).select_related("person"):
        stop_contact_and_queue_receipt(contact=contact, how="moved", by=by, at=at)
    for membership in inside.filter(pk__in=content["memberships"]).select_related("person", "partnership__area"):
        leave_partnership_with_receipt(membership=membership, by=membership.person, at=at)
    note(verb="exchange.move_stop_received", by=by, at=at, area=partner.area.path, target=offer)


def _require_open_partner(partner: PartnerInstallation) -> None:
    if partner.state != PartnerState.OPEN or partner.purpose != PartnerPurpose.MESSAGES:
        raise refusals.NotConnected


def _locked_move(partner: PartnerInstallation, key: str, *, is_ours: bool) -> PartnershipMove:
    """The move that a letter names. Raises ``WrongState`` for one that never was."""
    _require_open_partner(partner)
    offers = PartnershipMove.objects.select_for_update(of=("self",)).select_related(
        "partner__area", "partnership__area"
    )
    offer = offers.filter(partner=partner, is_ours=is_ours, key=key).first()
    if offer is None:
        raise WrongState
    return offer
