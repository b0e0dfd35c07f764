"""Public addresses of a partnership that is here no more: where it is now (ADR 71, 72), or that it rests or ended."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve
from django.utils.translation import get_language, override

from plp.exchange.move_queries import departed_move_of_slug
from plp.launch.queries.quarter_changes import successor_of_old_key
from plp.partnership.gates import PartnershipOver
from plp.partnership.models import Partnership
from plp.partnership.queries import public_partnerships, resting_or_ended_public_partnership
from plp.partnership.states import State
from plp.places.queries.emergency import help_numbers_in
from plp.portal.shell.requests import PortalRequest

type View = Callable[..., HttpResponse]


def redirect_if_moved(view: View) -> View:
    """Send whoever opens the page of a partnership that is here no more to the same page of where it is now."""
    return _redirect_if_moved_else_answer_if_closed(view, _closed_partnership_page)


def redirect_if_moved_or_410_if_ended(view: View) -> View:
    """The same for what programs read: of a partnership that has ended they hear so (410), and ask no more."""
    return _redirect_if_moved_else_answer_if_closed(view, _ended_feed_response_or_404)


def ended_feed_response(language: str) -> HttpResponse:
    """What a program reads at the feed of a partnership that has ended: a sentence in ``language``, and 410."""
    with override(language):
        return HttpResponse(str(PartnershipOver.sentence), status=410, content_type="text/plain; charset=utf-8")


def _redirect_if_moved_else_answer_if_closed(
    view: View, closed_answer: Callable[[PortalRequest, Partnership], HttpResponse]
) -> View:
    @wraps(view)
    def view_or_answer_of_elsewhere(request: PortalRequest, key: str, *parts: Any, **named_parts: Any) -> HttpResponse:
        try:
            return view(request, key, *parts, **named_parts)
        except Http404:
            answer = _response_if_moved_elsewhere(request, key)
            if answer is not None:
                return answer
            new = successor_of_old_key(key)
            if new is None or not public_partnerships().filter(pk=new.pk).exists():
                if closed := resting_or_ended_public_partnership(key):
                    return closed_answer(request, closed)
                raise
            here = resolve(request.path)
            return redirect(here.view_name, **here.kwargs | {"key": new.key})

    return view_or_answer_of_elsewhere


def _ended_feed_response_or_404(request: PortalRequest, closed: Partnership) -> HttpResponse:
    """Of one that rests a program asks again later."""
    if closed.state != State.ENDED:
        raise Http404
    return ended_feed_response(resolve(request.path).kwargs.get("language") or get_language() or "fr")


def _closed_partnership_page(request: PortalRequest, closed: Partnership) -> HttpResponse:
    """That it rests or ended, and whom to ask: the desk of its police, else the station."""
    language = get_language() or "fr"
    telephone = closed.contact_phone or help_numbers_in(closed.area, language).desk
    ended = "" if closed.state == State.DORMANT else str(PartnershipOver.sentence)
    context = {"name": closed.name(language), "ended": ended, "telephone": telephone, "hides_easy_words": True}
    return render(request, "shell/closed.html", context)


def _response_if_moved_elsewhere(request: PortalRequest, key: str) -> HttpResponse | None:
    """The same page of another installation; one without an address on the network is named on a page."""
    move = departed_move_of_slug(key, at=request.at)
    if move is None:
        return None
    if move.partner.origin:
        return redirect(f"{move.partner.origin}{request.get_full_path()}")
    context = {"name": move.name(), "there": move.partner.name, "hides_easy_words": True}
    return render(request, "shell/moved_away.html", context)
