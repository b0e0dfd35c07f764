"""What was written is forgotten in time: a person's name in letters to others, old letters, the old log (R84, T51)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Replace

from plp.delivery.models import Attempt, Dispatch, Message, MessageText, Receipt
from plp.delivery.rules import LOG_KEPT, TEXTS_KEPT
from plp.delivery.states import State
from plp.journal.actions import note
from plp.people.models import Person
from plp.people.retention_terms import retention_term

STRUCK = "…"
SHORTEST = 5  # letters: a shorter name would be struck out of other words
AT_ONCE = 2_000  # messages in one transaction, if it is about their texts
LOGS_AT_ONCE = 100  # if it is about their copies
FIELDS = ("subject", "body", "html", "piece", "easy_body", "easy_piece")


@transaction.atomic
def redact_terms_in_sent_texts(*, terms: Sequence[str], by: Person | None, at: datetime) -> int:
    """Put three dots in the place of these names and addresses, in every letter that is kept; answer how many texts."""
    struck_texts = 0
    for word in {word for word in terms if len(word) >= SHORTEST}:
        for field in FIELDS:
            texts = MessageText.objects.filter(**{f"{field}__contains": word})
            struck = Replace(field, Value(word), Value(STRUCK), output_field=TextField())
            struck_texts += texts.update(**{field: struck})
    if struck_texts:
        note(verb="letters.struck", by=by, at=at, texts=struck_texts)
    return struck_texts


@transaction.atomic
def delete_texts_of_ended_messages(*, by: Person | None, at: datetime) -> int:
    """Once a day: delete the texts of messages that ended long ago; answer how many. The log keeps what was sent when.

    What the police wrote stays with the notice.
    """
    old = _ended_messages(before=at - retention_term("letters", TEXTS_KEPT))[:AT_ONCE]
    gone, _kinds = MessageText.objects.filter(message__in=list(old.values_list("pk", flat=True))).delete()
    if gone:
        note(verb="letters.forgotten", by=by, at=at, texts=gone)
    return gone


@transaction.atomic
def delete_old_messages_and_copies(*, by: Person | None, at: datetime) -> int:
    """Once a day: delete the log of messages of more than three years ago; answer how many messages (R84).

    By the database alone: Django would first read each copy for the sake of what hangs on it, two gigabytes for a
    message to everybody.
    """
    before = at - retention_term("log", LOG_KEPT)
    old = list(_ended_messages(before=before, with_textless=True).values_list("pk", flat=True)[:LOGS_AT_ONCE])
    copies = Dispatch.objects.filter(message__in=old)
    for below in (Attempt, Receipt):
        below.objects.filter(dispatch__in=copies).delete()
    if old:
        chosen, parameters = copies.values("pk").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {Dispatch._meta.db_table} WHERE id IN ({chosen})", parameters)  # noqa: S608 - our own
    Message.objects.filter(pk__in=old).delete()
    if old:
        note(verb="log.forgotten", by=by, at=at, messages=len(old))
    return len(old)


def _ended_messages(*, before: datetime, with_textless: bool = False) -> QuerySet[Message]:
    """Messages made before a moment of which no copy is on its way. ``with_textless``: also those without texts.

    The copies on their way are asked for first, each state by its index: asked message by message, with a million of
    them waiting, PostgreSQL compared each with every message, and the workers that do this once a day sent nothing.
    """
    on_their_way = Dispatch.objects.filter(
        Q(state=State.QUEUED) | Q(state=State.HELD) | Q(state__in=(State.CLAIMED, State.SENDING))
    )
    held = Q() if with_textless else Q(Exists(MessageText.objects.filter(message=OuterRef("pk"))))
    old = Message.objects.filter(held, created_at__lt=before).order_by("created_at")
    return old.exclude(pk__in=on_their_way.values("message_id"))
