"""A form that is sent twice is done once: a double click, the back button, a retry on a bad line (F25, T43).

A page gives its forms a token that no other drawing of it has, for Django masks it anew each time. So the same token,
address and words from the same browser are the same sending: who sends it again is led to where the first one led.
Pages open to anybody are left out: of a vote or a survey nothing may stay that tells who said what.
"""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve

from plp.portal.shell.guards import PUBLIC
from plp.toolbox.crypto import digest

KEPT = 60  # seconds for which a sending is known again
WAIT, LOOK = 1.0, 0.05  # seconds that a second sending waits for the first, and between two looks
WORKING = ""
MASKED = 64  # letters of a token that was drawn into a page
WRITING = ("INSERT", "UPDATE", "DELETE")
WRITTEN = "_rows_were_written"  # on the request

Answer = Callable[[HttpRequest], HttpResponse]


class DoubleSubmissionMiddleware:
    """Stands last in ``MIDDLEWARE``: it reads the form, whose size was looked at before.

    A second sending of the same form gets the redirect that the first one got. A sending that led to no redirect
    changed nothing or gave a file: it may be done again. So may one whose first did not end in time: it died, and
    states refuse what must not be done twice.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Do a form, or lead to where its first sending led."""
        key = _submission_key(request)
        if key is None:
            return self._answer_and_mark_writes(request)
        if not cache.add(key, WORKING, KEPT):
            place = _wait_for_first_redirect(key)
            if place:
                return HttpResponseRedirect(place)
        session = request.session.session_key
        response = self._answer_and_mark_writes(request)
        if response.status_code == 302 and request.session.session_key == session:
            cache.set(key, response.headers["Location"], KEPT)
        else:  # also where a session began or ended: its cookie is in this answer alone
            cache.delete(key)
        return response

    def _answer_and_mark_writes(self, request: HttpRequest) -> HttpResponse:
        """The answer; of a form it is kept whether it wrote anything."""
        if request.method != "POST":
            return self.get_response(request)

        def mark_written(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
            result = execute(sql, *arguments)
            if sql.startswith(WRITING):
                setattr(request, WRITTEN, True)
            return result

        with connection.execute_wrapper(mark_written):
            return self.get_response(request)


def has_form_written_rows(request: HttpRequest) -> bool:
    """Whether rows were written for this form: then a second sending of it might do an act twice."""
    return getattr(request, WRITTEN, False)


def _submission_key(request: HttpRequest) -> str | None:
    """Under what a sending is known again; ``None`` for what is no form of a page."""
    if (
        request.method != "POST"
        or len(request.POST.get("csrfmiddlewaretoken", "")) != MASKED
        or _is_public_or_unknown_page(request)
    ):
        return None
    sent = ((name, file) for name in request.FILES for file in request.FILES.getlist(name))
    files = sorted(f"{name} {file.name} {file.size}" for name, file in sent)
    browser = (request.session.session_key or "", request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""))
    words = "\n".join((request.get_full_path(), *browser, request.POST.urlencode(), *files))
    return f"once.{digest(words, purpose='once')}"


def _is_public_or_unknown_page(request: HttpRequest) -> bool:
    """Whether the page is open to anybody, or none of ours."""
    try:
        return getattr(resolve(request.path_info).func, "permission", PUBLIC) == PUBLIC
    except Resolver404:
        return True


def _wait_for_first_redirect(key: str) -> str:
    """Where the first sending led; empty when it led nowhere, or takes too long."""
    until = time.monotonic() + WAIT
    while (place := cache.get(key)) == WORKING and time.monotonic() < until:
        time.sleep(LOOK)
    return place or ""
