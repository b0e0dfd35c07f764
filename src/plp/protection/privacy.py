"""What this room knows of a person: who recorded and decided on a breach."""

from typing import Any

from plp.people.models import Person
from plp.protection.models import Breach

NO_NAMES = "about an event; whoever writes is asked to name nobody; deleted five years after it was noticed"

PERSONAL = {
    "protection.Breach.words": NO_NAMES,
    "protection.Breach.plain": NO_NAMES,
    "protection.Breach.done": NO_NAMES,
    "protection.Breach.reason": NO_NAMES,
    "protection.Breach.late_because": NO_NAMES,
    "protection.Breach.persons_not_because": NO_NAMES,
    "protection.Breach.recorded_by": "exported as a count; emptied when the person is forgotten",
    "protection.Breach.decided_by": "exported as a count; emptied when the person is forgotten",
}


def export(person: Person) -> dict[str, Any]:
    """How many breaches the person recorded, and decided on."""
    return {
        "breaches": {
            "recorded": Breach.objects.filter(recorded_by=person).count(),
            "decided": Breach.objects.filter(decided_by=person).count(),
        }
    }
