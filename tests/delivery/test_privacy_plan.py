"""A person's own copies are found by an index, however many the installation has sent."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plp.delivery import actions, privacy
from plp.delivery.models import Dispatch
from plp.people.models import Person
from plp.toolbox import clock
from tests.factories.outbox import audience, message, people

pytestmark = pytest.mark.django_db


def test_copies_to_contacts_of_today_and_of_before_are_exported() -> None:
    people(2)
    for _ in range(2):
        actions.enqueue_copy_for_each_person(message=message(at=clock.now()), contacts=audience(), at=clock.now())
    first, second = Person.objects.order_by("name")
    Dispatch.objects.filter(pk=Dispatch.objects.filter(person=first.pk).earliest("pk").pk).update(contact=None)

    assert [len(privacy.export(person)["copies"]) for person in (first, second)] == [2, 2]


def test_no_table_of_copies_is_read_from_end_to_end() -> None:
    people(200)
    actions.enqueue_copy_for_each_person(message=message(at=clock.now()), contacts=audience(), at=clock.now())
    Dispatch.objects.filter(pk__in=list(Dispatch.objects.values_list("pk", flat=True)[::2])).update(contact=None)
    with CaptureQueriesContext(connection) as asked:
        privacy.export(Person.objects.earliest("pk"))

    plan = ""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE delivery_dispatch, delivery_message, people_contactpoint")
            cursor.execute("SET LOCAL enable_seqscan = off")  # a table of few rows is read through, else
        for query in asked.captured_queries[1:]:
            word = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
            cursor.execute(f"{word} {query['sql']}")
            plan += "\n".join(str(row[-1]) for row in cursor.fetchall())
    assert "SCAN delivery_dispatch\n" not in plan
    assert "Seq Scan on delivery_dispatch" not in plan
    assert "delivery_without_contact" in plan
