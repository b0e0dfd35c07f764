"""A form that was sent after the session was over: it waits, sealed, until its sender has signed in again.

What was typed stands in the session of the browser, for a quarter of an hour, and is shown on its page alone, to the
person whose session it was. Where nobody knows whose it was, nothing is kept: somebody else may sign in there next.
"""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from plp.people.models import Person
from plp.portal.shell.codes import load_sealed, store_sealed
from plp.portal.shell.refused_forms import FormSubmission, refilled_page, typed_texts, typed_values_without_secrets
from plp.portal.shell.requests import PortalRequest
from plp.portal.shell.return_address import page_of_form

UNSENT = "unsent"
KEPT_FOR = timedelta(minutes=15)
MOST_SIGNS = 20_000
SENTENCE = _("You were signed out before this was sent. Read it again, then send it.")


def keep_unsent_form(request: PortalRequest, *, person: Person | None) -> None:
    """Keep the form that ``request`` sent; nothing where its sender is unknown, no word was typed, or too many."""
    words = typed_texts(request)
    if person is not None and words and sum(map(len, words)) <= MOST_SIGNS:
        unsent = {
            "page": page_of_form(request),
            "sent_to": request.path,
            "typed": typed_values_without_secrets(request),
            "person": person.pk.hex,
            "until": (request.at + KEPT_FOR).timestamp(),
        }
        store_sealed(request, UNSENT, unsent)


class UnsentFormMiddleware:
    """Fills in the page of a form that waits, the first time that its sender opens it; stands behind the person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        """Look only where somebody is known: their session is read already."""
        answer = self.get_response(request)
        person = request.person or request.member
        if person is None or request.method != "GET" or UNSENT not in request.session:
            return answer
        unsent = load_sealed(request, UNSENT)
        is_over = unsent["until"] < request.at.timestamp() or unsent["person"] != person.pk.hex
        is_page = request.get_full_path() == unsent["page"] and answer.status_code == 200 and not answer.streaming
        if is_over or is_page:
            del request.session[UNSENT]
        if is_over or not is_page or not answer.headers["Content-Type"].startswith("text/html"):
            return answer
        form = FormSubmission(unsent["sent_to"], unsent["typed"])
        page = refilled_page(
            answer.text, address=request.path, form=form, sentence=str(SENTENCE), faults={}, status=200
        )
        answer.content = page.content
        return answer
