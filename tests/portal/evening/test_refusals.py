"""What leads to an evening's minutes is asked first; what is over is not done again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from plp.evening import actions as evening
from plp.evening.models import Meeting, Minutes, Question
from plp.mandates.grants import Role
from plp.membership.models import Candidate
from plp.portal.subjects.evening.presentation import room_screen_context
from tests.evening.stage import opinion_in
from tests.factories.cast import person
from tests.portal.evening.stage import Stage, opened

pytestmark = pytest.mark.django_db
INVALID = 'aria-invalid="true"'


def voted(meeting: Meeting) -> Question:
    """A vote that was opened and closed."""
    now = datetime.now(UTC)
    question = evening.prepare_question(meeting=meeting, kind="approval", by=None, at=now)
    evening.open_vote(question=question, by=None, at=now)
    evening.close_vote_and_record_candidate_result(question=question, by=None, at=now)
    question.refresh_from_db()
    return question


def test_a_code_at_the_door_is_asked_for_and_then_shown(client: Client, stage: Stage) -> None:
    meeting = opened(stage)

    asked = client.get(stage.url(meeting, "door/"))
    link = client.post(stage.url(meeting, "door/"))["Location"]

    assert asked.status_code == 200
    assert link.startswith(stage.url(meeting, "door/"))
    assert client.get(link).status_code == 200


def test_a_closed_vote_is_not_closed_again(client: Client, stage: Stage) -> None:
    meeting = opened(stage)
    question = voted(meeting)

    again = client.post(stage.url(meeting, f"votes/{question.pk}/close/"))

    assert again["Location"] == stage.url(meeting, f"votes/{question.pk}/")
    assert Question.objects.get().closed_at == question.closed_at


def test_the_result_leaves_the_screen_when_the_evening_goes_on(stage: Stage) -> None:
    meeting = opened(stage)
    question = voted(meeting)
    fresh = room_screen_context(meeting)["last"]
    meeting.shown_at = question.closed_at + timedelta(minutes=1)  # type: ignore[operator]

    assert fresh == question
    assert room_screen_context(meeting)["last"] is None


def test_an_opinion_is_answered_in_words_and_taken_out_after_a_question(client: Client, stage: Stage) -> None:
    meeting = opened(stage)
    opinion = opinion_in(meeting, stage.lead.person)
    answer = stage.url(meeting, f"voices/{opinion.pk}/answer/")

    form, empty = client.get(answer).text, client.post(answer, {"answer": ""}).text
    asked = client.get(stage.url(meeting, f"voices/opinion/{opinion.pk}/strike/")).text

    opinion.refresh_from_db()
    assert "The costs: one person does not agree" in form
    assert INVALID in empty
    assert opinion.answer == ""
    assert "The costs: one person does not agree" in asked
    assert client.get(stage.url(meeting, f"voices/vote/{opinion.pk}/strike/")).status_code == 404


def test_minutes_are_corrected_until_they_are_approved(client: Client, stage: Stage) -> None:
    meeting = opened(stage)
    one = Minutes.objects.create(meeting=meeting, language="fr", text="Dit.")
    address = stage.url(meeting, "minutes/fr/")

    early = client.get(address)
    Meeting.objects.update(state="minuted")
    form, empty = client.get(address).text, client.post(address, {"text": ""}).text

    one.refresh_from_db()
    assert early["Location"] == stage.url(meeting, "minutes/")
    assert "Dit." in form
    assert INVALID in empty
    assert one.text == "Dit."


def test_a_vote_about_a_person_names_the_candidate(client: Client, stage: Stage) -> None:
    meeting = opened(stage)
    someone = person("Nora Exemple")
    candidate = Candidate.objects.create(
        partnership=stage.partnership, person=someone, function=Role.COORDINATOR, proposed_at=datetime.now(UTC)
    )

    client.post(stage.url(meeting, "votes/"), {"kind": "person", "candidate": str(candidate.pk), "quorum": ""})

    question = Question.objects.get()
    assert (question.label, question.function, question.subject) == ("Nora Exemple", "coordinator", candidate.pk)
