"""Write a message into the outbox: its texts once, then one row per recipient, as a set."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateTimeField,
    F,
    Field,
    IntegerField,
    Q,
    QuerySet,
    UUIDField,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from plp.delivery.contact_order import rank_contacts
from plp.delivery.installed import channels as installed_channels
from plp.delivery.models import Dispatch, Message, MessageChannel, MessageText
from plp.delivery.rules import next_digest_time
from plp.delivery.states import SCHEDULED, State
from plp.delivery.texts import PLACES, Text
from plp.delivery.wal_checkpoint import checkpoint_sqlite_in_thread_after_commit
from plp.delivery.worker_signals import wake_workers
from plp.people.models import BY_LANGUAGE, ContactPoint, Person, Preference
from plp.people.queries import distinct_digest_times
from plp.toolbox.moves import Refused

NO_MOMENTS: Mapping[UUID, datetime] = {}
MANY_COPIES = 5_000  # rows whose log is worth a line of its own


class NoChannel(Refused):
    """A message without a channel, or with one that is not installed."""

    sentence = _("The channel “%(channel)s” is not available here. Change the communication plan.")


class BadText(Refused):
    """A channel without a text, or a subject that differs per person."""

    sentence = _("There is no usable text for the channel “%(channel)s”.")


class MessageOver(Refused):
    """The message was stopped or has expired: nobody may be added."""

    sentence = _("This message was stopped or has expired. Nobody can be added to it.")


@transaction.atomic
def create_message(
    *,
    purpose: str,
    texts: Sequence[Text],
    channels: Sequence[str],
    by: Person | None,
    at: datetime,
    subject_id: UUID | None = None,
    area: str = "",
    urgent: bool = False,
    expires_at: datetime | None = None,
    despite_stop: bool = False,
    on_behalf_of: str = "",
) -> Message:
    """Keep a message with its texts and its channels in fall-back order. Nothing is queued yet.

    ``despite_stop``: no STOP silences it, and it bears no link to stop it (codes, mails about a sign-in, the receipt
    of a STOP). ``on_behalf_of``: path of the quarter whose partnership writes, unless that is ``area``. Raises
    ``NoChannel`` for no channel or one that is not installed, ``BadText`` for a channel without text or a slot in a
    subject.
    """
    _refuse_bad_texts(texts, channels)
    message = Message.objects.create(
        purpose=purpose,
        subject=subject_id,
        area=area,
        urgent=urgent,
        created_at=at,
        created_by=by.pk if by else None,
        expires_at=expires_at,
        despite_stop=despite_stop,
        on_behalf_of=on_behalf_of or area,
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
            piece=text.piece,
            easy_body=text.easy_body,
            easy_piece=text.easy_piece,
        )
        for text in texts
        if text.channel in channels
    )
    return message


def _refuse_bad_texts(texts: Sequence[Text], channels: Sequence[str]) -> None:
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
def enqueue_copy_for_each_person(
    *,
    message: Message,
    contacts: QuerySet[ContactPoint],
    at: datetime,
    due_at: datetime | None = None,
    unconfirmed: bool = False,
    order_first: Case | None = None,
    spoken_from: Mapping[UUID, datetime] = NO_MOMENTS,
) -> int:
    """Queue the message for the persons behind ``contacts``, one row each, by one INSERT ... SELECT.

    Each copy is in the language of its person. Of a person's usable contacts (confirmed, not stopped, of a channel of
    the message) the one the person ranked first is taken, ties in the message's order of channels. A person who already
    has a row of this message gets no second one. What is not urgent waits for the hour at which a person wants their
    messages together, where the channel can do that and the message lives that long (R115). ``order_first``: an order
    of contacts that goes before the persons' own, such as that of a shop that is open. ``spoken_from``: by the key of a
    contact, the moment before which no machine calls it, where the message lives that long; an alarm waits for nobody.

    Answers how many were queued. Raises ``MessageOver``.
    """
    fresh = Message.objects.select_for_update().get(pk=message.pk)
    if fresh.stopped_at or (fresh.expires_at and fresh.expires_at <= at):
        raise MessageOver
    ranked = _ranked_usable_contacts(fresh, contacts, unconfirmed=unconfirmed, order_first=order_first)
    queued = _insert_dispatches(fresh, ranked, at=at, due_at=max(due_at or at, at))
    _postpone_spoken_copies(fresh, spoken_from)
    if queued > MANY_COPIES:
        checkpoint_sqlite_in_thread_after_commit()
    Message.objects.filter(pk=message.pk).update(
        audience=F("audience") + queued, unconfirmed=unconfirmed or fresh.unconfirmed
    )
    message.refresh_from_db(fields=["audience", "unconfirmed"])
    wake_workers()
    return queued


def _postpone_spoken_copies(message: Message, until: Mapping[UUID, datetime]) -> None:
    spoken = [key for key, channel in installed_channels().items() if channel.abilities.spoken]
    if message.urgent or not spoken:
        return
    contacts_by_moment: dict[datetime, list[UUID]] = defaultdict(list)
    for contact, due_at in until.items():
        if message.expires_at is None or due_at < message.expires_at:
            contacts_by_moment[due_at].append(contact)
    waiting = message.dispatches.filter(channel__in=spoken, state__in=[State.QUEUED, State.HELD])
    for due_at, contacts in contacts_by_moment.items():
        waiting.filter(contact__in=contacts, due_at__lt=due_at).update(
            state=State.HELD, reason=SCHEDULED, due_at=due_at
        )


def _ranked_usable_contacts(
    message: Message, contacts: QuerySet[ContactPoint], *, unconfirmed: bool, order_first: Case | None
) -> QuerySet[ContactPoint]:
    """Usable contacts with their place in each person's order: the first is the one to take."""
    usable = contacts
    if not message.despite_stop:
        usable = usable.filter(stopped_at=None)
    if not unconfirmed:
        usable = usable.filter(confirmed_at__isnull=False)
    if message.dispatches.exists():
        usable = usable.exclude(person_id__in=message.dispatches.values("person"))
    planned = list(message.channels.order_by("rank").values_list("channel", flat=True))
    return rank_contacts(usable, planned, order_first=order_first)


