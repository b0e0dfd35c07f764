"""The pages that say no: calm, in the reader's language, without a version or a personal value (T22)."""

import errno
import logging
import sys
import traceback
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import REASON_BAD_ORIGIN
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from plp.portal.shell.double_submission import has_form_written_rows
from plp.portal.shell.limits import MustWait
from plp.portal.shell.refused_forms import InvalidForm, comes_from_our_page, show_form_again, typed_texts
from plp.toolbox.moves import Refused

log = logging.getLogger(__name__)
PASSING = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM}  # of the machine, not ours
FULL = {errno.ENOSPC, errno.EDQUOT, "SQLITE_FULL", "53100"}  # 53100: disk_full of PostgreSQL
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
STALE = _("This form was open for too long, so nothing was sent. Read it again, then send it.")
KEPT_ON_PAGE = _(
    "What you wrote is kept on this page. Leave it open: it is sent again in half a minute. Nothing happens? Press the "
    "button. In danger, phone 101 or 112."
)
MAY_BE_SAVED = _(
    "What you wrote is kept on this page. It may have been saved already: look in another window. If it was not, press "
    "the button. In danger, phone 101 or 112."
)
KEPT_WITH_FILES = _(
    "Wait a minute, then reload this page: your browser sends everything again, with the files. In danger, phone 101 "
    "or 112."
)
SOON = "10"  # seconds after which a machine may ask again


@dataclass(frozen=True)
class Words:
    """Title and advice of an error page."""

    title: Any
    advice: Any


WORDS = {
    400: Words(
        _("We could not read this request"),
        _("Something in it was not as expected. Go back, reload the page and try again."),
    ),
    403: Words(
        _("This form is no longer valid"),
        _("It was open for too long, or the browser keeps no cookies. Go back, reload the page and fill it in again."),
    ),
    404: Words(
        _("This page does not exist"),
        _("The address may be mistyped, or the page is not meant for you. Start again from the first page."),
    ),
    409: Words(_("This is no longer possible"), ""),
    413: Words(
        _("This is too large"),
        _("At most 36 MB can be sent at once. Go back: what you typed is still there. Then send a smaller file."),
    ),
    429: Words(_("Too many tries"), _("Wait a few minutes, then try again. Nothing is lost.")),
    500: Words(
        _("Something went wrong on our side"),
        _("Your last action may not have been saved. Try again in a moment. In danger, phone 101 or 112."),
    ),
    503: Words(
        _("We cannot reach our data for a moment"),
        _(
            "Wait a minute and look whether your last action was saved. If it was not, do it again. "
            "In danger, phone 101 or 112."
        ),
    ),
    507: Words(
        _("There is no room left on our machine"),
        _(
            "Nothing was saved and nothing was sent. Tell whoever runs this platform, and try again later. "
            "In danger, phone 101 or 112."
        ),
    ),
}


def error_page(request: HttpRequest, status: int, *, sentence: str = "") -> HttpResponse:
    """The page (or, for htmx, the notice) for ``status``; ``sentence`` replaces the usual advice."""
    words = WORDS[status]
    htmx = bool(getattr(request, "htmx", False))
    context = {
        "title": words.title,
        "advice": sentence or words.advice,
        "bare": status != 409,
        "back": _page_before(request) if status == 409 else "",
        "typed": typed_texts(request) if status == 409 or (status != 413 and comes_from_our_page(request)) else [],
    }
    response = render(request, f"shell/{'refusal' if htmx else 'error'}.html", context, status=status)
    if htmx:
        response.headers["HX-Retarget"] = "#refusal"
        response.headers["HX-Reswap"] = "innerHTML"
    if status in {503, 507}:
        response.headers["Retry-After"] = SOON
    return response


def _page_before(request: HttpRequest) -> str:
    """The path of the page of ours that led here; empty where it is this one, or not known."""
    try:
        before = urlsplit(request.headers.get("Referer", ""))
        is_ours = before.netloc == request.get_host() and before.path not in {request.path, ""}
    except (DisallowedHost, ValueError):
        return ""
    return "/" + before._replace(scheme="", netloc="", fragment="").geturl().lstrip("/") if is_ours else ""


