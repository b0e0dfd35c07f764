"""The house under test in the proof of letters: a zone that met another installation, and what it holds afterwards.

A process with the database under test; it obeys one line of JSON at a time (``proof.procedures.message_queue.obey``).
"""

from uuid import UUID

from plp.exchange import actions as exchange
from plp.exchange.letter_format import new_key_pair
from plp.exchange.models import OwnKey, PartnerInstallation, SupralocalOffer
from plp.exchange.states import PartnerState
from plp.journal.models import Entry
from plp.journal.queries import verify_journal
from plp.toolbox import clock
from proof.procedures import message_queue
from tests.exchange.peer import Peer
from tests.factories import outbox
from tests.factories.cast import Cast

PEER = Peer()


def lay() -> dict[str, str]:
    """The zone, the meeting with the other side, and the keys with which that side writes."""
    outbox.make_database()
    cast = Cast()
    at = clock.now()
    ends_at = at.replace(year=at.year + 1).isoformat()
    invitation = PEER.invitation(ends_at=ends_at)
    exchange.accept_invitation(invitation=invitation, area=cast.zone, by=None, at=at)
    PartnerInstallation.objects.update(state=PartnerState.OPEN, confirmed_at=at, confirmed_there_at=at)
    keys = {"meeting": str(PEER.meeting), "signing_secret": PEER.keys.signing_secret}
    return keys | {"recipient": OwnKey.objects.get().recipient, "stranger": new_key_pair().signing_secret}


def offers() -> list[str]:
    """The offers that were taken in, in the order of the journal: letters that waited are taken in at one moment."""
    keys = {str(offer.pk): str(offer.key) for offer in SupralocalOffer.objects.all()}
    lines = Entry.objects.filter(verb="exchange.offer_received").order_by("number")
    return [keys[target.rpartition(":")[2]] for target in lines.values_list("target", flat=True)]


def received() -> list[int]:
    """Up to which number letters were taken, and how many wait for an earlier one."""
    partner = PartnerInstallation.objects.get(pk=UUID(str(PEER.meeting)))
    return [partner.received, partner.held.count()]


def chain_flaws() -> int:
    """How many lines of the journal do not hold."""
    return len(verify_journal().flaws)


def obey() -> None:
    """Until standard input ends."""
    orders = {function.__name__: function for function in (lay, offers, received, chain_flaws)}
    message_queue.obey({**message_queue.ORDERS, **orders})


if __name__ == "__main__":
    obey()
