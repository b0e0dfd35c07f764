"""What waits for whoever evaluates."""

from datetime import datetime

from plp.people.models import Person
from plp.portal.shell.offers import Task


def tasks(person: Person, at: datetime) -> list[Task]:
    """Nothing yet."""
    return []
