"""CAP files of invented senders for our quarters."""

from datetime import datetime, timedelta

from plp.alerts.cap import Info, Official, Place, Reference, write
from tests.factories.cast import NOW

SENDER = "alerts@weather.example"
BRUSSELS = Place("Bruxelles", codes=(("NIS", "21004"),))
FRENCH = Info(
    "fr",
    ("Met",),
    "Orage violent",
    "Immediate",
    "Severe",
    "Likely",
    expires=NOW + timedelta(hours=8),
    sender_name="Service météo",
    headline="Orage violent ce soir",
    description="De fortes rafales sont attendues.",
    instruction="Restez à l'intérieur. Rentrez ce qui peut s'envoler.",
    places=(BRUSSELS,),
)
DUTCH = Info(
    "nl",
    ("Met",),
    "Hevig onweer",
    "Immediate",
    "Severe",
    "Likely",
    expires=NOW + timedelta(hours=8),
    headline="Hevig onweer vanavond",
    instruction="Blijf binnen.",
    places=(BRUSSELS,),
)


def official(
    identifier: str = "storm-1",
    *,
    kind: str = "Alert",
    infos: tuple[Info, ...] = (FRENCH, DUTCH),
    names: tuple[str, ...] = (),
    sender: str = SENDER,
    sent: datetime = NOW,
    status: str = "Actual",
    scope: str = "Public",
) -> bytes:
    """A CAP file; ``names`` are the identifiers of earlier alerts of the same sender."""
    references = tuple(Reference(sender, name, NOW) for name in names)
    return write(Official("1.2", sender, identifier, sent, status, kind, scope, references, infos))
