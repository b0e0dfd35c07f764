"""A partnership moves to another installation, or comes from one: a dry run with one button, then how far it is."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plp.exchange import actions as exchange
from plp.exchange.actions.moves import day_of_move
from plp.exchange.models import PartnershipMove
from plp.exchange.move_queries import (
    count_move_contents,
    movable_partnerships,
    moves_in_scope,
    running_or_done_move_of,
    unknown_streets,
)
from plp.exchange.queries import partners_for_messages
from plp.exchange.states import MachineReason, MoveState
from plp.mandates.grants import Permission
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.installations.forms import OfferMoveForm, RefuseOfferForm
from plp.portal.subjects.installations.presentation import MOVE_COLOURS, archive_progress_text, move_state_text
from plp.toolbox.moves import Refused

CAN_RETURN = (MoveState.OFFERED, MoveState.AGREED, MoveState.SENT)


@needs(Permission.ZONE_SET)
@freshly_proven
def offer_move(request: StaffRequest, key: str) -> HttpResponse:
    """What would go, what stays, and one button: it asks the chief of the other installation."""
    partnership = get_object_or_404(movable_partnerships(request.person, at=request.at), key=key)
    present = running_or_done_move_of(partnership)
    if present is not None:
        return redirect("installations:move", present.pk)
    partners = partners_for_messages(partnership.area)
    form = OfferMoveForm(request.POST if request.method == "POST" else None, partners=partners)
    if form.is_valid():
        offered = exchange.offer_move(partnership=partnership, by=request.person, at=request.at, **form.cleaned_data)
        return success(
            request,
            _("Asked. Nothing changes until the chief of corps there accepts."),
            "installations:move",
            offered.pk,
        )
    context = {
        "partnership": partnership,
        "name": partnership.name(),
        "contents": count_move_contents(partnership),
        "form": form,
        "has_partners": bool(partners),
    }
    return render(request, "installations/offer_move.html", context)


@needs(Permission.ZONE_SET)
@freshly_proven
def show_and_accept_refuse_or_recall_move(request: StaffRequest, key: UUID) -> HttpResponse:
    """How far it is; accept or refuse what comes, take back what goes."""
    current = get_object_or_404(moves_in_scope(request.person, at=request.at), pk=key)
    refusal_form = RefuseOfferForm(request.POST if request.POST.get("act") == "refuse" else None)
    error = ""
    if request.method == "POST":
        try:
            if _accept_refuse_or_recall_move(request, current, refusal_form):
                return redirect("installations:move", key)
        except Refused as refusal:
            error = refusal.in_words()
    return render(request, "installations/move.html", _move_context(request, current, refusal_form, error))


def _accept_refuse_or_recall_move(
    request: StaffRequest, current: PartnershipMove, refusal_form: RefuseOfferForm
) -> bool:
    """Do what the form asks; ``False`` where it lacks something. Raises ``Refused``."""
    act = request.POST.get("act", "")
    if act == "accept" and not current.is_ours:
        exchange.accept_move(offer=current, by=request.person, at=request.at)
        messages.success(request, _("Accepted. It comes by itself on the day."))
    elif act == "refuse" and not current.is_ours and refusal_form.is_valid():
        because = refusal_form.cleaned_data["because"]
        exchange.refuse_move(offer=current, because=because, by=request.person, at=request.at)
        messages.success(request, _("Refused. The police there read your reason."))
    elif act == "recall" and current.is_ours:
        exchange.recall_move(offer=current, by=request.person, at=request.at)
        messages.success(request, _("Taken back. This page says when the other side has confirmed it."))
    else:
        return False
    return True


def _move_context(
    request: StaffRequest, current: PartnershipMove, refusal_form: RefuseOfferForm, error: str
) -> dict[str, object]:
    state = MoveState(current.state)
    waits = not current.is_ours and state == MoveState.OFFERED
    return {
        "move": current,
        "name": current.name(),
        "state": move_state_text(current),
        "colour": MOVE_COLOURS.get(state, "plain"),
        "waits": waits,
        "lacking": unknown_streets(current.streets) if waits else [],
        "day": day_of_move(current, at=request.at) if waits else current.day,
        "can_refuse": not current.is_ours and state in {MoveState.OFFERED, MoveState.AGREED},
        "can_return": current.is_ours and state in CAN_RETURN,
        "progress": archive_progress_text(current),
        "refusal_form": refusal_form,
        "because": MachineReason(current.because).label if current.because in MachineReason else current.because,
        "error": error,
    }
