"""The main tap: while it is shut nothing is taken and nothing taken leaves."""

from datetime import timedelta

import pytest
from django.db import connection

from plp.delivery import actions
from plp.delivery.engine.dialects import database_dialect
from plp.delivery.engine.work_items import ClaimRequest, CommitBatch
from plp.delivery.engine.worker_database import WorkerDatabase
from plp.delivery.models import Dispatch, Pause
from plp.journal.models import Entry
from plp.toolbox import clock
from tests.factories.outbox import audience, message, people
from tests.factories.senders import FakeSender, install

pytestmark = pytest.mark.django_db
TAKE = CommitBatch(wants=[ClaimRequest("fake", 10, urgent_only=False)])


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> WorkerDatabase:
    channel = FakeSender()
    install(monkeypatch, channel)
    people(2, channel="fake", at=clock.now())
    made = message("fake", at=clock.now())
    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=clock.now())
    return WorkerDatabase(database_dialect(connection.vendor, clock.now), {"fake": channel}, lease=60.0)


def test_nothing_is_taken_until_it_is_opened_again(store: WorkerDatabase) -> None:
    actions.pause_outbox(reason=Pause.Reason.RESTORED, by=None, at=clock.now())
    shut = store.commit(TAKE).claimed["fake"]
    actions.resume_outbox(by=None, at=clock.now())

    assert (shut, len(store.commit(TAKE).claimed["fake"])) == ([], 2)
    assert list(Entry.objects.order_by("number").values_list("verb", flat=True))[-2:] == [
        "delivery.paused",
        "delivery.resumed",
    ]


def test_what_was_taken_before_goes_back(store: WorkerDatabase) -> None:
    items = store.commit(TAKE).claimed["fake"]
    actions.pause_outbox(reason=Pause.Reason.OPERATOR, by=None, at=clock.now())

    done = store.commit(CommitBatch(starts=items))

    assert (done.started, set(Dispatch.objects.values_list("state", flat=True))) == (set(), {"queued"})


def test_an_old_alarm_stays_when_it_is_opened(store: WorkerDatabase) -> None:
    actions.pause_outbox(reason=Pause.Reason.RESTORED, by=None, at=clock.now())
    made = message("fake", at=clock.now(), urgent=True, expires_at=clock.now() + timedelta(minutes=1))
    actions.enqueue_copy_for_each_person(message=made, contacts=audience(), at=clock.now())
    made.expires_at = clock.now()
    made.save()

    actions.resume_outbox(by=None, at=clock.now())
    store.commit(TAKE)

    assert set(made.dispatches.values_list("state", flat=True)) == {"expired"}


def test_a_tap_that_is_shut_or_open_already_is_not_turned_again(store: WorkerDatabase) -> None:
    shut = [actions.pause_outbox(reason=Pause.Reason.OPERATOR, by=None, at=clock.now()) for _time in range(2)]
    opened = [actions.resume_outbox(by=None, at=clock.now()) for _time in range(2)]

    assert (shut, opened) == ([True, False], [True, False])
    assert Entry.objects.filter(verb__in=["delivery.paused", "delivery.resumed"]).count() == 2
