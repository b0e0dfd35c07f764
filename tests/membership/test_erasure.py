"""Forgotten in time and for good: letters, the log, members who left, and again after an older copy came back."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from plp.delivery import actions as delivery
from plp.delivery.models import Attempt, Dispatch, Message, MessageText, Receipt
from plp.delivery.rules import LOG_KEPT, TEXTS_KEPT
from plp.membership import erasure
from plp.membership.erasure_replay import replay_erasures
from plp.membership.models import Membership
from plp.people import actions as people
from plp.people import erasures
from plp.people.models import ContactPoint, Person
from tests.factories import outbox
from tests.factories.cast import NOW, Cast, contact, member

pytestmark = pytest.mark.django_db
Committed = Callable[..., Any]


@pytest.fixture(autouse=True)
def own_list(settings: Any, tmp_path: Path) -> None:
    """A list of erasures of this test's own."""
    settings.ERASURES_FILE = tmp_path / "erasures"


def test_letters_to_others_name_nobody_who_was_erased() -> None:
    here = Cast().here
    someone = member(here.partnership, "Ada Voorbeeld")
    message = outbox.message(at=NOW)
    MessageText.objects.filter(message=message).update(subject="Ada Voorbeeld asks", body="Ada Voorbeeld asks to join.")

    erasure.erase_person(person=someone, by=None, at=NOW)

    assert set(MessageText.objects.values_list("subject", "body")) == {("… asks", "… asks to join.")}


def test_members_go_a_month_after_they_left_everywhere_and_nobody_else() -> None:
    cast = Cast()
    long_gone, just_gone, elsewhere, helper = (
        member(cast.here.partnership, name) for name in ("A B", "C D", "E F", "G H")
    )
    Membership.objects.filter(person__in=[long_gone, elsewhere, helper]).update(
        state="left", left_at=NOW - erasure.KEPT - timedelta(days=1)
    )
    Membership.objects.filter(person=just_gone).update(state="left", left_at=NOW - timedelta(days=1))
    Membership.objects.create(person=elsewhere, partnership=cast.abroad.partnership, state="active", asked_at=NOW)
    member(cast.here.partnership, "I J").helped_by.create(helper=helper, asked_at=NOW)

    forgotten = erasure.erase_former_members(by=None, at=NOW)

    assert forgotten == 1
    assert set(Person.objects.filter(pk__in=[p.pk for p in (long_gone, just_gone, elsewhere, helper)])) == {
        just_gone,
        elsewhere,
        helper,
    }


def test_texts_go_after_a_month_and_the_log_after_three_years_unless_a_copy_is_on_its_way() -> None:
    outbox.people(1, at=NOW)
    kinds = {"new": timedelta(0), "month": TEXTS_KEPT * 2, "years": LOG_KEPT * 2}
    made = {name: outbox.message(at=NOW - age) for name, age in kinds.items()}
    waits = outbox.message(at=NOW - LOG_KEPT * 2)
    delivery.enqueue_copy_for_each_person(message=waits, contacts=outbox.audience(), at=NOW)

    while delivery.delete_texts_of_ended_messages(by=None, at=NOW) or delivery.delete_old_messages_and_copies(
        by=None, at=NOW
    ):
        pass

    assert set(Message.objects.values_list("pk", flat=True)) == {made["new"].pk, made["month"].pk, waits.pk}
    assert set(MessageText.objects.values_list("message", flat=True)) == {made["new"].pk, waits.pk}
    assert Dispatch.objects.count() == 1


@pytest.mark.parametrize("people", [1, 250])
def test_the_copies_of_a_log_are_not_read_to_be_deleted(people: int, django_assert_num_queries: Any) -> None:
    outbox.people(people, at=NOW)
    old = outbox.message(at=NOW - LOG_KEPT * 2)
    delivery.enqueue_copy_for_each_person(message=old, contacts=outbox.audience(), at=NOW)
    Dispatch.objects.update(state="accepted")
    for dispatch in Dispatch.objects.all():
        Attempt.objects.create(dispatch=dispatch, at=NOW, state="accepted", reason="late")
        Receipt.objects.create(event=str(dispatch.pk), channel="email", reference="r", at=NOW, dispatch=dispatch)

    with django_assert_num_queries(21):
        deleted = delivery.delete_old_messages_and_copies(by=None, at=NOW)

    assert deleted == 1
    assert [model.objects.count() for model in (Dispatch, Attempt, Receipt)] == [0, 0, 0]


def test_what_a_backup_brings_back_is_erased_and_stopped_again() -> None:
    here = Cast().here
    gone, stays = member(here.partnership, "Ada Voorbeeld"), member(here.partnership, "Bea Exemple")
    reached = contact(stays, "email", "bea@example.be")
    erasures._append_acts_to_file(
        [
            erasures.ErasureAct("2026-11-25T08:00:00+00:00", "person.forgotten", str(gone.pk)),
            erasures.ErasureAct("2026-11-25T08:00:00+00:00", "contact.stopped", str(reached.pk)),
        ]
    )

    first, second = replay_erasures(by=None, at=NOW), replay_erasures(by=None, at=NOW)

    assert first == {"person.forgotten": 1, "contact.stopped": 1}
    assert not second.total()
    assert not Person.objects.filter(pk=gone.pk).exists()
    assert ContactPoint.objects.get(pk=reached.pk).stopped_at == NOW


def test_the_list_is_written_on_commit_and_mended_from_the_journal(
    django_capture_on_commit_callbacks: Committed, settings: Any
) -> None:
    someone = people.register_person(name="Ada Voorbeeld", language="nl", by=None, at=NOW)
    key = str(someone.pk)
    with django_capture_on_commit_callbacks() as waiting:
        people.erase_person(person=someone, by=None, at=NOW)

    before, mended = erasures.erasures_in_file(), erasures.add_missing_acts_to_file()
    for write in waiting:
        write()

    assert (len(before), mended) == (0, 1)
    assert {(act.verb, act.key) for act in erasures.erasures_in_file()} == {("person.forgotten", key)}
    assert Path(settings.ERASURES_FILE).stat().st_mode & 0o077 == 0
