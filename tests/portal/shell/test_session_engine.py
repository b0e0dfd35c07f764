"""Sessions: no key of theirs stands in the database."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from plp.portal.shell.session_engine import SessionStore, hashed_session_key

pytestmark = pytest.mark.django_db


def kept() -> list[str]:
    return list(Session.objects.values_list("session_key", flat=True))


def test_only_a_digest_of_the_key_is_kept() -> None:
    session = SessionStore()
    session["words"] = "x"
    session.save()
    key = str(session.session_key)

    assert kept() == [hashed_session_key(key)]
    assert SessionStore(key)["words"] == "x"
    assert session.exists(key)
    assert not session.exists(hashed_session_key(key))


def test_whoever_reads_the_table_opens_nothing_with_it() -> None:
    session = SessionStore()
    session["words"] = "x"
    session.save()

    thief = SessionStore(kept()[0])

    assert "words" not in thief
    assert thief.session_key is None


def test_a_session_from_before_goes_on_and_its_key_is_hidden_then() -> None:
    key, before = "abcdefghijklmnopqrstuvwxyz012345", SessionStore()
    row = Session(session_key=key, session_data=before.encode({"words": "x"}))
    row.expire_date = timezone.now() + timedelta(days=1)
    row.save()

    assert SessionStore(key)["words"] == "x"
    assert kept() == [hashed_session_key(key)]
    assert SessionStore(key)["words"] == "x"


def test_a_session_that_is_over_or_ended_is_gone() -> None:
    session = SessionStore()
    session["words"] = "x"
    session.save()
    key = str(session.session_key)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert "words" not in SessionStore(key)
    Session.objects.update(expire_date=timezone.now() + timedelta(days=1))

    session.cycle_key()
    session.save()
    assert len(kept()) == 1
    session.delete(key)
    session.flush()
    assert kept() == []
