"""Messages taken back and members who say stop, while copies leave: the moment it counts, and what was on the wire.

A process with the database under test (``proof.procedures.message_queue.serve_procedure_calls``).
"""

import time
from typing import Any

from django.conf import settings
from django.db import transaction

from plp.api.receipts import carry_out_sms_reply_and_return_answer
from plp.channels.email.incoming_mail import IncomingMail
from plp.delivery.models import Dispatch, Message
from plp.delivery.references import reference_of
from plp.delivery.states import State
from plp.delivery.worker_signals import lock_worker_commits
from plp.membership.erasure import erase_person
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.ops.inbox import relay_or_carry_out_or_forward_mail
from plp.people import actions as people
from plp.people.models import ContactPoint
from plp.people.queries import contact_digest
from plp.toolbox import clock
from proof.procedures import message_queue, quarter_members
from tests.factories import outbox
from tests.wording.test_wishes import SENTENCES, WORDS


def create_quarter_with_email_members(people: int) -> None:
    """A quarter with so many members who have e-mail."""
    quarter_members.create_tables_and_cast()
    quarter_members.add_members("email", [f"member{number}@example.be" for number in range(people)])


def _references_being_sent(**which: Any) -> list[str]:
    """Copies whose data may be leaving at this moment of the transaction: they cannot be called back."""
    rows = Dispatch.objects.filter(state=State.SENDING, **which).values_list("pk", "message")
    return [reference_of(number, message) for number, message in rows]


def retract_notice_and_notify(key: str) -> dict[str, Any]:
    """Take a message back and tell those it reached; answers when, what was on the wire, and which message tells."""
    with transaction.atomic():
        notice = Notice.objects.select_related("partnership__area").get(pk=key)
        notices.retract_notice_everywhere(notice=notice, by=quarter_members.here[0].officer, at=clock.now(), tell=True)
        wire = _references_being_sent(message=notice.relay.message_id)
    done = clock.now().timestamp()
    told = Message.objects.get(purpose="notice.withdrawal", subject=key)
    return {"at": done, "wire": wire, "message": told.pk.hex}


def create_people_and_unqueued_message(people: int) -> str:
    """People with a telephone or an e-mail address by turns, and a message for all; nothing is queued yet."""
    outbox.make_database()
    half = people // 2
    outbox.people(half, channel="sms", at=clock.now(), first=70_000_000)  # numbers that a Belgian operator gives out
    outbox.people(people - half, channel="email", at=clock.now(), first=half)
    for contact in ContactPoint.objects.all():
        ContactPoint.objects.filter(pk=contact.pk).update(digest=contact_digest(contact.channel, contact.address))
    settings.SMS_SENDER = "32475000000"
    return str(outbox.message("sms", "email", at=clock.now(), body="Fermez à clé.").pk)


def queue_message_for_everybody(message: str) -> int:
    """Queue it for everybody."""
    return message_queue.actions.enqueue_copy_for_each_person(
        message=Message.objects.get(pk=message), contacts=outbox.audience(), at=clock.now()
    )


def spellings_of_stop() -> list[str]:
    """How people write STOP: the hundreds of the tests."""
    return sorted({*WORDS, *SENTENCES})


def send_stop_for_waiting_copy(words: str, place: int, message: str) -> dict[str, Any]:
    """A member whose copy has not left yet says stop by the way of their contact; answers how long it took."""
    waiting = Dispatch.objects.filter(message=message, state__in=[State.QUEUED, State.CLAIMED]).exclude(contact=None)
    by_turns = waiting.filter(channel=("sms", "email")[place % 2]).order_by("-id").first()
    found = by_turns or waiting.order_by("-id").first()
    if found is None:
        return {}
    contact = ContactPoint.objects.get(pk=found.contact_id)
    begun = time.monotonic()
    with transaction.atomic():
        if contact.channel == "sms":
            carry_out_sms_reply_and_return_answer(contact.address, words, event=f"proof:{place}")
        else:
            relay_or_carry_out_or_forward_mail(
                IncomingMail(contact.address, "", words, is_proven=True, event=f"proof:{place}")
            )
        wire = _references_being_sent(contact=contact)
    took = time.monotonic() - begun
    at = clock.now().timestamp()
    heard = ContactPoint.objects.filter(pk=contact.pk).exclude(stopped_at=None).exists()
    return {"took": took, "at": at, "wire": wire, "heard": heard, "reference": reference_of(found.pk, message)}


def stop_contact_of_claimed_copy(message: str) -> dict[str, Any]:
    """A contact is stopped while a worker has its copy ready to leave, by somebody who knows nothing of the outbox:
    only the last look before the data can see it. Answers as ``send_stop_for_waiting_copy``.
    """
    begun = time.monotonic()
    with transaction.atomic():
        lock_worker_commits()
        ready = Dispatch.objects.filter(message=message, state=State.CLAIMED, contact__stopped_at=None)
        found = ready.select_related("contact").order_by("-id").first()
        if found is None or found.contact is None:
            return {}
        people.stop_contact(contact=found.contact, how="page", by=None, at=clock.now())
        wire = _references_being_sent(contact=found.contact)
    took = time.monotonic() - begun
    reference = reference_of(found.pk, message)
    return {"took": took, "at": clock.now().timestamp(), "wire": wire, "heard": True, "reference": reference}


def erase_recipient_of_waiting_copy(message: str) -> dict[str, Any]:
    """A person whose copy has not left yet is forgotten; answers when."""
    waiting = Dispatch.objects.filter(message=message, state__in=[State.QUEUED, State.CLAIMED]).exclude(contact=None)
    found = waiting.order_by("-id").first()
    if found is None:
        return {}
    with transaction.atomic():
        wire = _references_being_sent(contact=found.contact_id)
        erase_person(person=found.contact.person, by=None, at=clock.now())  # type: ignore[union-attr]
    return {"at": clock.now().timestamp(), "wire": wire, "reference": reference_of(found.pk, message)}


OWN = (
    create_quarter_with_email_members,
    retract_notice_and_notify,
    create_people_and_unqueued_message,
    queue_message_for_everybody,
    spellings_of_stop,
    send_stop_for_waiting_copy,
    stop_contact_of_claimed_copy,
    erase_recipient_of_waiting_copy,
)
PROCEDURES = {**quarter_members.PROCEDURES, **{one.__name__: one for one in OWN}}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    message_queue.serve_procedure_calls(PROCEDURES)
