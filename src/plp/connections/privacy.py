"""What this room knows of a person: which administrator made a token."""

from typing import Any

from plp.connections.models import Token
from plp.people.models import Person

PERSONAL = {
    "connections.Token.digest": "not exported: a look-up key of a program, of nobody",
    "connections.Token.made_by": "exported as a count; emptied when the person is forgotten",
}


def export(person: Person) -> dict[str, Any]:
    """How many tokens the person made."""
    return {
        "connections": {
            "tokens": Token.objects.filter(made_by=person).count(),
        }
    }
