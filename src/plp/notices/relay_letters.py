"""The word to whoever relays: the message of the police with its code (R51), and what became of their answer."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation

from plp.charter.kinds import KINDS
from plp.delivery import pages
from plp.delivery.actions import create_message, enqueue_copy_for_each_person
from plp.delivery.installed import senders
from plp.delivery.letters import subject_and_body
from plp.delivery.models import Message
from plp.delivery.texts import Text, strip_slots
from plp.documents.dates import date_format
from plp.mandates.grants import Permission
from plp.mandates.queries import permission_holders
from plp.mandates.rota_queries import on_call_persons_else_all
from plp.notices.copies import other_language_note_or_empty, written_language_for_reader
from plp.notices.models import Notice, ReplyCode
from plp.notices.queries import does_notice_end_before_leaving, time_notice_ends, title_core_and_more_by_language
from plp.notices.reply_codes import get_or_create_reply_code, is_reply_code_locked, reply_confirmation_link
from plp.notices.states import State
from plp.partnership.signs import SIGNS
from plp.people.models import ContactPoint, Person
from plp.toolbox.clock import local
from plp.toolbox.texts import text
from plp.wording.length import gsm7_spelling_if_possible

TEXTS = Path(__file__).parent / "texts"
GAPS = re.compile(r"\n{3,}")
LETTER_LASTS = timedelta(hours=12)
WAITING = "notices.waiting"  # purpose of what asks the coordinator to pass a message on
ANSWER = "notices.answer"  # purpose of what we say to an answer
MOST_ANSWERS, IN = 6, timedelta(hours=1)  # to one number or mailbox: nobody makes us write without end (T40)


def send_notice_to_coordinators_for_relay(notice: Notice, *, by: Person | None, at: datetime) -> int:
    """Send a released message to the coordinator, or the deputy who covers them, to be passed on (R38, R51).

    To whoever of them is on call, where a rota names somebody (ADR 74).
    """
    area = notice.partnership.area
    able = on_call_persons_else_all(permission_holders(Permission.NOTICE_RELAY, area, at=at), area, at=at)
    return send_notice_and_codes_to_persons_for_relay(notice, able, by=by, at=at)


def send_notice_and_codes_to_persons_for_relay(
    notice: Notice, persons: QuerySet[Person], *, by: Person | None, at: datetime
) -> int:
    """Send a released message to ``persons`` by every way that reaches them, each with a code of their own.

    Answers how many copies. A message that has ended, or ends before it can leave, is sent to nobody.
    """
    if does_notice_end_before_leaving(notice, at=at):
        return 0
    ends_at = time_notice_ends(notice, at=at)
    ends = min(at + LETTER_LASTS, ends_at or at + LETTER_LASTS)
    copies = 0
    for person in persons:
        code = get_or_create_reply_code(notice, person, at=at)
        for channel in senders():
            contacts = _confirmed_unstopped_contacts(person, channel)
            if contacts.exists():
                short = senders()[channel].abilities.max_length is not None
                letter = _relay_letter_text(notice, code, person.language, channel, short=short)
                whose = notice.partnership.area.path
                copies += _queue_relay_letter(
                    letter, contacts, WAITING, notice.pk, on_behalf_of=whose, ends=ends, by=by, at=at
                )
    return copies


def send_waiting_notice_to_permitted_persons(notice_key: UUID, persons: QuerySet[Person], at: datetime) -> int:
    """Send the message ``notice_key``, if it still waits, to those of ``persons`` who may relay it now (R38, R39)."""
    notice = (
        Notice.objects.select_related("partnership__area", "release")
        .filter(pk=notice_key, state=State.RELEASED)
        .first()
    )
    if notice is None:
        return 0
    able = permission_holders(Permission.NOTICE_RELAY, notice.partnership.area, at=at)
    return send_notice_and_codes_to_persons_for_relay(notice, persons.filter(pk__in=able.values("pk")), by=None, at=at)


def _confirmed_unstopped_contacts(person: Person, channel: str) -> QuerySet[ContactPoint]:
    """The proven contacts of a person on one channel."""
    return ContactPoint.objects.filter(person=person, channel=channel, stopped_at=None, confirmed_at__isnull=False)


def _relay_letter_text(notice: Notice, code: ReplyCode, language: str, channel: str, *, short: bool) -> Text:
    """The message as its members will read it, and how to pass it on by an answer where somebody reads answers."""
    words = title_core_and_more_by_language(notice)
    text_language = written_language_for_reader(language, words, tuple(notice.partnership.languages))
    title, core, more = (strip_slots(part) for part in words[text_language])
    with translation.override(language):
        places = {
            "sign": SIGNS[notice.partnership.kind][language],
            "partnership": notice.partnership.name(language),
            "kind": str(KINDS[notice.kind].label),
            "until": date_format(local(code.expires_at), "DATETIME_FORMAT"),
            "code": code.code,
            "link": pages.START.link(),
        }
        heading = other_language_note_or_empty(language, text_language)
    form = "sms" if short else "mail"
    takes_answer = channel in settings.ANSWERED and not is_reply_code_locked(code)
    places["answer"] = text(TEXTS, f"waiting_answer_{form}", language, **places) if takes_answer else ""
    long = "\n\n".join(part for part in (title, core, more) if part)
    places["words"] = core if short else f"{heading}{long}"
    return _filled_text_for_channel(text(TEXTS, f"waiting_{form}", language, **places), channel, language, short=short)


def _filled_text_for_channel(filled: str, channel: str, language: str, *, short: bool) -> Text:
    """A text for a channel; a short one on one line, and where each part costs money in its plain spelling."""
    subject, body = subject_and_body(filled)
    body = " ".join(body.split()) if short else GAPS.sub("\n\n", body)
    if senders()[channel].abilities.cost:
        body = gsm7_spelling_if_possible(body)
    return Text(channel=channel, language=language, subject=subject[:200], body=body)


def _queue_relay_letter(
    letter: Text,
    contacts: QuerySet[ContactPoint],
    purpose: str,
    subject: UUID,
    *,
    ends: datetime,
    on_behalf_of: str = "",
    by: Person | None,
    at: datetime,
) -> int:
    message = create_message(
        purpose=purpose,
        texts=[letter],
        channels=[letter.channel],
        subject_id=subject,
        on_behalf_of=on_behalf_of,
        urgent=True,
        expires_at=ends,
        by=by,
        at=at,
    )
    return enqueue_copy_for_each_person(message=message, contacts=contacts, at=at)


def send_reply_outcome_within_limit(
    contact: ContactPoint, sentence: str, *, at: datetime, always: bool = False
) -> bool:
    """Say what became of an answer, by the way it came. Whether it was said: only so often, unless ``always``."""
    if not always and not is_contact_below_outcome_limit(contact, at=at):
        return False
    _send_short_answer(contact, "reply", {"sentence": sentence}, at=at)
    return True


def send_reply_confirmation_request(contact: ContactPoint, code: ReplyCode, *, at: datetime) -> bool:
    """Ask in the registered mailbox whether an answer that was not proven came from there (T3)."""
    if not is_contact_below_outcome_limit(contact, at=at):
        return False
    language = contact.person.language
    with translation.override(language):
        kind = str(KINDS[code.notice.kind].label)
    places = {
        "sign": SIGNS[code.notice.partnership.kind][language],
        "partnership": code.notice.partnership.name(language),
        "kind": kind,
        "link": reply_confirmation_link(code),
    }
    _send_short_answer(contact, "reply_question", places, at=at)
    return True


def is_contact_below_outcome_limit(contact: ContactPoint, *, at: datetime) -> bool:
    """Whether this number or mailbox has not had too many words of ours of late."""
    answers = Message.objects.filter(purpose=ANSWER, subject=contact.pk, created_at__gt=at - IN).count()
    return answers < MOST_ANSWERS


def _send_short_answer(contact: ContactPoint, text_name: str, values: dict[str, str], *, at: datetime) -> None:
    language = contact.person.language
    short = senders()[contact.channel].abilities.max_length is not None
    filled = text(TEXTS, f"{text_name}_{'sms' if short else 'mail'}", language, **values)
    letter = _filled_text_for_channel(filled, contact.channel, language, short=short)
    contacts = ContactPoint.objects.filter(pk=contact.pk)
    _queue_relay_letter(letter, contacts, ANSWER, contact.pk, ends=at + LETTER_LASTS, by=None, at=at)
