"""The test message: in four languages, the whole way, one at a time, and counted (R131)."""

from datetime import timedelta

import pytest

from plp.delivery.models import Dispatch, MessageText
from plp.delivery.states import State
from plp.followup.actions import trials
from plp.followup.actions.clocks import remind_or_pass_on_due_matters
from plp.followup.models import Due, Trial
from plp.followup.queries.trials import trial_result, trials_in_scope
from plp.followup.refusals import TrialUnderWay
from plp.mandates.queries import NotAllowed
from plp.notices import actions as notices
from tests.factories.cast import NOW, Cast, contact, member

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def sent(cast: Cast) -> Trial:
    """A test that was released and passed on."""
    trial = trials.submit_trial(partnership=cast.here.partnership, by=cast.officer, at=NOW)
    notice = trial.notice
    notices.release_text_as_second_person(
        notice=notice, text_hash=notice.text_hash, proven_at=NOW, by=cast.second_officer, at=NOW
    )
    notice.refresh_from_db()
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)
    return trials_in_scope(cast.officer, at=NOW).get()


def test_a_test_reaches_the_members_in_their_language_and_is_counted(cast: Cast) -> None:
    for name, language in (("Ann", "fr"), ("Bob", "nl"), ("Cem", "de"), ("Dan", "en")):
        contact(member(cast.here.partnership, name, language), "email", f"{name}@example.org")

    trial = sent(cast)
    copies = Dispatch.objects.filter(message=trial.notice.relay.message)
    Dispatch.objects.filter(pk=copies.order_by("pk")[0].pk).update(state=State.DELIVERED)
    Dispatch.objects.filter(pk=copies.order_by("pk")[1].pk).update(state=State.FAILED)
    told = trial_result(trial)

    bodies = MessageText.objects.filter(message=trial.notice.relay.message, channel="email")
    assert told is not None
    assert (told.counts.audience, told.reached, told.percent_reached, told.counts.failed) == (4, 1, 25, 1)
    assert [
        "Dit is een test" in bodies.get(language="nl").body,
        "This is a test" in bodies.get(language="en").body,
    ] == [
        True,
        True,
    ]


def test_one_test_at_a_time_and_by_the_police_alone(cast: Cast) -> None:
    trials.submit_trial(partnership=cast.here.partnership, by=cast.officer, at=NOW)

    with pytest.raises(TrialUnderWay):
        trials.submit_trial(partnership=cast.here.partnership, by=cast.second_officer, at=NOW)
    for stranger in (cast.foreign_officer, cast.here.coordinator):
        with pytest.raises(NotAllowed):
            trials.submit_trial(partnership=cast.next_door.partnership, by=stranger, at=NOW)


def test_there_is_no_result_before_it_is_passed_on(cast: Cast) -> None:
    trials.submit_trial(partnership=cast.here.partnership, by=cast.officer, at=NOW)

    assert trial_result(trials_in_scope(cast.officer, at=NOW).get()) is None


def test_a_test_breaks_no_silence_and_both_sides_hear_of_that(cast: Cast) -> None:
    sent(cast)

    remind_or_pass_on_due_matters(by=None, at=NOW + 91 * DAY)

    assert Due.objects.filter(kind="silence", partnership=cast.here.partnership, done_at=None).count() == 1
    told = Dispatch.objects.filter(message__purpose="followup.due_told").select_related("contact")
    assert {copy.contact.person_id for copy in told} == {cast.here.coordinator.pk}
