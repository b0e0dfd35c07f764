"""What this room knows of a person: which administrator made a token or set a receiver up."""

from typing import Any

from plp.connections.models import Receiver, Token
from plp.people.models import Person

PERSONAL = {
    "connections.Token.digest": "not exported: a look-up key of a program, of nobody",
    "connections.Token.made_by": "exported as a count; emptied when the person is forgotten",
    "connections.Receiver.address": "not exported: the address of a program, of nobody",
    "connections.Receiver.secret": "not exported: the key of a program, of nobody",
    "connections.Receiver.made_by": "exported as a count; emptied when the person is forgotten",
}


def export(person: Person) -> dict[str, Any]:
    """How many tokens and receivers the person made."""
    return {
        "connections": {
            "tokens": Token.objects.filter(made_by=person).count(),
            "receivers": Receiver.objects.filter(made_by=person).count(),
        }
    }
