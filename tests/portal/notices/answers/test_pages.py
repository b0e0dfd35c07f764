"""The form of a copy, the code of a letter, and the red desk."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from plp.charter.models import PlanRule
from plp.notices import actions as notices
from plp.notices.models import Acknowledgement, HelpCall, NoticeAnswer
from plp.portal.subjects.notices.desk import offers as desk_offers
from tests.factories.cast import Cast
from tests.portal.notices.answers.test_journeys import by_sms, form_of, reached, request_of_police
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch, settings) -> Cast:
    stop_clock(monkeypatch)
    settings.ANSWERED = ["email", "sms"]
    return Cast()


def test_a_link_shows_the_question_in_the_language_of_its_reader_and_changes_nothing(cast: Cast) -> None:
    point = reached(cast, "Ann Un", "sms", "+32470000011")
    request_of_police(cast)

    page = Client().get(form_of(point)).content.decode()

    assert ("Le dire à la police" in page, "2 décembre 2026" in page, "Je l’ai lu" in page) == (True, True, False)
    assert "camionnette blanche" in page
    assert (NoticeAnswer.objects.count(), Acknowledgement.objects.count()) == (0, 0)


def test_empty_words_are_told_at_their_field_and_nothing_is_kept(cast: Cast) -> None:
    point = reached(cast, "Ann Un", "sms", "+32470000011")
    request_of_police(cast)

    page = Client().post(form_of(point), {"act": "answer", "words": " "}).content.decode()

    assert 'aria-invalid="true"' in page
    assert not NoticeAnswer.objects.exists()


def test_one_touch_says_read_can_help_or_need_help_where_the_plan_wants_it(cast: Cast) -> None:
    point = reached(cast, "Ann Un", "sms", "+32470000011")
    request_of_police(cast)
    before = Client().post(form_of(point), {"act": "read"}).status_code
    PlanRule.objects.filter(plan=cast.here.plan).update(acknowledged=True)

    statuses = [Client().post(form_of(point), {"act": act}).status_code for act in ("read", "can_help", "help", "x")]

    assert (before, statuses) == (404, [302, 302, 302, 404])
    assert [(row.person, row.can_help) for row in Acknowledgement.objects.all()] == [(point.person, True)]
    assert [(call.cause, call.words) for call in HelpCall.objects.all()] == [("call_me", "")]


def test_a_code_is_typed_as_it_stands_in_a_letter_and_a_wrong_one_is_told(cast: Cast) -> None:
    point = reached(cast, "Dora Quatre", "paper", "Rue de Verdun 14, 1130 Bruxelles")
    request_of_police(cast)
    address, client = form_of(point), Client()
    code = address.removeprefix("/a/")

    right = client.post(reverse("notices:answers:enter"), {"code": f" {code[:4].upper()} {code[4:]}"})
    wrong = client.post(reverse("notices:answers:enter"), {"code": "2222-3333"}).content.decode()

    assert right.url == address
    assert 'aria-invalid="true"' in wrong
    assert client.get("/a/23456789abcd").status_code == 404


def test_a_cry_stands_above_feedback_that_is_late(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    point = reached(cast, "Ann Un", "sms", "+32470000011")
    request_of_police(cast)
    by_sms(Client(), point.address, "Help! Inbreker in mijn huis")
    monkeypatch.setattr(
        desk_offers, "notices_owing_feedback_by_person", lambda *_, at: [(None, at - timedelta(days=9))]
    )

    first_page = signed_in(cast.officer).get("/").content.decode()

    assert first_page.index("1 person calls for help") < first_page.index("1 message waits for feedback")


def test_a_cry_is_red_and_first_on_both_desks_until_somebody_takes_it(cast: Cast) -> None:
    point = reached(cast, "Ann Un", "sms", "+32470000011")
    request_of_police(cast)
    by_sms(Client(), point.address, "Help! Inbreker in mijn huis")
    officer, coordinator = signed_in(cast.officer), signed_in(cast.here.coordinator)

    first_pages = [client.get("/").content.decode() for client in (officer, coordinator)]
    desk = coordinator.get(reverse("notices:answers:help_coordinator")).content.decode()
    police_desk = officer.get(reverse("notices:answers:help_police")).content.decode()
    taken = coordinator.post(
        reverse("notices:answers:help_coordinator"), {"call": str(HelpCall.objects.get().pk)}, follow=True
    ).content.decode()

    assert all("1 person calls for help" in page for page in first_pages)
    assert ("Ann Un" in desk, "tel:+32470000011" in desk, "Inbreker" in desk) == (True, True, False)
    because = "Read as a cry for help because of: "
    assert (f"{because}help, inbreker" in police_desk, because in desk) == (True, False)
    assert "You see to it" in taken
    assert "calls for help" not in officer.get("/").content.decode()


def test_answers_are_a_task_of_the_police_until_they_are_read(cast: Cast) -> None:
    point = reached(cast, "Ann Un", "sms", "+32470000011")
    notice = request_of_police(cast)
    by_sms(Client(), point.address, "J'ai vu la camionnette")
    officer, coordinator = signed_in(cast.officer), signed_in(cast.here.coordinator)

    waiting = ["1 answer to read" in client.get("/").content.decode() for client in (officer, coordinator)]
    officer.get(reverse("notices:answers:listed", args=[notice.pk]))

    assert waiting == [True, False]
    assert "answer to read" not in officer.get("/").content.decode()


def test_a_drill_is_begun_on_the_page_marked_there_and_taken_by_somebody_else(cast: Cast) -> None:
    officer, coordinator = signed_in(cast.officer), signed_in(cast.here.coordinator)
    desk = reverse("notices:answers:help_police")

    officer.post(desk, {"drill": cast.here.partnership.key})
    own = officer.get(desk).content.decode()
    first = coordinator.get("/").content.decode()
    call = HelpCall.objects.get()
    coordinator.post(reverse("notices:answers:help_coordinator"), {"call": str(call.pk)})
    after = coordinator.get(reverse("notices:answers:help_coordinator")).content.decode()

    assert ("You started it: somebody else takes it." in own, "Drill: a call for help" in first) == (True, True)
    assert "calls for help" not in first
    assert ("nobody is in need" in after, "taken after 1 minute" in after) == (True, True)
    assert officer.post(desk, {"drill": "nowhere"}).status_code == 404


@pytest.mark.parametrize(
    "words", ["Au secours, un cambrioleur est dans ma maison, vite", "Hij staat nu in mijn tuin, kom vlug"]
)
def test_a_cry_typed_in_the_form_is_red_as_by_sms_and_told_at_once_whom_to_call(cast: Cast, words: str) -> None:
    point, client = reached(cast, "Ann Un", "sms", "+32470000011"), Client()
    notice = request_of_police(cast)

    answer = client.post(form_of(point), {"act": "answer", "words": words})

    call = HelpCall.objects.get()
    assert (call.cause, call.words, call.person, call.notice) == ("cry", words, point.person, notice)
    assert NoticeAnswer.objects.get().words == words  # an answer all the same
    assert "Appelez maintenant le 101 ou le 112" in client.get(answer["Location"]).text
    assert words in signed_in(cast.officer).get(reverse("notices:answers:help_police")).text


def test_the_form_of_a_withdrawn_request_says_so_and_no_more_until_when(cast: Cast) -> None:
    point = reached(cast, "Ann Un", "sms", "+32470000011")
    notice = request_of_police(cast)
    notices.retract_notice_everywhere(notice=notice, by=cast.officer, at=AT)

    page = Client().get(form_of(point)).text

    assert ("Ce message a été retiré" in page, "2 décembre 2026" in page) == (True, False)


def test_a_member_reads_on_their_page_until_when_and_where_to_answer(cast: Cast) -> None:
    point = reached(cast, "Ann Un", "sms", "+32470000011")
    request_of_police(cast)

    page = signed_in(point.person).get(reverse("membership:self_service:messages")).text

    assert ("2 December 2026" in page, form_of(point) in page) == (True, True)


def test_a_witness_who_quotes_a_cry_is_read_among_the_answers_each_time(cast: Cast) -> None:
    point, client = reached(cast, "Ann Un", "sms", "+32470000011"), Client()
    request_of_police(cast)
    words = ["Ik hoorde iemand help roepen, zwarte auto weggereden", "Au secours, criait-on: une moto bleue est partie"]

    form = form_of(point)
    for text in words:
        client.post(form, {"act": "answer", "words": text})

    assert sorted(answer.words for answer in NoticeAnswer.objects.all()) == sorted(words)
