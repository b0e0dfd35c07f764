"""The house under test in the proof of letters: a zone that met another installation, and what it holds afterwards.

A process with the database under test; each line of JSON calls a procedure (``message_queue.serve_procedure_calls``).
"""

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


def create_zone_and_partner_meetings(meetings: int) -> list[dict[str, str]]:
    """The zone, its meetings with others, and of each the keys with which that side writes."""
    outbox.make_database()
    cast = Cast()
    at = clock.now()
    ends_at = at.replace(year=at.year + 1).isoformat()
    peers = [Peer() for _meeting in range(meetings)]
    for peer in peers:
        exchange.accept_invitation(invitation=peer.invitation(ends_at=ends_at), area=cast.zone, by=None, at=at)
    PartnerInstallation.objects.update(state=PartnerState.OPEN, confirmed_at=at, confirmed_there_at=at)
    shared = {"recipient": OwnKey.objects.get().recipient, "stranger": new_key_pair().signing_secret}
    return [{"meeting": str(peer.pairing), "signing_secret": peer.keys.signing_secret} | shared for peer in peers]


def received_offer_keys_in_order(meeting: str) -> list[str]:
    """The offers of a meeting in the order of the journal: letters that waited are taken in at one moment."""
    keys = {str(offer.pk): str(offer.key) for offer in SupralocalOffer.objects.filter(partner=meeting)}
    lines = Entry.objects.filter(verb="exchange.offer_received").order_by("number")
    targets = [target.rpartition(":")[2] for target in lines.values_list("target", flat=True)]
    return [keys[target] for target in targets if target in keys]


def received_number_and_held_count(meeting: str) -> list[int]:
    """Up to which number letters of a meeting were taken, and how many wait for an earlier one."""
    partner = PartnerInstallation.objects.get(pk=meeting)
    return [partner.received, partner.held.count()]


def count_journal_flaws() -> int:
    """How many lines of the journal do not hold."""
    return len(verify_journal().flaws)


PROCEDURES = message_queue.PROCEDURES | {
    function.__name__: function
    for function in (
        create_zone_and_partner_meetings,
        received_offer_keys_in_order,
        received_number_and_held_count,
        count_journal_flaws,
    )
}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    message_queue.serve_procedure_calls(PROCEDURES)


if __name__ == "__main__":
    serve_procedure_calls()
