"""What a worker does once a day."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection

from plp.delivery.models import Message, MessageText
from plp.delivery.rules import LOG_KEPT
from plp.followup.models import Due
from plp.launch.actions import dates
from plp.launch.models import Position, Reminder
from plp.mandates import journal_letters
from plp.mandates.models import Mandate
from plp.membership import erasure
from plp.membership.models import Membership
from plp.ops import housekeeping
from plp.ops.housekeeping import DAY, FEW_MINUTES, daily_chores, frequent_chores
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.sightings.actions import sightings
from plp.sightings.models import Sighting
from plp.toolbox import clock
from tests.factories import outbox
from tests.factories.cast import Cast, contact, member
from tests.sightings.stage import sighting

pytestmark = pytest.mark.django_db


def test_sessions_that_are_over_are_deleted() -> None:
    for key, hours in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=clock.now() + timedelta(hours=hours))

    housekeeping.delete_expired_sessions()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_what_ran_out_in_the_cache_is_deleted() -> None:
    cache.clear()
    cache.set("old", 1, 0.0)
    cache.set("new", 1, 3600)

    housekeeping.delete_expired_cache_rows()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        assert cursor.fetchone() == (1,)
    assert cache.get("new") == 1


def test_dates_are_recalled_once_however_many_workers_there_are() -> None:
    cast = Cast()
    launched = clock.now() - timedelta(days=361)
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(launched_at=launched)

    for chore in [*daily_chores(), *daily_chores()]:
        chore.run_and_report_more_work()

    assert Reminder.objects.filter(partnership=cast.here.partnership, key__startswith="confirm").count() == 1


def test_what_citizens_saw_is_erased_thirty_days_after_its_end() -> None:
    cast = Cast()
    at = clock.now() - timedelta(days=31)
    Mandate.objects.filter(person=cast.officer).update(starts_at=at - timedelta(days=1))
    filed = sighting(at=at, day=(at - timedelta(days=2)).date())
    sightings.hand_over_and_tell_reporter(sighting=filed, by=cast.officer, at=at)

    housekeeping.erase_old_sightings_and_questions()

    assert Sighting.objects.get().state == "purged"


def test_a_worker_sees_to_what_is_due_every_few_minutes() -> None:
    cast = Cast()
    launched = clock.now() - timedelta(days=120)
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(launched_at=launched)
    Mandate.objects.filter(person=cast.officer).update(starts_at=launched)
    chore = frequent_chores()[0]

    chore.run_and_report_more_work()
    chore.run_and_report_more_work()

    assert (chore.due, chore.every) == (0.0, FEW_MINUTES)
    assert Due.objects.filter(partnership=cast.here.partnership, kind="silence", done_at=None).count() == 1


def test_chores_are_done_at_the_start_and_then_once_a_day() -> None:
    assert {(chore.due, chore.every) for chore in daily_chores()} == {(0.0, DAY)}


def test_a_worker_reads_the_mailbox_of_answers_where_there_is_one(settings) -> None:
    without = len(frequent_chores())

    settings.IMAP_URL = "imaps://plp:x@127.0.0.1:1/INBOX"

    assert len(frequent_chores()) == without + 1
    chore = frequent_chores()[-1]
    assert (chore.action(), chore.every) == (0, 0.5)  # it cannot be reached, which stops nothing


def test_members_who_left_go_however_many_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = Cast()
    gone = [member(cast.here.partnership, name).pk for name in ("Ada Un", "Bea Deux", "Cem Trois")]
    long_ago = clock.now() - erasure.KEPT - timedelta(days=1)
    Membership.objects.filter(person__in=gone).update(state="left", left_at=long_ago)
    monkeypatch.setattr(erasure, "AT_ONCE", 1)

    housekeeping.erase_departed_members_and_firms()

    assert not Person.objects.filter(pk__in=gone).exists()


def test_old_letters_and_their_log_go_however_many_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plp.delivery.actions.retention.AT_ONCE", 1)
    for _number in range(3):
        outbox.message(at=clock.now() - LOG_KEPT * 2)

    housekeeping.erase_month_old_letters_and_three_year_old_log()

    assert (MessageText.objects.count(), Message.objects.count()) == (0, 0)


def test_the_heads_of_the_journal_reach_everybody_in_office(monkeypatch: pytest.MonkeyPatch) -> None:
    Cast()
    Mandate.objects.update(starts_at=clock.now() - timedelta(days=40))
    mandates = Mandate.objects.filter(role__in=["coordinator", "officer"]).select_related("person")
    for number, mandate in enumerate(mandates):
        contact(mandate.person, "email", f"office{number}@plp.test")
    in_office = mandates.count()
    monkeypatch.setattr(journal_letters, "AT_ONCE", 1)

    housekeeping.send_monthly_journal_heads_to_officials()

    assert Message.objects.filter(purpose="partnership.journal_heads").count() == in_office == 6


def test_every_step_plan_is_brought_up_to_date_however_many_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    Cast()
    Position.objects.all().delete()
    counts: list[int] = []
    monkeypatch.setattr(housekeeping, "A_FEW", 1)

    while housekeeping.refresh_few_plan_positions():
        counts.append(Position.objects.count())

    assert counts == [1, 2, 3]


def test_dates_are_recalled_a_few_partnerships_at_a_time_and_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    Cast()
    seen: list[Partnership] = []
    monkeypatch.setattr(housekeeping, "A_FEW", 2)
    monkeypatch.setattr(dates, "queue_due_date_reminders", lambda *, partnership, **_more: seen.append(partnership))
    reminders = housekeeping.DateReminders()

    answers = [reminders.send_next_reminders(), reminders.send_next_reminders()]

    assert answers == [True, False]
    assert sorted(str(partnership.pk) for partnership in seen) == sorted(
        str(key) for key in Partnership.objects.values_list("pk", flat=True)
    )


def test_a_worker_calls_the_programs_of_others_where_there_are_any(settings: Any) -> None:
    settings.WEBHOOK_HOSTS, settings.IMAP_URL, settings.CAP_FEED = [], "", ""
    without = len(frequent_chores())
    settings.WEBHOOK_HOSTS = ["hooks.evere.be"]

    assert len(frequent_chores()) == without + 1
