"""Which of a person's contacts a message takes, and by which channel."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from plp.delivery.installed import channels as installed_channels
from plp.people.models import ContactPoint


def rank_contacts(
    contacts: QuerySet[ContactPoint], channels: Sequence[str], *, order_first: Case | None = None
) -> QuerySet[Any]:
    """``contacts`` of these channels, each with its ``_place``: 1 is the one to take, by the channel ``_way``.

    It is the one that the person ranked first, ties in the order of ``channels``. Those that do not work any more come
    after all that do. ``order_first``: what orders them before the person's own order does.
    """
    whens = [When(channel=key, then=Value(rank)) for rank, key in enumerate(channels, 1)]
    order = Case(*whens, output_field=IntegerField())
    ways = [
        F("failure").asc(),
        *([order_first.asc()] if order_first else []),
        F("rank").asc(),
        order.asc(),
        F("id").asc(),
    ]  # none, which is empty, comes first
    place = Window(RowNumber(), partition_by=F("person_id"), order_by=ways)
    return contacts.filter(channel__in=channels).annotate(_place=place, _way=_effective_channel(channels)).order_by()


def _effective_channel(channels: Sequence[str]) -> Case | F:
    """The channel by which a contact is written to: one that goes before its own, unless its person refused that."""
    whens = []
    for key in channels:
        installed = installed_channels().get(key)
        if installed is not None and installed.abilities.precedes:
            refused = ContactPoint.objects.filter(person=OuterRef("person"), channel=key, stopped_at__isnull=False)
            whens.append(When(Q(channel__in=installed.abilities.precedes) & ~Exists(refused), then=Value(key)))
    return Case(*whens, default=F("channel"), output_field=CharField()) if whens else F("channel")
