"""What no database can keep never reaches one, by whatever way it comes."""

import pytest
from django.db import DataError, connection, transaction

from plp.journal.actions import note
from plp.journal.models import Chain, Entry
from plp.toolbox import clock
from plp.toolbox.storable import NotStorable, execute_storable, strip_unstorable


@pytest.mark.parametrize(
    ("text", "kept"),
    [("S\x00TOP", "STOP"), ("\ud83d", ""), ("a\udc80b", "ab"), ("🙂 é\n", "🙂 é\n"), ("\\u0000", "\\u0000"), ("", "")],
)
def test_what_machines_bring_is_freed_of_it(text: str, kept: str) -> None:
    assert strip_unstorable(text) == kept


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["a\x00b", "\x00", "\ud800", "a\udfffb"])
def test_neither_database_is_asked_with_it(text: str) -> None:
    with pytest.raises(NotStorable), transaction.atomic():
        Chain.objects.filter(key=text).exists()
    with pytest.raises(NotStorable), transaction.atomic():
        Chain.objects.create(key=text)
    with pytest.raises(NotStorable), transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany("DELETE FROM journal_chain WHERE key = %s", [["a"], [text]])


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "a\udfffb", "\\\x00", "🙂\ud83d"])
def test_nor_with_it_in_json(text: str) -> None:
    with pytest.raises(NotStorable):
        Entry.objects.create(chain="a", number=1, at=clock.now(), verb="test.noted", hash="", details={"words": text})


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["\\u0000", "🙂🙂", "{\\u0000", "\\", "\\\\u0000", '["\\ud800'])
def test_words_that_look_like_it_are_kept(text: str) -> None:
    note(verb="test.noted", by=None, at=clock.now(), words=text)
    Chain.objects.create(key=text)

    assert Entry.objects.get().details == {"words": text}
    assert Chain.objects.filter(key=text).exists()


def test_another_refusal_of_a_database_stays_what_it_is() -> None:
    def execute(*_: object) -> None:
        raise DataError("value too long for type character varying(3)")

    with pytest.raises(DataError):
        execute_storable(execute, "", None, False, {"connection": connection})
