"""Partnerships and their streets by name."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language

from plp.launch.queries.progress import visible_partnerships
from plp.mandates.grants import Permission
from plp.mandates.queries import within
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.queries import streets_within
from plp.portal.shell.finding import MOST, Found, fits


def find(person: Person, words: str, at: datetime) -> list[Found]:
    """The partnerships of that name, then the streets that lie in one."""
    language, mine = get_language() or "fr", list(visible_partnerships(person, at=at).order_by("area__path"))
    named = [one for one in mine if fits(words, f"{one.area.name_fr} {one.area.name_nl} {one.area.name_de}")]
    streets = streets_within(words, within(person, Permission.LAUNCH_SEE, at=at), limit=MOST)
    places = {one.area_id: one for one in mine}
    return [_partnership(one, language) for one in named[:MOST]] + [
        Found(street.name(language), places[area].name(language), _home(places[area]), "map-pin")
        for street, area in streets
    ]


def _partnership(one: Partnership, language: str) -> Found:
    return Found(one.name(language), one.get_state_display(), _home(one), "house")


def _home(partnership: Partnership) -> str:
    return reverse("launch:where", args=[partnership.key])
