"""The first steps of somebody new: a short list on their first page, told from facts, until they put it away.

Who is not new asks nothing.
"""

from typing import Any

from django import template

from plp.portal.shell import offers

register = template.Library()


@register.inclusion_tag("shell/first_steps.html", takes_context=True)
def first_steps(context: dict[str, Any]) -> dict[str, Any]:
    """The list, for whoever is new; nothing for the others."""
    request = context["request"]
    person = request.member or request.person
    steps = offers.first_steps_of_person(person, request.at) if person is not None and person.is_new else []
    done = sum(step.done for step in steps)
    return {
        "steps": steps,
        "done": done,
        "is_open": not done,
        "csrf_token": context.get("csrf_token", ""),
        "request": request,
        "back": request.path,
    }
