"""What a view receives, by its true name: only for annotations, the objects are Django's own."""

from datetime import datetime

from django.http import HttpRequest
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
