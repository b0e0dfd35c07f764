"""Members by name, for whoever keeps the list. The look is noted and counted as a page of the list (R80, T12)."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language

from plp.mandates.grants import Permission
from plp.mandates.queries import holds
from plp.people.models import Person
from plp.portal.shell import limits
from plp.portal.shell.finding import MOST, Found, fits
from plp.portal.subjects.coordinator import people


def find(person: Person, words: str, at: datetime) -> list[Found]:
    """The members of that name: names are sealed, so they are read one by one."""
    if not holds(person, Permission.MEMBERS_MANAGE, at=at):
        return []
    if not limits.take("members.person", str(person.pk)):
        raise limits.TooOften
    members = people.lines(list(people.members(person, at=at)), get_language() or "fr")
    found = [one for one in members if fits(words, one.name)][:MOST]
    people.seen([one.partnership for one in found], "search", by=person, at=at)
    return [Found(one.name, f"{one.street} {one.house}", _home(one), "user-round") for one in found]


def _home(line: people.Line) -> str:
    return reverse("coordinator:member", args=[line.key])
