"""The forms of the exchange: shown before they are filled in, and refused with every word kept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from plp.followup.actions import activities, meetings, policies, ratings, services
from plp.followup.models import FollowUpMeeting, PolicyPlan, Rating, ReportCount, Service, ServiceContact
from plp.mandates.grants import Role
from plp.portal.subjects.followup.offers import meeting_and_rating_tasks
from plp.toolbox import clock
from tests.factories.cast import NOW, Cast, area, hold
from tests.followup.test_registers import ENTRY
from tests.followup.test_registers import PLAN as KEPT
from tests.followup.together import STARTS, convened, held, relayed
from tests.portal.followup.test_pages import GRADES, MEETING, PLAN, SERVICE
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db


def asked(client: Client, page: str, *args: object) -> str:
    """The form before anything is filled in."""
    return client.get(reverse(f"followup:{page}", args=args)).content.decode()


def refused(client: Client, page: str, *args: object, status: int = 409, **given: object) -> str:
    """The same form, after it was sent and came back."""
    answer = client.post(reverse(f"followup:{page}", args=args), given)
    assert answer.status_code == status, (page, answer.status_code)
    return answer.content.decode()


def test_a_meeting_is_not_convened_for_a_moment_that_is_over(cast: Cast) -> None:
    words = refused(signed_in(cast.officer), "convene", "haren", **{**MEETING, "day": "2026-11-20"})

    assert "Choose a moment that is to come" in words
    assert "Commissariat" in words
    assert not FollowUpMeeting.objects.exists()


def test_a_meeting_that_was_called_off_is_neither_changed_nor_called_off_again(cast: Cast) -> None:
    meeting, desk = convened(cast), signed_in(cast.here.coordinator)
    change = asked(desk, "meeting_change", "haren", meeting.pk)
    unsaid = refused(desk, "call_off", "haren", meeting.pk, because="", status=200)
    meetings.cancel_meeting_and_notify(meeting=meeting, because="Neige.", by=cast.officer, at=NOW)

    again = refused(desk, "call_off", "haren", meeting.pk, because="Verglas.")

    meeting.refresh_from_db()
    assert 'value="18:00"' not in change
    assert "Commissariat, rue de Verdun 1" in change
    assert 'aria-invalid="true"' in unsaid
    assert "Verglas." in again
    assert meeting.cancelled_because == "Neige."


def test_a_meeting_is_not_written_up_before_it_began(cast: Cast) -> None:
    meeting = convened(cast)

    words = refused(signed_in(cast.officer), "write", "haren", meeting.pk, present="2", notes="Trop tôt.")

    meeting.refresh_from_db()
    assert "Trop tôt." in words
    assert meeting.state == "convened"


def test_an_activity_is_not_agreed_for_a_day_that_is_over(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = held(cast)
    monkeypatch.setattr(clock, "now", lambda: STARTS + timedelta(hours=2))
    police = signed_in(cast.officer)
    form = asked(police, "agree", "haren", meeting.pk)

    words = refused(police, "agree", "haren", meeting.pk, words="Une balade", side="police", due_on="2026-01-15")

    assert "What will be done?" in form
    assert "Une balade" in words
    assert not meeting.activities.exists()


def test_an_activity_is_taken_out_after_it_was_shown(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = held(cast)
    told: dict[str, Any] = {"words": "Une balade", "side": "police", "due_on": STARTS.date()}
    one = activities.agree_activity(meeting=meeting, by=cast.officer, at=STARTS + timedelta(hours=1), **told)
    monkeypatch.setattr(clock, "now", lambda: STARTS + timedelta(hours=2))
    police = signed_in(cast.officer)
    address = reverse("followup:activity", args=["haren", meeting.pk, one.pk])

    form = police.get(address).content.decode()
    words = police.post(address, {"give_up": "yes"}, follow=True).content.decode()

    assert "Une balade" in form
    assert "Removed." in words
    assert "Une balade" not in asked(police, "meeting", "haren", meeting.pk)


@pytest.mark.parametrize(
    ("made", "title"), [(convened, "Write up the meeting: Haren"), (held, "Close the minutes: Haren")]
)
def test_a_meeting_that_is_over_asks_for_its_minutes(
    cast: Cast, made: Callable[[Cast], FollowUpMeeting], title: str
) -> None:
    made(cast)

    with translation.override("en"):
        (task,) = meeting_and_rating_tasks(cast.officer, STARTS + timedelta(hours=2))

    assert task.title == title


def test_a_meeting_that_is_over_is_no_longer_called_convened(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    convened(cast)
    before = asked(signed_in(cast.officer), "home")
    monkeypatch.setattr(clock, "now", lambda: STARTS + timedelta(hours=2))

    after = asked(signed_in(cast.officer), "home")

    assert [word in before for word in (">convened<", "to be written up")] == [True, False]
    assert [word in after for word in (">convened<", "to be written up")] == [False, True]


def test_a_plan_that_ends_before_it_begins_is_refused(cast: Cast) -> None:
    chief = signed_in(cast.chief)
    form = asked(chief, "plan_add")
    wrong = {**PLAN, "until": "2025-12-31"}

    new = refused(chief, "plan_add", **wrong)
    policy = policies.add_policy(area=cast.zone, plan=KEPT, partnerships=[], by=cast.chief, at=NOW)
    known, old, strike = (
        asked(chief, "plan", policy.pk),
        refused(chief, "plan", policy.pk, **wrong),
        asked(chief, "plan_strike", policy.pk),
    )

    assert "Where to find the whole plan" in form
    assert "Plan zonal 2026-2029" in new
    assert "Plan zonal 2026-2029" in old
    assert f'value="{KEPT.title}"' in known
    assert KEPT.title in strike
    assert PolicyPlan.objects.get().title == KEPT.title


def test_a_service_is_corrected_and_struck_after_it_was_shown(cast: Cast) -> None:
    service, police = (
        services.add_service(area=cast.zone, entry=ENTRY, by=cast.officer, at=NOW),
        signed_in(cast.officer),
    )

    form = asked(police, "service_change", service.pk)
    words = refused(police, "service_change", service.pk, **{**SERVICE, "name": "Parquet", "phone": "allo"})
    strike = asked(police, "service_strike", service.pk)

    assert f'value="{ENTRY.name}"' in form
    assert "This is not a telephone number" in words
    assert ENTRY.name in strike
    assert Service.objects.get().name == ENTRY.name


def test_a_contact_that_is_still_to_come_is_not_noted(cast: Cast) -> None:
    service, police = (
        services.add_service(area=cast.zone, entry=ENTRY, by=cast.officer, at=NOW),
        signed_in(cast.officer),
    )

    words = refused(police, "service", service.pk, on="2027-01-01", subject="Demain", partnership="", outcome="")

    assert "Demain" in words
    assert not ServiceContact.objects.exists()


def test_whoever_keeps_two_zones_says_for_which_one(cast: Cast) -> None:
    other = area("zone", "be/z10/", "Zone Dix")
    hold(cast.second_officer, Role.OFFICER, other)
    one, two = signed_in(cast.officer), signed_in(cast.second_officer)

    forms = ["For which area?" in asked(police, "service_add") for police in (one, two)]
    two.post(reverse("followup:service_add"), {**SERVICE, "area": str(other.pk)})

    assert forms == [False, True]
    assert Service.objects.get().area == other


def test_a_month_that_is_not_over_is_not_counted(cast: Cast) -> None:
    words = refused(signed_in(cast.officer), "reports", "haren", month="2027-03-01", members="4", others="9")

    assert 'value="4"' in words
    assert not ReportCount.objects.exists()


def test_a_rating_that_was_answered_stays_as_it_is(cast: Cast) -> None:
    notice, police = relayed(cast), signed_in(cast.officer)
    ratings.rate_message(notice=notice, quality=3, timeliness=4, words="", language="fr", by=cast.officer, at=NOW)
    rating, desk = Rating.objects.get(), signed_in(cast.here.coordinator)
    form = asked(desk, "answer", rating.pk)
    ratings.answer_rating(rating=rating, words="Merci.", by=cast.here.coordinator, at=NOW)

    twice = refused(desk, "answer", rating.pk, words="Encore merci.")
    late = refused(police, "rate", notice.pk, **{**GRADES, "quality": "1"})

    rating.refresh_from_db()
    assert "Your answer" in form
    assert "Encore merci." in twice
    assert "Passé en dix minutes." in late
    assert (rating.quality, rating.answer) == (3, "Merci.")
    assert meeting_and_rating_tasks(cast.here.coordinator, AT) == []
