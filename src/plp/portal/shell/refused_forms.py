"""The page on which a form stands, drawn again after its act was refused: filled in as it was sent, with the sentence.

One place for all pages: a view acts and lets a refusal rise (README, Refusals). What cannot come back in its form, for
its page is gone too, is shown as words, to be copied. Secrets and files never come back (T20).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import SplitResult, urlsplit

from django.contrib.messages.middleware import MessageMiddleware
from django.core.exceptions import DisallowedHost, PermissionDenied, SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve
from django.utils.translation import get_language

from plp.mandates.queries import mandates_cached
from plp.portal.shell.form_html import FormFilling, Typed
from plp.portal.shell.return_address import STANDS_ON, own_path_or_empty, return_address
from plp.toolbox.moves import Refused

NOTICE_PLACE = '<div id="refusal" aria-live="polite"></div>'  # of every page (shell/base.html)
ADDED = {"csrfmiddlewaretoken", STANDS_ON, "draft"}  # what the page puts into a form beside what is typed
SECRET = re.compile("password|passphrase|secret", re.IGNORECASE)
KEY = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|on|\d+")  # nobody types these
MOST_REDIRECTS = 3
CARRIED = (
    "session",
    "user",
    "person",
    "member",
    "permissions",
    "at",
    "page_warning",
    "htmx",
    "allauth",
)  # by our middleware


class InvalidForm(Exception):
    """A view whose form stands on another ``page`` found faults in it: that is shown again, with each at its field."""

    def __init__(self, form: BaseForm, *, page: str) -> None:
        super().__init__(type(form).__name__)
        self.faults = {form.add_prefix(name): [*map(str, lines)] for name, lines in form.errors.items()}
        self.page = page


def typed_values_without_secrets(request: HttpRequest) -> Typed:
    """What was typed and chosen, without what the page added and without secrets."""
    return {name: values for name, values in request.POST.lists() if name not in ADDED and not SECRET.search(name)}


def typed_texts(request: HttpRequest) -> list[str]:
    """What was typed, to be read and copied where no form can take it: no keys and no ticks."""
    try:
        each = typed_values_without_secrets(request).values() if request.method == "POST" else ()
    except (SuspiciousOperation, MultiPartParserError, OSError):  # it cannot be read
        return []
    return [value for values in each for value in values if value.strip() and not KEY.fullmatch(value)]


def comes_from_our_page(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent this.

    What comes without a valid token is shown again only then: else another site could put words of its own under our
    name (T31).
    """
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return True
    try:
        return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
    except (DisallowedHost, ValueError):
        return False


@dataclass(frozen=True)
class FormSubmission:
    """What was ``typed`` into a form, and the path to which it was sent."""

    sent_to: str
    typed: Typed


def show_form_again(
    request: HttpRequest,
    sentence: str,
    *,
    page: str = "",
    faults: Mapping[str, Sequence[str]] | None = None,
    status: int = 409,
) -> HttpResponse | None:
    """The page of the form that was sent, filled in; ``None`` where that page does not open any more.

    The form says on which page it stands; ``page`` is an address that is known otherwise.

    ``sentence`` stands at the head of the form, ``faults`` (name of a field: sentences) at their fields.
    """
    if request.method != "POST" or getattr(request, "htmx", False):
        return None
    drawn = fetch_own_page_address_and_html(request, page or return_address(request))
    if drawn is None:
        return None
    address, html = drawn
    form = FormSubmission(request.path, typed_values_without_secrets(request))
    return refilled_page(html, address=address, form=form, sentence=sentence, faults=faults or {}, status=status)


def refilled_page(
    page: str, *, address: str, form: FormSubmission, sentence: str, faults: Mapping[str, Sequence[str]], status: int
) -> HttpResponse:
    """``page``, which stands at ``address``, with ``form`` filled in as it was sent."""
    filling = FormFilling(page, address=address, sent_to=form.sent_to, typed=form.typed)
    ids = filling.first_control_ids()
    faults = {_prefixed_field_name(name, ids): lines for name, lines in faults.items()}
    rows = [(ids.get(name, ""), filling.label_words(name), line) for name, lines in faults.items() for line in lines]
    lost = [words for words in filling.unplaced_values() if not KEY.fullmatch(words)]
    context = {"rows": rows or [("", "", sentence)], "typed": lost}
    summary = render_to_string("shell/components/refused_form.html", context)
    html = filling.render(summary=summary, faults={name: lines for name, lines in faults.items() if ids.get(name)})
    if filling.form is None:
        html = html.replace(NOTICE_PLACE, NOTICE_PLACE.replace("></div>", f">{summary}</div>"), 1)
    return HttpResponse(html, status=status)


def _prefixed_field_name(field: str, names: Iterable[str]) -> str:
    """The name of a field as the form sends it: forms that share a page have prefixes."""
    return next((name for name in names if name == field or name.endswith(f"-{field}")), field)


def fetch_own_page_address_and_html(request: HttpRequest, address: str) -> tuple[str, str] | None:
    """Where the page ``address`` of ours is, after its redirects, and its HTML; ``None`` where none opens.

    It is asked for by whoever sent ``request``, as if they had followed a link.
    """
    for _redirect in range(MOST_REDIRECTS):
        answer = _call_view_of_address(request, address)
        if answer is None or getattr(answer, "asks_first", False):
            return None
        if answer.status_code not in {301, 302}:
            is_page = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
            return (address, answer.text) if is_page and not answer.streaming else None
        address = own_path_or_empty(answer.headers["Location"])
    return None


def _call_view_of_address(request: HttpRequest, address: str) -> HttpResponse | None:
    """The answer of the view of ``address`` to a reader."""
    parts = urlsplit(address)
    with suppress(Http404, Resolver404, Refused, PermissionDenied), mandates_cached():
        match = resolve(parts.path)
        reading = _build_get_request(request, parts)
        reading.resolver_match = match
        answer = match.func(reading, *match.args, **match.kwargs)
        return answer.render() if isinstance(answer, TemplateResponse) else answer
    return None


def _build_get_request(request: HttpRequest, parts: SplitResult) -> WSGIRequest:
    """A request for a page, from the browser and the person of ``request``."""
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": parts.path, "QUERY_STRING": parts.query}
    reading = WSGIRequest(request.META | asked | {"CONTENT_LENGTH": "0", "wsgi.input": BytesIO()})
    for name in CARRIED:
        if hasattr(request, name):
            setattr(reading, name, getattr(request, name))
    reading.LANGUAGE_CODE = get_language()
    reading.drafts = {}  # type: ignore[attr-defined]  # what was sent just now is newer than any draft of it
    MessageMiddleware(lambda _request: HttpResponse()).process_request(reading)
    return reading
