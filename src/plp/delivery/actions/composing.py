"""Write a message into the outbox: its texts once, then one row per recipient, as a set."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateTimeField,
    F,
    IntegerField,
    QuerySet,
    UUIDField,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from plp.delivery.installed import channels as installed_channels
from plp.delivery.models import Dispatch, Message, MessageChannel, MessageText
from plp.delivery.states import SCHEDULED, State
from plp.delivery.texts import PLACES, Text
from plp.delivery.waking import wake_workers
from plp.people.models import ContactPoint, Person
from plp.toolbox.moves import Refused


class NoChannel(Refused):
    """A message without a channel, or with one that is not installed."""

    sentence = _("The channel “%(channel)s” is not available here. Change the communication plan.")


class BadText(Refused):
    """A channel without a text, or a subject that differs per person."""

    sentence = _("There is no usable text for the channel “%(channel)s”.")


class TooLate(Refused):
    """The message was stopped or has expired: nobody may be added."""

    sentence = _("This message was stopped or has expired. Nobody can be added to it.")


@transaction.atomic
def compose(
    *,
    purpose: str,
    texts: Sequence[Text],
    channels: Sequence[str],
    by: Person | None,
    at: datetime,
    subject: UUID | None = None,
    area: str = "",
    urgent: bool = False,
    expires_at: datetime | None = None,
) -> Message:
    """Keep a message with its texts and its channels in fall-back order. Nothing is queued yet.

    Raises ``NoChannel`` for no channel or one that is not installed, ``BadText`` for a channel without text or a slot
    in a subject.
    """
    _check(texts, channels)
    message = Message.objects.create(
        purpose=purpose,
        subject=subject,
        area=area,
        urgent=urgent,
        created_at=at,
        created_by=by.pk if by else None,
        expires_at=expires_at,
    )
    MessageChannel.objects.bulk_create(
        MessageChannel(message=message, channel=channel, rank=rank) for rank, channel in enumerate(channels, 1)
    )
    MessageText.objects.bulk_create(
        MessageText(
            message=message,
            channel=text.channel,
            language=text.language,
            subject=text.subject,
            body=text.body,
            html=text.html,
        )
        for text in texts
        if text.channel in channels
    )
    return message


def _check(texts: Sequence[Text], channels: Sequence[str]) -> None:
    if not channels:
        raise NoChannel(channel="")
    for channel in channels:
        if channel not in installed_channels():
            raise NoChannel(channel=channel)
        if not any(text.channel == channel and text.body for text in texts):
            raise BadText(channel=channel)
    for text in texts:
        if PLACES.search(text.subject) or "\n" in text.subject or "\r" in text.subject:
            raise BadText(channel=text.channel)


@transaction.atomic
def enqueue_all(
    *,
    message: Message,
    contacts: QuerySet[ContactPoint],
    at: datetime,
    due_at: datetime | None = None,
    unconfirmed: bool = False,
) -> int:
    """Queue the message for the persons behind ``contacts``, one row each, by one INSERT ... SELECT.

    ``contacts`` is annotated with ``language``. Of a person's usable contacts (confirmed, not stopped, of a channel of
    the message) the one the person ranked first is taken, ties in the message's order of channels. A person who already
    has a row of this message gets no second one. Answers how many were queued. Raises ``TooLate``.
    """
    fresh = Message.objects.select_for_update().get(pk=message.pk)
    if fresh.stopped_at or (fresh.expires_at and fresh.expires_at <= at):
        raise TooLate
    ranked = _ranked(fresh, contacts, unconfirmed=unconfirmed)
    state = State.HELD if due_at and due_at > at else State.QUEUED
    queued = _insert(fresh, ranked, state=state, at=at, due_at=due_at or at)
    Message.objects.filter(pk=message.pk).update(
        audience=F("audience") + queued, unconfirmed=unconfirmed or fresh.unconfirmed
    )
    message.refresh_from_db(fields=["audience", "unconfirmed"])
    wake_workers()
    return queued


def _ranked(message: Message, contacts: QuerySet[ContactPoint], *, unconfirmed: bool) -> QuerySet[ContactPoint]:
    """Usable contacts with their place in each person's order: the first is the one to take."""
    ranks = dict(message.channels.values_list("channel", "rank"))
    usable = contacts.filter(channel__in=ranks, stopped_at=None)
    if not unconfirmed:
        usable = usable.filter(confirmed_at__isnull=False)
    if message.dispatches.exists():
        usable = usable.exclude(person_id__in=message.dispatches.values("person"))
    order = Case(*(When(channel=key, then=Value(rank)) for key, rank in ranks.items()), output_field=IntegerField())
    place = Window(RowNumber(), partition_by=F("person_id"), order_by=[F("rank").asc(), order.asc(), F("id").asc()])
    return usable.annotate(_place=place).order_by()


def _insert(message: Message, ranked: QuerySet[ContactPoint], *, state: str, at: datetime, due_at: datetime) -> int:
    """Compile the queryset into the SELECT of one INSERT: hundreds of thousands of rows a second, not a thousand."""
    columns = ("id", "person_id", "channel", "language", "_place")
    select, parameters = ranked.values_list(*columns).query.sql_with_params()
    fixed = {
        "message_id": Value(message.pk, UUIDField()),
        "state": Value(state, CharField()),
        "urgent": Value(message.urgent, BooleanField()),
        "queued_at": Value(at, DateTimeField()),
        "due_at": Value(due_at, DateTimeField()),
        "tries": Value(0, IntegerField()),
        "unknowns": Value(0, IntegerField()),
        "replaced": Value(False, BooleanField()),
        "token": Value("", CharField()),
        "reference": Value("", CharField()),
        "reason": Value(SCHEDULED if state == State.HELD else "", CharField()),
    }
    values = [value.output_field.get_db_prep_value(value.value, connection) for value in fixed.values()]
    sql = (
        f"INSERT INTO {Dispatch._meta.db_table} (contact_id, person, channel, language, {', '.join(fixed)}) "  # noqa: S608
        f"WITH ranked (contact, person, channel, language, place) AS ({select}) "
        f"SELECT contact, person, channel, language, {', '.join(['%s'] * len(fixed))} "
        "FROM ranked WHERE place = 1 ORDER BY contact ON CONFLICT DO NOTHING"  # in order of an index: half the time
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, *values])
        return cursor.rowcount
