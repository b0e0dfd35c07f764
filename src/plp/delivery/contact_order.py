"""Which of a person's contacts a message takes."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, F, IntegerField, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from plp.people.models import ContactPoint


def rank_contacts(contacts: QuerySet[ContactPoint], channels: Sequence[str]) -> QuerySet[Any]:
    """``contacts`` of these channels, each with its ``_place``: 1 is the one to take.

    It is the one that the person ranked first, ties in the order of ``channels``. Those that do not work any more come
    after all that do.
    """
    whens = [When(channel=key, then=Value(rank)) for rank, key in enumerate(channels, 1)]
    order = Case(*whens, output_field=IntegerField())
    ways = [F("failure").asc(), F("rank").asc(), order.asc(), F("id").asc()]  # none, which is empty, comes first
    place = Window(RowNumber(), partition_by=F("person_id"), order_by=ways)
    return contacts.filter(channel__in=channels).annotate(_place=place).order_by()
