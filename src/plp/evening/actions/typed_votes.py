"""Votes that were counted in the room and are typed from paper: their counts, what follows, and slips of the pen."""

from datetime import datetime

from django.db import transaction

from plp.delivery.channel import BadAddress
from plp.delivery.installed import channels
from plp.evening import refusals
from plp.evening.actions.ballots import candidate_voted_on, record_result_of_candidate
from plp.evening.actions.questions import prepare_question
from plp.evening.guards import note_in_journal, require_leader
from plp.evening.models import Meeting, Question
from plp.evening.queries import presence_counts
from plp.evening.queries.elected import all_elected_who_left_a_contact
from plp.evening.queries.sheet_votes import lacks_approval_vote, unasked_candidates
from plp.evening.rules import MOST, VoteCounts
from plp.evening.sheet import NewCandidate
from plp.evening.states import VOTING, Voting
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.membership import candidates
from plp.membership.models import Candidate
from plp.membership.queries import confirmed_contacts_of_members
from plp.membership.states import OPEN_CANDIDACIES, Candidacy, Function
from plp.membership.vote_corrections import correct_vote_and_candidate_state
from plp.people.models import Person
from plp.toolbox.moves import WrongState, move


@transaction.atomic
def prepare_usual_questions(*, meeting: Meeting, by: Person | None, at: datetime) -> list[Question]:
    """Prepare what every evening votes on: the partnership, and each candidate put forward. Answers those made.

    Raises ``WrongState`` once the doors are shut.
    """
    require_leader(by, meeting, at=at)
    questions = list(meeting.questions.all())
    prepared = []
    if lacks_approval_vote(meeting, questions):
        prepared.append(prepare_question(meeting=meeting, kind=Question.Kind.APPROVAL, by=by, at=at))
    for candidate in unasked_candidates(meeting, questions):
        prepared.append(
            _prepare_vote_on_person(meeting, candidate.person.name, candidate.function, candidate, by=by, at=at)
        )
    return prepared


def _prepare_vote_on_person(
    meeting: Meeting, name: str, function: str, candidate: Candidate | None, *, by: Person | None, at: datetime
) -> Question:
    return prepare_question(
        meeting=meeting,
        kind=Question.Kind.PERSON,
        label=name,
        function=function,
        subject=candidate.pk if candidate else None,
        by=by,
        at=at,
    )


def record_typed_vote(question: Question, counts: VoteCounts, *, by: Person | None, at: datetime) -> None:
    """Close a prepared vote with counts from paper; a candidate hears of it as from any other vote."""
    _refuse_impossible_counts(question, counts)
    move(question, Voting.OPEN, table=VOTING)
    numbers = {"yes": counts.yes, "no": counts.no, "abstain": counts.abstain}
    move(question, Voting.CLOSED, table=VOTING, closed_at=at, is_typed=True, **numbers)
    note_in_journal(
        "vote_closed", question.meeting, by=by, at=at, target=question, quorum=question.quorum, typed=True, **numbers
    )
    record_result_of_candidate(question, at=at)


def correct_typed_vote_and_consequences(
    question: Question, counts: VoteCounts, *, by: Person | None, at: datetime
) -> None:
    """Put the counts of a typed vote right, and what followed from them. Raises ``VoteWasUsed``."""
    if not question.is_typed or question.counts == counts:
        return
    _refuse_impossible_counts(question, counts)
    numbers = {"yes": counts.yes, "no": counts.no, "abstain": counts.abstain}
    for name, value in numbers.items():
        setattr(question, name, value)
    question.save(update_fields=list(numbers))
    note_in_journal("vote_corrected", question.meeting, by=by, at=at, target=question, **numbers)
    candidate, result = candidate_voted_on(question), question.result
    if candidate is None or result is None:
        return
    if candidate.state == Candidacy.PROPOSED:
        record_result_of_candidate(question, at=at)
        return
    correct_vote_and_candidate_state(
        candidate=candidate,
        votes_for=result.yes,
        votes_against=result.no,
        abstentions=result.abstain,
        is_approved=result.is_approved,
        by=None,  # the vote says it, whoever typed it
        at=at,
    )


