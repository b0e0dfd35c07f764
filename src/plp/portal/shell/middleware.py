"""What every request carries, and what becomes of a refusal."""

from collections.abc import Callable
from contextlib import nullcontext
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from plp.mandates.queries import NotAllowed, mandates_cached, permissions_of
from plp.people.models import Person
from plp.portal.shell import errors, sessions
from plp.portal.shell.guards import redirect_whole_page
from plp.portal.shell.limits import MustWait
from plp.portal.shell.refused_forms import InvalidForm, comes_from_our_page
from plp.portal.shell.requests import PortalRequest
from plp.portal.shell.return_address import page_of_form
from plp.portal.shell.unsent_forms import keep_unsent_form
from plp.toolbox import clock
from plp.toolbox.moves import Refused
from plp.toolbox.storable import NUL

Answer = Callable[[HttpRequest], HttpResponse]
READING = {"GET", "HEAD"}
LIFE = "/healthz"  # where nothing else is asked: a slow database does not get the web server killed


class NulAddressMiddleware:
    """There is no page at an address that holds a sign which no database can keep (NUL)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the address alone: of what stands in a form, the form tells."""
        return errors.not_found(request) if NUL in request.path_info else self.get_response(request)


class PersonMiddleware:
    """Puts ``at``, ``person``, ``member`` and ``permissions`` on the request; ends sessions that are over.

    ``request.at`` is the moment of the request; ``request.person`` the signed-in ``people.Person`` or ``None``;
    ``request.member`` the person whose settings were opened by a one-time code, or ``None``; ``request.permissions``
    what the signed-in person may do somewhere, read when first looked at. A page that is only read asks once for all
    that its reader holds.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        """Recognise the person, or send home a session that is over."""
        if request.path_info != LIFE:
            clock.refresh_database_time()
        request.at = clock.now()
        request.person = request.member = None
        request.permissions = set()
        request.page_warning = ""
        with mandates_cached() if request.method in READING else nullcontext():
            return self._respond_or_end_staff_session(request)

    def _respond_or_end_staff_session(self, request: PortalRequest) -> HttpResponse:
        if sessions.has_session_cookie(request):
            if request.user.is_authenticated and not sessions.note_use_if_staff_session_may_continue(
                request, at=request.at
            ):
                return self._end_session(request, request.user.person)
            self._set_person_and_language(request)
        return self.get_response(request)

    def _end_session(self, request: PortalRequest, person: Person) -> HttpResponse:
        """End the session of ``person``; a form that was on its way waits in the browser."""
        next_page = {}
        logout(request)
        if request.method == "POST" and comes_from_our_page(request):
            keep_unsent_form(request, person=person)
            next_page = {"next": page_of_form(request)}
        return redirect_whole_page(request, f"{reverse('account_login')}?{urlencode({'ended': 1} | next_page)}")

    def _set_person_and_language(self, request: PortalRequest) -> None:
        at = request.at
        if request.user.is_authenticated:
            person = request.user.person
            request.person = person
            request.permissions = SimpleLazyObject(lambda: permissions_of(person, at=at))  # type: ignore[assignment]
        request.member = sessions.member_of_open_session_else_close(request, at=at)
        known = request.person or request.member
        if known is not None and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(known.language)
            request.LANGUAGE_CODE = known.language

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal of an action into a sentence in the reader's language (docs/design.md#actions)."""
        if isinstance(exception, NotAllowed):
            return errors.not_found(request)
        if isinstance(exception, MustWait):
            return errors.limit_reached_response(request, exception)
        if isinstance(exception, Refused):
            return errors.refusal_response(request, exception)
        if isinstance(exception, InvalidForm):
            return errors.invalid_form_response(request, exception)
        return None
