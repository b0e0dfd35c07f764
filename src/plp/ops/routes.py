"""The address tree, walked: every route with the permission its view names."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """One address. ``permission`` is a permission's value, ``public`` or ``own_data``; None if the view names none."""

    route: str
    name: str
    permission: str | None
    view: str


def iter_routes(patterns: list[URLPattern | URLResolver], prefix: str = "", namespace: str = "") -> Iterator[Route]:
    """Every route below ``patterns``, with the beginning and the namespace of those above."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from iter_routes(pattern.url_patterns, route, inner)
        else:
            view = pattern.callback
            permission = getattr(view, "permission", None)
            name = f"{namespace}{pattern.name}" if pattern.name else ""
            yield Route(f"/{route}", name, permission, f"{view.__module__}.{view.__qualname__}")


def all_routes() -> list[Route]:
    """Every route of the site, by address."""
    return sorted(iter_routes(get_resolver().url_patterns), key=lambda route: route.route)
