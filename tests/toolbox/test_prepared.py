"""A query that is composed once finds what one composed anew would find."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from pytest_django import DjangoAssertNumQueries

from plp.delivery.models import Message
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.mandates.scopes import over
from plp.places.models import Area
from plp.toolbox.prepared import MOST, Prepared, prepared
from tests.factories.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@prepared
def _since(areas: Any, role: Role | None, at: datetime) -> QuerySet[Mandate]:
    rows = Mandate.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), area__in=areas, starts_at__lte=at)
    return (rows if role is None else rows.filter(role=role)).select_related("area").order_by("area__path", "role")


@prepared
def _told(purposes: Sequence[str], since: date, beginning: str) -> QuerySet[Message, tuple[UUID, datetime]]:
    found = Message.objects.filter(purpose__in=purposes, created_at__date__gte=since, purpose__startswith=beginning)
    return found.order_by("purpose").values_list("pk", "created_at")


@prepared
def _counts(areas: Sequence[UUID]) -> QuerySet[Any, tuple[UUID, int]]:
    return Mandate.objects.filter(area__in=areas).order_by("area").values_list("area").annotate(n=Count("pk"))


@pytest.mark.parametrize("at", [NOW, NOW - timedelta(days=900)])
@pytest.mark.parametrize("role", [None, Role.COORDINATOR, Role.DEPUTY])
def test_rows_with_what_belongs_to_them_are_found_in_one_question(
    role: Role | None, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = Cast()
    quarters = over(Mandate.objects.filter(role=Role.COORDINATOR).select_related("area"))
    zone = over(Mandate.objects.filter(person=cast.officer).select_related("area"))

    for areas in (quarters, zone, quarters):
        anew = [(one, one.area) for one in _since.build(areas, role, at)]
        with django_assert_num_queries(1):
            assert [(one, one.area) for one in _since(areas, role, at)] == anew
        assert bool(anew) == (at == NOW)
    with django_assert_num_queries(0):
        assert _since(over([]), role, at) == []


def test_what_is_asked_for_is_not_kept() -> None:
    cast = Cast()
    here, next_door = cast.here.area, cast.next_door.area

    count = {one.pk: Mandate.objects.filter(area=one).count() for one in (here, next_door)}

    assert _counts([here.pk]) == [(here.pk, count[here.pk])]
    assert _counts([next_door.pk]) == [(next_door.pk, count[next_door.pk])]
    assert dict(_counts([here.pk, next_door.pk])) == count
    assert _counts([]) == []
    assert count[here.pk]
    assert count[next_door.pk]


def test_texts_days_and_moments_come_back_as_they_are() -> None:
    message = Message.objects.create(purpose="évacuer", created_at=NOW)
    Message.objects.create(purpose="evacuer", created_at=NOW)

    for beginning, number in (("éva", 1), ("n", 0), ("é%", 0), ("é_acuer", 0)):
        found = _told(["évacuer", "niemand"], NOW.date(), beginning)
        assert found == [(message.pk, NOW)] * number
    assert _told(["évacuer"], NOW.date() + timedelta(days=1), "é") == []


def test_a_pattern_and_many_values_are_composed_anew() -> None:
    assert _told.words(["a"], NOW.date(), "a")[0] is not None
    assert _told.words(["a"], NOW.date(), "a%")[0] is None
    assert _counts.words([uuid4() for _ in range(MOST)])[0] is not None
    assert _counts.words([uuid4() for _ in range(MOST + 1)])[0] is None


@prepared
def _in_order(purpose: str, since: datetime) -> QuerySet[Message]:
    return Message.objects.filter(purpose=purpose, created_at__gte=since).order_by("-created_at")


def test_a_page_is_read_at_a_time(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    moments = [NOW + timedelta(hours=number) for number in range(7)]
    Message.objects.bulk_create(Message(purpose="here", created_at=at) for at in moments)
    Message.objects.create(purpose="elsewhere", created_at=NOW)
    newest = moments[:0:-1]

    for purpose, found in (("here", newest), ("elsewhere", [])):
        rows = _in_order.listed(purpose, moments[1])
        pages = [Paginator(rows, 4).page(number) for number in range(1, max(1, -(-len(found) // 4)) + 1)]
        assert [one.created_at for page in pages for one in page] == found
        with django_assert_num_queries(1):
            assert len(rows) == len(found)
        with django_assert_num_queries(1):
            assert [one.created_at for one in rows] == found
    with django_assert_num_queries(2):
        assert list(Paginator(_in_order.listed("here", moments[1]), 4).get_page("99"))[-1].created_at == moments[1]
    assert _in_order.listed("here", NOW)[6].created_at == NOW


def test_a_page_of_a_query_that_is_composed_anew() -> None:
    keys = [Message.objects.create(purpose="here", created_at=NOW + timedelta(hours=hour)).pk for hour in range(3)]
    nobody = [uuid4() for _ in range(MOST)]

    rows = _of_keys.listed([*keys, *nobody])

    assert (len(rows), [one.pk for one in rows[1:2]]) == (3, [keys[1]])
    assert (len(_of_keys.listed([])), list(_of_keys.listed([]))) == (0, [])


@prepared
def _of_keys(keys: Sequence[UUID]) -> QuerySet[Message]:
    return Message.objects.filter(pk__in=keys).order_by("created_at")


def test_no_connection_is_kept() -> None:
    words, _values = _counts.words([uuid4()])

    assert words is not None
    assert words.compiler is not None
    assert words.compiler.connection is None


def _later(at: datetime) -> QuerySet[Any]:
    return Mandate.objects.filter(starts_at__gt=at - timedelta(days=1))


def _branching(first: datetime, second: datetime) -> QuerySet[Any]:
    return Mandate.objects.filter(starts_at__gt=max(first, second))


def _cut(number: int) -> QuerySet[Any]:
    return Mandate.objects.order_by("pk")[:number]


@pytest.mark.parametrize(("build", "given"), [(_later, (NOW,)), (_branching, (NOW, NOW)), (_cut, (3,))])
def test_what_is_computed_is_refused(build: Callable[..., QuerySet[Any]], given: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match=r"asked for|composes another query"):
        Prepared(build)(*given)


def test_a_row_is_no_value() -> None:
    with pytest.raises(TypeError, match="not prepared for"):
        _since(Area.objects.all(), None, NOW)
