"""What this room knows of a person: which officer read and published official alerts."""

from typing import Any

from plp.alerts.models import Alert, Publication, Trace
from plp.people.models import Person

PERSONAL = {
    "alerts.Alert.received_by": "exported as a count; emptied when the person is forgotten",
    "alerts.Trace.settled_by": "exported as a count; emptied when the person is forgotten",
    "alerts.Publication.by": "exported as a count; emptied when the person is forgotten",
}


def export(person: Person) -> dict[str, Any]:
    """How many official alerts the person read, settled and published."""
    return {
        "alerts": {
            "read": Alert.objects.filter(received_by=person).count(),
            "settled": Trace.objects.filter(settled_by=person).count(),
            "published": Publication.objects.filter(by=person).count(),
        }
    }
