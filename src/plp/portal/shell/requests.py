"""What a view receives, by its true name (for annotations: the objects are Django's own), and its answer to an act."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django_htmx.middleware import HtmxDetails

from plp.accounts.models import Account
from plp.mandates.grants import Permission
from plp.people.models import Person


class PortalRequest(HttpRequest):
    """A request as ``PersonMiddleware`` leaves it: for views under ``@public`` and ``@own_data``."""

    at: datetime
    person: Person | None
    member: Person | None
    permissions: set[Permission]
    page_warning: str  # a sentence that stands above this page, and no other
    htmx: HtmxDetails


class StaffRequest(PortalRequest):
    """A request behind ``@needs``: somebody is signed in."""

    person: Person
    user: Account


def success(request: HttpRequest, words: Any, to: Any, *args: Any, **kwargs: Any) -> HttpResponseRedirect:
    """Lead to a page (as Django's ``redirect`` does), which says ``words``: how a view ends once an act is done."""
    messages.success(request, words)
    return redirect(to, *args, **kwargs)
