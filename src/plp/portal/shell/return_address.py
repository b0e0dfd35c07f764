"""Where to go back to: the one place that decides which address is a page of ours (T33)."""

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.http import url_has_allowed_host_and_scheme

STANDS_ON = "stands_on"  # the field of every form that says on which page it stands


def own_path_or_empty(address: str | None) -> str:
    """``address`` if it is a path on this site, without a host, else nothing (T33)."""
    is_path = (address or "").startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if address and is_path else ""


def return_address(request: HttpRequest) -> str:
    """The address of this page; the answer to a form leads to the page on which the form stands.

    The form says it itself, not the browser: some send no word of where they come from.
    """
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    is_resolved = request.resolver_match is not None  # else it was refused before it was read
    return page_of_form(request) if is_resolved else request.path


def page_of_form(request: HttpRequest) -> str:
    """The page on which the form stands that was sent; its own address where it could not be read."""
    try:
        return own_path_or_empty(str(request.POST.get(STANDS_ON, ""))) or request.path
    except (SuspiciousOperation, MultiPartParserError, OSError):
        return request.path
