"""Writes beside a clause: propose other words, remark, accept or refuse (R91)."""

from datetime import datetime

from django.db import transaction

from plp.charter import refusals
from plp.charter.actions.clauses import save_clause_revision_and_void_assents
from plp.charter.actions.deeds import require_party_of_charter, return_agreed_deed_to_draft_or_raise
from plp.charter.models import Clause, Proposal
from plp.charter.queries import party_represented_by
from plp.charter.states import DeedState
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.partnership.gates import require_living
from plp.people.models import Person
from plp.toolbox.moves import WrongState


@transaction.atomic
def propose_clause_text_or_remark(
    *, clause: Clause, language: str, text: str, remark: str, by: Person, at: datetime
) -> Proposal:
    """Put other words or a remark beside a clause; the clause itself stays. Raises ``EmptyProposal``."""
    deed = clause.deed
    require(by, Permission.CHARTER_WRITE, deed.partnership.area, at=at)
    party = require_party_of_charter(party_represented_by(by, deed.partnership, at=at))
    require_living(deed.partnership)
    if deed.state not in {DeedState.DRAFT, DeedState.AGREED} or language not in deed.languages:
        raise WrongState
    is_other = text.strip() != clause.texts[language]
    if not (text.strip() and is_other) and not remark.strip():
        raise refusals.EmptyProposal
    proposal = Proposal.objects.create(
        clause=clause,
        language=language,
        party=party,
        text=text.strip() if is_other else "",
        remark=remark.strip(),
        made_by=by,
        at=at,
    )
    note(verb="clause.proposed", by=by, at=at, area=deed.partnership.area.path, target=proposal, key=clause.key)
    return proposal


@transaction.atomic
def answer_proposal_and_apply_accepted(
    *, proposal: Proposal, accept: bool, words: str, by: Person, at: datetime
) -> None:
    """Accept a proposal, which changes the clause, or refuse it with a word why.

    Another side accepts; whoever made it may take it back. Raises ``OwnProposal``, ``WrongState``, ``ClauseChanged``.
    """
    clause = proposal.clause
    deed = clause.deed
    require(by, Permission.CHARTER_WRITE, deed.partnership.area, at=at)
    party = require_party_of_charter(party_represented_by(by, deed.partnership, at=at))
    if accept and party == proposal.party:
        raise refusals.OwnProposal
    outcome = Proposal.Outcome.ACCEPTED if accept else Proposal.Outcome.REFUSED
    answered = Proposal.objects.filter(pk=proposal.pk, outcome=Proposal.Outcome.OPEN).update(
        outcome=outcome, answer=words.strip(), answered_by=by, answered_at=at
    )
    if not answered:
        raise WrongState
    note(verb=f"proposal.{outcome}", by=by, at=at, area=deed.partnership.area.path, target=proposal, key=clause.key)
    if accept and proposal.text:
        return_agreed_deed_to_draft_or_raise(deed)
        texts = {**clause.texts, proposal.language: proposal.text}
        save_clause_revision_and_void_assents(
            clause, texts, seen=clause.revision, party=party, why=proposal.remark[:300], by=by, at=at
        )
