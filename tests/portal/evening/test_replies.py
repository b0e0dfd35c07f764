"""A member answers an invitation by the link of their copy, or signed in; those who lead see counts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from plp.delivery.answer_codes import answer_code
from plp.delivery.models import Dispatch
from plp.evening import actions as evening
from plp.evening.models import Meeting, MeetingReply
from plp.membership.models import Membership
from tests.factories.cast import contact, member
from tests.portal.evening.stage import Stage, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(stage: Stage) -> Meeting:
    """A meeting of the members to which Eva is invited, two places."""
    contact(member(stage.partnership, "Eva Exemple"), "email", "eva@plp.test")
    meeting = planned(stage, hours=72, purpose="members", capacity=2)
    evening.convene_meeting_and_count_doors(meeting=meeting, invites=True, by=None, at=datetime.now(UTC))
    return meeting


def link(meeting: Meeting) -> str:
    """The address in Eva's copy."""
    return f"/evening/p/{meeting.token}/r/{answer_code(Dispatch.objects.get(message__purpose='evening.invitation').pk)}"


def test_looking_changes_nothing_and_one_touch_answers(meeting: Meeting) -> None:
    reader = Client()

    seen = reader.get(link(meeting))
    before = MeetingReply.objects.count()
    done = reader.post(link(meeting), {"persons": "1", "yes": "1"}, follow=True)

    assert (seen.status_code, before) == (200, 0)
    assert "Oui, je viens" in seen.text
    assert MeetingReply.objects.get().persons == 1
    assert "Vous êtes attendu" in done.text
    assert "Exemple" not in done.request["PATH_INFO"]


def test_too_many_or_nobody_is_said_in_words_of_ours(meeting: Meeting) -> None:
    reader = Client()

    many = reader.post(link(meeting), {"persons": "38", "yes": "1"}).text
    nobody = reader.post(link(meeting), {"persons": "0", "yes": "1"}).text

    assert "Vous pouvez répondre pour 9 personnes au plus, vous compris." in many
    assert "Si vous ne venez pas, appuyez sur le bouton qui le dit." in nobody
    assert not MeetingReply.objects.exists()


def test_the_link_of_a_meeting_that_was_called_off_says_so_to_a_former_member(stage: Stage, meeting: Meeting) -> None:
    Membership.objects.update(state="left")

    before = Client().get(link(meeting)).status_code
    evening.cancel_meeting_and_notify(
        meeting=meeting, because="Le partenariat s’arrête.", by=None, at=datetime.now(UTC)
    )
    after = Client().get(link(meeting))

    assert (before, after.status_code) == (404, 200)
    assert ("Cette réunion n’a pas lieu" in after.text, "Le partenariat s’arrête." in after.text) == (True, True)
    assert 'name="yes"' not in after.text


def test_nobody_is_promised_a_reminder_that_comes_too_late(meeting: Meeting) -> None:
    reader, now = Client(), datetime.now(UTC)
    Meeting.objects.update(starts_at=now + timedelta(hours=3), ends_at=now + timedelta(hours=5))

    done = reader.post(link(meeting), {"persons": "1", "yes": "1"}, follow=True)

    assert "Vous êtes attendu." in done.text
    assert "la veille" not in done.text


def test_no_needs_no_number_and_a_wrong_number_stays_typed(meeting: Meeting) -> None:
    reader = Client()

    wrong = reader.post(link(meeting), {"persons": "40", "yes": "1"}).text
    too_many = reader.post(link(meeting), {"persons": "3", "needs": ["ride"], "yes": "1"}, follow=True).text
    declined = reader.post(link(meeting), {"persons": "", "no": "1"}, follow=True).text

    assert 'value="40"' in wrong
    assert "liste d’attente" in too_many
    assert "vous ne venez pas" in declined
    assert [(reply.persons, reply.needs) for reply in MeetingReply.objects.all()] == [(0, [])]


def test_a_forged_link_is_not_there_and_a_stranger_sees_the_public_page(meeting: Meeting) -> None:
    reader = Client()

    answers = [reader.get(f"/evening/p/{meeting.token}/r/{code}") for code in ("2222222222", "x", answer_code(99_999))]
    answers.append(reader.post(f"/evening/p/{meeting.token}/r/{answer_code(99_999)}", {"yes": "1"}))
    nobody = reader.get(f"/evening/p/{meeting.token}/r/")

    assert {answer.status_code for answer in answers} == {404}
    assert nobody.headers["Location"] == f"/evening/p/{meeting.token}/"


def test_those_who_lead_see_counts_and_who_asked_for_something(client: Client, stage: Stage, meeting: Meeting) -> None:
    Client().post(link(meeting), {"persons": "2", "yes": "1"})
    counted = client.get(stage.url(meeting, "invitations/")).text
    Client().post(link(meeting), {"persons": "1", "needs": ["interpreter"], "yes": "1"})
    named = client.get(stage.url(meeting, "invitations/")).text

    assert '<span class="figure-number">2</span> <span class="figure-label">people come</span>' in counted
    assert "Eva Exemple" not in counted
    assert "Eva Exemple: interpretation (français)" in named
    assert "People who come: 1" in client.get(stage.url(meeting)).text
