"""The page of a meeting is its course: before, at and after it, with one next act."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from plp.evening import actions as evening
from plp.evening.models import Invitation, Meeting
from plp.evening.queries.course import meeting_counts
from plp.evening.states import MeetingState
from plp.portal.subjects.evening.course import NextAct, next_act_of_meeting, phases_of_meeting
from tests.evening.stage import opinion_in
from tests.portal.evening.stage import Stage, convened, opened, planned

pytestmark = pytest.mark.django_db


def act_of(meeting: Meeting, *, at: datetime) -> str:
    """The page of the next act."""
    meeting.refresh_from_db()
    act = next_act_of_meeting(meeting, meeting_counts(meeting), at=at)
    return act.page if isinstance(act, NextAct) else ""


def test_the_next_act_follows_the_course_to_its_end(stage: Stage) -> None:
    meeting, now = planned(stage, hours=72), datetime.now(UTC)
    acts = [act_of(meeting, at=now)]
    evening.publish_meeting(meeting=meeting, by=None, at=now)
    acts.append(act_of(meeting, at=now))
    evening.send_invitations_and_count_doors(meeting=meeting, by=None, at=now)
    acts.append(act_of(meeting, at=now))
    Invitation.objects.update(carried_at=now)
    acts += [
        act_of(meeting, at=now),
        act_of(meeting, at=meeting.starts_at),
        act_of(meeting, at=now + timedelta(days=9)),
    ]
    for state in (MeetingState.OPEN, MeetingState.HELD, MeetingState.MINUTED, MeetingState.APPROVED):
        Meeting.objects.update(state=state)
        acts.append(act_of(meeting, at=now))
    meeting.minutes.create(language="fr", text="#", sent_at=now)
    evening_end = [act_of(meeting, at=now)]

    assert acts == [
        "convene", "invitations", "invitations", "papers", "chair", "sheet", "chair", "minutes", "minutes", "minutes",
    ]  # fmt: skip
    assert evening_end == [""]


def test_what_is_left_to_do_after_a_meeting_is_its_next_act(client: Client, stage: Stage) -> None:
    meeting, now = opened(stage), datetime.now(UTC)
    opinion_in(meeting, stage.lead.person)
    evening.record_decision(
        meeting=meeting, about="evaluation", words="Look back", owner="Léa", due=meeting.ends_at.date(), by=None, at=now
    )
    Meeting.objects.update(state=MeetingState.APPROVED)
    meeting.minutes.create(language="fr", text="#", sent_at=now)

    before = act_of(meeting, at=now)
    meeting.opinions.update(answered_at=now)
    after, page = act_of(meeting, at=now), client.get(stage.url(meeting)).text

    assert (before, after) == ("voices", "agreements")
    assert "Not done yet: 1 of 1" in page
    assert page.partition("<main")[2].count('class="button main"') == 1


def test_a_phase_is_open_in_its_time_alone(stage: Stage) -> None:
    meeting = planned(stage)

    phases = []
    for meeting.state in (MeetingState.PLANNED, MeetingState.OPEN, MeetingState.HELD, MeetingState.CANCELLED):
        phases.append([phase.is_open for phase in phases_of_meeting(meeting, meeting_counts(meeting))])

    assert phases == [[True, False, False], [False, True, False], [False, False, True], [False, False, False]]


def test_what_is_for_the_evening_itself_leaves_the_course_with_it(client: Client, stage: Stage) -> None:
    meeting = opened(stage)
    pages = {step.url for phase in phases_of_meeting(meeting, meeting_counts(meeting)) for step in phase.steps}
    Meeting.objects.update(state=MeetingState.APPROVED)
    meeting.refresh_from_db()

    after = {step.url for phase in phases_of_meeting(meeting, meeting_counts(meeting)) for step in phase.steps}
    voices = client.get(stage.url(meeting, "voices/")).text

    screen = reverse("evening:room", args=[meeting.token])
    assert pages - after == {stage.url(meeting, "chair/"), stage.url(meeting, "papers/"), screen}
    assert "Nobody left an opinion or offered help." in voices
    assert 'class="empty"' not in voices


def test_a_meeting_of_members_invites_members_and_no_door(client: Client, stage: Stage) -> None:
    meeting = planned(stage, purpose="members")
    asked = client.get(stage.url(meeting, "convene/")).text

    page = client.post(stage.url(meeting, "convene/"), {"invites": "on"}, follow=True)

    assert "doors in" not in asked
    assert "Every member gets a message. Nobody else is invited." in asked
    assert "Invited. Messages to members: 0." in page.text
    assert page.request["PATH_INFO"] == stage.url(meeting)
    assert not meeting.invitations.exists()
    assert Meeting.objects.get().invited_at


def test_streets_that_are_delivered_are_folded(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    evening.send_invitations_and_count_doors(meeting=meeting, by=None, at=datetime.now(UTC))
    before = client.get(stage.url(meeting, "invitations/")).text
    Invitation.objects.update(carried_at=datetime.now(UTC))

    after = client.get(stage.url(meeting, "invitations/")).text

    assert ("All streets are delivered" in before, "1 street is delivered" in before) == (True, False)
    assert ("All streets are delivered" in after, "1 street is delivered" in after) == (False, True)


def test_no_link_of_the_course_leads_nowhere(client: Client, stage: Stage) -> None:
    meeting = planned(stage)
    urls = [step.url for phase in phases_of_meeting(meeting, meeting_counts(meeting)) for step in phase.steps]
    evening.publish_meeting(meeting=meeting, by=None, at=datetime.now(UTC))

    live = [step.url for phase in phases_of_meeting(meeting, meeting_counts(meeting)) for step in phase.steps]

    assert set(live) - set(urls) == {reverse("evening:room", args=[meeting.token])}
    assert {client.get(url).status_code for url in live} == {200}


def test_pages_of_a_meeting_name_its_hall_in_the_language_of_the_reader(client: Client, stage: Stage) -> None:
    meeting = planned(stage, place="Salle des fêtes / Feestzaal", street="Rue du Pré 1")

    client.cookies["language"] = "nl"
    pages = (stage.url(meeting, "convene/"), stage.url(meeting), reverse("evening:home", args=[stage.partnership.key]))

    said = [client.get(page).text for page in pages]

    assert [("Feestzaal" in page, "Salle des fêtes" in page) for page in said] == [(True, False)] * 3
    assert ", Feestzaal, Rue du Pré 1." in said[0]
