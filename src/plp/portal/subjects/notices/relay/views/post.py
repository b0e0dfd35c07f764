"""Invitations and other letters for members without e-mail or SMS: taken, printed, carried."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.channels.calls import Calls, call_list_pdf
from plp.channels.paper import Paper, letters_pdf
from plp.delivery import actions as delivery
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.notices.relay import post
from plp.portal.subjects.notices.relay.by_hand import (
    call_message,
    call_recipients,
    carried_own_message,
    paper_message,
    unticked_copies,
)
from plp.portal.subjects.notices.relay.rounds import letters_in_walking_order

PDF = "application/pdf"


@needs(post.MANAGE)
def list_letters_to_carry(request: StaffRequest) -> HttpResponse:
    """Each letter that somebody is to carry, in numbers: its names stand on the papers alone."""
    found = post.letters_to_carry(request.person, get_language() or "fr", at=request.at)
    return render(request, "notices/relay/post.html", {"letters": found})


@needs(post.MANAGE)
def take_put_back_or_finish(request: StaffRequest, key: UUID, channel: str) -> HttpResponse:
    """Take what waits, put it back, or note that all arrived."""
    message, _partnership = post.letter_to_carry_or_404(request.person, key, at=request.at)
    if request.method == "POST":
        told: dict[str, Any] = {"message": message, "channel": channel, "by": request.person, "at": request.at}
        if "take" in request.POST:
            delivery.mark_handed_out(**told)
        elif "back" in request.POST:
            delivery.return_unticked_copies(**told)
            messages.success(request, _("Put back: somebody else can take them."))
        elif channel in post.DONE:
            messages.success(request, _("Noted: %d") % post.record_all_as_carried(**told))
    return redirect("notices:relay:post")


@needs(post.MANAGE)
def carried_letter_file(request: StaffRequest, key: UUID, channel: str) -> HttpResponse:
    """The letters that were taken, in walking order; or the list of calls."""
    person, at, language = request.person, request.at, get_language() or "fr"
    message, partnership = post.letter_to_carry_or_404(person, key, at=at)
    carried = carried_own_message(message, at=at)
    rows = unticked_copies(carried, channel)
    if not rows:
        return redirect("notices:relay:post")
    post.note_names_on_paper(partnership, channel, len(rows), by=person, at=at)
    if channel == Calls.key:
        content = call_list_pdf(call_message(carried, at=at), call_recipients(rows), language=language)
    else:
        content = letters_pdf(paper_message(carried), letters_in_walking_order(rows))
    return download(content, name=f"{'calls' if channel == Calls.key else Paper.key}.pdf", content_type=PDF)
