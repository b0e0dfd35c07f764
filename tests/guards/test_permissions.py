"""Every view names who may open it (docs/design.md#rights)."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.urls import path

from plp.mandates.grants import Permission
from plp.ops.routes import Route, all_routes, iter_routes

NAMES = {permission.value for permission in Permission} | {"public", "own_data"}


def faults(routes: Iterable[Route]) -> list[str]:
    """Routes whose view names no permission, or one that does not exist."""
    return [f"{route.route} ({route.view}): {route.permission}" for route in routes if route.permission not in NAMES]


def test_every_view_names_a_permission() -> None:
    routes = all_routes()

    assert faults(routes) == []
    assert {"/healthz", "/readyz"} <= {route.route for route in routes}


def test_a_view_without_a_permission_is_found() -> None:
    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    found = faults(iter_routes([path("bare/", bare, name="bare")]))

    assert len(found) == 1
    assert found[0].startswith("/bare/")
