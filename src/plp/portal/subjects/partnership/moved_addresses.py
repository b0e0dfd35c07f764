"""Public addresses of a partnership that was merged, or taken back, lead to where its streets are now (ADR 72)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from plp.launch.queries.quarter_changes import partnership_of_old_key
from plp.partnership.queries import public_partnerships
from plp.portal.shell.requests import PortalRequest


def leads_on(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Send whoever opens the page of a partnership that is no more to the same page of the one that has its streets."""

    @wraps(view)
    def led(request: PortalRequest, key: str, *parts: Any, **named_parts: Any) -> HttpResponse:
        try:
            return view(request, key, *parts, **named_parts)
        except Http404:
            new = partnership_of_old_key(key)
            if new is None or not public_partnerships().filter(pk=new.pk).exists():
                raise
            return redirect(request.path.replace(f"/p/{key}/", f"/p/{new.key}/", 1))

    return led
