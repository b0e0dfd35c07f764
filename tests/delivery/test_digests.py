"""Messages that come together: held until their hour, one copy for several, each still stopped by itself (R115)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from plp.delivery import actions
from plp.delivery.digests import combine_texts_into_digest
from plp.delivery.engine import copy_loader
from plp.delivery.engine.dialects import PostgresDialect, database_dialect
from plp.delivery.engine.work_items import ClaimedCopy, ClaimRequest, CommitBatch, SendResult
from plp.delivery.engine.worker_database import WorkerDatabase
from plp.delivery.models import Dispatch, Message, MessageText
from plp.delivery.queries import message_tally
from plp.delivery.rules import next_digest_time
from plp.delivery.states import State
from plp.delivery.texts import Slot, Text
from plp.people.models import ContactPoint
from tests.factories.outbox import audience, message, person
from tests.factories.senders import FakeSender, install

NOON = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)  # a Wednesday, noon in Belgium
SIX = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "hour", "weekday", "due"),
    [
        ("2026-11-25T11:00", 18, None, "2026-11-25T17:00"),
        ("2026-11-25T17:00", 18, None, "2026-11-26T17:00"),  # struck already
        ("2026-11-25T11:00", 18, 2, "2026-11-25T17:00"),
        ("2026-11-25T11:00", 18, 1, "2026-12-01T17:00"),
        ("2026-11-25T17:00", 18, 2, "2026-12-02T17:00"),
        ("2026-03-28T20:00", 2, None, "2026-03-29T01:00"),  # the hour that is skipped
        ("2026-10-24T20:00", 2, None, "2026-10-25T00:00"),  # the hour that comes twice
    ],
)
def test_the_next_digest_is_by_the_clock_on_the_wall(at: str, hour: int, weekday: int | None, due: str) -> None:
    moment = datetime.fromisoformat(f"{at}+00:00")

    assert next_digest_time(moment, hour=hour, weekday=weekday) == datetime.fromisoformat(f"{due}+00:00")


class Now:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, now: Now, db: None) -> WorkerDatabase:
    fake = FakeSender()
    install(monkeypatch, fake, FakeSender(key="other"))
    monkeypatch.setattr(
        PostgresDialect, "lock_commits_shared_and_read_time", lambda self, cursor: now()
    )  # its own clock cannot be turned
    return WorkerDatabase(database_dialect(connection.vendor, now), {"fake": fake}, lease=60.0)


def send(*, at: datetime = NOON, **more: object) -> Message:
    made = message("fake", at=at, **more)
    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=at)
    return made


def claim(store: WorkerDatabase, number: int = 100) -> list[ClaimedCopy]:
    return store.commit(CommitBatch(sweep=True, wants=[ClaimRequest("fake", number, False)])).claimed["fake"]


def states() -> list[str]:
    return list(Dispatch.objects.order_by("id").values_list("state", flat=True))


def test_what_is_not_urgent_waits_for_the_hour_of_those_who_want_it_so(store: WorkerDatabase) -> None:
    person(("fake", "daily"), digest="daily", digest_hour=18)
    person(("fake", "weekly"), digest="weekly", digest_hour=9, digest_weekday=0)
    person(("fake", "at once"))

    made = send()

    due = dict(Dispatch.objects.values_list("contact__digest", "due_at"))
    assert due == {"daily": SIX, "weekly": datetime(2026, 11, 30, 8, 0, tzinfo=UTC), "at once": NOON}
    assert (message_tally(made).waiting, message_tally(made).audience) == (3, 3)
    assert sorted(states()) == ["held", "held", "queued"]


def test_an_alarm_and_what_ends_before_the_hour_come_at_once(store: WorkerDatabase) -> None:
    person(("fake", "daily"), digest="daily", digest_hour=18)

    send(urgent=True)
    send(expires_at=SIX)
    send(expires_at=SIX + timedelta(minutes=1))

    assert states() == ["queued", "queued", "held"]


@pytest.mark.django_db
def test_the_channel_must_be_able_to_bundle() -> None:
    person(("sms", "+32470000001"), digest="daily")
    made = message("sms", at=NOON)

    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=NOON)

    assert states() == ["queued"]


def test_several_messages_leave_as_one_copy_and_each_is_settled(store: WorkerDatabase, now: Now) -> None:
    person(("fake", "daily"), digest="daily", digest_hour=18)
    first, second = send(body=f"One {Slot.CHECK_CODE}"), send(at=NOON + timedelta(hours=1), body="Two")
    assert claim(store) == []

    now.at = SIX
    [item] = claim(store, number=1)

    assert len(item.ids) == 2
    body = item.envelope.prepared.text.body
    assert body.index(f"One {first.check_code}") < body.index("Two")
    assert body.count(Slot.NAME) == body.count(Slot.STOP_LINK) == 1
    assert store.commit(CommitBatch(starts=[item])).started == set(item.ids)
    store.commit(CommitBatch(results=[SendResult(number, item.token) for number in item.ids]))
    assert states() == ["accepted", "accepted"]
    assert (message_tally(first).sent, message_tally(second).sent) == (1, 1)


def test_a_message_stopped_after_the_claim_is_left_out_of_the_copy(store: WorkerDatabase, now: Now) -> None:
    person(("fake", "daily"), digest="daily", digest_hour=18)
    first, second = send(body="One"), send(body="Two")
    now.at = SIX
    [item] = claim(store)
    actions.stop_message(message=first, by=None, at=SIX)

    done = store.commit(CommitBatch(starts=[item]))
    [again] = claim(store)

    assert done.started == set()
    assert again.ids == (second.dispatches.get().pk,)
    assert again.envelope.prepared.text.body == "Two"
    assert sorted(states()) == ["claimed", "stopped"]


def test_a_stop_of_the_contact_ends_all_of_them(store: WorkerDatabase, now: Now) -> None:
    person(("fake", "daily"), digest="daily", digest_hour=18)
    send()
    send()
    now.at = SIX
    [item] = claim(store)
    actions.stop_contact(contact=ContactPoint.objects.get(), how="sms", at=SIX)

    assert store.commit(CommitBatch(starts=[item])).started == set()
    assert states() == ["stopped", "stopped"]


def test_two_readers_of_the_same_digest_share_one_text(store: WorkerDatabase, now: Now) -> None:
    for name in ("one", "two"):
        person(("fake", name), digest="daily", digest_hour=18)
    send()
    send()
    now.at = SIX

    one, two = claim(store)

    assert one.envelope.prepared is two.envelope.prepared
    assert {one.envelope.address, two.envelope.address} == {"one", "two"}


def test_whoever_chose_easy_language_gets_it_where_it_exists(store: WorkerDatabase) -> None:
    person(("fake", "easy"), easy_to_read=True)
    person(("fake", "whole"))
    made = send(body="Whole")
    MessageText.objects.filter(message=made).update(easy_body="Easy")
    send(body="By hand")

    bodies = {(item.envelope.address, item.envelope.prepared.text.body) for item in claim(store)}

    assert bodies == {("easy", "Easy"), ("whole", "Whole"), ("easy", "By hand"), ("whole", "By hand")}


def test_texts_that_are_not_used_any_more_are_let_go_of(store: WorkerDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copy_loader, "PREPARED_TEXTS", 1)
    person(("fake", "one"))
    for _message in range(3):
        send()

    assert len(claim(store)) == 3
    assert len(store.loader.texts) == 1


@pytest.mark.parametrize(
    ("language", "subject"),
    [("fr", "2 messages pour vous"), ("nl", "2 berichten voor u"), ("de", "2 Nachrichten für Sie")],
)
def test_a_bundle_speaks_its_readers_language(language: str, subject: str) -> None:
    parts = [Text("email", language, name, f"Hello {Slot.NAME}", "", f"Piece {Slot.CHECK_CODE}") for name in "ab"]

    text = combine_texts_into_digest([(parts[0], "aaaa"), (parts[1], "bbbb")])

    assert text.subject == subject
    assert "Piece aaaa" in text.body
    assert "Piece bbbb" in text.body
    assert (text.channel, text.language) == ("email", language)


def test_a_bundle_says_what_it_is_then_each_message_then_how_to_change_it() -> None:
    first = Text("email", "en", "Burglaries", "", "", f"Close your windows.\n\nCode {Slot.CHECK_CODE}\n")
    second = Text("other", "de", "Fraud", "Nobody asks for your code.")

    text = combine_texts_into_digest([(first, "aaaa"), (second, "bbbb")])

    line = "-" * 40
    assert (text.channel, text.language, text.subject) == ("email", "en", "2 messages for you")
    assert text.body.split("\n\n") == [
        f"Hello {Slot.NAME},",
        "You asked for your messages together. Here they are.",
        *(line, "BURGLARIES", "Close your windows.", "Code aaaa"),
        *(line, "FRAUD", "Nobody asks for your code."),
        line,
        f"Change your settings: {Slot.SETTINGS_LINK}",
        f"No more messages by this channel: {Slot.STOP_LINK}",
    ]
    assert combine_texts_into_digest([(first, "aaaa")]).subject == "1 message for you"


def test_the_last_word_alone_goes_to_a_stopped_contact(store: WorkerDatabase) -> None:
    person(("fake", "gone"))
    actions.stop_contact(contact=ContactPoint.objects.get(), how="mail", at=NOON)
    texts = [Text("fake", "fr", "Reçu", "Plus rien ne vient.")]
    word = actions.create_message(
        purpose="people.stop", texts=texts, channels=["fake"], despite_stop=True, by=None, at=NOON
    )

    queued = [actions.enqueue_copy_for_each_person(message=word, contacts=audience(), at=NOON), send().audience]
    actions.stop_contact(contact=ContactPoint.objects.get(), how="mail", at=NOON)
    [item] = claim(store)

    assert queued == [1, 0]
    assert store.commit(CommitBatch(starts=[item])).started == {item.id}
    assert states() == [State.SENDING]
