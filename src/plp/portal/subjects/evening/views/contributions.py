"""What people offered and said, with its answer; what was agreed (R23, R25, R26)."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from plp.evening import actions as evening
from plp.evening.actions.contributions import SAID
from plp.evening.states import MeetingState
from plp.launch.queries.surveys import count_homes_that_would_help
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.evening.forms.voices import (
    AnswerOpinionForm,
    DecisionForm,
    OfferHelpForm,
    OpinionForm,
    VolunteerTasksForm,
)
from plp.portal.subjects.evening.presentation import (
    SEVERAL,
    VolunteerCard,
    mailto_link_to_asked_volunteers,
    volunteer_cards,
)
from plp.portal.subjects.evening.scope import (
    LEAD,
    WORDED_BY_HAND,
    meeting_context,
    meeting_or_404,
    page_language,
    uuid_or_none,
)


@needs(LEAD)
def record_volunteers_and_opinions(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """Volunteers and opinions; those on paper are typed in here."""
    found = meeting_or_404(request, key, meeting)
    helping = OfferHelpForm(request.POST if "help" in request.POST else None, prefix="help")
    saying = OpinionForm(request.POST if "opinion" in request.POST else None, prefix="opinion")
    cards = volunteer_cards(found, request.POST if "ask" in request.POST else None)
    volunteers = [card for card in cards if not card.is_elected]
    asking = VolunteerTasksForm(request.POST if "ask_all" in request.POST else None, prefix="all")
    who: dict[str, Any] = {"meeting": found, "by": request.person, "at": request.at}
    if "spoken" in request.POST:
        offer = get_object_or_404(found.offers, pk=uuid_or_none(request.POST["spoken"]))
        evening.note_volunteer_contacted(offer=offer, by=request.person, at=request.at)
    elif "ask" in request.POST:
        _assign_task_to_volunteer(request, cards)
    elif asking.is_bound and asking.is_valid():
        _assign_offered_tasks(request, volunteers, asking.cleaned_data["until"])
    elif helping.is_bound and helping.is_valid():
        evening.record_help_offer(**who, **helping.cleaned_data)
    elif saying.is_bound and saying.is_valid():
        evening.record_opinion(**who, **saying.cleaned_data)
    if request.method == "POST" and not any(
        form.errors for form in (helping, saying, asking, *(card.form for card in cards))
    ):
        return success(request, _("Noted."), "evening:voices", key, found.pk)
    said = {
        "volunteers": volunteers,
        "elected": [card for card in cards if card.is_elected],
        "asking": asking if len(_unasked_with_tasks(volunteers)) >= SEVERAL else None,
        "letter_to_all": mailto_link_to_asked_volunteers(found, volunteers),
        "homes": count_homes_that_would_help(found.partnership),
        "opinions": found.opinions.order_by("pk"),
        "may_say": found.state in SAID,
    }
    return render(request, "evening/voices.html", meeting_context(found, **said, helping=helping, saying=saying))


def _unasked_with_tasks(cards: Sequence[VolunteerCard]) -> list[VolunteerCard]:
    return [card for card in cards if card.tasks and not card.offer.task]


def _assign_offered_tasks(request: StaffRequest, cards: Sequence[VolunteerCard], until: date) -> None:
    """Ask everybody whom nobody asked yet for what they offered."""
    with transaction.atomic():
        for card in _unasked_with_tasks(cards):
            evening.assign_task_to_volunteer(
                offer=card.offer, task=", ".join(card.tasks), until=until, by=request.person, at=request.at
            )


def _assign_task_to_volunteer(request: StaffRequest, cards: Sequence[VolunteerCard]) -> None:
    """Ask one of the volunteers for a task."""
    card = next((card for card in cards if card.form.is_bound), None)
    if card is None:
        raise Http404
    if card.form.is_valid():
        evening.assign_task_to_volunteer(offer=card.offer, by=request.person, at=request.at, **card.form.cleaned_data)


@needs(LEAD)
def answer_opinion(request: StaffRequest, key: str, meeting: UUID, opinion: UUID) -> HttpResponse:
    """Answer an opinion."""
    found = meeting_or_404(request, key, meeting)
    row = get_object_or_404(found.opinions, pk=opinion)
    form = AnswerOpinionForm(request.POST or None, initial={"answer": row.answer})
    if request.method == "POST" and form.is_valid():
        evening.answer_opinion(opinion=row, by=request.person, at=request.at, **form.cleaned_data)
        return success(request, _("Answered."), "evening:voices", key, found.pk)
    return render(request, "evening/answer.html", meeting_context(found, form=form, opinion=row))


@needs(LEAD)
def remove_contribution(request: StaffRequest, key: str, meeting: UUID, what: str, row: UUID) -> HttpResponse:
    """Take out an opinion or an offer on the word of whoever gave it, after a question."""
    found = meeting_or_404(request, key, meeting)
    tables: dict[str, Any] = {"opinion": found.opinions, "offer": found.offers}
    if what not in tables:
        raise Http404
    chosen = get_object_or_404(tables[what], pk=row)
    if request.method == "POST":
        evening.delete_or_anonymise_contribution(row=chosen, by=request.person, at=request.at)
        return success(request, _("Removed."), "evening:voices", key, found.pk)
    return render(request, "evening/strike.html", meeting_context(found, row=chosen, what=what))


@needs(LEAD)
def record_agreements(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """What was agreed, who sees to it, by when, and whether it is done."""
    found = meeting_or_404(request, key, meeting)
    form = DecisionForm(request.POST if "add" in request.POST else None)
    if "done" in request.POST:
        row = get_object_or_404(found.decisions, pk=uuid_or_none(request.POST["done"]))
        evening.note_decision_done(decision=row, by=request.person, at=request.at)
    elif form.is_bound and form.is_valid():
        who: dict[str, Any] = {"meeting": found, "by": request.person, "at": request.at}
        if evening.add_agreement_and_redraft_minutes(**who, **form.cleaned_data, language=page_language()):
            messages.warning(request, WORDED_BY_HAND)
    if request.method == "POST" and not form.errors:
        return success(request, _("Noted."), "evening:agreements", key, found.pk)
    may_add = found.state in {MeetingState.OPEN, MeetingState.HELD, MeetingState.MINUTED}
    rows = found.decisions.order_by("due", "pk")
    return render(request, "evening/agreements.html", meeting_context(found, rows=rows, form=form, may_add=may_add))
