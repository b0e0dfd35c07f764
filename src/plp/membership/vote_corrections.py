"""A vote of the members that was typed wrongly: its counts are put right, and the candidate follows (R23, R35)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.membership.candidates import AlreadyCandidate
from plp.membership.models import Candidate
from plp.membership.states import OPEN_CANDIDACIES, Candidacy
from plp.people.models import Person
from plp.toolbox.moves import Refused, WrongState


class VoteWasUsed(Refused):
    """A corrected vote would unseat somebody who was screened or appointed on it. ``details``: ``name``."""

    sentence = _(
        "By these numbers %(name)s would not be approved, but was already screened or appointed on this vote. "
        "First withdraw the candidacy or end the mandate."
    )


@transaction.atomic
def correct_vote_and_candidate_state(
    *,
    candidate: Candidate,
    votes_for: int,
    votes_against: int,
    abstentions: int,
    is_approved: bool,
    by: Person | None,
    at: datetime,
) -> None:
    """Put the counts of a recorded vote right; whoever was not screened or appointed yet follows it both ways.

    Raises ``NotAllowed``, ``AlreadyCandidate``, ``VoteWasUsed`` or ``WrongState``.
    """
    require_unless_machine(by, Permission.CANDIDATE_PROPOSE, candidate.partnership.area, at=at)
    counts = {"votes_for": votes_for, "votes_against": votes_against, "abstentions": abstentions}
    was, to = candidate.state, candidate.state
    if was in {Candidacy.APPROVED, Candidacy.NOT_APPROVED}:
        to = Candidacy.APPROVED if is_approved else Candidacy.NOT_APPROVED
    elif was in {Candidacy.SCREENED, Candidacy.APPOINTED} and not is_approved:
        raise VoteWasUsed(name=candidate.person.name)
    if to == Candidacy.APPROVED and was != to:
        _refuse_second_candidacy(candidate)
    if not Candidate.objects.filter(pk=candidate.pk, state=was).update(state=to, **counts):
        raise WrongState
    candidate.refresh_from_db()
    note(
        verb="candidate.vote_corrected",
        by=by,
        at=at,
        area=candidate.partnership.area.path,
        target=candidate,
        function=candidate.function,
        state=str(to),
        **counts,
    )


def _refuse_second_candidacy(candidate: Candidate) -> None:
    """Raise ``AlreadyCandidate`` when the same person is open for the same function."""
    same = Candidate.objects.filter(
        partnership=candidate.partnership_id, person=candidate.person_id, function=candidate.function
    )
    if same.filter(state__in=OPEN_CANDIDACIES).exists():
        raise AlreadyCandidate
