"""Questions on pages: asked by anybody, read by one office, shared without a name (R127, R135)."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from django.utils.text import Truncator

from plp.portal.subjects.sightings.questions.offers import question_tasks
from plp.sightings.actions import questions
from plp.sightings.letters import signed_question_path
from plp.sightings.models import Question, SharedAnswer
from tests.factories.cast import Cast, contact
from tests.portal.signing import AT, signed_in
from tests.sightings.stage import asker, question, written

pytestmark = pytest.mark.django_db
ASKED = {"to": "coordinator", "kind": "question", "words": "Quand se voit-on ?"}


def as_member(cast: Cast, name: str = "Marie Membre") -> Client:
    """A browser in which a member opened their settings."""
    someone = asker(cast, name)
    point = contact(someone, "email", f"{name.split(maxsplit=1)[0].lower()}@example.org")
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session["member"] = {"contact": point.pk.hex, "began": AT.timestamp(), "seen": AT.timestamp()}
    session.save()
    return client


def test_a_resident_asks_and_reads_the_answer_by_the_link(cast: Cast, client: Client) -> None:
    page = client.post(reverse("sightings:questions:ask", args=["haren"]), ASKED, follow=True).content.decode()
    asked = Question.objects.get()
    questions.pass_question_to_coordinator(question=asked, by=cast.officer, at=AT)
    questions.answer_question_and_notify_asker(question=asked, words="Le 3 décembre.", by=cast.here.coordinator, at=AT)

    assert "The police read it first and pass it on to the coordinator." in page
    assert signed_question_path(asked.pk) in page
    assert (asked.asker, asked.shows_name) == (None, False)
    other = Client(headers={"accept-language": "en"})
    shown = other.get(f"/questions/follow/{signed_question_path(asked.pk)}/", follow=True).content.decode()
    assert "Le 3 décembre." in shown


def test_who_tells_of_somebody_seen_hears_that_the_police_have_it(cast: Cast, client: Client) -> None:
    told = {**ASKED, "words": "Un homme à la veste noire photographie les maisons."}
    page = client.post(reverse("sightings:questions:ask", args=["haren"]), told, follow=True).content.decode()

    assert Question.objects.get().to == "police"
    assert "It went to the police, without your name" in page


def test_a_member_asks_without_a_name_unless_they_wish(cast: Cast) -> None:
    browser = as_member(cast)
    browser.post(reverse("sightings:questions:ask", args=["haren"]), ASKED)
    browser.post(
        reverse("sightings:questions:ask", args=["haren"]), {**ASKED, "words": "Et ensuite ?", "shows_name": "on"}
    )
    hidden, shown = Question.objects.order_by("shows_name")
    at_police = [
        signed_in(cast.officer).get(reverse("sightings:questions:police_one", args=[one.pk])).content.decode()
        for one in (hidden, shown)
    ]
    for one in (hidden, shown):
        questions.pass_question_to_coordinator(question=one, by=cast.officer, at=AT)

    desk = signed_in(cast.here.coordinator)
    pages = [
        desk.get(reverse("sightings:questions:coordinator_one", args=[one.pk])).content.decode()
        for one in (hidden, shown)
    ]

    mine = browser.get(reverse("sightings:questions:mine")).content.decode()
    assert ["Marie Membre" in page for page in [*at_police, *pages]] == [False, False, False, True]
    assert "Et ensuite ?" in mine
    assert mine.count("<h3>") == 1  # the name of the partnership stands once above its questions


def test_a_member_of_next_door_asks_as_a_resident(cast: Cast) -> None:
    browser = as_member(cast)

    browser.post(reverse("sightings:questions:ask", args=["laeken"]), {**ASKED, "shows_name": "on"})

    assert Question.objects.get().asker is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"words": ""}, "This field is required"),
        ({"words": "x" * 1001}, "at most 1000 characters"),
        ({"to": "mayor"}, "Select a valid choice"),
        ({"homepage": "spam"}, "Leave this empty"),
    ],
)
def test_a_bad_question_is_said_in_words(cast: Cast, client: Client, changes: dict[str, str], sentence: str) -> None:
    page = client.post(reverse("sightings:questions:ask", args=["haren"]), {**ASKED, **changes}).content.decode()

    assert sentence in page
    assert not Question.objects.exists()


def test_markup_is_shown_as_words(cast: Cast, client: Client) -> None:
    client.post(reverse("sightings:questions:ask", args=["haren"]), {**ASKED, "words": "<script>alert(1)</script>"})
    questions.pass_question_to_coordinator(question=Question.objects.get(), by=cast.officer, at=AT)

    page = signed_in(cast.here.coordinator).get(
        reverse("sightings:questions:coordinator_one", args=[Question.objects.get().pk])
    )

    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;alert" in page.content.decode()


def test_nobody_reads_without_link_or_office(cast: Cast, client: Client) -> None:
    to_coordinator, to_police = question(cast), question(cast, to="police")

    assert client.get(reverse("sightings:questions:follow", args=[to_police.pk, "0" * 32])).status_code == 404
    assert client.get(reverse("sightings:questions:status")).status_code == 404
    officer, coordinator, stranger = (
        signed_in(one) for one in (cast.officer, cast.here.coordinator, cast.next_door.coordinator)
    )
    assert officer.get(reverse("sightings:questions:police_one", args=[to_coordinator.pk])).status_code == 404
    assert officer.get(reverse("sightings:questions:coordinator_one", args=[to_coordinator.pk])).status_code == 404
    assert coordinator.get(reverse("sightings:questions:coordinator_one", args=[to_police.pk])).status_code == 404
    assert coordinator.get(reverse("sightings:questions:police")).status_code == 404
    for name in ("coordinator_one", "pass_on", "share"):
        assert stranger.get(reverse(f"sightings:questions:{name}", args=[to_coordinator.pk])).status_code == 404
        assert stranger.post(reverse(f"sightings:questions:{name}", args=[to_coordinator.pk]), {}).status_code == 404
    assert officer.get(reverse("sightings:questions:police_one", args=[to_police.pk])).status_code == 200
    for who in (coordinator, signed_in(cast.foreign_officer)):
        assert who.post(reverse("sightings:questions:pass_to_coordinator", args=[to_police.pk])).status_code == 404


def test_the_coordinator_answers_passes_on_shares_and_takes_back(cast: Cast) -> None:
    first, second = question(cast), question(cast)
    desk, reader = signed_in(cast.here.coordinator), as_member(cast, "Omar Autre")
    desk.post(reverse("sightings:questions:coordinator_one", args=[first.pk]), {"words": "Le 3 décembre."})
    desk.post(reverse("sightings:questions:pass_on", args=[second.pk]))
    shared = {"language": "fr", "asked": "Quand se voit-on ?", "answered": "Le 3 décembre à 19 heures."}
    held = desk.post(
        reverse("sightings:questions:share", args=[first.pk]), {**shared, "asked": "Qui vient à la ronde de nuit ?"}
    )

    desk.post(reverse("sightings:questions:share", args=[first.pk]), shared)
    read = reader.get(reverse("sightings:questions:mine")).content.decode()
    SharedAnswer.objects.update(language="nl")
    marked = reader.get(reverse("sightings:questions:mine")).content.decode()
    desk.post(reverse("sightings:questions:take_back", args=[SharedAnswer.objects.get().pk]))
    after = reader.get(reverse("sightings:questions:mine")).content.decode()

    assert "The message check stops these words" in held.content.decode()
    assert "Le 3 décembre à 19 heures." in read
    assert ("· français" in read, "· Nederlands</p>" in marked) == (False, True)
    assert "Le 3 décembre à 19 heures." not in after
    assert Question.objects.get(pk=second.pk).to == "police"


def test_the_officer_answers(cast: Cast) -> None:
    asked = question(cast, to="police")
    desk = signed_in(cast.officer)

    listed = desk.get(reverse("sightings:questions:police")).content.decode()
    desk.post(reverse("sightings:questions:police_one", args=[asked.pk]), {"words": "Oui."})

    assert "Haren – a question" in listed
    assert f'<p lang="{asked.language}">{Truncator(escape(asked.words)).words(14)}</p>' in listed
    assert Question.objects.get().answer == "Oui."


def test_an_officer_passes_on_in_one_press_what_is_for_the_coordinator(cast: Cast) -> None:
    asked = written(cast)
    officer, coordinator = signed_in(cast.officer), signed_in(cast.here.coordinator)
    address = reverse("sightings:questions:pass_to_coordinator", args=[asked.pk])

    desks = [
        who.get(reverse(f"sightings:questions:{name}")).content.decode()
        for who, name in ((officer, "police"), (coordinator, "coordinator"))
    ]
    page = officer.get(reverse("sightings:questions:police_one", args=[asked.pk])).content.decode()
    looked = officer.get(address).status_code
    officer.post(address)

    assert ["for the coordinator" in desk for desk in desks] == [True, False]
    assert [escape(asked.words) in desk for desk in desks] == [True, False]
    assert "The police still read 1 message to you." in desks[1]
    assert (address in page, looked) == (True, 405)
    assert Question.objects.get().to == "coordinator"
    assert officer.post(address).status_code == 404


def test_the_task_is_urgent_when_the_term_is_over(cast: Cast) -> None:
    asked = question(cast)

    assert [task.urgent for task in question_tasks(cast.here.coordinator, AT)] == [False]
    assert [task.urgent for task in question_tasks(cast.here.coordinator, asked.due_at)] == [True]
    assert question_tasks(cast.officer, AT) == []


def test_a_partnership_that_is_not_public_takes_no_question(cast: Cast, client: Client) -> None:
    assert client.get(reverse("sightings:questions:ask", args=["nowhere"])).status_code == 404


def test_the_desk_asks_the_same_queries_for_one_and_three(cast: Cast, django_assert_num_queries) -> None:
    browser = signed_in(cast.here.coordinator)
    question(cast)
    browser.get(reverse("sightings:questions:coordinator"))
    with django_assert_num_queries(7):
        browser.get(reverse("sightings:questions:coordinator"))
    question(cast), question(cast)
    with django_assert_num_queries(7):
        browser.get(reverse("sightings:questions:coordinator"))
