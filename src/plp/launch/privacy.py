"""What this room knows of a person: who acted in a launch, by virtue of a mandate."""

from typing import Any

from plp.launch.models import LifeAct, Publication, Reopening, Sending, Sign, Tick
from plp.people.models import Person

PERSONAL = {
    "launch.Tick.by": "exported; emptied when the person is forgotten",
    "launch.Tick.undone_by": "exported with the tick; emptied when the person is forgotten",
    "launch.Reopening.by": "exported; emptied when the person is forgotten",
    "launch.Reopening.closed_by": "exported with the opening; emptied when the person is forgotten",
    "launch.Sending.by": "exported; emptied when the person is forgotten",
    "launch.ZoneRule.by": "emptied when the person is forgotten",
    "launch.Publication.by": "exported; emptied when the person is forgotten",
    "launch.Sign.by": "exported; emptied when the person is forgotten",
    "launch.LifeAct.by": "exported; emptied when the person is forgotten",
}


def export(person: Person) -> dict[str, Any]:
    """The acts of a launch that a person did, with their day."""
    return {
        "launch_acts": [
            {"act": model._meta.model_name, "at": at.isoformat()}
            for model in (Tick, Reopening, Sending, Publication, Sign, LifeAct)
            for at in model._default_manager.filter(by=person).order_by("at").values_list("at", flat=True)
        ]
    }
