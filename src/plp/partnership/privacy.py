"""What this room knows of a person."""

from typing import Any

from plp.people.models import Person

PERSONAL = {
    "partnership.Membership.person": "exported; deleted with the person",
}


def export(person: Person) -> dict[str, Any]:
    """The partnerships a person asked to join, joined or left."""
    return {
        "memberships": [
            {
                "partnership": membership.partnership.name(person.language),
                "state": membership.state,
                "asked": membership.asked_at.isoformat(),
                "joined": membership.joined_at.isoformat() if membership.joined_at else "",
                "left": membership.left_at.isoformat() if membership.left_at else "",
            }
            for membership in person.memberships.select_related("partnership__area").order_by("asked_at")
        ]
    }
