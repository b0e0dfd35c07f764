"""Votes: prepare, open, enter hands and paper, close; the result once it is closed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plp.charter.plan_in_words import languages_in_words
from plp.evening import actions as evening
from plp.evening import queries
from plp.evening.minutes import vote_result_in_words
from plp.evening.models import Question
from plp.evening.rules import VoteCounts
from plp.evening.states import MeetingState, Voting
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.evening.forms.votes import PaperBallotsForm, PrepareQuestionForm, VoteCountsForm
from plp.portal.subjects.evening.scope import LEAD, meeting_context, meeting_or_404


@needs(LEAD)
def list_and_prepare_votes(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """All votes of a meeting, and the form for another one."""
    found = meeting_or_404(request, key, meeting)
    form = PrepareQuestionForm(request.POST or None, partnership=found.partnership, languages=found.languages)
    if request.method == "POST" and form.is_valid():
        made = evening.prepare_question(meeting=found, by=request.person, at=request.at, **form.question_values())
        return success(
            request, _("Prepared. Open the vote when it is time."), "evening:question", key, found.pk, made.pk
        )
    rows = [(one, vote_result_in_words(one.result) if one.result else "") for one in found.questions.all()]
    may_ask = found.state in {MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.OPEN}
    return render(request, "evening/votes.html", meeting_context(found, rows=rows, form=form, may_ask=may_ask))


@needs(LEAD)
def open_or_count_vote(request: StaffRequest, key: str, meeting: UUID, question: UUID) -> HttpResponse:
    """One vote: what can be done with it now."""
    found = meeting_or_404(request, key, meeting)
    one = get_object_or_404(found.questions, pk=question)
    hands = VoteCountsForm(
        request.POST if "hands" in request.POST else None, prefix="h", initial=_vote_counts(one.hands)
    )
    paper = PaperBallotsForm(
        request.POST if "paper" in request.POST else None, prefix="p", initial=_vote_counts(one.paper)
    )
    if request.method == "POST" and (
        _open_or_delete_vote_if_asked(request, one) or _enter_hands_or_paper_counts_if_valid(request, one, hands, paper)
    ):
        messages.success(request, _("Noted."))
        if "drop" in request.POST:
            return redirect("evening:votes", key, found.pk)
        return redirect("evening:question", key, found.pk, one.pk)
    context = meeting_context(
        found,
        question=one,
        hands=hands,
        paper=paper,
        cast=one.votes_so_far().cast if one.state == Voting.OPEN else 0,
        people=queries.presence_counts(found).total,
        result=one.result,
        words=vote_result_in_words(one.result) if one.result else "",
        untranslated=languages_in_words(one.missing_languages_of_words) if one.state == Voting.PREPARED else "",
    )
    return render(request, "evening/question.html", context)


def _vote_counts(packed: str) -> dict[str, int]:
    counts = VoteCounts.from_text(packed)
    return {"yes": counts.yes, "no": counts.no, "abstain": counts.abstain} if packed else {}


def _open_or_delete_vote_if_asked(request: StaffRequest, question: Question) -> bool:
    """Open a prepared vote, or take it off."""
    acts = {"open": evening.open_vote, "drop": evening.delete_question}
    wanted = [act for name, act in acts.items() if name in request.POST]
    for act in wanted:
        act(question=question, by=request.person, at=request.at)
    return bool(wanted)


def _enter_hands_or_paper_counts_if_valid(
    request: StaffRequest, question: Question, hands: VoteCountsForm, paper: PaperBallotsForm
) -> bool:
    """Enter a show of hands, or ballots on paper."""
    who: dict[str, Any] = {"question": question, "by": request.person, "at": request.at}
    if hands.is_bound and hands.is_valid():
        evening.enter_show_of_hands(counts=hands.counts(), **who)
        return True
    if paper.is_bound and paper.is_valid():
        evening.enter_paper_ballots(counts=paper.counts(), codes=paper.cleaned_data["codes"], **who)
        return True
    return False


@needs(LEAD)
def close_vote(request: StaffRequest, key: str, meeting: UUID, question: UUID) -> HttpResponse:
    """Close a vote, after a question: nothing counts afterwards."""
    found = meeting_or_404(request, key, meeting)
    one = get_object_or_404(found.questions, pk=question)
    if one.state != Voting.OPEN:
        return redirect("evening:question", key, found.pk, one.pk)
    if request.method == "POST":
        evening.close_vote_and_record_candidate_result(question=one, by=request.person, at=request.at)
        return redirect("evening:question", key, found.pk, one.pk)
    context = meeting_context(
        found,
        question=one,
        cast=one.votes_so_far().cast,
        people=queries.presence_counts(found).total,
        is_nothing_entered=not (one.hands or one.paper),
    )
    return render(request, "evening/close.html", context)
