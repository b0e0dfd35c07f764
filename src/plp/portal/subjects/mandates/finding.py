"""Those who hold a role, by name, for whoever may see who holds which."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language

from plp.mandates.grants import Permission
from plp.mandates.queries import in_force
from plp.partnership.queries import in_scope
from plp.people.models import Person
from plp.portal.shell.finding import MOST, Found, fits


def find(person: Person, words: str, at: datetime) -> list[Found]:
    """The holders of that name, each with their role and the page of the people of their quarter."""
    language = get_language() or "fr"
    quarters = {one.area_id: one for one in in_scope(person, Permission.MANDATE_SEE, at=at)}
    held = in_force(at).filter(area__in=quarters).select_related("person", "area").order_by("area__path", "role", "pk")
    return [
        Found(
            one.person.name,
            f"{one.get_role_display()}, {one.area.name(language)}",
            reverse("mandates:people", args=[quarters[one.area_id].key]),
            "user-round-check",
        )
        for one in held
        if fits(words, one.person.name)
    ][:MOST]
