"""People who sign at the same moment produce one version, on both databases."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, connections, transaction

from plp.charter.actions import signatures
from plp.charter.models import Deed, Signature
from plp.journal.actions import note
from plp.journal.models import Entry
from plp.membership.models import Membership
from plp.toolbox.moves import Refused
from tests.charter import stage as staging
from tests.charter.stage import Stage
from tests.factories.cast import person


def patiently(act: Callable[[], object]) -> str:
    """Do it on a connection of its own; wait while the database is busy."""
    try:
        for _try in range(10_000):
            try:
                act()
                return "signed"
            except OperationalError:
                time.sleep(0.05)
            except Refused as refused:
                return type(refused).__name__
        return "busy"
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_four_who_sign_at_once_and_twice_make_one_version() -> None:
    """0.5 s: eight connections wait for one another, and the last one seals."""
    stage = Stage()
    deed = staging.put_up(stage)
    acts = [lambda slot=slot, who=who: staging.sign(deed, slot, who) for slot, who in stage.signers.items()] * 2

    with ThreadPoolExecutor(8) as pool:
        answers = Counter(pool.map(patiently, acts))

    deed = Deed.objects.get(pk=deed.pk)
    assert answers["signed"] == 4
    assert set(answers) <= {"signed", "CharterAlreadySigned", "WrongState"}
    assert (deed.state, Signature.objects.count()) == ("signed", 4)
    assert deed.files.filter(kind="sealed").count() == 2
    assert Entry.objects.filter(verb="charter.in_force").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_put_the_text_up_at_once_freeze_it_once() -> None:
    """0.3 s: both set the text, one of them keeps it."""
    stage = Stage()
    staging.give_contacts(stage)
    staging.settled(stage)
    staging.agreed(stage, "rules")
    deed = staging.agreed(stage)

    def act() -> None:
        staging.charter.freeze_and_mail_for_signature(
            deed=deed, order=[], may_be_untranslated=True, by=stage.officer, at=staging.NOW
        )

    with ThreadPoolExecutor(2) as pool:
        answers = Counter(pool.map(patiently, [act, act]))

    assert answers["signed"] == 1
    assert deed.files.filter(kind="frozen").count() == 2


@pytest.mark.django_db(transaction=True)
def test_who_begins_a_charter_and_who_noted_something_first_wait_for_one_another_once() -> None:
    """One second on PostgreSQL: an act that holds the journal adds a member while another begins the first text."""
    stage = Stage()
    partnership, ours = stage.partnership, threading.Event()
    at, newcomer = staging.NOW, person("Noor Exemple")

    def begins() -> str:
        ours.wait(60)
        drafts = staging.charter.draft_next_deed_version
        return once(lambda: drafts(partnership=partnership, kind="rules", by=stage.officer, at=at))

    def notes() -> str:
        def act() -> None:
            with transaction.atomic():
                note(verb="test.noted", by=None, at=at, area=partnership.area.path)
                ours.set()
                if connection.vendor == "postgresql":  # SQLite has one writer: the other has not begun
                    _until_somebody_waits()
                Membership.objects.create(partnership=partnership, person=newcomer, state="pending", asked_at=at)

        return once(act)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda act: act(), [begins, notes]))

    assert answers == ["done", "done"]
    assert partnership.deeds.filter(kind="rules").count() == 1


def once(act: Callable[[], object]) -> str:
    """Do it on a connection of its own; only a database that is busy as a whole (SQLite) is asked again."""
    try:
        for _try in range(1_000 if connection.vendor == "sqlite" else 1):
            try:
                act()
                return "done"
            except OperationalError as error:
                why = type(error.__cause__).__name__
                time.sleep(0.02)
        return why
    finally:
        connections.close_all()


def _until_somebody_waits() -> None:
    """Until another connection waits for a lock."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)


@pytest.mark.django_db
def test_a_text_whose_letters_cannot_be_written_is_not_put_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is busy in between leaves nothing half done: it can be put up again."""
    stage = Stage()
    staging.give_contacts(stage)
    staging.settled(stage)
    staging.agreed(stage, "rules")
    deed = staging.agreed(stage)

    def busy(*_: object, **__: object) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(signatures, "queue_letter_to_charter_writers", busy)
        with pytest.raises(OperationalError):
            staging.charter.freeze_and_mail_for_signature(
                deed=deed, order=[], may_be_untranslated=True, by=stage.officer, at=staging.NOW
            )
    deed.refresh_from_db()
    assert (deed.state, deed.files.count()) == ("agreed", 0)

    staging.charter.freeze_and_mail_for_signature(
        deed=deed, order=[], may_be_untranslated=True, by=stage.officer, at=staging.NOW
    )
    assert deed.files.filter(kind="frozen").count() == 2
