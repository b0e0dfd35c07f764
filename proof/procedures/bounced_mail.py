"""The other side of the proof of bounces: members with dead, full and good mailboxes, and what the record says of them.

A process with the database under test; each line of JSON calls a procedure (``message_queue.serve_procedure_calls``).
"""

import smtplib
import time
from collections import Counter
from random import Random

from django.conf import settings

from plp.channels.email.verp import copy_numbers_and_macs_in, return_path
from plp.delivery import actions
from plp.delivery.models import Dispatch, Message, Receipt
from plp.delivery.references import reference_of
from plp.ops.inbox import AnswerMailbox
from plp.people.models import ContactPoint
from plp.toolbox import clock
from proof.procedures import message_queue
from tests.factories import outbox, reports


def create_members_by_mailbox_kind(kinds: dict[str, int]) -> int:
    """So many members with an address of each kind (``unknown``: ``unknown3@people.test``), each with a mobile too."""
    outbox.make_database()
    number = 0
    for kind, many in kinds.items():
        domain = {"nowhere": "nowhere.invalid", "slow": "slow.test"}.get(kind, "people.test")
        for n in range(many):
            number += 1
            outbox.person(("email", f"{kind}{n}@{domain}"), ("sms", f"+324{number:08d}"), at=clock.now())
    return number


def queue_alarm_for_everybody() -> int:
    """An alarm to all of them; how many were queued."""
    made = outbox.message("email", "sms", at=clock.now(), urgent=True)
    return actions.enqueue_copy_for_each_person(message=made, contacts=outbox.audience(), at=clock.now())


def handle_answer_mailbox_once() -> int:
    """Read the mailbox once, as the worker does every minute; how many mails said something new."""
    box = AnswerMailbox(keys=lambda _name: None)
    box.fetch_new_mails_and_delete_old()
    done = box.record_bounces_and_answer_fetched_mails()
    box.open_inbox_and_mark_answered_as_seen()
    return done


def count_addresses_by_kind_and_mark() -> dict[str, int]:
    """How many addresses are marked, by kind of address and mark; how many copies went on by SMS."""
    found: Counter[str] = Counter()
    for contact in ContactPoint.objects.filter(channel="email"):
        kind = contact.address.partition("@")[0].rstrip("0123456789")
        found[f"{kind} {contact.failure or 'good'}"] += 1
    found["sms"] = Dispatch.objects.filter(channel="sms").count()
    return dict(found)


def send_forged_bounces_and_count_taken(number: int, seed: int, port: int) -> int:
    """Bring so many reports about honest members' copies that no server of theirs wrote; how many were taken in."""
    chance, before = Random(seed), Receipt.objects.count()
    rows = list(Dispatch.objects.filter(channel="email", state="accepted").order_by("pk")[:200])
    makers = (reports.status, reports.qmail, reports.exim, reports.complaint, reports.yahoo)
    with smtplib.SMTP("127.0.0.1", port) as line:
        for _ in range(number):
            to = _forged_bounce_address(chance, chance.choice(rows))
            report = chance.choice(makers)(to)
            line.sendmail("", [to if "@plp.test" in to else "plp@plp.test"], report)
    _handle_mails_until_number_read(number)
    return Receipt.objects.count() - before


def _forged_bounce_address(chance: Random, row: Dispatch) -> str:
    """An address that looks like that of a copy and is not signed for it."""
    genuine = return_path(reference_of(row.pk, row.message_id), settings.BOUNCES_TO)
    [(number, mac)] = copy_numbers_and_macs_in(genuine)
    other = Message.objects.order_by("?").first()
    forged = (
        f"{number}-{chance.getrandbits(80):020x}",
        f"{number}-{int(mac, 16) ^ (1 << chance.randrange(80)):020x}",  # one bit altered
        f"{number + 1}-{mac}",  # the signature of another copy
        f"{number + 10**6}-{mac}",  # a copy that is not there
        local_part_signed_for_absent_copy(number + 1, other),
    )
    return settings.BOUNCES_TO.replace("*", chance.choice(forged))


def local_part_signed_for_absent_copy(number: int, message: Message | None) -> str:
    """A signature that is genuine, for a copy that never was."""
    assert message is not None
    path = return_path(reference_of(number + 10**7, message.pk), "*@plp.test")
    return path.partition("@")[0].replace(f"{number + 10**7}-", f"{number}-")


def resend_bounce_and_count_changes(port: int) -> int:
    """Bring a genuine report once more, ten times; how many changed something."""
    row = Dispatch.objects.filter(channel="email", state="failed").order_by("pk").first()
    assert row is not None
    to = return_path(reference_of(row.pk, row.message_id), settings.BOUNCES_TO)
    before = state_and_reason_of_copies()
    with smtplib.SMTP("127.0.0.1", port) as line:
        for _ in range(10):
            line.sendmail("", [to], reports.status(to))
    _handle_mails_until_number_read(10)
    return sum(one != other for one, other in zip(before, state_and_reason_of_copies(), strict=True))


def state_and_reason_of_copies() -> list[tuple[int, str, str]]:
    """Each copy as it stands."""
    return list(Dispatch.objects.order_by("pk").values_list("pk", "state", "reason"))


def _handle_mails_until_number_read(number: int) -> None:
    """Read the mailbox until so many mails more are marked as read."""
    left, until = number, time.monotonic() + 120
    while left > 0 and time.monotonic() < until:
        box = AnswerMailbox(keys=lambda _name: None)
        box.fetch_new_mails_and_delete_old()
        box.record_bounces_and_answer_fetched_mails()
        left -= len(box.handled)
        box.open_inbox_and_mark_answered_as_seen()
        time.sleep(0.1)
    assert left <= 0, left


PROCEDURES = message_queue.PROCEDURES | {
    function.__name__: function
    for function in (
        create_members_by_mailbox_kind,
        queue_alarm_for_everybody,
        handle_answer_mailbox_once,
        count_addresses_by_kind_and_mark,
        send_forged_bounces_and_count_taken,
        resend_bounce_and_count_changes,
    )
}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    message_queue.serve_procedure_calls(PROCEDURES)
