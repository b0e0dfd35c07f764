"""What this room knows of a person: who agreed to a plan, by virtue of a mandate."""

from typing import Any

from plp.charter.models import CommunicationPlan
from plp.people.models import Person

PERSONAL = {
    "charter.CommunicationPlan.partnership_agreed_by": "exported; emptied when the person is forgotten",
    "charter.CommunicationPlan.police_agreed_by": "exported; emptied when the person is forgotten",
}


def export(person: Person) -> dict[str, Any]:
    """The plans a person agreed to."""
    plans = CommunicationPlan.objects.filter(partnership_agreed_by=person) | CommunicationPlan.objects.filter(
        police_agreed_by=person
    )
    return {"agreed_plans": [{"version": plan.version, "written": plan.written_at.isoformat()} for plan in plans]}