def record_vote_on_new_candidate(meeting: Meeting, line: NewCandidate, *, by: Person | None, at: datetime) -> Question:
    """Note the vote on somebody who stood at the evening; who registered already becomes a candidate by it."""
    candidate = find_or_propose_candidate(meeting, line, at=at)
    question = _prepare_vote_on_person(meeting, line.name, line.function, candidate, by=by, at=at)
    record_typed_vote(question, line.counts, by=by, at=at)
    return question


def find_or_propose_candidate(meeting: Meeting, line: NewCandidate, *, at: datetime) -> Candidate | None:
    """The candidate for this function whom a contact leads to; put forward now if they registered and are none yet."""
    people = {
        point.person_id: point.person
        for point in confirmed_contacts_of_members(meeting.partnership, _addresses_by_channel(line.reach))
    }
    named = [person for person in people.values() if person.name.casefold() == line.name.casefold()]
    person = next(iter(named or people.values()), None) if len(named or people) == 1 else None
    if person is None:
        return None
    function = Function(line.function)
    existing = Candidate.objects.filter(
        partnership=meeting.partnership, person=person, function=function, state__in=OPEN_CANDIDACIES
    ).first()
    return existing or candidates.propose_candidate(
        partnership=meeting.partnership, person=person, function=function, by=None, at=at
    )


@transaction.atomic
def propose_elected_who_registered(*, by: Person | None, at: datetime) -> int:
    """Make candidates of those whom a meeting elected and who registered since, with their votes; answers how many."""
    number = 0
    for elected in all_elected_who_left_a_contact():
        question, result = elected.question, elected.result
        counts = VoteCounts(result.yes, result.no, result.abstain)
        line = NewCandidate(elected.name, question.function, elected.reach, counts)
        candidate = find_or_propose_candidate(question.meeting, line, at=at)
        if candidate is not None:
            link_earlier_vote_and_record_result(candidate=candidate, question=question, by=by, at=at)
            number += 1
    return number


@transaction.atomic
def propose_elected(*, question: Question, person: Person, by: Person | None, at: datetime) -> Candidate:
    """Put ``person`` forward, whom a meeting elected before they registered: with its votes, and no new one.

    Raises ``NotAllowed``, ``AlreadyCandidate``, or ``WrongState`` for a vote that is about somebody already.
    """
    candidate = candidates.propose_candidate(
        partnership=question.meeting.partnership, person=person, function=Function(question.function), by=by, at=at
    )
    link_earlier_vote_and_record_result(candidate=candidate, question=question, by=by, at=at)
    return candidate


def _addresses_by_channel(reach: str) -> list[tuple[str, str]]:
    """What was written as a contact, as an address of each channel that can read it."""
    addresses = []
    for key, channel in channels().items():
        try:
            addresses.append((key, channel.normalise(reach)))
        except BadAddress:
            continue
    return addresses


def _refuse_impossible_counts(question: Question, counts: VoteCounts) -> None:
    """Raise ``TooManyVotes`` or ``MoreVotesThanPeople`` for counts that cannot be."""
    if not all(0 <= number <= MOST for number in (counts.yes, counts.no, counts.abstain)):
        raise refusals.TooManyVotes
    people = presence_counts(question.meeting).total
    if counts.cast > people:
        raise refusals.MoreVotesThanPeople(votes=counts.cast, people=people)


@transaction.atomic
def link_earlier_vote_and_record_result(
    *, candidate: Candidate, question: Question, by: Person | None, at: datetime
) -> None:
    """Take what a meeting decided on somebody before they were put forward: no count is typed twice.

    ``question``: a closed vote on a person for the same function, about no candidate yet. Raises ``WrongState``.
    """
    require_unless_machine(by, Permission.CANDIDATE_PROPOSE, candidate.partnership.area, at=at)
    free = Question.objects.filter(
        pk=question.pk,
        subject=None,
        state=Voting.CLOSED,
        function=candidate.function,
        meeting__partnership=candidate.partnership,
    )
    if not free.update(subject=candidate.pk):
        raise WrongState
    question.subject = candidate.pk
    note_in_journal("vote_linked", question.meeting, by=by, at=at, target=question)
    record_result_of_candidate(question, at=at)
