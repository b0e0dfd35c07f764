"""Switching the language of a page without losing what was typed in its form, with or without JavaScript.

A page gives the ``id`` of its form as ``kept_form``: the buttons of the switch then send that form along. What it held
is sealed in the session, for that page, and is read once.
"""

from django.http import HttpResponse
from django.views.i18n import set_language

from plp.portal.shell.codes import load_sealed, store_sealed
from plp.portal.shell.refused_forms import typed_values_without_secrets
from plp.portal.shell.requests import PortalRequest
from plp.portal.shell.return_address import page_of_form

SWITCHED = "switched"
OF_THE_SWITCH = {"language", "next"}


def switch_language(request: PortalRequest) -> HttpResponse:
    """Remember the chosen language in a cookie and go back to the same page (only to a page of ours, T33)."""
    typed = {
        name: values[-1] for name, values in typed_values_without_secrets(request).items() if name not in OF_THE_SWITCH
    }
    if not typed:
        return set_language(request)
    page = page_of_form(request)
    store_sealed(request, SWITCHED, {"page": page, "typed": typed})
    answer = set_language(request)
    answer.headers["Location"] = page
    return answer


def pop_values_typed_before_switch(request: PortalRequest) -> dict[str, str]:
    """What was typed on this page before its language was switched; empty otherwise. It is forgotten by that."""
    if request.method != "GET" or SWITCHED not in request.session:
        return {}
    switched = load_sealed(request, SWITCHED)
    del request.session[SWITCHED]
    typed: dict[str, str] = switched["typed"] if switched["page"] == request.get_full_path() else {}
    return typed
