"""Response headers that Django does not set itself, on every answer: page, error, redirect and file."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

FIXED = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}
NOT_KEPT = "no-store, private"


def _security_headers() -> dict[str, str]:
    """What Django's SecurityMiddleware sets, for what it refuses itself: a foreign host, a line without TLS."""
    seconds, wide = settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS
    strict = {"Strict-Transport-Security": f"max-age={seconds}{'; includeSubDomains' if wide else ''}"}
    return {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    } | (strict if seconds else {})


class ForwardedProtoMiddleware:
    """A browser came by https where every proxy says so; with a word between, some of the way was in clear.

    Django believes the first of several, which is the one that a stranger may have sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Before anything asks how the request came."""
        told = request.META.get("HTTP_X_FORWARDED_PROTO")
        if told is not None:
            is_secure = {word.strip() for word in told.split(",")} == {"https"}
            request.META["HTTP_X_FORWARDED_PROTO"] = "https" if is_secure else "http"
        return self.get_response(request)


class SecurityHeadersMiddleware:
    """Stands first in ``MIDDLEWARE``, so that what is refused further down carries the headers too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.fixed = FIXED | _security_headers()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers; no copy of a page is kept unless it says so itself and nobody is signed in."""
        response = self.get_response(request)
        for name, value in self.fixed.items():
            response.headers.setdefault(name, value)
        somebody = getattr(request, "person", None) or getattr(request, "member", None)
        if somebody is not None or "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = NOT_KEPT
        return response
