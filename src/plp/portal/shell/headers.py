"""Response headers of trust 3.3 that Django does not set itself, on every answer: page, error, redirect and file."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

FIXED = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}
NOT_KEPT = "no-store, private"


class HeadersMiddleware:
    """Stands first in ``MIDDLEWARE``, so that what is refused further down carries the headers too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers; no copy of a page is kept unless it says so itself and nobody is signed in."""
        response = self.get_response(request)
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        somebody = getattr(request, "person", None) or getattr(request, "member", None)
        if somebody is not None or "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = NOT_KEPT
        return response
