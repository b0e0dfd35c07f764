"""The mailbox of answers that ``PLP_IMAP_URL`` names: looked at every minute, so that work can be done by mail (R41).

A thread of its own reads it and asks the DNS for keys, so that a slow server holds up no delivery; the worker acts. A
mail is marked as read once it was seen to: after a stop in between it comes again, and its second time does nothing.
"""

import logging
import time
from collections import deque
from queue import SimpleQueue
from threading import Thread
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from plp.channels.email.dkim_keys import look_up_dkim_txt_record
from plp.channels.email.inbox import MOST, BadInboxUrl, ImapInbox, InboxUnreachable, open_inbox, parse_inbox_url
from plp.channels.email.incoming_mail import IncomingMail, Keys, parse_bounce, parse_mail_written_by_person
from plp.exchange import actions as exchange
from plp.membership.replies import carry_out_wish_and_return_receipt
from plp.notices import actions as notices
from plp.ops.bounces import record_new_bounce_or_complaint
from plp.people.queries import contacts_at
from plp.sandbox.refusals import NotReadNow
from plp.sightings.actions.questions import turn_reply_into_question
from plp.toolbox import clock
from plp.wording.wishes import Wish, unquoted_lines, wish_in_mail

EVERY, TURN = 60.0, 0.5  # seconds between two looks at the mailbox, and at what came out of it
AT_ONCE = 5  # mails of one turn
type Report = dict[str, Any]  # of another mail server, as ``parse_bounce`` gives it
CHANNEL = "email"
log = logging.getLogger(__name__)


class AnswerMailbox:
    """The mailbox of the settings. ``keys``: where the keys of signed mails are found."""

    def __init__(self, keys: Keys = look_up_dkim_txt_record) -> None:
        self.keys = keys
        self.fetched_numbers: set[bytes] = set()  # numbers of mails that were fetched and are not marked yet
        self.fetched: SimpleQueue[tuple[bytes, IncomingMail | Report | None]] = SimpleQueue()
        self.handled: deque[bytes] = deque()
        self.thread: Thread | None = None
        self.read_again = 0.0

    def answer_few_mails_and_start_fetch(self) -> int:
        """See to a few of those that came, and each minute begin to read again. Answers how many did something.

        A few: whoever commits deliveries waits meanwhile, and a bad day brings hundreds.
        """
        mails_handled = self.record_bounces_and_answer_fetched_mails(most=AT_ONCE)
        is_reading = self.thread is not None and self.thread.is_alive()
        if not is_reading and self.fetched.empty() and time.monotonic() >= self.read_again:
            self.read_again = time.monotonic() + EVERY
            self.thread = Thread(target=self.fetch_mails_or_log_fault, name="inbox", daemon=True)
            self.thread.start()
        return mails_handled

    def fetch_mails_or_log_fault(self) -> None:
        """Fetch; a mailbox that cannot be read now is told by its kind, and looked at again."""
        try:
            self.fetch_new_mails_and_delete_old()
        except (BadInboxUrl, InboxUnreachable) as fault:
            log.warning("the mailbox of answers cannot be read: %s", getattr(fault, "reason", "setting"))
        except NotReadNow:
            log.warning("the mailbox of answers is looked at again: no process that reads mails could be started")

    def fetch_new_mails_and_delete_old(self) -> None:
        """Mark what was seen to, fetch what is new, delete what is old.

        Raises ``BadInboxUrl``, ``InboxUnreachable``, or ``NotReadNow``: what was not read then comes at the next look.
        """
        with open_inbox(parse_inbox_url(settings.IMAP_URL), cafile=settings.IMAP_CA_FILE) as box:
            self._mark_answered_mails_as_seen(box)
            for uid in box.unread_uids():
                if uid not in self.fetched_numbers:
                    raw = box.fetch(uid)
                    mail = self._parse_bounce_or_mail(raw) if raw is not None else None
                    self.fetched_numbers.add(uid)
                    self.fetched.put((uid, mail))
            box.delete_old_seen_mails(clock.local(clock.now()).date())

    def _parse_bounce_or_mail(self, raw: bytes) -> IncomingMail | Report | None:
        """A report of another server, what a person wrote, or nothing of either."""
        return parse_bounce(raw) or parse_mail_written_by_person(
            raw, key_lookup=self.keys, now=int(clock.machine_time().timestamp())
        )

    def _mark_answered_mails_as_seen(self, box: ImapInbox) -> None:
        uids = [self.handled.popleft() for _ in range(len(self.handled))]
        box.mark_seen(uids)
        self.fetched_numbers -= set(uids)

    def record_bounces_and_answer_fetched_mails(self, most: int = MOST) -> int:
        """See to what was fetched, so many at once. Answers how many mails did something."""
        mails_handled = 0
        for _ in range(most):
            if self.fetched.empty():
                break
            uid, mail = self.fetched.get()
            try:
                mails_handled += mail is not None and (
                    record_new_bounce_or_complaint(mail, at=clock.now())
                    if isinstance(mail, dict)
                    else relay_or_carry_out_or_forward_mail(mail)
                )
            except DatabaseError:
                self.fetched_numbers.discard(uid)  # it comes again
                raise
            except Exception as failure:  # a mail was made by a stranger: the next one comes
                log.error("an answer could not be seen to: %s", type(failure).__name__)
            self.handled.append(uid)
        return mails_handled

    def open_inbox_and_mark_answered_as_seen(self) -> None:
        """Mark what was seen to. Raises ``BadInboxUrl`` or ``InboxUnreachable``."""
        with open_inbox(parse_inbox_url(settings.IMAP_URL), cafile=settings.IMAP_CA_FILE) as box:
            self._mark_answered_mails_as_seen(box)


def relay_or_carry_out_or_forward_mail(mail: IncomingMail) -> bool:
    """Do what a mail asks: pass a message on, what its sender asks about themselves, or hand their words on (R127)."""
    all_contacts = list(contacts_at(CHANNEL, mail.sender).select_related("person"))
    reply = notices.relay_by_code_reply_and_answer(
        contacts=all_contacts,
        text=mail.words,
        event=mail.event,
        is_proven=mail.is_proven,
        at=clock.now(),
    )
    words, event = unquoted_lines(mail.words), mail.event
    if reply or notices.answer_cry_for_help_if_one(
        contacts=all_contacts, text=words, event=event, by=None, at=clock.now()
    ):
        return True
    wish = wish_in_mail(mail.subject, mail.words)
    if wish is not None:
        proven = mail.is_proven
        if wish is Wish.STOP and proven:
            exchange.forward_stop_of_address(channel=CHANNEL, address=mail.sender, how="mail", by=None, at=clock.now())
        carry_out_wish_and_return_receipt(
            channel=CHANNEL, address=mail.sender, wish=wish, how="mail", is_proven=proven, at=clock.now()
        )
        return True
    contacts = all_contacts if mail.is_proven else []
    if notices.save_answer_for_police_if_to_notice(contacts=contacts, text=words, event=event, by=None, at=clock.now()):
        return True
    return any(
        turn_reply_into_question(contact=contact, text=words, event=event, at=clock.now()) for contact in contacts
    )
