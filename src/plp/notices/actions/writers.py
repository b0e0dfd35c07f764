"""Who wrote some of a message: kept in the transaction of each act that brings words in (T1)."""

from collections.abc import Iterable

from plp.notices.models import Notice, NoticeWriter
from plp.people.models import Person


def record_person_as_writer(notice: Notice, person: Person | None) -> None:
    """Note that ``person`` wrote some of it. The machine (``None``) is nobody: it cannot release either."""
    if person is not None:
        NoticeWriter.objects.bulk_create([NoticeWriter(notice=notice, person=person)], ignore_conflicts=True)


def copy_writers(notice: Notice, *, origins: Iterable[Notice]) -> None:
    """Make whoever wrote some of ``origins`` a writer of ``notice``, too: their words went into it."""
    persons = NoticeWriter.objects.filter(notice__in=origins).order_by().values_list("person", flat=True).distinct()
    NoticeWriter.objects.bulk_create(
        [NoticeWriter(notice=notice, person_id=person) for person in persons], ignore_conflicts=True
    )
