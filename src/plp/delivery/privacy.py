"""What this room knows of a person: which copies were sent to them, when and by which channel."""

from typing import Any

from plp.delivery.models import Dispatch
from plp.people.models import Person

PERSONAL = {
    "delivery.Dispatch.contact": "exported as channel and state; emptied when the contact is removed",
    "delivery.Dispatch.digest": "not exported: whether the copy leaves together with others; stays with the row",
    "delivery.Spending.key": "not exported: the digest of a number, to count what was spent; deleted after two days",
    "delivery.Dispatch.person": "exported as channel and state; a pseudonym once the person is forgotten (T51)",
}


def export(person: Person) -> dict[str, Any]:
    """Every copy made for the person, oldest first: what it was about, its channel, language, state and time."""
    sent = Dispatch.objects.select_related("message")
    rows = [*sent.filter(contact__person=person), *sent.filter(contact=None, person=person.pk)]  # each by an index
    return {
        "copies": [
            {
                "purpose": row.message.purpose,
                "channel": row.channel,
                "language": row.language,
                "state": row.state,
                "queued": row.queued_at.isoformat(),
            }
            for row in sorted(rows, key=lambda row: row.pk)
        ]
    }
