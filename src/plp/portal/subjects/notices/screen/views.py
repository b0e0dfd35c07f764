"""A tablet or till that belongs to a firm and to nobody: what runs now, and "seen". It opens nothing else."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from plp.charter.kinds import KINDS
from plp.firms.models import Screen
from plp.firms.queries import screen_with_token
from plp.firms.screens import WrongScreenCode, pair_screen
from plp.membership.firms import partnerships_with_member_of_firm
from plp.notices import actions as notices
from plp.notices.copies import written_language_for_reader
from plp.notices.models import Notice
from plp.notices.queries import title_core_and_more_by_language
from plp.notices.queries.screens import running_notices_on_screen
from plp.partnership.signs import SIGNS
from plp.portal.shell import limits
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.notices.screen.forms import PairForm


@public
@require_http_methods(["GET", "HEAD", "POST"])
def show_running_messages_or_pair_screen(request: PortalRequest) -> HttpResponse:
    """The running messages on a paired screen; on any other the field for the code."""
    paired = _screen_of(request)
    if paired is None:
        return _show_form_or_pair_screen(request)
    partnerships = list(partnerships_with_member_of_firm(paired.firm))
    spoken = [language for partnership in partnerships for language in partnership.languages]
    language = get_language() or "fr"
    language = language if language in spoken or not spoken else spoken[0]  # nobody chooses one at a till
    with override(language):
        rows = [_notice_context(notice, language) for notice in running_notices_on_screen(paired.firm, at=request.at)]
        names = [f"{SIGNS[partnership.kind][language]} {partnership.name()}" for partnership in partnerships]
        shown = {"rows": rows, "name": ", ".join(names) or _("Screen at the till"), "bare": True}
        return render(request, f"notices/screen/{'_running' if request.htmx else 'screen'}.html", shown)


def _screen_of(request: PortalRequest) -> Screen | None:
    return screen_with_token(request.COOKIES.get(settings.SCREEN_COOKIE_NAME, ""))


def _show_form_or_pair_screen(request: PortalRequest) -> HttpResponse:
    form = PairForm(request.POST or None)
    if form.is_bound and form.is_valid():
        with limits.enforce_then_count(request, ("screen-code.network", limits.personal_or_network_limit_key(request))):
            token = _pair_screen(form, request)
        if token:
            return _redirect_with_cookie(token)
    return render(request, "notices/screen/pair.html", {"form": form, "bare": True})


def _pair_screen(form: PairForm, request: PortalRequest) -> str:
    """The token of the screen just paired; empty for a wrong code, and the form says so."""
    try:
        return pair_screen(code=form.cleaned_data["code"], at=request.at).token
    except WrongScreenCode as wrong:
        form.add_error("code", wrong.in_words())
        return ""


def _redirect_with_cookie(token: str) -> HttpResponse:
    answer = redirect("notices:screen:screen")
    answer.set_cookie(
        settings.SCREEN_COOKIE_NAME,
        token,
        max_age=settings.DEVICE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _notice_context(notice: Notice, language: str) -> dict[str, Any]:
    words = title_core_and_more_by_language(notice)
    written = written_language_for_reader(language, words, tuple(notice.partnership.languages))
    title, core, more = words[written]
    return {
        "notice": notice,
        "title": title,
        "core": core,
        "more": more,
        "language": written,
        "is_alarm": KINDS[notice.kind].urgent,
        "kind": KINDS[notice.kind].label,
    }


@public
@require_POST
def note_seen_by_shop(request: PortalRequest, key: UUID) -> HttpResponse:
    """The shop has seen it. A screen that was taken off goes back to the field for the code."""
    paired = _screen_of(request)
    if paired is not None:
        notice = get_object_or_404(running_notices_on_screen(paired.firm, at=request.at), pk=key)
        notices.record_seen_on_shop_screen(notice=notice, firm=paired.firm, by=None, at=request.at)
    return redirect("notices:screen:screen")
