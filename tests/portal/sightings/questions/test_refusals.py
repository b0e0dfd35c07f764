"""What is asked before a question leaves the desk, and what a flood meets."""

import pytest
from django.test import Client
from django.urls import reverse

from plp.portal.shell import limits
from plp.sightings.actions import questions
from plp.sightings.models import Question, SharedAnswer
from tests.factories.cast import Cast
from tests.portal.sightings.questions.test_views import ASKED
from tests.portal.signing import AT, signed_in
from tests.sightings.stage import question

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["question.network", "question.partnership"])
def test_a_flood_of_questions_waits(monkeypatch: pytest.MonkeyPatch, cast: Cast, client: Client, name: str) -> None:
    monkeypatch.setitem(limits.LIMITS, name, limits.Limit(0, 60))

    answer = client.post(reverse("sightings:questions:ask", args=["haren"]), ASKED)

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")
    assert not Question.objects.exists()


def test_a_question_is_passed_on_after_it_was_asked(cast: Cast) -> None:
    asked = question(cast)

    page = (
        signed_in(cast.here.coordinator).get(reverse("sightings:questions:pass_on", args=[asked.pk])).content.decode()
    )

    asked.refresh_from_db()
    assert "<form" in page
    assert asked.to == "coordinator"


def test_an_answer_is_shared_in_words_and_taken_back_after_a_question(cast: Cast) -> None:
    asked, desk = question(cast), signed_in(cast.here.coordinator)
    questions.answer_question_and_notify_asker(question=asked, words="Le 3 décembre.", by=cast.here.coordinator, at=AT)

    form = desk.get(reverse("sightings:questions:share", args=[asked.pk])).content.decode()
    empty = desk.post(
        reverse("sightings:questions:share", args=[asked.pk]), {"language": "fr", "asked": "", "answered": ""}
    )
    none_yet = SharedAnswer.objects.exists()
    desk.post(
        reverse("sightings:questions:share", args=[asked.pk]),
        {"language": "fr", "asked": "Quand ?", "answered": "Le 3."},
    )
    shared = SharedAnswer.objects.get()
    back = desk.get(reverse("sightings:questions:take_back", args=[shared.pk])).content.decode()

    assert "Le 3 décembre." in form
    assert 'aria-invalid="true"' in empty.content.decode()
    assert not none_yet
    assert "<form" in back
    assert desk.get(reverse("sightings:questions:take_back", args=[shared.pk])).status_code == 200
