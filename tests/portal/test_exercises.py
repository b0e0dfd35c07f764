"""Exercises on invented data: a report, a message; the day is noted and nothing that was typed."""

import pytest
from django.utils.translation import override

from plp.mandates.grants import Role
from plp.people.exercises import finished_counts_by_exercise, finished_exercises, record_finished_exercise
from plp.people.models import FinishedExercise, Person
from plp.places.models import Area
from plp.portal.subjects.exercises.cases import MESSAGE
from plp.portal.subjects.exercises.decisions import ABSENCE, NEIGHBOUR, RELAY
from plp.portal.subjects.exercises.views import EXERCISES
from plp.sightings.models import Sighting
from plp.wording.check import check
from tests.factories.cast import NOW, Cast, hold, member, person
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
REPORT = {
    "behaviour": "Il a sonné à trois portes et a dit venir de la compagnie des eaux.",
    "looks": "Un homme en veste verte.",
    "direction": "Vers la gare.",
    "vehicle": "Une camionnette grise.",
    "plate": "1-ABC",
}
GOOD = (
    "On Tuesday at 14:30 tools were stolen from a shed in rue de Verdun. Lock sheds and call 101 if you see something."
)


def test_a_good_report_is_noted_with_its_day_and_kept_nowhere(cast: Cast) -> None:
    client = signed_in(cast.here.coordinator)

    done = client.post("/training/report/", REPORT, follow=True).content.decode()

    assert "Well done." in done
    assert finished_exercises(cast.here.coordinator) == {"report": AT}
    assert not Sighting.objects.exists()


def test_what_the_report_lacks_and_what_judges_is_said_at_its_field(cast: Cast) -> None:
    typed = {**REPORT, "plate": "", "looks": "Un gitan en veste verte."}

    page = signed_in(cast.here.coordinator).post("/training/report/", typed).content.decode()

    assert "What did you see of the number plate?" in page
    assert "gitan" in page
    assert not FinishedExercise.objects.exists()


@pytest.mark.parametrize(("words", "is_done"), [(GOOD, True), ("Thieves!", False), (str(MESSAGE.begin), False)])
def test_a_message_is_done_once_the_check_finds_nothing(cast: Cast, words: str, is_done: bool) -> None:
    signed_in(cast.officer).post("/training/message/", {"words": words})

    assert FinishedExercise.objects.filter(person=cast.officer).exists() == is_done


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_the_message_of_the_exercise_is_held_in_every_language(language: str) -> None:
    with override(language):
        report = check(str(MESSAGE.begin), language=language, kind=MESSAGE.kind)

    assert report.verdict == "hold"
    assert "ethnic_profiling" in {finding.rule for finding in report.findings}


DECIDED = {exercise.key: {it.key: it.right for it in exercise.questions} for exercise in (RELAY, NEIGHBOUR, ABSENCE)}


@pytest.mark.parametrize("key", DECIDED)
def test_a_decision_is_done_once_every_answer_is_right_and_says_why_it_is(cast: Cast, key: str) -> None:
    client, right = signed_in(cast.here.coordinator), DECIDED[key]
    question = EXERCISES[key].questions[0]
    wrong = next(answer for answer, _words in question.answers if answer != question.right)

    page = client.post(f"/training/{key}/", right | {question.key: wrong})
    before = finished_exercises(cast.here.coordinator)
    client.post(f"/training/{key}/", right)

    assert page.context["form"].errors == {question.key: [str(question.reason)]}
    assert (before, finished_exercises(cast.here.coordinator)) == ({}, {key: AT})


def test_who_passes_nothing_on_sees_no_exercise_in_it(cast: Cast) -> None:
    mayor = person("Marie Exemple")
    hold(mayor, Role.MUNICIPALITY, Area.objects.get(path="be/z1/m21004/"))

    pages = [signed_in(who).get("/training/").content.decode() for who in (cast.here.coordinator, mayor)]

    assert ["/training/relay/" in page for page in pages] == [True, False]


def test_an_officer_sees_counts_and_nobody_sees_who(cast: Cast) -> None:
    members = [member(cast.here.partnership, f"Membre {number}") for number in range(6)]
    for number, someone in enumerate(members):
        record_finished_exercise(person=someone, exercise="report" if number else "message", by=someone, at=NOW)

    pages = [signed_in(who).get("/training/").content.decode() for who in (cast.officer, cast.here.coordinator)]

    assert ["who did it: 5" in page for page in pages] == [True, False]
    assert "who did it: &lt;" in pages[0]
    assert not any("Membre" in page for page in pages)
    assert finished_counts_by_exercise(Person.objects.filter(pk=members[0].pk).values_list("pk", flat=True)) == {
        "message": 1
    }


def test_a_stranger_is_asked_who_they_are(client: object) -> None:
    assert client.get("/training/").status_code == 302  # type: ignore[attr-defined]
    assert client.get("/training/report/").status_code == 302  # type: ignore[attr-defined]
