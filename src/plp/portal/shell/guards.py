"""Who may open a page. Each view has one of ``@needs``, ``@public`` and ``@own_data`` (docs/design.md#rights).

Each sets ``view.permission``: a ``Permission`` value, ``"public"`` or ``"own_data"``, which ``plp routes`` prints and
a guard test demands. A guard opens the door of the page only: the view then looks for its object inside
``mandates.queries.within(request.person, permission, at=request.at)`` and the action requires the right again.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse

from plp.mandates.grants import Permission
from plp.people.models import Person
from plp.portal.shell.reauthentication import FRESH_MINUTES, has_fresh_proof, has_second_factor, second_factor_proven_at
from plp.portal.shell.refused_forms import typed_texts
from plp.portal.shell.requests import PortalRequest
from plp.portal.shell.return_address import return_address
from plp.portal.shell.unsent_forms import keep_unsent_form

View = Callable[..., HttpResponse]
PUBLIC = "public"
OWN_DATA = "own_data"


def needs(permission: Permission) -> Callable[[View], View]:
    """Open to signed-in staff with a proven second factor who hold ``permission`` over some area.

    Nobody signed in: to the sign-in page and back. No second factor yet: to its enrolment. Without the permission:
    404, the same answer as for a thing that does not exist (T10).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            elsewhere = _redirect_to_missing_proof(request)
            if elsewhere is not None:
                return elsewhere
            if permission not in request.permissions:
                raise Http404
            return view(request, *args, **kwargs)

        return _set_permission_of_view(guarded, permission.value)

    return decorate


def public(view: View) -> View:
    """Open to everybody."""

    @wraps(view)
    def guarded(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return _set_permission_of_view(guarded, PUBLIC)


def own_data(view: View) -> View:
    """Open to a member who opened their settings with a one-time code, and to staff, about themselves only.

    Anybody else goes to the page where a member asks for a code, and back.
    """

    @wraps(view)
    def guarded(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.member is None:
            if not request.user.is_authenticated:
                return _redirect_with_return("membership:self_service:ask", request)
            elsewhere = _redirect_to_missing_proof(request)
            if elsewhere is not None:
                return elsewhere
        return view(request, *args, **kwargs)

    return _set_permission_of_view(guarded, OWN_DATA)


def member_or_staff_or_404(request: PortalRequest) -> Person:
    """About whom a page behind ``@own_data`` is: the member, or else the staff member."""
    person = request.member or request.person
    if person is None:
        raise Http404
    return person


def own_account(view: View) -> View:
    """Open to signed-in staff with a proven second factor, whatever their role, about their own account only."""

    @wraps(view)
    def guarded(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _redirect_to_missing_proof(request) or view(request, *args, **kwargs)

    return _set_permission_of_view(guarded, OWN_DATA)


def needs_sign_in_only(view: View) -> View:
    """Open to whoever typed the right password: only for the page that asks for the second factor (own data)."""

    @wraps(view)
    def guarded(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _redirect_with_return("account_login", request)
        return view(request, *args, **kwargs)

    return _set_permission_of_view(guarded, OWN_DATA)


def needs_fresh_proof_if_second_factor(view: View) -> View:
    """Open to whoever signed in and has no second factor yet; else a fresh proof of the present one comes first.

    Only for pages on which a second factor is added, seen or taken away (own data).
    """

    @wraps(view)
    def guarded(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _redirect_with_return("account_login", request)
        if has_second_factor(request) and not has_fresh_proof(request, at=request.at):
            return _redirect_with_return("account_prove", request)
        return view(request, *args, **kwargs)

    return _set_permission_of_view(guarded, OWN_DATA)


def freshly_proven(view: View) -> View:
    """Ask for the second factor again when the last proof is older than five minutes, then come back.

    Stands under ``@needs`` or ``@own_data``. The way back is a GET of the same address, so a view that changes
    something must also answer GET, with its confirmation page.
    """

    @wraps(view)
    def guarded(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not has_fresh_proof(request, at=request.at, minutes=FRESH_MINUTES):
            return _redirect_with_return("account_prove", request)
        return view(request, *args, **kwargs)

    return guarded


def may_open(request: PortalRequest, address: str) -> bool:
    """Whether the reader holds the right to the page at ``address``, over some area: a link to it is no dead end."""
    try:
        permission = getattr(resolve(address.partition("?")[0]).func, "permission", "")
    except Resolver404:
        return False
    return permission not in Permission.values or Permission(permission) in request.permissions


def _redirect_to_missing_proof(request: PortalRequest) -> HttpResponse | None:
    """The way to the page where the missing proof is given; ``None`` when nothing is missing."""
    if not request.user.is_authenticated:
        return _redirect_with_return("account_login", request)
    if second_factor_proven_at(request) is not None:
        return None
    return _redirect_with_return("account_prove" if has_second_factor(request) else "account_enrol", request)


def _redirect_with_return(name: str, request: PortalRequest) -> HttpResponse:
    """A redirect that remembers the page asked for, or that on which the form stands; what was typed waits there.

    Marked, so that the draft of the form is kept meanwhile.
    """
    page = return_address(request)
    if request.method == "POST" and typed_texts(request):
        keep_unsent_form(request, person=request.person or request.member)
    url = f"{reverse(name)}?{urlencode({'next': page})}"
    answer = redirect_whole_page(request, url)
    answer.asks_first = True  # type: ignore[attr-defined]
    return answer


def redirect_whole_page(request: PortalRequest, url: str) -> HttpResponse:
    """A redirect; an htmx request is told to load ``url`` as a whole page, never inside a part of this one."""
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _set_permission_of_view(view: View, permission: str) -> View:
    view.permission = permission  # type: ignore[attr-defined]
    return view
