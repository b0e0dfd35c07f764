"""People who sign at the same moment produce one version, on both databases."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connections

from plp.charter.actions import signing
from plp.charter.models import Deed, Signature
from plp.journal.models import Entry
from plp.toolbox.moves import Refused
from tests.charter import stage as staging
from tests.charter.stage import Stage


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
    assert set(answers) <= {"signed", "AlreadySigned", "WrongState"}
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
        staging.charter.put_up(deed=deed, order=[], by=stage.officer, at=staging.NOW)

    with ThreadPoolExecutor(2) as pool:
        answers = Counter(pool.map(patiently, [act, act]))

    assert answers["signed"] == 1
    assert deed.files.filter(kind="frozen").count() == 2


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
        patch.setattr(signing, "write_to_partners", busy)
        with pytest.raises(OperationalError):
            staging.charter.put_up(deed=deed, order=[], by=stage.officer, at=staging.NOW)
    deed.refresh_from_db()
    assert (deed.state, deed.files.count()) == ("agreed", 0)

    staging.charter.put_up(deed=deed, order=[], by=stage.officer, at=staging.NOW)
    assert deed.files.filter(kind="frozen").count() == 2
