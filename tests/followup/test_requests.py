"""Requests for information and explanations: who may, which words, which day, what is counted (R52, R129)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from plp.delivery.models import Dispatch
from plp.followup import privacy
from plp.followup.actions import explanations, requests
from plp.followup.actions.clocks import remind_or_pass_on_due_matters
from plp.followup.models import Due, Explanation, InformationRequest
from plp.followup.queries.overdue import overdue_feedback
from plp.followup.queries.requests import explanations_to
from plp.followup.refusals import BadRequestDay, NobodyAnswers, NotPast
from plp.mandates.models import Mandate
from plp.mandates.queries import NotAllowed
from plp.notices import actions as notices
from plp.partnership.gates import PartnershipOver
from plp.partnership.models import Partnership
from plp.toolbox.moves import WrongState
from plp.toolbox.words import BadWords
from plp.wording.held_words import HeldWords
from tests.factories.cast import NOW, Cast, contact, member
from tests.followup.stage import released

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 9)
ETHNIC = "Des gitans rôdent dans la rue, faites attention."


def asked(cast: Cast, **changes: Any) -> InformationRequest:
    """A request of the coordinator of ``here``."""
    given: dict[str, Any] = {
        "partnership": cast.here.partnership,
        "subject": "Vols de vélos",
        "words": "Combien de vélos ont disparu à la gare cette année ?",
        "language": "fr",
        "due_on": DUE,
        "by": cast.here.coordinator,
        "at": NOW,
    }
    return requests.ask_police_and_notify(**{**given, **changes})


def explained(cast: Cast, **changes: Any) -> Explanation:
    """An explanation of the officer."""
    given: dict[str, Any] = {
        "partnership": cast.here.partnership,
        "to": "members",
        "reason": "over",
        "about": date(2026, 11, 24),
        "words": "",
        "language": "fr",
        "by": cast.officer,
        "at": NOW,
    }
    return explanations.explain_silence_and_notify_coordinator(**{**given, **changes})


def test_a_request_goes_to_one_officer_and_waits_on_one_desk(cast: Cast) -> None:
    request = asked(cast)
    remind_or_pass_on_due_matters(by=None, at=NOW)

    copies = Dispatch.objects.filter(message__purpose="followup.request_asked")
    due = Due.objects.get(kind="request")
    assert len({copy.contact.person_id for copy in copies.select_related("contact")}) == 1
    assert (due.matter, due.due_at) == (request.pk, datetime.fromisoformat("2026-12-09T17:00+01:00"))
    assert due.holder in (cast.officer, cast.second_officer)


def test_nothing_is_asked_or_explained_after_an_end_but_what_was_asked_is_answered(cast: Cast) -> None:
    contact(cast.here.coordinator, "email", "clara@plp.test")
    first, second = asked(cast), asked(cast)
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state="ended")
    cast.here.partnership.refresh_from_db()
    first, second = (InformationRequest.objects.get(pk=request.pk) for request in (first, second))

    with pytest.raises(PartnershipOver):
        asked(cast)
    with pytest.raises(PartnershipOver):
        explained(cast)
    requests.answer_request_and_notify(request=first, words="Neuf vélos.", by=cast.officer, at=NOW)
    requests.refuse_request_and_notify(request=second, reason="secrecy", words="", by=cast.officer, at=NOW)

    assert [first.state, second.state, Explanation.objects.count()] == ["answered", "refused", 0]
    assert Dispatch.objects.filter(message__purpose="followup.request_answered").count() == 2


def test_the_police_answer_or_refuse_once(cast: Cast) -> None:
    first, second, _third = asked(cast), asked(cast), asked(cast)
    requests.answer_request_and_notify(request=first, words="Neuf vélos.", by=cast.officer, at=NOW)
    late = NOW + timedelta(days=30)
    requests.refuse_request_and_notify(request=second, reason="secrecy", words="", by=cast.second_officer, at=late)

    with pytest.raises(WrongState):
        requests.answer_request_and_notify(request=first, words="Dix vélos.", by=cast.officer, at=NOW)

    states = InformationRequest.objects.order_by("state").values_list("state", "reason")
    assert list(states) == [("answered", ""), ("open", ""), ("refused", "secrecy")]
    assert InformationRequest.objects.get(pk=first.pk).answer == "Neuf vélos."


def test_only_the_coordinator_asks_and_only_the_police_of_the_zone_answer(cast: Cast) -> None:
    request = asked(cast)
    for stranger in (cast.next_door.coordinator, cast.officer, cast.here.deputy):
        with pytest.raises(NotAllowed):
            asked(cast, by=stranger)
    for stranger in (cast.here.coordinator, cast.foreign_officer, cast.chief):
        with pytest.raises(NotAllowed):
            requests.answer_request_and_notify(request=request, words="Neuf.", by=stranger, at=NOW)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"words": ETHNIC}, HeldWords),
        ({"subject": ""}, BadWords),
        ({"subject": "x" * 101}, BadWords),
        ({"words": "x" * 1001}, BadWords),
        ({"words": "un\u202etexte"}, BadWords),
        ({"due_on": date(2026, 11, 25)}, BadRequestDay),
        ({"due_on": date(2027, 3, 1)}, BadRequestDay),
    ],
)
def test_bad_requests_are_refused(cast: Cast, changes: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        asked(cast, **changes)

    assert not InformationRequest.objects.exists()


def test_without_police_nobody_is_asked(cast: Cast) -> None:
    Mandate.objects.filter(person__in=[cast.officer, cast.second_officer, cast.chief]).update(ends_at=NOW)

    with pytest.raises(NobodyAnswers):
        asked(cast)


@pytest.mark.parametrize(("reason", "words"), [("other", ""), ("privacy", ETHNIC)])
def test_a_refusal_needs_words_where_the_reason_has_none_and_clean_ones(cast: Cast, reason: str, words: str) -> None:
    request = asked(cast)

    with pytest.raises((BadWords, HeldWords)):
        requests.refuse_request_and_notify(request=request, reason=reason, words=words, by=cast.officer, at=NOW)

    assert InformationRequest.objects.get().state == "open"


def test_an_explanation_reaches_whom_it_is_for(cast: Cast) -> None:
    here, elsewhere = member(cast.here.partnership, "Ann Un"), member(cast.next_door.partnership, "Bob Deux")
    told = explained(cast)
    explained(cast, to="coordinator")

    assert list(explanations_to(here)) == [told]
    assert list(explanations_to(elsewhere)) == []
    letters = Dispatch.objects.filter(message__purpose="followup.explained").select_related("contact")
    assert {copy.contact.person_id for copy in letters} == {cast.here.coordinator.pk}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"words": ETHNIC}, HeldWords),
        ({"about": date(2026, 11, 26)}, NotPast),
        ({"about": date(2024, 1, 1)}, NotPast),
        ({"reason": "because"}, ValueError),
    ],
)
def test_bad_explanations_are_refused(cast: Cast, changes: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        explained(cast, **changes)


def test_only_the_police_explain(cast: Cast) -> None:
    for stranger in (cast.here.coordinator, cast.foreign_officer):
        with pytest.raises(NotAllowed):
            explained(cast, by=stranger)


def test_late_feedback_stands_on_the_list_until_it_is_sent(cast: Cast) -> None:
    notice = released(cast)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)
    day = timedelta(days=1)

    lists = [[late.notice for late in overdue_feedback(cast.officer, at=NOW + days * day)] for days in (0, 1, 9)]

    assert lists == [[], [notice], [notice]]
    assert overdue_feedback(cast.foreign_officer, at=NOW + day) == []


def test_what_the_room_knows_of_a_person_is_numbers(cast: Cast) -> None:
    requests.answer_request_and_notify(request=asked(cast), words="Neuf.", by=cast.officer, at=NOW)
    explained(cast)

    acts = privacy.export(cast.officer)["acts"]
    assert {what: number for what, number in acts.items() if number} == {"requests_ended": 1, "explanations_given": 1}
    assert privacy.export(cast.here.coordinator)["acts"]["requests_asked"] == 1
