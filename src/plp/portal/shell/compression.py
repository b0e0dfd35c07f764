"""Pages leave packed, but never one in which a stranger could put words beside a secret (BREACH, ADR 0021).

Whoever listens to the line learns the size of a packed page, and by that, guess by guess, what stands in it: if the
guesses can be put into the page, and the browser be made to ask for it again and again.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from plp.portal.shell.sessions import has_session_cookie

KINDS = ("text/html", "text/javascript", "application/manifest+json")
OWN_SITES = {"same-origin", "none"}  # a page of ours asked, or the reader did by hand (Sec-Fetch-Site)


def is_safe_to_compress(request: HttpRequest) -> bool:
    """Without a session there is no secret. With one, nothing comes from the address and no other site has asked."""
    if not has_session_cookie(request):
        return True
    asked_by = request.headers.get("Sec-Fetch-Site")
    return request.method == "GET" and not request.META.get("QUERY_STRING") and asked_by in OWN_SITES


class CompressionMiddleware(GZipMiddleware):
    """Packs what may be packed, with up to a hundred bytes of chance in each answer."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Pack it, or leave it as it is."""
        if response.headers.get("Content-Type", "").startswith(KINDS) and is_safe_to_compress(request):
            return super().process_response(request, response)
        return response