def _digest_due_case(message: Message, *, due_at: datetime) -> Case | None:
    """When a person's copy is due if they want their messages together, as an expression; None if nobody has that."""
    whens = []
    if not (message.urgent or message.unconfirmed or message.despite_stop):
        able = [key for key, channel in installed_channels().items() if channel.abilities.bundles]
        for kind, hour, weekday in distinct_digest_times():
            due = next_digest_time(due_at, hour=hour, weekday=weekday if kind == Preference.Digest.WEEKLY else None)
            if message.expires_at is None or due < message.expires_at:
                wish = Q(person__preference__digest=kind, person__preference__digest_hour=hour)
                wish &= Q(person__preference__digest_weekday=weekday, channel__in=able)
                whens.append(When(wish, then=Value(due, DateTimeField())))
    return Case(*whens, output_field=DateTimeField()) if whens else None


def _insert_dispatches(message: Message, ranked: QuerySet[ContactPoint], *, at: datetime, due_at: datetime) -> int:
    """Compile the queryset into the SELECT of one INSERT: hundreds of thousands of rows a second, not a thousand.

    They are written in order of an index, which takes half the time. Persons are looked up for their language in the
    order in which their contacts are ranked, which is that of their keys. What is the same for all is no expression.
    """
    hours, is_held = _digest_due_case(message, due_at=due_at), due_at > at
    fixed = {
        "message_id": Value(message.pk, UUIDField()),
        "urgent": Value(message.urgent, BooleanField()),
        "queued_at": Value(at, DateTimeField()),
        "tries": Value(0, IntegerField()),
        "unknowns": Value(0, IntegerField()),
        "replaced": Value(False, BooleanField()),
        "token": Value("", CharField()),
        "reference": Value("", CharField()),
        "due_at": Value(due_at, DateTimeField()),
        "state": Value(State.HELD if is_held else State.QUEUED, CharField()),
        "reason": Value(SCHEDULED if is_held else "", CharField()),
        "digest": Value(False, BooleanField()),
    }
    values = {name: _database_value(value.output_field, value.value) for name, value in fixed.items()}
    expressions = {name: ("%s", [value]) for name, value in values.items()}
    columns, chosen, first = ["id", "person_id", "_way", "_place"], "", []
    if hours is not None:
        ranked, now, together = ranked.annotate(_due=hours), values["queued_at"], values["due_at"]
        columns.append("_due")
        chosen, first = ", COALESCE(due, %s) AS due", [together]
        expressions |= {
            "due_at": ("due", []),
            "state": (f"CASE WHEN due > %s THEN '{State.HELD}' ELSE '{State.QUEUED}' END", [now]),
            "reason": (f"CASE WHEN due > %s THEN '{SCHEDULED}' ELSE '' END", [now]),
            "digest": ("due > %s", [together]),
        }
    select, parameters = ranked.values_list(*columns).query.sql_with_params()
    sql = (
        "INSERT INTO "  # noqa: S608  names of our own tables
        f"{Dispatch._meta.db_table} (contact_id, person, channel, language, {', '.join(expressions)}) "
        f"WITH ranked (contact, person, channel, place{', due' if chosen else ''}) AS ({select}), "
        f"chosen AS (SELECT contact, person, channel, language{chosen} "
        f"FROM ranked JOIN {_persons_table_sql()} ON known.id = ranked.person WHERE place = 1 ORDER BY contact) "
        f"SELECT contact, person, channel, language, {', '.join(sql for sql, _values in expressions.values())} "
        "FROM chosen WHERE TRUE ON CONFLICT DO NOTHING"
    )
    expression_values = [
        parameter for _expression, row_parameters in expressions.values() for parameter in row_parameters
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, *first, *expression_values])
        return cursor.rowcount


def _persons_table_sql() -> str:
    """The table of persons, called ``known``. SQLite does not see by itself that an index holds all that is asked."""
    table = f"{Person._meta.db_table} AS known"
    return f"{table} INDEXED BY {BY_LANGUAGE}" if connection.vendor == "sqlite" else table


def _database_value(field: Field, value: Any) -> Any:
    """A value as the database wants it."""
    return field.get_db_prep_value(value, connection)
