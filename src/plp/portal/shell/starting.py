"""The first steps of somebody new: a short list on their first page, told from facts, until they put it away.

A subject offers its own by ``PORTAL_STARTS``: functions ``(person, at) -> list[Start]``. Who is not new asks nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils.module_loading import import_string

from plp.mandates.queries import reading
from plp.people.models import Person

register = template.Library()


@dataclass(frozen=True)
class Start:
    """One thing that somebody new does once, and whether it is done."""

    title: Any
    url: str
    done: bool


def starts(person: Person, at: datetime) -> list[Start]:
    """The first steps of ``person``, in the order of ``PORTAL_STARTS``."""
    sources: list[Callable[[Person, datetime], list[Start]]] = [import_string(path) for path in settings.PORTAL_STARTS]
    with reading():
        return [start for source in sources for start in source(person, at)]


@register.inclusion_tag("shell/first_steps.html", takes_context=True)
def first_steps(context: dict[str, Any]) -> dict[str, Any]:
    """The list, for whoever is new; nothing for the others."""
    request = context["request"]
    person = request.member or request.person
    found = starts(person, request.at) if person is not None and person.is_new else []
    return {
        "starts": found,
        "done": sum(start.done for start in found),
        "csrf_token": context.get("csrf_token", ""),
        "request": request,
        "back": request.path,
    }
