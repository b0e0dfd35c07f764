"""The choice of quarters, the table of where a message stands everywhere, and what the police of a place read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from plp.charter.kinds import KINDS
from plp.exchange.models import SupralocalOffer
from plp.exchange.queries import offers_of
from plp.exchange.states import OfferState
from plp.notices.models import Forwarding, Notice
from plp.notices.queries import (
    hash_of_current_content,
    notices_person_writes_or_releases,
    time_notice_ends,
    title_core_and_more_by_language,
)
from plp.notices.queries.reach import zones_of_forwardings_and_leads
from plp.notices.states import ForwardingState, State
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.people.small_counts import mask_count
from plp.places.queries.territory import zone_around, zone_path
from plp.portal.subjects.notices.checks import copy_previews, finding_cards
from plp.portal.subjects.notices.forms import quarter_label
from plp.portal.subjects.notices.lists import COLOURS, WORDS
from plp.portal.subjects.notices.reach.forms import DeclineTakeoverForm

OFFERS_COLOURS = {OfferState.OFFERED: "warn", OfferState.ACCEPTED: "good", OfferState.REFUSED: "bad"}
PASSING = {ForwardingState.ASKED: "warn", ForwardingState.REFUSED: "bad"}


@dataclass(frozen=True)
class NoticeDestination:
    """One partnership of a message: where it stands there."""

    quarter: str
    zone: str
    state: Any
    colour: str
    because: str
    shown: Notice | None


def destinations_of_notice(notice: Notice, person: Person, language: str, *, at: datetime) -> list[NoticeDestination]:
    """Where a message stands in each partnership it goes to, its own first; empty when it goes to one alone.

    ``shown`` is a copy that ``person`` may open.
    """
    passings = list(
        notice.forwardings.select_related("partnership__area", "lead__partnership__area").order_by(
            "partnership__area__path"
        )
    )
    offered = [_offered_destination(offer) for offer in offers_of(notice)]
    if not passings:
        return (
            [_destination_of_partnership(notice.partnership, notice, None, {}, language, set()), *offered]
            if offered
            else []
        )
    copies = {copy.partnership_id: copy for copy in notice.copies.all()}
    mine = set(notices_person_writes_or_releases(person, at=at).filter(lead=notice).values_list("pk", flat=True))
    zones = {area.path: area.name(language) for area in zones_of_forwardings_and_leads(passings)}
    return [
        _destination_of_partnership(notice.partnership, notice, None, zones, language, mine),
        *(
            _destination_of_partnership(one.partnership, copies.get(one.partnership_id), one, zones, language, mine)
            for one in passings
        ),
        *offered,
    ]


def _offered_destination(offer: SupralocalOffer) -> NoticeDestination:
    """Another installation to which a message was offered: its answer, and how many were reached there."""
    state = OfferState(offer.state)
    words = str(state.label)
    if offer.partnerships:
        reached = str(offer.reached) if offer.reached is not None else mask_count(1)
        words = _("relayed to %(members)s members in %(partnerships)s neighbourhoods") % {
            "members": reached,
            "partnerships": offer.partnerships,
        }
    return NoticeDestination(offer.partner.name, "", words, OFFERS_COLOURS.get(state, "plain"), offer.because, None)


def _destination_of_partnership(
    partnership: Partnership,
    notice: Notice | None,
    forwarding: Forwarding | None,
    zones: dict[str, str],
    language: str,
    mine: set[UUID],
) -> NoticeDestination:
    words: Any
    if notice is not None:
        state = State(notice.state)
        words, colour = WORDS[state], COLOURS.get(state, "bad" if state == State.RETRACTED else "plain")
    else:
        words = forwarding.get_state_display() if forwarding else ""
        colour = PASSING.get(ForwardingState(forwarding.state), "plain") if forwarding else "plain"
    zone = zones.get(zone_path(partnership.area.path), "")
    because = forwarding.because if forwarding else ""
    shown = notice if notice and notice.pk in mine else None
    return NoticeDestination(quarter_label(partnership, language), zone, words, colour, because, shown)


def takeover_copy_context(forwarding: Forwarding, language: str, *, at: datetime) -> dict[str, Any]:
    """What the police of a place read before they answer: the copy as their members would get it."""
    lead, there = forwarding.lead, forwarding.partnership
    copy = Notice(
        partnership=there,
        lead=lead,
        kind=lead.kind,
        reason=lead.reason,
        author=lead.author,
        expires_at=lead.expires_at,
        text_hash=lead.text_hash,
    )
    texts = title_core_and_more_by_language(lead)
    zone = zone_around(lead.partnership.area)
    return {
        "passing": forwarding,
        "lead": lead,
        "ends_at": time_notice_ends(lead, at=at),
        "kind": KINDS[lead.kind],
        "quarter": quarter_label(there, language),
        "zone": zone.name(language) if zone else "",
        "title": next((words[0] for words in (texts.get(language), *texts.values()) if words), ""),
        "copies": copy_previews(copy, texts, at=at),
        "findings": finding_cards(copy, texts, language),
        "text_hash": hash_of_current_content(lead, texts),  # the copy will say the same, easy words and hour included
        "form": DeclineTakeoverForm(),
    }
