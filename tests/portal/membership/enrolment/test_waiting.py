"""Somebody who waits: asked something, answering by the link, not let in, with letters to print (R45)."""

import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plp.delivery.models import Message
from plp.journal.models import Entry
from plp.membership.enquiries import enquiry_answer_path
from plp.membership.models import Enquiry, Membership, Refusal
from tests.factories.cast import Cast, contact, member, person
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
QUESTION = {"words": "Travaillez-vous dans le quartier ?"}


def asking(cast: Cast, name: str = "Gina Exemple", *, confirmed: bool = True) -> Membership:
    someone = person(name)
    contact(someone, "email", f"{uuid4().hex}@example.org", confirmed=confirmed)
    return Membership.objects.create(partnership=cast.here.partnership, person=someone, state="pending", asked_at=AT)


def test_a_question_is_asked_answered_by_its_link_and_read(cast: Cast) -> None:
    membership, client, stranger = asking(cast), signed_in(cast.here.coordinator), Client()
    stranger.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    url = reverse("membership:enrolment:ask", args=[membership.pk])
    client.post(url, QUESTION)
    body = Message.objects.get(purpose="partnership.enquiry").texts.get(channel="email").body
    link = re.search(r"https?://[^/]+(/enrolment/answer/\S+)", body)
    assert link is not None
    assert "waits for an answer until" in client.get(reverse("membership:desk:waiting")).content.decode()
    for nothing in ("", "Oui, et la plaque 1-KAN-777"):
        assert stranger.post(link[1], {"words": nothing}).status_code == 200
    assert Enquiry.objects.get().answer == ""

    answered = stranger.post(link[1], {"words": "talk"}, follow=True)

    assert answered.status_code == 200
    assert "You reach your coordinator here:" in answered.content.decode()
    assert "Neither: I shall contact you" in client.get(url).content.decode()
    assert "Answered your question." in client.get(reverse("membership:desk:waiting")).content.decode()
    stranger.post(link[1], {"words": "no"})
    assert Enquiry.objects.get().answer == "talk"


def test_a_wrong_link_and_one_that_is_over_are_not_found(cast: Cast) -> None:
    membership = asking(cast)
    signed_in(cast.here.coordinator).post(reverse("membership:enrolment:ask", args=[membership.pk]), QUESTION)
    enquiry = Enquiry.objects.get()
    key, signature = enquiry_answer_path(enquiry).split("/")
    paths = [[uuid4().hex, signature], [key, "x" * len(signature)]]
    Membership.objects.update(state="active")

    answers = [
        Client().get(reverse("membership:enrolment:answer", args=args)).status_code
        for args in [*paths, [key, signature]]
    ]

    assert answers == [404, 404, 404]


def test_who_is_reached_by_no_machine_gets_a_letter_and_answers_by_voice(cast: Cast) -> None:
    membership, client = asking(cast, confirmed=False), signed_in(cast.here.coordinator)
    url = reverse("membership:enrolment:ask", args=[membership.pk])
    assert "print the letter" in client.post(url, QUESTION, follow=True).content.decode()
    enquiry = Enquiry.objects.get()

    letter = client.get(reverse("membership:enrolment:question_letter", args=[enquiry.pk]))
    client.post(reverse("membership:enrolment:heard", args=[enquiry.pk]), {"words": "Oui, à la boulangerie."})

    assert letter.content[:5] == b"%PDF-"
    enquiry.refresh_from_db()
    assert (enquiry.answer, enquiry.answered_at) == ("Oui, à la boulangerie.", AT)


def test_nobody_is_let_in_on_no_other_ground_and_the_letter_waits(cast: Cast) -> None:
    membership, client = asking(cast), signed_in(cast.here.coordinator)
    url = reverse("membership:enrolment:refuse", args=[membership.pk])
    assert "Only these reasons count" in client.get(url).content.decode()
    client.post(url, {"ground": "name"})
    assert not Refusal.objects.exists()

    shown = client.post(url, {"ground": "outside"}, follow=True).content.decode()

    assert "A message has left that says why" in shown
    assert "Gina Exemple" in shown
    assert client.get(reverse("membership:enrolment:refusal_letter", args=[membership.pk])).content[:5] == b"%PDF-"
    assert Entry.objects.filter(verb="members.viewed").get().details == {"list": "refused", "count": 1}
    assert client.get(url).status_code == 404


def test_a_member_without_mail_gets_the_welcome_on_paper(cast: Cast) -> None:
    someone = member(cast.here.partnership, "Zoë Voorbeeld", "nl")
    page = reverse("membership:enrolment:welcome_letter", args=[someone.memberships.get().pk])

    letter = signed_in(cast.here.coordinator).get(page)

    assert letter.content[:5] == b"%PDF-"
    assert [signed_in(other).get(page).status_code for other in (cast.next_door.coordinator, cast.officer)] == [
        404,
        404,
    ]


def test_nobody_else_finds_who_waits(cast: Cast) -> None:
    membership, own = asking(cast), signed_in(cast.here.coordinator)
    refused = asking(cast, "Hugo Exemple")
    own.post(reverse("membership:enrolment:ask", args=[membership.pk]), QUESTION)
    own.post(reverse("membership:enrolment:refuse", args=[refused.pk]), {"ground": "twice"})
    pages = [
        reverse("membership:enrolment:ask", args=[membership.pk]),
        reverse("membership:enrolment:refuse", args=[membership.pk]),
        reverse("membership:enrolment:question_letter", args=[Enquiry.objects.get().pk]),
        reverse("membership:enrolment:refusal_letter", args=[refused.pk]),
    ]

    for someone in (cast.next_door.coordinator, cast.here.deputy, cast.officer):
        client = signed_in(someone)
        assert [client.get(page).status_code for page in pages] == [404] * 4
        assert (
            client.post(reverse("membership:enrolment:heard", args=[Enquiry.objects.get().pk]), QUESTION).status_code
            == 404
        )
    assert (
        "Hugo"
        not in signed_in(cast.next_door.coordinator).get(reverse("membership:enrolment:refused")).content.decode()
    )


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_the_refused_costs_the_same_however_long(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.here.coordinator)
    for place in range(number):
        membership = asking(cast, f"Gina Exemple{'abc'[place]}")
        client.post(reverse("membership:enrolment:refuse", args=[membership.pk]), {"ground": "twice"})
    client.get(reverse("membership:enrolment:refused"))

    with django_assert_num_queries(10):
        client.get(reverse("membership:enrolment:refused"))
