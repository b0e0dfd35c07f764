"""A message becomes rows: one per person, by the contact that person ranked first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection

from plp.delivery import actions
from plp.delivery.actions import composition
from plp.delivery.models import Dispatch
from plp.delivery.states import State
from plp.delivery.texts import Slot, Text
from plp.people.models import ContactPoint
from tests.factories.outbox import AT, audience, message, people, person

pytestmark = pytest.mark.django_db


def rows(made: object) -> list[tuple[str, str, str]]:
    found = Dispatch.objects.filter(message=made).order_by("id")
    return list(found.values_list("channel", "state", "language"))


def test_each_person_gets_one_row_by_the_contact_ranked_first() -> None:
    person(("sms", "+32470000001"), ("email", "a@example.be"))
    person(("email", "b@example.be"), ("sms", "+32470000002"))
    made = message("email", "sms")

    queued = actions.enqueue_copy_for_each_person(
        message=made, contacts=audience().order_by("person__created_at"), at=AT
    )

    assert queued == made.audience == 2
    assert sorted(rows(made)) == [("email", "queued", "fr"), ("sms", "queued", "fr")]


def test_a_tie_is_decided_by_the_order_of_the_message() -> None:
    person(("email", "a@example.be"), ("sms", "+32470000001"))
    ContactPoint.objects.update(rank=1)
    made = message("sms", "email")

    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=AT)

    assert rows(made) == [("sms", "queued", "fr")]


def test_unconfirmed_stopped_and_foreign_contacts_get_nothing() -> None:
    people(3)
    first, second, _ = ContactPoint.objects.order_by("digest")
    ContactPoint.objects.filter(pk=first.pk).update(confirmed_at=None)
    ContactPoint.objects.filter(pk=second.pk).update(stopped_at=AT)
    people(1, channel="sms", first=9)
    made = message("email")

    assert actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=AT) == 1


def test_a_code_goes_to_an_unconfirmed_contact() -> None:
    people(1)
    ContactPoint.objects.update(confirmed_at=None)
    made = message("email")

    assert actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=AT, unconfirmed=True) == 1
    assert made.unconfirmed


def test_a_second_call_adds_only_who_is_new() -> None:
    people(2)
    made = message("email")
    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=AT)
    people(1, first=2)

    assert actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=AT) == 1
    assert made.audience == 3


def test_what_is_due_later_is_held_until_then() -> None:
    people(1)
    made = message("email")

    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=AT, due_at=AT + timedelta(hours=1))

    row = Dispatch.objects.get()
    assert (row.state, row.due_at, row.reason) == (State.HELD, AT + timedelta(hours=1), "scheduled")


def test_nobody_is_added_to_a_stopped_or_expired_message() -> None:
    people(1)
    stopped, expired = message("email"), message("email", expires_at=AT)
    actions.stop_message(message=stopped, by=None, at=AT)

    for made in (stopped, expired):
        with pytest.raises(actions.MessageOver):
            actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=AT)


def test_a_filtered_and_joined_audience_keeps_its_language() -> None:
    people(2)
    first = ContactPoint.objects.order_by("digest")[0]
    first.person.language = "nl"
    first.person.save()
    made = message("email")
    contacts = ContactPoint.objects.filter(person__language="nl")

    actions.enqueue_copy_for_each_person(message=made, contacts=contacts, at=AT)

    assert rows(made) == [("email", "queued", "nl")]


@pytest.mark.parametrize("channels", [[], ["pigeon"], ["email", "pigeon"]])
def test_a_message_needs_installed_channels(channels: list[str]) -> None:
    texts = [Text("email", "fr", "Sujet", "Corps")]

    with pytest.raises(actions.NoChannel):
        actions.create_message(purpose="test", texts=texts, channels=channels, by=None, at=AT)


@pytest.mark.parametrize(
    "text",
    [
        Text("sms", "fr", "", "Corps"),
        Text("email", "fr", "Sujet", ""),
        Text("email", "fr", f"Bonjour {Slot.NAME}", "Corps"),
        Text("email", "fr", "Sujet\nBcc: all@example.be", "Corps"),
    ],
)
def test_a_message_needs_a_text_for_each_channel_and_one_subject_for_all(text: Text) -> None:
    with pytest.raises(actions.BadText):
        actions.create_message(purpose="test", texts=[text], channels=["email"], by=None, at=AT)


def test_only_a_large_audience_leaves_its_log_to_another_line(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[[], Any]
) -> None:
    people(3)
    monkeypatch.setattr(composition, "MANY_COPIES", 2)
    with django_capture_on_commit_callbacks() as few:
        actions.enqueue_copy_for_each_person(
            message=message("email"), contacts=audience().filter(digest__lt=f"{2:064x}"), at=AT
        )
    with django_capture_on_commit_callbacks() as many:
        actions.enqueue_copy_for_each_person(message=message("email"), contacts=audience(), at=AT)

    assert not few
    assert len(many) == (connection.vendor == "sqlite")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("breaks", [False, True])
def test_after_an_audience_a_row_still_needs_a_contact_that_exists(
    monkeypatch: pytest.MonkeyPatch, breaks: bool
) -> None:
    people(1)
    actions.enqueue_copy_for_each_person(message=message("email"), contacts=audience(), at=AT)
    if breaks:
        monkeypatch.setattr(composition, "_persons_table_sql", lambda: "no_such_table AS known")
        with pytest.raises(DatabaseError):
            actions.enqueue_copy_for_each_person(message=message("email"), contacts=audience(), at=AT)

    with pytest.raises(IntegrityError):
        Dispatch.objects.update(contact=uuid4())

    assert Dispatch.objects.get().contact == ContactPoint.objects.get()
