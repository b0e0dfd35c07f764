"""The mails that tell the police what another installation offers, or takes back. Its words stay here."""

from datetime import datetime, timedelta
from pathlib import Path

from plp.charter.kinds import KINDS
from plp.delivery import pages
from plp.delivery.letters import LetterTemplate, send_letter
from plp.exchange.models import PartnershipMove, SupralocalOffer
from plp.exchange.states import OfferState
from plp.mandates.grants import Permission
from plp.mandates.queries import permission_holders
from plp.people.models import Person
from plp.people.queries import contacts_of

TEXTS = Path(__file__).parent / "texts"
LASTS = timedelta(hours=12)
OFFERED = LetterTemplate(TEXTS, "offered", "exchange.offered", lasts=LASTS)
TAKEN_BACK = LetterTemplate(TEXTS, "taken_back", "exchange.taken_back", lasts=LASTS)
MOVE_ASKED = LetterTemplate(TEXTS, "move_asked", "exchange.move_asked")


def notify_police_of_offer_or_withdrawal(offer: SupralocalOffer, *, by: Person | None, at: datetime) -> int:
    """Tell those who write messages for the zone. Answers how many copies."""
    area = offer.partner.area
    return send_letter(
        TAKEN_BACK if offer.state == OfferState.WITHDRAWN else OFFERED,
        to=contacts_of(permission_holders(Permission.NOTICE_WRITE, area, at=at)),
        context=lambda _language: {
            "sender": offer.partner.name,
            "kind": str(KINDS[offer.kind].label),
            "link": pages.START.link(),
        },
        area=area,
        by=by,
        at=at,
    )


def notify_chief_of_move_offer(move: PartnershipMove, *, by: Person | None, at: datetime) -> int:
    """Tell the chief of corps that a partnership would come. Answers how many copies."""
    area = move.partner.area
    return send_letter(
        MOVE_ASKED,
        to=contacts_of(permission_holders(Permission.INSTALLATION_MEET, area, at=at)),
        context=lambda language: {
            "sender": move.partner.name,
            "partnership": move.name(language),
            "link": pages.START.link(),
        },
        area=area,
        by=by,
        at=at,
    )
