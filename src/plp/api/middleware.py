"""For machines that watch: they ask by address instead of by name, and every request is counted.

The first request that is answered after the database was away takes in what suppliers brought meanwhile.
"""

from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from plp.api.kept_events import handle_saved_events_until_db_away, has_kept_events
from plp.metrics.recorder import increment_counter, observe_duration

WATCHED = frozenset({"/healthz", "/readyz", "/metrics"})
SERVER_FAULT = 500
type Answer = Callable[[HttpRequest], HttpResponse]


class MachinesMiddleware:
    """Takes a question of ``WATCHED`` under whatever ``Host`` it comes: a scraper asks an address of this machine, and
    no answer to it holds a link (T8). ``SECURE_REDIRECT_EXEMPT`` lets it ask without TLS, as it does behind the proxy.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as if it had asked for the host of ``PLP_ORIGIN``."""
        if request.path_info in WATCHED:
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0]
        return self.get_response(request)


class CountingMiddleware:
    """Counts requests by subject of the portal and class of status, and how long each took; takes in what was kept."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then count."""
        begun = perf_counter()
        response = self.get_response(request)
        observe_duration("plp_request_seconds", perf_counter() - begun)
        if response.status_code < SERVER_FAULT and request.path_info not in WATCHED and has_kept_events():
            handle_saved_events_until_db_away()
        increment_counter("plp_requests", _url_namespace(request), f"{response.status_code // 100}xx")
        return response


def _url_namespace(request: HttpRequest) -> str:
    """The subject of the portal that answered; ``other`` outside the portal, ``none`` where nothing was found."""
    match = request.resolver_match
    if match is None:
        return "none"
    return match.namespaces[0] if match.namespaces else "other"
