"""Votes: by telephone with a code, on paper, by hands; counted together when the vote is closed (R21, R23, R35)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from plp.evening import refusals
from plp.evening.guards import note_in_journal, require_leader
from plp.evening.models import Meeting, Question, Right
from plp.evening.queries import presence_counts
from plp.evening.rules import (
    CHOICES,
    MOST,
    VoteCounts,
    ballot_code_digest,
    grouped_ballot_code,
    normalise_ballot_code,
    voting_right_digest,
)
from plp.evening.states import VOTING, Voting
from plp.membership import candidates
from plp.membership.models import Candidate
from plp.membership.states import Candidacy
from plp.people.models import Person
from plp.toolbox.clock import local
from plp.toolbox.moves import move


@transaction.atomic
def cast_votes(
    *,
    meeting: Meeting,
    code: str,
    choices: Mapping[UUID, str],
    by: Person | None,  # noqa: ARG001  (a secret vote is nobody's)
    at: datetime,  # noqa: ARG001  (and no hour is kept beside it)
) -> int:
    """Vote with a code on one or several open questions: all of it counts, or nothing. Answers on how many.

    ``choices``: key of the question to ``yes``, ``no`` or ``abstain``. Raises ``ChoiceMissing``, ``VoteClosed``,
    ``UnknownBallotCode`` and ``CodeHasVoted``. Leaves no row, no hour and no line in the journal (README).
    """
    if not choices or not set(choices.values()) <= set(CHOICES):
        raise refusals.ChoiceMissing
    slip = ballot_code_digest(meeting.pk, normalise_ballot_code(code))
    locked = list(Question.objects.select_for_update().filter(meeting=meeting, pk__in=choices).order_by("pk"))
    if len(locked) != len(choices) or any(question.state != Voting.OPEN for question in locked):
        raise refusals.VoteClosed
    for question in locked:
        _spend_voting_right(question, slip)
        question.urn = VoteCounts.from_text(question.urn).with_vote(choices[question.pk]).as_text()
        question.save(update_fields=["urn"])
    return len(locked)


def _spend_voting_right(question: Question, slip: str) -> None:
    """Spend the right of a code on a question: exactly one row changes, or nothing counts."""
    right = Right.objects.filter(question=question, digest=voting_right_digest(question.pk, slip))
    if right.filter(used=False).update(used=True) != 1:
        if not right.exists():
            raise refusals.UnknownBallotCode
        raise refusals.CodeHasVoted(question=question.title)


@transaction.atomic
def enter_show_of_hands(*, question: Question, counts: VoteCounts, by: Person | None, at: datetime) -> None:
    """Enter a show of hands; entering again replaces it.

    Raises ``VoteClosed``, ``TooManyVotes``, and ``MoreVotesThanPeople`` once somebody is noted as present.
    """
    require_leader(by, question.meeting, at=at)
    locked = _lock_open_question(question, counts)
    locked.hands = counts.as_text()
    _refuse_more_votes_than_people(locked)
    locked.save(update_fields=["hands"])
    note_in_journal("hands_entered", question.meeting, by=by, at=at, target=locked)


@transaction.atomic
def enter_paper_ballots(
    *, question: Question, counts: VoteCounts, codes: Sequence[str], by: Person | None, at: datetime
) -> None:
    """Enter the ballots on paper: ``counts`` of all of them, ``codes`` of those not entered before.

    The code is on the part that is torn off, so that nobody who counts sees code and choice together. Each code is
    spent. Raises ``CodesRefused`` for codes unknown or spent, ``CodesAndBallotsDiffer`` unless there are as many codes
    as ballots, ``VoteClosed``, ``TooManyVotes``, and ``MoreVotesThanPeople`` once somebody is noted as present; then
    nothing was entered.
    """
    require_leader(by, question.meeting, at=at)
    locked = _lock_open_question(question, counts)
    refused = [code for code in codes if not _spend_code_if_unused(locked, code)]
    if refused:
        shown = ", ".join(
            grouped_ballot_code(code) if normalise_ballot_code(code) else code[:20] for code in refused[:20]
        )
        raise refusals.CodesRefused(codes=shown)
    locked.papers += len(codes)
    if counts.cast != locked.papers:
        raise refusals.CodesAndBallotsDiffer(votes=counts.cast, codes=locked.papers)
    locked.paper = counts.as_text()
    _refuse_more_votes_than_people(locked)
    locked.save(update_fields=["paper", "papers"])
    note_in_journal("paper_entered", question.meeting, by=by, at=at, target=locked, codes=len(codes))


def _spend_code_if_unused(question: Question, code: str) -> bool:
    digest = voting_right_digest(question.pk, ballot_code_digest(question.meeting_id, normalise_ballot_code(code)))
    return Right.objects.filter(question=question, digest=digest, used=False).update(used=True) == 1


def _lock_open_question(question: Question, counts: VoteCounts) -> Question:
    """The question, locked and open, for counts that can be."""
    if not all(0 <= number <= MOST for number in (counts.yes, counts.no, counts.abstain)):
        raise refusals.TooManyVotes
    locked = Question.objects.select_for_update().get(pk=question.pk)
    if locked.state != Voting.OPEN:
        raise refusals.VoteClosed
    return locked


def _refuse_more_votes_than_people(question: Question, *, unless_nobody_noted: bool = True) -> None:
    """Raise ``MoreVotesThanPeople``; before the close, hands are counted also while nobody is noted as present."""
    votes, people = question.votes_so_far().cast, presence_counts(question.meeting).total
    if votes > people and (people or not unless_nobody_noted):
        raise refusals.MoreVotesThanPeople(votes=votes, people=people)


@transaction.atomic
def close_vote_and_record_candidate_result(*, question: Question, by: Person | None, at: datetime) -> Question:
    """End a vote and count everything together. Nothing counts or changes afterwards.

    What led to the totals is emptied: urn, paper, hands and rights. A candidate is told to ``partnership`` when enough
    votes were cast. Raises ``VoteClosed``, and ``MoreVotesThanPeople`` when the presence was not noted.
    """
    meeting = question.meeting
    require_leader(by, meeting, at=at)
    Meeting.objects.select_for_update().get(pk=meeting.pk)  # no code is given out meanwhile
    locked = _lock_open_question(question, VoteCounts())
    _refuse_more_votes_than_people(locked, unless_nobody_noted=False)
    total = locked.votes_so_far()
    Right.objects.filter(question=locked).delete()
    counted = {"yes": total.yes, "no": total.no, "abstain": total.abstain}
    move(locked, Voting.CLOSED, table=VOTING, closed_at=at, papers=0, **counted)
    locked.urn = locked.paper = locked.hands = ""
    locked.save(update_fields=["urn", "paper", "hands"])
    note_in_journal("vote_closed", meeting, by=by, at=at, target=locked, quorum=locked.quorum, **counted)
    record_result_of_candidate(locked, at=at)
    return locked


def candidate_voted_on(question: Question) -> Candidate | None:
    """Whom a vote is about, where they are a candidate here."""
    if question.subject is None:
        return None
    return Candidate.objects.filter(pk=question.subject, partnership=question.meeting.partnership).first()


def record_result_of_candidate(question: Question, *, at: datetime) -> None:
    """Record what the members said of a candidate (R23, R35); without quorum they said nothing."""
    result, candidate = question.result, candidate_voted_on(question)
    if result is None:
        return
    if candidate is None or not result.quorum_met or candidate.state != Candidacy.PROPOSED:
        return
    say = candidates.record_approval if result.is_approved else candidates.record_rejection
    say(
        candidate=candidate,
        decided_on=local(min(at, question.meeting.starts_at)).date(),  # the sheet may be typed the next morning
        votes_for=result.yes,
        votes_against=result.no,
        abstentions=result.abstain,
        occasion=question.meeting.place,
        by=None,  # the vote says it, whoever closed it
        at=at,
    )
