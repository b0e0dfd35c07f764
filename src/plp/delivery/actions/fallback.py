"""The person's next channel, when a copy failed for good."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from plp.delivery.channel import COMPLAINT, GONE, MAILBOX_FULL, MAILBOX_GONE, MAILBOX_UNREACHABLE
from plp.delivery.installed import usable_channels
from plp.delivery.models import Dispatch, Message, MessageChannel, MessageText
from plp.delivery.states import OPEN, WAITING, State
from plp.delivery.worker_signals import wake_workers
from plp.people import actions as people
from plp.people.models import ContactPoint

Failure = ContactPoint.Failure
CHUNK = 500  # ids in one statement
type ReplacedIds = list[int]  # of dispatches that a new one stands for
MARKED = "address-marked"  # why a copy that waited took another way: others came back from there

# Who said STOP to a channel is not reached by it at an address given for another.
NOT_REFUSED = f"""NOT EXISTS (
  SELECT 1 FROM {ContactPoint._meta.db_table} s
  WHERE s.person_id = d.person AND s.channel = mc.channel AND s.stopped_at IS NOT NULL)"""  # noqa: S608

# A usable contact of the same person, by a channel of the message that has a text in the person's language and that
# this contact was not tried by: the person's own order first, then the message's. What proves an address (a code) goes
# to that one alone.
NEXT = f"""
SELECT failed, contact, channel FROM (
  SELECT d.id AS failed, c.id AS contact, mc.channel AS channel,
         ROW_NUMBER() OVER (PARTITION BY d.id ORDER BY c.failure, c.rank, mc.rank, c.id) AS place
  FROM {Dispatch._meta.db_table} d
  JOIN {Message._meta.db_table} m ON m.id = d.message_id
  JOIN {MessageChannel._meta.db_table} mc ON mc.message_id = d.message_id
  JOIN {MessageText._meta.db_table} t
    ON t.message_id = d.message_id AND t.channel = mc.channel AND t.language = d.language
  JOIN {ContactPoint._meta.db_table} c ON c.person_id = d.person
  WHERE d.id IN (__IDS__) AND NOT d.replaced AND NOT m.unconfirmed
    AND (c.channel = mc.channel __BORROWED__)
    AND c.confirmed_at IS NOT NULL AND c.stopped_at IS NULL
    AND m.stopped_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > %s)
    AND NOT EXISTS (
      SELECT 1 FROM {Dispatch._meta.db_table} o
      WHERE o.message_id = d.message_id AND o.contact_id = c.id AND o.channel = mc.channel)
) AS candidates WHERE place = 1
"""  # noqa: S608  names of our own tables


@transaction.atomic
def requeue_failed_by_next_contact(*, dispatches: Sequence[int], at: datetime) -> ReplacedIds:
    """Queue the same message by each person's next contact, for copies that failed for good (R114, F9).

    Set-based, ``CHUNK`` at a time. Answers the ids of the dispatches that were replaced; for the others there is no
    further channel, and they stand as failed.
    """
    replaced: list[int] = []
    for start in range(0, len(dispatches), CHUNK):
        replaced += queue_on_next_channel(dispatches[start : start + CHUNK], at)
        replaced += _remove_gone_contacts_and_reroute(dispatches[start : start + CHUNK], at)
        replaced += mark_contacts_failing_and_reroute(dispatches=dispatches[start : start + CHUNK], at=at)
    if replaced:
        wake_workers()
    return replaced


def _remove_gone_contacts_and_reroute(dispatch_ids: Sequence[int], at: datetime) -> ReplacedIds:
    """Addresses that their supplier does not know any more are removed: 0 further tries (F16).

    What else waits for one of them, or is on its way there, goes by the person's next contact too. Answers the ids of
    what was replaced.
    """
    gone_copies = Dispatch.objects.filter(pk__in=dispatch_ids, reason=GONE, state=State.FAILED).exclude(contact=None)
    contacts = list(ContactPoint.objects.filter(pk__in=gone_copies.values("contact")))
    if not contacts:
        return []
    others = list(Dispatch.objects.filter(contact__in=contacts, state__in=OPEN).values_list("pk", flat=True))
    ended = {"state": State.FAILED, "token": "", "lease_until": None, "settled_at": at}
    Dispatch.objects.filter(pk__in=others, state__in=WAITING).update(**ended, reason=GONE)
    replaced = [
        dispatch
        for start in range(0, len(others), CHUNK)
        for dispatch in queue_on_next_channel(others[start : start + CHUNK], at)
    ]
    for contact in contacts:
        people.remove_contact(contact=contact, by=None, at=at)
    return replaced


FAILURES = {
    MAILBOX_GONE: Failure.GONE,
    MAILBOX_FULL: Failure.FULL,
    MAILBOX_UNREACHABLE: Failure.UNREACHABLE,
    COMPLAINT: Failure.UNWANTED,
}


def mark_contacts_failing_and_reroute(*, dispatches: Sequence[int], at: datetime) -> ReplacedIds:
    """Mark the addresses of copies that came back or were called unwanted, unless proven after the copy was queued.

    What else waits for one of them goes by another one of the person, if there is one; else it is tried there all the
    same. Answers the ids of what was replaced.
    """
    back = Dispatch.objects.filter(pk__in=dispatches, reason__in=FAILURES).exclude(contact=None)
    marked = [
        row.contact_id
        for row in back.select_related("contact").order_by("id")
        if row.contact is not None
        and (row.contact.confirmed_at is None or row.contact.confirmed_at <= row.queued_at)
        and people.mark_contact_failing(contact=row.contact, failure=FAILURES[row.reason], by=None, at=at)
    ]
    if not marked:
        return []
    others = list(Dispatch.objects.filter(contact__in=marked, state__in=WAITING).values_list("pk", flat=True))
    replaced = [
        dispatch
        for start in range(0, len(others), CHUNK)
        for dispatch in queue_on_next_channel(others[start : start + CHUNK], at)
    ]
    ended = {"state": State.FAILED, "token": "", "lease_until": None, "settled_at": at}
    Dispatch.objects.filter(pk__in=replaced, state__in=WAITING).update(**ended, reason=MARKED)
    return replaced


def queue_on_next_channel(dispatch_ids: Sequence[int], at: datetime) -> ReplacedIds:
    """Queue a copy by the next channel of its person for each of these; answers the ids of those that got one."""
    if not dispatch_ids:
        return []
    borrowed = [(key, lender) for key, channel in usable_channels().items() for lender in channel.abilities.borrows]
    sql = NEXT.replace("__IDS__", ",".join(["%s"] * len(dispatch_ids))).replace(
        "__BORROWED__", f"OR (mc.channel = %s AND c.channel = %s AND {NOT_REFUSED})" * len(borrowed)
    )
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*dispatch_ids, *(name for pair in borrowed for name in pair), moment])
        chosen = {failed: (contact, channel) for failed, contact, channel in cursor.fetchall()}
    originals = Dispatch.objects.in_bulk(list(chosen))
    Dispatch.objects.bulk_create(
        Dispatch(
            message_id=originals[failed].message_id,
            contact_id=contact,
            person=originals[failed].person,
            channel=channel,
            language=originals[failed].language,
            urgent=originals[failed].urgent,
            state=State.QUEUED,
            queued_at=at,
            due_at=at,
        )
        for failed, (contact, channel) in chosen.items()
    )
    Dispatch.objects.filter(pk__in=chosen).update(replaced=True)
    return sorted(chosen)
