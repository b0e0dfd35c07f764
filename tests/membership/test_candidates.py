"""Members choose, the police screen, the officer appoints (R23, R35, R36)."""

from datetime import timedelta

import pytest

from plp.journal.models import Entry
from plp.mandates import actions as mandates
from plp.mandates.grants import Permission, Role
from plp.mandates.queries import NotAllowed, mandates_of_exact_area, may
from plp.membership import candidates, privacy
from plp.membership.models import Candidate
from plp.membership.queries import TeamProgress, candidates_in_scope, candidates_of, coordination_team_progress
from plp.membership.states import Candidacy, Function
from plp.toolbox.clock import local
from plp.toolbox.moves import WrongState
from tests.factories.cast import NOW, Cast, member, person

pytestmark = pytest.mark.django_db
TODAY = local(NOW).date()
VOTE = {"decided_on": TODAY, "votes_for": 12, "votes_against": 3, "abstentions": 1, "occasion": "information evening"}


def put_forward(cast: Cast, function: Function = Function.COORDINATOR, name: str = "Emma Nouvelle") -> Candidate:
    someone = member(cast.here.partnership, name)
    return candidates.propose_candidate(
        partnership=cast.here.partnership, person=someone, function=function, by=cast.officer, at=NOW
    )


def test_a_coordinator_is_approved_screened_and_appointed_in_this_order(cast: Cast) -> None:
    chosen = put_forward(cast)
    candidates.record_approval(candidate=chosen, by=cast.officer, at=NOW, **VOTE)
    with pytest.raises(candidates.NotYetScreened):
        candidates.appoint_and_admit_candidate(candidate=chosen, by=cast.officer, at=NOW)
    candidates.record_screening_and_end_unfit(candidate=chosen, screened_on=TODAY, is_fit=True, by=cast.officer, at=NOW)
    mandate = candidates.appoint_and_admit_candidate(candidate=chosen, by=cast.officer, at=NOW)

    assert mandate.role == "coordinator"
    assert mandate.screened_on == TODAY
    assert mandate.screened_fit is True
    assert mandate.decision == "approuvé par les membres le 25 novembre 2026"
    assert may(chosen.person, Permission.NOTICE_RELAY, cast.here.area, at=NOW)
    assert candidates_of(cast.here.partnership).get().state == Candidacy.APPOINTED
    assert list(Entry.objects.filter(verb__startswith="candidate.").order_by("at", "number").values_list("verb")) == [
        ("candidate.proposed",),
        ("candidate.approved",),
        ("candidate.screening_entered",),
    ]


def test_a_screening_without_favour_ends_the_candidacy_and_the_members_choose_again(cast: Cast) -> None:
    chosen = put_forward(cast)
    candidates.record_approval(candidate=chosen, by=cast.officer, at=NOW, **VOTE)
    candidates.record_screening_and_end_unfit(
        candidate=chosen, screened_on=TODAY, is_fit=False, by=cast.officer, at=NOW
    )

    with pytest.raises(WrongState):
        candidates.appoint_and_admit_candidate(candidate=chosen, by=cast.officer, at=NOW)
    assert not coordination_team_progress(cast.here.partnership, at=NOW).coordinator_approved
    again = candidates.propose_candidate(
        partnership=cast.here.partnership,
        person=chosen.person,
        function=Function.COORDINATOR,
        by=cast.here.coordinator,
        at=NOW,
    )
    assert again.state == Candidacy.PROPOSED


def test_the_journal_does_not_hold_the_outcome_of_a_screening(cast: Cast) -> None:
    chosen = put_forward(cast)
    candidates.record_approval(candidate=chosen, by=cast.officer, at=NOW, **VOTE)
    candidates.record_screening_and_end_unfit(
        candidate=chosen, screened_on=TODAY, is_fit=False, by=cast.officer, at=NOW
    )

    assert Entry.objects.get(verb="candidate.screening_entered").details == {"function": "coordinator"}


def test_a_committee_member_needs_the_members_but_no_screening(cast: Cast) -> None:
    chosen = put_forward(cast, Function.COMMITTEE)
    with pytest.raises(WrongState):
        candidates.appoint_and_admit_candidate(candidate=chosen, by=cast.officer, at=NOW)
    candidates.record_approval(candidate=chosen, by=cast.here.coordinator, at=NOW, **VOTE)

    assert candidates.appoint_and_admit_candidate(candidate=chosen, by=cast.officer, at=NOW).role == "committee"


def test_only_a_member_of_the_partnership_is_appointed(cast: Cast) -> None:
    stranger = person("Gilles Ailleurs")
    chosen = candidates.propose_candidate(
        partnership=cast.here.partnership, person=stranger, function=Function.COMMITTEE, by=cast.officer, at=NOW
    )
    candidates.record_approval(candidate=chosen, by=cast.officer, at=NOW, **VOTE)

    with pytest.raises(candidates.NotOfTheArea):
        candidates.appoint_and_admit_candidate(candidate=chosen, by=cast.officer, at=NOW)
    assert Candidate.objects.get().state == Candidacy.APPROVED


