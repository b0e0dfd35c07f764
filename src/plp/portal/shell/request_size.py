"""How much anybody may send at once: more is refused before a byte of it is read or kept (docs/security.md#limits)."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

MOST_BYTES = 36_000_000  # three pictures of 10 MB and their form: the largest that we take


class RequestSizeMiddleware:
    """Stands late in ``MIDDLEWARE``: forms are read after it, and its refusal is a page like any other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse a body whose announced length is too large; without a length nothing is read at all."""
        announced = request.META.get("CONTENT_LENGTH") or ""
        if announced.isdecimal() and int(announced) > MOST_BYTES:
            raise RequestDataTooBig
        return self.get_response(request)
