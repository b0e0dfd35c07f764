"""What this room knows of a person: who met another installation, and who answered an offer."""

from typing import Any

from django.db.models import Q

from plp.exchange.models import PartnerInstallation, PartnershipMove, SupralocalOffer
from plp.people.models import Person

PERSONAL = {
    "exchange.OwnKey.signing_secret": "not exported: the key of the installation, of nobody",
    "exchange.OwnKey.identity": "not exported: the key of the installation, of nobody",
    "exchange.OwnKey.recipient": "not exported: the public key of the installation, of nobody",
    "exchange.PartnerInstallation.name": "not exported: the name of a police zone or service, of nobody",
    "exchange.PartnerInstallation.recipient": "not exported: the public key of an installation, of nobody",
    "exchange.PartnerInstallation.made_by": "exported as a count; emptied when the person is forgotten",
    "exchange.PartnerInstallation.confirmed_by": "exported as a count; emptied when the person is forgotten",
    "exchange.SupralocalOffer.answered_by": "exported as a count; emptied when the person is forgotten",
    "exchange.PartnershipMove.made_by": "exported as a count; emptied when the person is forgotten",
    "exchange.PartnershipMove.answered_by": "exported as a count; emptied when the person is forgotten",
    "exchange.MovePart.content": "not exported: sealed to be read in once all parts are here, then deleted",
    "exchange.MovedContact.digest": "not exported: a keyed digest of nobody here, for a STOP; deleted after a year",
}


def export(person: Person) -> dict[str, Any]:
    """How many installations the person met and confirmed, and how many offers they answered."""
    return {
        "exchange": {
            "met": PartnerInstallation.objects.filter(made_by=person).count(),
            "confirmed": PartnerInstallation.objects.filter(confirmed_by=person).count(),
            "moves": PartnershipMove.objects.filter(Q(made_by=person) | Q(answered_by=person)).count(),
            "answered": SupralocalOffer.objects.filter(answered_by=person).count(),
        }
    }