def test_an_approval_needs_a_majority_and_a_day_that_has_come(cast: Cast) -> None:
    chosen = put_forward(cast)

    with pytest.raises(candidates.NoMajority):
        candidates.record_approval(candidate=chosen, by=cast.officer, at=NOW, **VOTE | {"votes_against": 12})
    with pytest.raises(candidates.NotThatDay):
        candidates.record_approval(
            candidate=chosen, by=cast.officer, at=NOW, **VOTE | {"decided_on": TODAY + timedelta(days=1)}
        )
    candidates.record_rejection(candidate=chosen, by=cast.officer, at=NOW, **VOTE | {"votes_for": 2})
    assert Candidate.objects.get().state == Candidacy.NOT_APPROVED


def test_nobody_is_a_candidate_twice_for_the_same(cast: Cast) -> None:
    chosen = put_forward(cast)
    same = {"partnership": cast.here.partnership, "person": chosen.person, "by": cast.officer, "at": NOW}

    with pytest.raises(candidates.AlreadyCandidate):
        candidates.propose_candidate(function=Function.COORDINATOR, **same)
    assert candidates.propose_candidate(function=Function.DEPUTY, **same).function == "deputy"


def test_screening_and_appointing_are_the_officers_alone(cast: Cast) -> None:
    chosen = put_forward(cast)
    candidates.record_approval(candidate=chosen, by=cast.here.coordinator, at=NOW, **VOTE)

    for nobody in (cast.here.coordinator, cast.chief, cast.foreign_officer, cast.next_door.coordinator):
        with pytest.raises(NotAllowed):
            candidates.record_screening_and_end_unfit(
                candidate=chosen, screened_on=TODAY, is_fit=True, by=nobody, at=NOW
            )
        with pytest.raises(NotAllowed):
            candidates.appoint_and_admit_candidate(candidate=chosen, by=nobody, at=NOW)


def test_a_neighbours_coordinator_sees_and_decides_nothing(cast: Cast) -> None:
    chosen = put_forward(cast)

    with pytest.raises(NotAllowed):
        candidates.record_approval(candidate=chosen, by=cast.next_door.coordinator, at=NOW, **VOTE)
    scope = candidates_in_scope(cast.next_door.coordinator, Permission.CANDIDATE_PROPOSE, at=NOW)
    assert list(scope) == []


def test_a_candidate_withdraws_on_their_own(cast: Cast) -> None:
    chosen = put_forward(cast)

    candidates.withdraw_candidacy(candidate=chosen, by=chosen.person, at=NOW)

    assert Candidate.objects.get().state == Candidacy.WITHDRAWN


def test_the_team_counts_who_is_chosen_and_who_is_in_office(cast: Cast, django_assert_num_queries) -> None:
    chosen = put_forward(cast, Function.COMMITTEE)
    candidates.record_approval(candidate=chosen, by=cast.officer, at=NOW, **VOTE)
    candidates.appoint_and_admit_candidate(candidate=chosen, by=cast.officer, at=NOW)
    second = put_forward(cast, Function.COMMITTEE, "Farid Voisin")
    candidates.record_approval(candidate=second, by=cast.officer, at=NOW, **VOTE)

    with django_assert_num_queries(2):
        found = coordination_team_progress(cast.here.partnership, at=NOW)

    assert found == TeamProgress(
        coordinator_approved=False,
        coordinator_screened=True,
        coordinator_appointed=True,
        committee_approved=2,
        committee_count=1,
        deputies=1,
    )


def test_a_mandate_that_ended_counts_no_more(cast: Cast) -> None:
    chosen = put_forward(cast, Function.COMMITTEE)
    candidates.record_approval(candidate=chosen, by=cast.officer, at=NOW, **VOTE)
    mandate = candidates.appoint_and_admit_candidate(candidate=chosen, by=cast.officer, at=NOW)

    mandates.end_mandate(mandate=mandate, by=cast.officer, at=NOW)

    found = coordination_team_progress(cast.here.partnership, at=NOW)
    assert (found.committee_approved, found.committee_count) == (0, 0)
    assert [one.role for one in mandates_of_exact_area(cast.here.area, at=NOW)] == [Role.COORDINATOR, Role.DEPUTY]


def test_a_person_reads_what_is_kept_of_a_candidacy(cast: Cast) -> None:
    chosen = put_forward(cast)
    candidates.record_approval(candidate=chosen, by=cast.officer, at=NOW, **VOTE)

    assert privacy.export(chosen.person)["candidacies"] == [
        {
            "partnership": "Haren",
            "function": "coordinator",
            "state": "approved",
            "proposed": NOW.isoformat(),
            "decided_on": str(TODAY),
            "screened_on": "",
        }
    ]


def test_the_members_are_asked_before_the_officer(cast: Cast) -> None:
    chosen = put_forward(cast)

    with pytest.raises(WrongState):
        candidates.record_screening_and_end_unfit(
            candidate=chosen, screened_on=TODAY, is_fit=True, by=cast.officer, at=NOW
        )


def test_a_candidacy_that_came_to_nothing_is_erased_after_ninety_days(cast: Cast) -> None:
    gone, stays = put_forward(cast), put_forward(cast, Function.DEPUTY, "Farid Voisin")
    candidates.withdraw_candidacy(candidate=gone, by=gone.person, at=NOW)

    early = candidates.erase_closed_candidacies(by=None, at=NOW + timedelta(days=89))
    late = candidates.erase_closed_candidacies(by=None, at=NOW + timedelta(days=90))

    assert (early, late) == (0, 1)
    assert list(Candidate.objects.all()) == [stays]
