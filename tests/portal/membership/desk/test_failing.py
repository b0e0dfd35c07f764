"""Addresses from which messages come back: one task for all, the card and their owner's page in plain words."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from plp.membership.models import Membership
from plp.people.actions import mark_contact_failing
from plp.people.models import ContactPoint, Person
from plp.portal.subjects.membership.desk.offers import member_desk_tasks
from tests.factories.cast import Cast, contact, member
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db


def failing(cast: Cast, number: int, failure: str = "gone") -> Membership:
    someone = member(cast.here.partnership, f"Gina {'abcdefgh'[number].upper()}xemple")
    point = contact(someone, "email", f"gina{number}@plp.test")
    contact(someone, "email", f"second{number}@plp.test")
    mark_contact_failing(contact=point, failure=failure, by=None, at=AT)
    return Membership.objects.get(person=someone)


def titles(person: Person) -> list[tuple[str, int | None]]:
    with translation.override("en"):
        return [(str(one.title), one.count) for one in member_desk_tasks(person, AT)]


def test_the_coordinator_has_one_task_for_all_of_them_and_nobody_next_door(cast: Cast) -> None:
    for number in range(3):
        failing(cast, number)

    assert titles(cast.here.coordinator) == [("3 members' addresses are to be checked", 3)]
    assert titles(cast.next_door.coordinator) == []


def test_whoever_stopped_the_address_or_left_is_no_task(cast: Cast) -> None:
    first, second = failing(cast, 0), failing(cast, 1)
    ContactPoint.objects.filter(person=first.person).update(stopped_at=AT)
    Membership.objects.filter(pk=second.pk).update(state="left")

    assert titles(cast.here.coordinator) == []


def test_a_task_costs_the_same_for_one_and_for_many(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.here.coordinator)
    failing(cast, 0)
    page = reverse("membership:desk:waiting")
    with django_assert_max_num_queries(60) as first:
        client.get(page)
    for number in range(1, 5):
        failing(cast, number)

    with django_assert_max_num_queries(len(first)):
        client.get(page)


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        ("gone", "there is no such mailbox. Ask for the right address."),
        ("full", "the mailbox is full. Tell the member"),
        ("unreachable", "For days no e-mail could be delivered"),
        ("unwanted", "reported a message of ours as unwanted"),
    ],
)
def test_the_pages_of_the_coordinator_say_what_is_wrong_and_what_to_do(cast: Cast, failure: str, said: str) -> None:
    membership, client = failing(cast, 0, failure), signed_in(cast.here.coordinator)

    waiting = client.get(reverse("membership:desk:waiting")).content.decode()
    card = client.get(reverse("membership:desk:member", args=[membership.pk])).content.decode()

    assert [said in page for page in (waiting, card)] == [True, True]
    assert [page.count("to be checked") for page in (waiting, card)] == [2, 1]  # once in a heading
    assert "second0@" not in waiting.replace("<wbr>", "")


def test_it_works_again_and_the_task_is_gone(cast: Cast) -> None:
    membership, client = failing(cast, 0, "full"), signed_in(cast.here.coordinator)
    point = ContactPoint.objects.get(failure="full")

    client.post(reverse("membership:desk:vouch", args=[membership.pk, point.pk]))

    point.refresh_from_db()
    assert (point.failure, point.failed_at, point.confirmed_at) == ("", None, AT)
    assert titles(cast.here.coordinator) == []


def test_a_newer_failure_is_told_and_the_same_one_is_no_news(cast: Cast) -> None:
    failing(cast, 0, "full")
    point = ContactPoint.objects.get(failure="full")

    told = [
        mark_contact_failing(contact=point, failure=failure, by=None, at=AT + timedelta(days=1))
        for failure in ("full", "gone")
    ]

    assert told == [False, True]


def test_their_own_page_says_it_and_a_code_makes_it_good_again(cast: Cast, client: Client) -> None:
    membership = failing(cast, 0)
    own = signed_in(membership.person)

    told = own.get("/m/messages/").content.decode()
    page = own.get("/m/settings/").content.decode()
    answer = own.post(reverse("membership:self_service:send_code", args=[ContactPoint.objects.get(failure="gone").pk]))

    assert "Messages to one of your addresses come back." in told
    assert "there is no such mailbox. Add the right address and remove this one." in page
    assert page.count("Until then your other ways come first.") == 1
    assert (page.count("Confirm again"), answer.status_code) == (1, 302)