def refusal_response(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """An action said no: its form again as it was sent, with the sentence, and status 409."""
    sentence = refusal.in_words()
    faults = {refusal.field: [sentence]} if refusal.field else {}
    return show_form_again(request, sentence, faults=faults) or error_page(request, 409, sentence=sentence)


def invalid_form_response(request: HttpRequest, exception: InvalidForm) -> HttpResponse:
    """A form that stands on another page has faults: that page again, with each at its field."""
    lines = [line for each in exception.faults.values() for line in each]
    return show_form_again(request, "", page=exception.page, faults=exception.faults) or error_page(
        request, 409, sentence=" ".join(lines)
    )


def limit_reached_response(request: HttpRequest, wait: MustWait) -> HttpResponse:
    """Sent at a full limit: how long to wait, and what was typed, ready to be sent again (status 429)."""
    if getattr(request, "htmx", False):
        response = error_page(request, 429, sentence=wait.in_words())
    else:
        context = {"title": _("One moment"), "advice": wait.in_words(), "typed": posted_pairs_to_resend(request)}
        response = render(request, "shell/wait.html", context, status=429)
    response.headers["Retry-After"] = str(wait.seconds)
    return response


def posted_pairs_to_resend(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, to be sent again as it is: nothing where a file belongs to it, and no page bears a password."""
    if request.FILES or any("password" in name for name in request.POST):
        return []
    return [(name, value) for name in request.POST for value in request.POST.getlist(name) if name != TOKEN]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handler of 400, and of 413 when the request was too large.

    A session that the database could not take comes here too, as if somebody had deleted it: that is no fault of the
    reader, and passes (F17).
    """
    behind: BaseException | None = exception
    while behind is not None and not _is_transient_fault(behind):
        behind = behind.__context__
    if behind is not None:
        return _transient_fault_response(request, behind)
    return error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handler of 403."""
    return error_page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token (T31): what to do, not why; as it was sent, if a page of ours sent it."""
    is_ours = reason != REASON_BAD_ORIGIN and comes_from_our_page(request)
    again = show_form_again(request, str(STALE), status=403) if is_ours else None
    return again or error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Handler of 404; absent and foreign things answer the same."""
    return error_page(request, 404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Handler of 429, called by allauth's rate limits."""
    return error_page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Handler of 500, and of 503 when the fault is the database's or the machine's and passes by itself (F17).

    A disk that was found full after the form was taken is told as 507 (F6), without saying what was saved.
    """
    fault = sys.exception()
    if fault is not None and _is_transient_fault(fault):
        return _transient_fault_response(request, fault)
    log.error("a page broke: %s at %s", type(fault).__name__, _code_location_of_fault(fault))
    return error_page(request, 500)


def _is_transient_fault(fault: BaseException) -> bool:
    """Whether it is a fault of the database or the machine that passes by itself."""
    return isinstance(fault, OperationalError | InterfaceError) or (
        isinstance(fault, OSError) and fault.errno in PASSING
    )


def _transient_fault_response(request: HttpRequest, fault: BaseException) -> HttpResponse:
    log.error("a page met a passing fault: %s", type(fault).__name__)
    status = 507 if _is_disk_full(fault) else 503
    return _resend_form_response(request, status) or error_page(request, status, sentence=WORDS[503].advice)


def _resend_form_response(request: HttpRequest, status: int) -> HttpResponse | None:
    """What was typed, kept on this page and sent from it again; ``None`` where none was.

    By itself only where nothing was written for the first sending: else an act could be done twice.
    """
    try:
        is_ours = request.method == "POST" and not getattr(request, "htmx", False) and comes_from_our_page(request)
        typed = posted_pairs_to_resend(request) if is_ours else []
        has_files = is_ours and bool(request.FILES)
    except (SuspiciousOperation, MultiPartParserError, OSError):  # it cannot be read
        return None
    if not typed and not has_files:
        return None
    by_itself = has_files or not has_form_written_rows(request)
    advice = KEPT_ON_PAGE if by_itself else MAY_BE_SAVED
    context = {
        "title": WORDS[status].title,
        "advice": KEPT_WITH_FILES if has_files else advice,
        "typed": typed,
        "words": typed_texts(request),
        "bare": True,
        "by_itself": by_itself,
    }
    response = render(request, "shell/wait.html", context, status=status)
    response.headers["Retry-After"] = SOON
    return response


def _is_disk_full(fault: BaseException) -> bool:
    """Whether a disk had no room, met by us or by the database: its temporary files may stand on another (F6)."""
    cause = fault.__cause__
    codes = {getattr(fault, "errno", None), getattr(cause, "sqlite_errorname", ""), getattr(cause, "sqlstate", "")}
    return bool(codes & FULL)


def _code_location_of_fault(fault: BaseException | None) -> str:
    """Where it broke, as file and line of our code or a library; never its words (T20)."""
    steps = traceback.extract_tb(fault.__traceback__) if fault else []
    ours = [step for step in steps if "/plp/" in step.filename] or steps
    return f"plp/{ours[-1].filename.rpartition('/plp/')[2]}:{ours[-1].lineno}" if ours else "an unknown place"
