"""CAP files of invented senders for our quarters."""

from datetime import datetime, timedelta

from plp.alerts.cap import AlertArea, AlertInfo, AlertReference, OfficialAlert
from plp.alerts.cap.serializer import alert_as_xml
from tests.factories.cast import NOW

SENDER = "alerts@weather.example"
BRUSSELS = AlertArea("Bruxelles", codes=(("NIS", "21004"),))
FRENCH = AlertInfo(
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
DUTCH = AlertInfo(
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
    infos: tuple[AlertInfo, ...] = (FRENCH, DUTCH),
    names: tuple[str, ...] = (),
    sender: str = SENDER,
    sent: datetime = NOW,
    status: str = "Actual",
    scope: str = "Public",
) -> bytes:
    """A CAP file; ``names`` are the identifiers of earlier alerts of the same sender."""
    references = tuple(AlertReference(sender, name, NOW) for name in names)
    return alert_as_xml(OfficialAlert("1.2", sender, identifier, sent, status, kind, scope, references, infos))
