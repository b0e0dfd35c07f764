"""The other side of the proof of honesty, of poison and of loops: what the outbox, the page and the mailbox say.

A process with the database under test (``proof.procedures.message_queue.serve_procedure_calls``).
"""

import random
from typing import Any

from django.db import connection

from plp.channels.email.incoming_mail import parse_mail_written_by_person
from plp.delivery.installed import senders
from plp.delivery.models import Dispatch, Message
from plp.delivery.states import OPEN
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.ops.inbox import relay_or_carry_out_or_forward_mail
from plp.people.models import ContactPoint, Person, Preference
from plp.toolbox import clock
from proof.procedures import message_queue, quarter_members
from tests.factories import outbox
from tests.factories.mails import written

NAMES = (
    "Élise",
    "王小明",
    "O’Brien",
    "a\r\nBcc: x@evil.example",
    ".\r\n.\r\n",
    "\0",
    "{name}",
    "%s" * 40,
    "🙂" * 60,
    "\u202eabc",
)
STRANGE = "<>\r\n\0 \t\"'\\@é;,:%{}[]().\u202e\u2028🙂-"
MACHINES = (
    "Auto-Submitted: auto-replied",
    "Auto-Submitted: auto-generated",
    "Precedence: bulk",
    "Precedence: auto_reply",
    "X-Autoreply: yes",
    "X-Autorespond: yes",
    "X-Loop: member@example.be",
    "List-Id: <list.example.be>",
    "Return-Path: <>",
    "Content-Type: multipart/report; report-type=delivery-status; boundary=x",
)
SUBJECTS = (
    "Automatic reply: Vol par ruse",
    "Réponse automatique : absence",
    "Out of office",
    "Automatisch antwoord: Vol par ruse",
    "Afwezig",
    "Automatische Antwort: Vol par ruse",
    "Abwesenheitsnotiz",
    "Undeliverable: Vol par ruse",
    "Mail delivery failed: returning message to sender",
)
BODIES = ("Je suis absent jusqu’au 3.", "STOP", "Ik ben er niet.\n> STOP", "OK 4821", "mes données", "<html>550</html>")


def has_waiting_copies() -> bool:
    """Whether a worker has something left to do; what people carry by hand waits for people."""
    return Dispatch.objects.filter(state__in=OPEN, channel__in=senders()).exists()


def retract_notice(key: str) -> None:
    """Take a message back, if it still can be."""
    notice = Notice.objects.select_related("partnership__area").get(pk=key)
    notices.retract_notice_everywhere(notice=notice, by=quarter_members.here[0].officer, at=clock.now())


def create_hostile_people_and_message(number: int, seed: int) -> list[str]:
    """People with names and addresses that no form lets in, as many that are well, and one message for all.

    Answers the message, and the addresses that are well.
    """
    outbox.make_database()
    dice, at = random.Random(seed), clock.now()
    outbox.people(number, at=at, first=number)
    well = [outbox.address_of("email", place) for place in range(number, 2 * number)]
    for start in range(0, number, 2000):
        few = range(start, min(start + 2000, number))
        persons = [
            Person(name=dice.choice(NAMES) + _random_hostile_text(dice), language="fr", created_at=at) for _ in few
        ]
        Person.objects.bulk_create(persons)
        Preference.objects.bulk_create(Preference(person=person, paused_until="") for person in persons)
        ContactPoint.objects.bulk_create(
            ContactPoint(
                person=person,
                channel="email",
                address=dice.choice(
                    ("a@b.be>\r\nRCPT TO:<evil@x.be", "", "member@", _random_hostile_text(dice) + "@example.be")
                ),
                digest=f"{place:064x}",
                created_at=at,
                confirmed_at=at,
            )
            for place, person in zip(few, persons, strict=True)
        )
    _make_addresses_undecryptable([f"{place:064x}" for place in range(0, number, 10)])
    message = outbox.message(at=at, urgent=True)
    message_queue.actions.enqueue_copy_for_each_person(message=message, contacts=outbox.audience(), at=at)
    return [str(message.pk), *well]


def _make_addresses_undecryptable(digests: list[str]) -> None:
    """Addresses that cannot be opened: whoever writes the copy meets an error of ours."""
    table = ContactPoint._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET address = %s WHERE digest = %s", [(b"\1" * 40, one) for one in digests])


def _random_hostile_text(dice: random.Random) -> str:
    """Some letters that mean something to a machine."""
    return "".join(dice.choice(STRANGE) for _ in range(dice.randrange(1, 12)))


def send_auto_replies_and_count_mails(number: int, seed: int) -> dict[str, Any]:
    """Answers that machines write, from members: how many mails of ours each kind caused."""
    dice, members = random.Random(seed), 10
    quarter_members.add_members("email", [f"away{place}@example.be" for place in range(members)])
    before, taken = Message.objects.count(), list[str]()
    for place in range(number):
        sender = f"away{dice.randrange(members)}@example.be"
        if place % 3 == 2:  # a program that marks nothing: only its subject says what it is
            raw = written(sender, f"{dice.choice(BODIES)} {place}")
            raw = raw.replace(b"Subject: Re: message", f"Subject: {dice.choice(SUBJECTS)}".encode())
        else:
            sender = dice.choice((sender, "MAILER-DAEMON@example.be", "postmaster@example.be"))
            raw = written(sender, f"{dice.choice(BODIES)} {place}", more=dice.choice(MACHINES))
        mail = parse_mail_written_by_person(raw, key_lookup=lambda _name: None, now=int(clock.now().timestamp()))
        if mail is not None and relay_or_carry_out_or_forward_mail(mail):
            taken.append(raw.decode())
    return {"caused": Message.objects.count() - before, "taken": taken}


OWN = (has_waiting_copies, retract_notice, create_hostile_people_and_message, send_auto_replies_and_count_mails)
PROCEDURES = {**quarter_members.PROCEDURES, **{one.__name__: one for one in OWN}}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    message_queue.serve_procedure_calls(PROCEDURES)
