"""What cannot be answered, noted or looked at any more at the enrolment desk."""

import pytest
from django.test import Client
from django.urls import reverse

from plp.membership.enquiries import enquiry_answer_path
from plp.membership.models import Enquiry, ListImport
from plp.portal.shell import limits
from tests.factories.cast import Cast
from tests.membership.lists.stage import streets
from tests.portal.membership.enrolment.test_enrolment import chosen
from tests.portal.membership.enrolment.test_waiting import QUESTION, asking
from tests.portal.signing import signed_in, stop_clock

pytestmark = pytest.mark.django_db
HIDDEN = "Oui\u202enon"


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Everybody, at their hour."""
    stop_clock(monkeypatch)
    found = Cast()
    streets(found)
    return found


@pytest.fixture
def desk(cast: Cast) -> Client:
    """The coordinator's browser."""
    return signed_in(cast.here.coordinator)


@pytest.fixture
def enquiry(cast: Cast, desk: Client) -> Enquiry:
    """A question that waits for its answer."""
    desk.post(reverse("membership:enrolment:ask", args=[asking(cast).pk]), QUESTION)
    return Enquiry.objects.get()


def test_a_network_that_answers_too_often_waits(
    monkeypatch: pytest.MonkeyPatch, client: Client, enquiry: Enquiry
) -> None:
    monkeypatch.setitem(limits.LIMITS, "answer.network", limits.Limit(0, 60))

    answer = client.post(f"/enrolment/answer/{enquiry_answer_path(enquiry)}/", {"words": "yes"})

    enquiry.refresh_from_db()
    assert "2 seco" in answer.content.decode()  # seconds, secondes
    assert enquiry.answered_at is None


@pytest.mark.parametrize("words", ["", HIDDEN])
def test_an_answer_by_voice_has_words_that_can_be_kept(desk: Client, enquiry: Enquiry, words: str) -> None:
    told = desk.post(
        reverse("membership:enrolment:heard", args=[enquiry.pk]), {"words": words}, follow=True
    ).content.decode()

    enquiry.refresh_from_db()
    assert "Written down." not in told
    assert enquiry.answered_at is None


def test_an_answer_by_its_link_has_words_that_can_be_kept(client: Client, enquiry: Enquiry) -> None:
    page = client.post(f"/enrolment/answer/{enquiry_answer_path(enquiry)}/", {"words": HIDDEN})

    enquiry.refresh_from_db()
    assert page.status_code == 200
    assert enquiry.answered_at is None


def test_a_question_has_words_that_can_be_kept(cast: Cast, desk: Client) -> None:
    page = desk.post(reverse("membership:enrolment:ask", args=[asking(cast).pk]), {"words": HIDDEN})

    assert page.status_code == 409
    assert "There is a problem" in page.text
    assert not Enquiry.objects.exists()


def test_a_list_that_was_brought_in_is_not_previewed_again(desk: Client) -> None:
    chosen(desk)
    listed = ListImport.objects.get()
    desk.post(reverse("membership:enrolment:bring_in", args=[listed.pk]))

    answer = desk.get(reverse("membership:enrolment:preview", args=[listed.pk]))

    assert answer["Location"] == reverse("membership:enrolment:desk")


def test_columns_that_are_none_change_nothing(desk: Client) -> None:
    chosen(desk)
    listed = ListImport.objects.get()

    told = desk.post(reverse("membership:enrolment:columns", args=[listed.pk]), {"column_0": "gossip"}, follow=True)

    assert "Columns corrected." not in told.content.decode()
    assert "Bea Voorbeeld" in told.content.decode()
