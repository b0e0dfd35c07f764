"""Messages beyond the installation: chosen with a draft, offered after its release, taken over or not by the others."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from plp import exchange
from plp.exchange import refusals
from plp.exchange.models import PartnerInstallation, SupralocalOffer
from plp.exchange.outbox import queue_letter
from plp.exchange.queries import (
    LIVE,
    UNDER_WAY,
    offered_texts,
    partners_for_messages,
    partnerships_to_accept_for,
)
from plp.exchange.rules import SHORTEST_REASON
from plp.exchange.states import OFFER_MOVES, LetterKind, OfferState, PartnerState
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import NotAllowed, require
from plp.notices import actions as notices
from plp.notices.models import Notice, Relay
from plp.notices.queries import time_notice_ends
from plp.notices.states import State
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.people.small_counts import is_small
from plp.toolbox.moves import WrongState, move
from plp.toolbox.texts import text

TEXTS = Path(exchange.__file__).parent / "texts"
AT_ONCE = 200  # offers that one look queues letters for


@transaction.atomic
def set_offer_partners(*, notice: Notice, partners: Collection[PartnerInstallation], by: Person, at: datetime) -> int:
    """Say to which other installations a draft is offered after its release; those no longer named are left out.

    Answers how many. Raises ``NotAllowed``, ``WrongState`` once it is no draft, ``NotConnected``.
    """
    area = notice.partnership.area
    require(by, Permission.NOTICE_WRITE, area, at=at)
    if not Notice.objects.select_for_update().filter(pk=notice.pk, state=State.DRAFT).exists():
        raise WrongState
    wanted = {partner.pk for partner in partners}
    if wanted - set(partners_for_messages(area).values_list("pk", flat=True)):
        raise refusals.NotConnected
    chosen = SupralocalOffer.objects.filter(notice=notice, is_ours=True)
    chosen.exclude(partner__in=wanted).delete()
    for key in wanted - set(chosen.values_list("partner", flat=True)):
        _create_own_offer(notice, key, corrects=None, at=at)
    note(verb="exchange.partners_chosen", by=by, at=at, area=area.path, target=notice, partners=len(wanted))
    return len(wanted)


def _create_own_offer(notice: Notice, partner: Any, *, corrects: SupralocalOffer | None, at: datetime) -> None:
    SupralocalOffer.objects.create(
        partner_id=partner,
        is_ours=True,
        notice=notice,
        corrects=corrects,
        kind=notice.kind,
        reason=notice.reason,
        expires_at=notice.expires_at,
        made_at=at,
    )


@transaction.atomic
def update_offers_and_queue_letters(*, by: Person | None, at: datetime) -> int:
    """Tell partners what became of messages since: released, corrected, stopped here; relayed or given up there.

    May be done twice, and is then done once. Answers how many letters were queued. ``by`` nobody: the worker.
    """
    if not SupralocalOffer.objects.exists():
        return 0
    _offer_corrections(at)
    queued = _queue_released_offers(by, at) + _withdraw_stopped_offers(by, at)
    _close_unanswered_offers(by, at)
    return queued + _save_and_queue_outcomes(by, at) + _refuse_dropped_offers(by, at)


def _lock_offers_of_open_partners(*, is_ours: bool, state: str) -> Any:
    """Offers with an open partner, locked: two workers take turns."""
    offers = SupralocalOffer.objects.select_for_update(of=("self",)).filter(
        partner__state=PartnerState.OPEN, is_ours=is_ours, state=state
    )
    return offers.select_related("partner__area", "notice", "corrects").order_by("made_at")


def _offer_corrections(at: datetime) -> None:
    """A correction of a message that was offered is offered to the same partners."""
    corrected = SupralocalOffer.objects.filter(
        is_ours=True,
        state__in=[OfferState.OFFERED, OfferState.ACCEPTED],
        notice__corrected_by__state__in=UNDER_WAY,
    )
    for offer in corrected.distinct()[:AT_ONCE]:
        for correction in offer.notice.corrected_by.filter(state__in=UNDER_WAY, lead=None) if offer.notice else []:
            if not SupralocalOffer.objects.filter(partner=offer.partner_id, is_ours=True, notice=correction).exists():
                _create_own_offer(correction, offer.partner_id, corrects=offer, at=at)


def _queue_released_offers(by: Person | None, at: datetime) -> int:
    released = _lock_offers_of_open_partners(is_ours=True, state=OfferState.CHOSEN).filter(notice__state__in=UNDER_WAY)
    queued = 0
    for offer in released[:AT_ONCE]:
        notice, ends_at = offer.notice, time_notice_ends(offer.notice, at=at)
        content = {
            "offer": str(offer.key),
            "corrects": str(offer.corrects.key) if offer.corrects else None,
            "message_kind": notice.kind,
            "reason": notice.reason,
            "expires_at": ends_at.isoformat(timespec="seconds") if ends_at else None,
            "official_reference": notice.official_reference,
            "texts": offered_texts(notice),
        }
        move(offer, OfferState.OFFERED, table=OFFER_MOVES, expires_at=ends_at)
        queue_letter(offer.partner, LetterKind.OFFER, content, by=by, at=at)
        note(verb="exchange.offered", by=by, at=at, area=offer.partner.area.path, target=offer)
        queued += 1
    return queued


def _withdraw_stopped_offers(by: Person | None, at: datetime) -> int:
    """What was stopped here is taken back there; what never left is taken back without a word.

    What merely came to its end is not: each side has its own clock for that.
    """
    chosen = _lock_offers_of_open_partners(is_ours=True, state=OfferState.CHOSEN)
    for offer in chosen.filter(notice__state__in=(State.RETRACTED, State.EXPIRED))[:AT_ONCE]:
        move(offer, OfferState.WITHDRAWN, table=OFFER_MOVES, answered_at=at)
    queued = 0
    for state in (OfferState.OFFERED, OfferState.ACCEPTED):
        stopped = _lock_offers_of_open_partners(is_ours=True, state=state).filter(
            notice__state__in=(State.RETRACTED, State.DROPPED)
        )
        for offer in stopped[:AT_ONCE]:
            move(offer, OfferState.WITHDRAWN, table=OFFER_MOVES)
            queue_letter(offer.partner, LetterKind.WITHDRAWN, {"offer": str(offer.key)}, by=by, at=at)
            note(verb="exchange.offer_withdrawn", by=by, at=at, area=offer.partner.area.path, target=offer)
            queued += 1
    return queued


def _close_unanswered_offers(by: Person | None, at: datetime) -> None:
    """What nobody answered before its end is over on both sides, each by its own clock: no letter."""
    late = SupralocalOffer.objects.filter(state=OfferState.OFFERED, expires_at__lte=at)
    for offer in late.select_related("partner__area")[:AT_ONCE]:
        move(offer, OfferState.LATE, table=OFFER_MOVES, answered_at=at)
        note(verb="exchange.offer_late", by=by, at=at, area=offer.partner.area.path, target=offer)


def _save_and_queue_outcomes(by: Person | None, at: datetime) -> int:
    """Counts of what was relayed here, each time they changed."""
    relayed = Q(notice__relayed_at__isnull=False) | Q(notice__copies__relayed_at__isnull=False)
    accepted = SupralocalOffer.objects.filter(is_ours=False, state=OfferState.ACCEPTED).filter(relayed)
    queued = 0
    for offer in accepted.filter(partner__state=PartnerState.OPEN).distinct().select_related("partner__area"):
        audiences = list(
            Relay.objects.filter(Q(notice=offer.notice_id) | Q(notice__lead=offer.notice_id)).values_list(
                "audience", flat=True
            )
        )
        partnerships, members = len(audiences), sum(audiences)
        reached = None if is_small(members) else members
        if (partnerships, reached) == (offer.partnerships, offer.reached) or not partnerships:
            continue
        SupralocalOffer.objects.filter(pk=offer.pk).update(partnerships=partnerships, reached=reached)
        content = {"offer": str(offer.key), "partnerships": partnerships, "reached": reached}
        queue_letter(offer.partner, LetterKind.OUTCOME, content, by=by, at=at)
        queued += 1
    return queued


def _refuse_dropped_offers(by: Person | None, at: datetime) -> int:
    """What was accepted and then dropped before it left."""
    dropped = _lock_offers_of_open_partners(is_ours=False, state=OfferState.ACCEPTED).filter(
        notice__relayed_at=None, notice__state__in=[State.DROPPED, State.RETRACTED, State.EXPIRED]
    )
    queued = 0
    for offer in dropped[:AT_ONCE]:
        move(offer, OfferState.REFUSED, table=OFFER_MOVES)
        queue_letter(offer.partner, LetterKind.REFUSED, {"offer": str(offer.key), "because": ""}, by=by, at=at)
        note(verb="exchange.offer_given_up", by=by, at=at, area=offer.partner.area.path, target=offer)
        queued += 1
    return queued


@transaction.atomic
def accept_offer_and_draft_notice(
    *, offer: SupralocalOffer, partnerships: Collection[Partnership], by: Person, at: datetime
) -> Notice:
    """Make a draft of an offered message for these partnerships: it goes the usual way here, check, second officer and
    coordinator included. A correction goes where the first message went, if that was relayed.

    Raises what ``create_notice_draft`` raises, ``NothingChosen``, ``WrongState`` when it was answered or withdrawn.
    """
    move(offer, OfferState.ACCEPTED, table=OFFER_MOVES, answered_at=at, answered_by=by)
    earlier = offer.corrects.notice if offer.corrects else None
    if earlier is not None and earlier.relayed_at is not None:
        chosen, origin = [earlier.partnership], earlier
    else:
        _stop_earlier_notice(earlier, by=by, at=at)
        chosen, origin = list(partnerships), None
    if not chosen:
        raise refusals.NothingChosen
    notice = notices.create_notice_draft(
        partnership=chosen[0], kind=offer.kind, reason=offer.reason, corrects=origin, by=by, at=at
    )
    _write_offer_into_draft(notice, offer, by=by, at=at)
    if len(chosen) > 1:
        notices.set_other_partnerships_of_draft(notice=notice, partnerships=chosen[1:], by=by, at=at)
    SupralocalOffer.objects.filter(pk=offer.pk).update(notice=notice, partnerships=0)
    content = {"offer": str(offer.key), "partnerships": len(chosen)}
    queue_letter(offer.partner, LetterKind.ACCEPTED, content, by=by, at=at)
    note(verb="exchange.offer_accepted", by=by, at=at, area=offer.partner.area.path, target=offer)
    return notice


def _write_offer_into_draft(notice: Notice, offer: SupralocalOffer, *, by: Person, at: datetime) -> None:
    """The words of the others with a line that says whose they are. The secrecy is for a human here to confirm."""
    notices.set_details_of_draft(
        notice=notice,
        reason=offer.reason,
        expires_at=offer.expires_at,
        official_reference=offer.official_reference,
        keeps_secrecy=False,
        prosecutor_consulted_on=None,
        by=by,
        at=at,
    )
    for language, words in offer.texts.items():
        source = text(TEXTS, "source", language, sender=offer.partner.name)
        more = f"{words['more']}\n\n{source}".strip()
        title, core = words["title"], words["core"]
        notices.write_text_and_drop_composition(
            notice=notice, language=language, title=title, core=core, more=more, by=by, at=at
        )


def _stop_earlier_notice(notice: Notice | None, *, by: Person, at: datetime) -> None:
    """What was made of the message that is corrected, and did not leave, leaves no more."""
    if notice is None or notice.state not in LIVE:
        return
    if notice.state == State.RELEASED:
        notices.retract_notice_everywhere(notice=notice, by=by, at=at)
    else:
        notices.drop_draft_and_free_infoflash_items(notice=notice, by=by, at=at)


@transaction.atomic
def refuse_offer(*, offer: SupralocalOffer, because: str, by: Person, at: datetime) -> None:
    """Not take a message over, with a reason that its police read. Raises ``NotAllowed``, ``OfferReasonMissing``."""
    words = " ".join(because.split())[:300]
    if not partnerships_to_accept_for(by, offer, at=at).exists():
        raise NotAllowed
    if len(words) < SHORTEST_REASON:
        raise refusals.OfferReasonMissing
    move(offer, OfferState.REFUSED, table=OFFER_MOVES, because=words, answered_at=at, answered_by=by)
    queue_letter(offer.partner, LetterKind.REFUSED, {"offer": str(offer.key), "because": words}, by=by, at=at)
    note(verb="exchange.offer_refused", by=by, at=at, area=offer.partner.area.path, target=offer)
