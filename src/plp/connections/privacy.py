"""What this room knows of a person: a calendar that a program reads, tokens and receivers that they made."""

from typing import Any

from plp.connections.models import Calendar, Receiver, Token
from plp.people.models import Person

PERSONAL = {
    "connections.Token.digest": "not exported: a look-up key of a program, of nobody",
    "connections.Token.made_by": "exported as a count; emptied when the person is forgotten",
    "connections.Calendar.person": "exported as a date; deleted with the person",
    "connections.Calendar.digest": "not exported: a look-up key; deleted with the person",
    "connections.Receiver.address": "not exported: the address of a program, of nobody",
    "connections.Receiver.secret": "not exported: the key of a program, of nobody",
    "connections.Receiver.made_by": "exported as a count; emptied when the person is forgotten",
}


def export(person: Person) -> dict[str, Any]:
    """Since when an address opens the calendar of the person; how many tokens and receivers they made."""
    return {
        "connections": {
            "tokens": Token.objects.filter(made_by=person).count(),
            "calendar": [calendar.made_at.isoformat() for calendar in Calendar.objects.filter(person=person)],
            "receivers": Receiver.objects.filter(made_by=person).count(),
        }
    }
