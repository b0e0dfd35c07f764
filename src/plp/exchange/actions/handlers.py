"""What each kind of letter does here. One that does not fit where things stand raises a refusal, and does nothing."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings

from plp.exchange import refusals
from plp.exchange.actions import move_handlers
from plp.exchange.actions.introductions import open_partner_if_confirmed
from plp.exchange.letter_format import is_signed_with, key_statement
from plp.exchange.models import PartnerInstallation, RegisterEntry, SupralocalOffer
from plp.exchange.offer_letters import notify_police_of_offer_or_withdrawal
from plp.exchange.outbox import record_end_and_delete_waiting_letters
from plp.exchange.rules import may_origin_receive_letters
from plp.exchange.states import OFFER_MOVES, LetterKind, OfferState, PartnerPurpose, PartnerState
from plp.journal.actions import note
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.moves import WrongState, move

type Handler = Callable[..., None]


def record_invitation_answer_with_keys(
    partner: PartnerInstallation, content: dict[str, Any], *, by: Person | None, at: datetime
) -> None:
    """Somebody answers our invitation: from now on their keys and their address stand."""
    is_reader = partner.area.kind == Area.Kind.COUNTRY
    if partner.state != PartnerState.INVITED or (is_reader and content["purpose"] != PartnerPurpose.REGISTER):
        raise WrongState
    if not may_origin_receive_letters(content["origin"], is_local=settings.IS_LOCAL):
        raise refusals.OriginRefused
    partner.state = PartnerState.MET
    fields = ("name", "origin", "purpose", "signing_key", "recipient")
    for field in fields:
        setattr(partner, field, content[field])
    partner.save(update_fields=["state", *fields])
    note(verb="exchange.met", by=by, at=at, area=partner.area.path, target=partner)


def record_partner_confirmation(partner: PartnerInstallation, *, by: Person | None, at: datetime) -> None:
    """The other chief says that the words agree."""
    partner.confirmed_there_at = at
    partner.save(update_fields=["confirmed_there_at"])
    note(verb="exchange.confirmed_there", by=by, at=at, area=partner.area.path, target=partner)
    open_partner_if_confirmed(partner, by=by, at=at)


def replace_partner_keys(
    partner: PartnerInstallation, content: dict[str, Any], *, by: Person | None, at: datetime
) -> None:
    """New keys in a letter that the old key signed, and that the new one signed, too."""
    statement = key_statement(partner.pk, content["signing_key"], content["recipient"])
    if not is_signed_with(statement, content["proof"], content["signing_key"]):
        raise refusals.LetterForged
    partner.signing_key, partner.recipient = content["signing_key"], content["recipient"]
    partner.save(update_fields=["signing_key", "recipient"])
    note(verb="exchange.keys_replaced", by=by, at=at, area=partner.area.path, target=partner)


def record_partner_end(partner: PartnerInstallation, *, by: Person | None, at: datetime) -> None:
    """The other side exchanges nothing any more."""
    record_end_and_delete_waiting_letters(partner, by=by, at=at)


def store_offer_and_notify_police(
    partner: PartnerInstallation, content: dict[str, Any], *, by: Person | None, at: datetime
) -> None:
    """A message is offered: it waits for the police here, who are told. Nothing of it is sent."""
    _require_open_partner(partner, PartnerPurpose.MESSAGES)
    corrects = None
    if content["corrects"] is not None:
        corrects = _locked_offer(partner, content["corrects"], is_ours=False)
        if corrects.state == OfferState.OFFERED:  # nobody answered the first: this one stands in its place
            move(corrects, OfferState.WITHDRAWN, table=OFFER_MOVES, answered_at=at)
    expires_at = datetime.fromisoformat(content["expires_at"]) if content["expires_at"] else None
    is_late = expires_at is not None and expires_at <= at
    offer, created = SupralocalOffer.objects.get_or_create(
        partner=partner,
        is_ours=False,
        key=content["offer"],
        defaults={
            "corrects": corrects,
            "state": OfferState.LATE if is_late else OfferState.OFFERED,
            "kind": content["message_kind"],
            "reason": content["reason"],
            "texts": content["texts"],
            "expires_at": expires_at,
            "official_reference": content["official_reference"],
            "made_at": at,
        },
    )
    if not created:
        raise WrongState
    note(verb="exchange.offer_received", by=by, at=at, area=partner.area.path, target=offer)
    if not is_late:
        notify_police_of_offer_or_withdrawal(offer, by=by, at=at)


def record_offer_acceptance(
    partner: PartnerInstallation, content: dict[str, Any], *, by: Person | None, at: datetime
) -> None:
    """The police there took a message of ours over."""
    offer = _locked_offer(partner, content["offer"], is_ours=True)
    move(offer, OfferState.ACCEPTED, table=OFFER_MOVES, answered_at=at)
    note(verb="exchange.offer_accepted_there", by=by, at=at, area=partner.area.path, target=offer)


def record_offer_refusal(
    partner: PartnerInstallation, content: dict[str, Any], *, by: Person | None, at: datetime
) -> None:
    """The police there did not, or gave it up before it was relayed."""
    offer = _locked_offer(partner, content["offer"], is_ours=True)
    move(offer, OfferState.REFUSED, table=OFFER_MOVES, answered_at=at, because=content["because"])
    note(verb="exchange.offer_refused_there", by=by, at=at, area=partner.area.path, target=offer)


def record_offer_withdrawal(
    partner: PartnerInstallation, content: dict[str, Any], *, by: Person | None, at: datetime
) -> None:
    """Its sender takes a message back: an offer is gone; what we made of it is for a human here to stop."""
    offer = _locked_offer(partner, content["offer"], is_ours=False)
    had_notice = offer.notice_id is not None
    move(offer, OfferState.WITHDRAWN, table=OFFER_MOVES)
    note(verb="exchange.offer_withdrawn_there", by=by, at=at, area=partner.area.path, target=offer)
    if had_notice:
        notify_police_of_offer_or_withdrawal(offer, by=by, at=at)


def record_offer_outcome_counts(
    partner: PartnerInstallation, content: dict[str, Any], *, by: Person | None, at: datetime
) -> None:
    """How far a message of ours got there: counts, and nobody in them."""
    offer = _locked_offer(partner, content["offer"], is_ours=True)
    offer.partnerships, offer.reached = content["partnerships"], content["reached"]
    offer.save(update_fields=["partnerships", "reached"])
    note(verb="exchange.outcome_received", by=by, at=at, area=partner.area.path, target=offer)


def replace_register_entries_of_partner(
    partner: PartnerInstallation, content: dict[str, Any], *, by: Person | None, at: datetime
) -> None:
    """Entries for the register that we keep: each replaces the one before, and what is there no more goes."""
    _require_open_partner(partner, PartnerPurpose.REGISTER)
    if partner.area.kind != Area.Kind.COUNTRY:
        raise WrongState
    RegisterEntry.objects.filter(partner=partner).exclude(key__in=content["keys"]).delete()
    for entry in content["entries"]:
        RegisterEntry.objects.update_or_create(
            partner=partner,
            key=entry["key"],
            defaults={"entry": entry, "taken_on": date.fromisoformat(content["taken_on"])},
        )
    entries = len(content["entries"])
    note(verb="exchange.register_received", by=by, at=at, area=partner.area.path, target=partner, entries=entries)


def _require_open_partner(partner: PartnerInstallation, purpose: PartnerPurpose) -> None:
    if partner.state != PartnerState.OPEN or partner.purpose != purpose:
        raise refusals.NotConnected


def _locked_offer(partner: PartnerInstallation, key: str, *, is_ours: bool) -> SupralocalOffer:
    """The offer that a letter names. Raises ``WrongState`` for one that never was."""
    _require_open_partner(partner, PartnerPurpose.MESSAGES)
    offers = SupralocalOffer.objects.select_for_update(of=("self",)).filter(partner=partner, is_ours=is_ours, key=key)
    offer = offers.first()
    if offer is None:
        raise WrongState
    return offer


HANDLERS: Mapping[LetterKind, Handler] = {
    LetterKind.HELLO: record_invitation_answer_with_keys,
    LetterKind.CONFIRMED: record_partner_confirmation,
    LetterKind.KEYS: replace_partner_keys,
    LetterKind.ENDED: record_partner_end,
    LetterKind.OFFER: store_offer_and_notify_police,
    LetterKind.ACCEPTED: record_offer_acceptance,
    LetterKind.REFUSED: record_offer_refusal,
    LetterKind.WITHDRAWN: record_offer_withdrawal,
    LetterKind.OUTCOME: record_offer_outcome_counts,
    LetterKind.REGISTER: replace_register_entries_of_partner,
    LetterKind.MOVE: move_handlers.store_move_offer_and_notify_chief,
    LetterKind.MOVE_YES: move_handlers.record_move_acceptance_and_tell_members,
    LetterKind.MOVE_NO: move_handlers.record_move_refusal_and_keep_partnership,
    LetterKind.MOVE_BACK: move_handlers.answer_move_recall,
    LetterKind.MOVE_PART: move_handlers.store_move_archive_part,
    LetterKind.MOVED: move_handlers.record_move_completion,
    LetterKind.MOVE_STOP: move_handlers.stop_contacts_and_end_memberships_of_moved,
}
