"""Other installations: invite, answer an invitation, compare the words, bring letters on a stick, end it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.exchange import actions as exchange
from plp.exchange import outbox
from plp.exchange.move_queries import moves_in_scope
from plp.exchange.queries import (
    PAIR,
    areas_to_pair_for,
    invitation_text_of,
    letters_not_taken_by_partner,
    partners_in_scope,
    verification_words_of,
)
from plp.exchange.states import PartnerState
from plp.portal.shell.files import download
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.installations.forms import (
    AcceptInvitationForm,
    ConfirmForm,
    LetterFileForm,
    PairInstallationForm,
)
from plp.portal.subjects.installations.presentation import move_rows, partner_rows
from plp.toolbox.moves import Refused

MOST_MOVES = 50


@needs(PAIR)
def list_and_pair_partners(request: StaffRequest) -> HttpResponse:
    """Every installation that we met, and the three ways to go on: invite, answer, read a file."""
    language, scope = get_language() or "fr", areas_to_pair_for(request.person, at=request.at)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    invite = PairInstallationForm(
        request.POST if act == "invite" else None, areas=scope, language=language, prefix="invite"
    )
    answer = AcceptInvitationForm(
        request.POST if act == "answer" else None, areas=scope, language=language, prefix="answer"
    )
    data, files = (request.POST, request.FILES) if act == "file" else (None, None)
    file = LetterFileForm(data, files, prefix="file")
    if invite.is_valid():
        partner = exchange.create_invitation(**invite.cleaned_data, by=request.person, at=request.at)
        return redirect("installations:partner", partner.pk)
    if answer.is_valid():
        partner = exchange.accept_invitation(**answer.cleaned_data, by=request.person, at=request.at)
        return redirect("installations:partner", partner.pk)
    if file.is_valid() and _receive_letters_of_file_or_add_error(request, file):
        return redirect("installations:overview")
    rows = partner_rows(partners_in_scope(request.person, at=request.at), language)
    moves = move_rows(moves_in_scope(request.person, at=request.at)[:MOST_MOVES], language)
    context = {"rows": rows, "moves": moves, "invite": invite, "answer": answer, "file": file}
    return render(request, "installations/overview.html", context)


def _receive_letters_of_file_or_add_error(request: StaffRequest, form: LetterFileForm) -> bool:
    """Read a file of letters; else the form says why not: one among several is not known again by its file alone."""
    try:
        outcomes = exchange.receive_letters_of_file(content=form.cleaned_data["file"], by=request.person, at=request.at)
    except Refused as refusal:
        form.add_error("file", refusal.in_words())
        return False
    taken = outcomes["taken"] + outcomes["held"]
    words = ngettext("%d new letter was read.", "%d new letters were read.", taken) % taken
    messages.success(request, words if taken else _("There was no new letter in it."))
    return True


@needs(PAIR)
@freshly_proven
def see_and_confirm_partner(request: StaffRequest, key: UUID) -> HttpResponse:
    """One installation: the invitation to send, the words to read aloud, or how letters go."""
    partner = get_object_or_404(partners_in_scope(request.person, at=request.at), pk=key)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        exchange.confirm_partner(partner=partner, words_agree=True, by=request.person, at=request.at)
        return success(
            request,
            _("Confirmed. Once the other side has confirmed it too, messages can pass."),
            "installations:partner",
            key,
        )
    language = get_language() or "fr"
    waiting = letters_not_taken_by_partner(partner).count()
    context = {
        "row": partner_rows([partner], language)[0],
        "partner": partner,
        "area": partner.area.name(language),
        "invitation": invitation_text_of(partner) if partner.state == PartnerState.INVITED else "",
        "words": verification_words_of(partner) if partner.state == PartnerState.MET else [],
        "form": form if partner.state == PartnerState.MET and not partner.confirmed_at else None,
        "waiting": waiting,
    }
    return render(request, "installations/partner.html", context)


@needs(PAIR)
@require_POST
def download_letters(request: StaffRequest, key: UUID) -> HttpResponse:
    """The letters that wait, as a file for a stick."""
    partner = get_object_or_404(partners_in_scope(request.person, at=request.at), pk=key)
    content = outbox.export_letters(partner=partner, by=request.person, at=request.at)
    return download(content, name="letters.plp", content_type="application/octet-stream")


@needs(PAIR)
@freshly_proven
def end_exchange(request: StaffRequest, key: UUID) -> HttpResponse:
    """Exchange nothing any more, after a question."""
    partner = get_object_or_404(partners_in_scope(request.person, at=request.at), pk=key)
    if request.method == "POST":
        exchange.end_partner(partner=partner, by=request.person, at=request.at)
        return success(request, _("Ended. No letter is sent or read any more."), "installations:overview")
    return render(request, "installations/end.html", {"partner": partner})
