"""What this room knows of a person: what they typed and did not send."""

from typing import Any

from plp.drafts.models import Draft
from plp.drafts.rules import parse_draft_values
from plp.people.models import Person

PERSONAL = {
    "drafts.Draft.person": "the owner; the row is deleted with the person",
    "drafts.Draft.typed": "exported; deleted when it is sent, thrown away, or two weeks old, and with the person",
}


def export(person: Person) -> dict[str, Any]:
    """What a person typed and has not sent, in plain values for JSON."""
    return {
        "not_sent": [
            {"page": draft.page, "kept": draft.kept_at.isoformat(), "typed": parse_draft_values(draft.typed)}
            for draft in Draft.objects.filter(person=person).order_by("page")
        ]
    }
