"""Tokens of programs: an overview, a new one that is shown once, its end; and how the interface is read."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.connections import actions as connections
from plp.connections.openapi import FIELDS, api_path_of_scope
from plp.connections.queries import KEEP, areas_for_tokens_and_receivers, non_report_receivers_in_scope, tokens_in_scope
from plp.connections.states import Event, Scope
from plp.portal.shell.codes import load_sealed, store_sealed
from plp.portal.shell.guards import freshly_proven, needs, public
from plp.portal.shell.requests import PortalRequest, StaffRequest, success
from plp.portal.subjects.connections.forms import TokenForm
from plp.portal.subjects.connections.presentation import token_rows

SHOWN_ONCE = "connections.token"


@needs(KEEP)
def connections_overview(request: StaffRequest) -> HttpResponse:
    """Which programs read from us, and which are told."""
    rows = token_rows(tokens_in_scope(request.person, at=request.at), get_language() or "fr", at=request.at)
    return render(
        request,
        "connections/overview.html",
        {"tokens": rows, "receivers": non_report_receivers_in_scope(request.person, at=request.at)},
    )


@needs(KEEP)
@freshly_proven
def create_api_token(request: StaffRequest) -> HttpResponse:
    """Make a token; its words wait, sealed, for the page that shows them once."""
    areas = areas_for_tokens_and_receivers(request.person, at=request.at)
    form = TokenForm(request.POST or None, areas=areas, language=get_language() or "fr")
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("label", "area", "scopes")}
        ends_at = form.ends_at(request.at)
        made, words = connections.create_token(**told, ends_at=ends_at, by=request.person, at=request.at)
        store_sealed(request, SHOWN_ONCE, {str(made.pk): words})
        return redirect("connections:token", made.pk)
    return render(request, "connections/new_token.html", {"form": form})


@needs(KEEP)
def token_page(request: StaffRequest, key: UUID) -> HttpResponse:
    """One token; its words the first time, and never again."""
    found = get_object_or_404(tokens_in_scope(request.person, at=request.at), pk=key)
    words = load_sealed(request, SHOWN_ONCE).get(str(found.pk), "")
    request.session.pop(SHOWN_ONCE, None)
    (row,) = token_rows([found], get_language() or "fr", at=request.at)
    return render(request, "connections/token.html", {"row": row, "words": words, "origin": settings.ORIGIN})


@needs(KEEP)
@freshly_proven
def end_token(request: StaffRequest, key: UUID) -> HttpResponse:
    """Take a token back, after a question."""
    found = get_object_or_404(tokens_in_scope(request.person, at=request.at), pk=key)
    if request.method == "POST":
        connections.end_token(token=found, by=request.person, at=request.at)
        return success(request, _("Ended. The next request with it is refused."), "connections:overview")
    return render(request, "connections/end_token.html", {"token": found})


@public
def interface_description(request: PortalRequest) -> HttpResponse:
    """How programs read from us, in words and examples."""
    parts = [(scope.label, api_path_of_scope(scope), FIELDS[scope]) for scope in Scope]
    context = {"parts": parts, "events": Event.choices, "origin": settings.ORIGIN, "most": connections.A_MINUTE}
    return render(request, "connections/interface.html", context)
