"""What members say back to a message: answers for the police alone, "I read it", "I can help" (R127)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from plp.charter.kinds import Office
from plp.delivery.models import Dispatch, Message
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.notices.actions.taken_replies import record_reply_unless_already_taken
from plp.notices.answer_letters import send_receipt_of_answer_to_police
from plp.notices.models import Acknowledgement, HelpCall, Notice, NoticeAnswer
from plp.notices.queries.answers import (
    can_members_acknowledge,
    dispatch_of_answer_code,
    notice_of_message,
    notices_person_may_answer,
    police_office_that_reads_answers,
)
from plp.notices.rules.answers import (
    AT_ONCE,
    KEPT,
    MOST_ANSWERS,
    MOST_WORDS,
    answer_closing_time,
    answer_deletion_time,
    says_message_was_read,
    split_off_possible_letter_code,
)
from plp.people.models import ContactPoint, Person
from plp.people.retention_terms import retention_term
from plp.toolbox.words import BadWords, normalise_text


@transaction.atomic
def save_answer_for_police_if_to_notice(
    *, contacts: Sequence[ContactPoint], text: str, event: str, by: Person | None, at: datetime
) -> bool:
    """Take what somebody wrote back by SMS or mail to a message whose answers the police read. Whether it was one.

    ``by`` is the machine that brings it. ``contacts``: those with the number or address it came from, which is proven.
    An answer with the code of a letter
    counts for that letter, whoever sends it. Nobody but the police reads the words; brought again, nothing happens.
    """
    code, own_words = split_off_possible_letter_code(text)
    dispatch = dispatch_of_answer_code(code) if code else None
    if dispatch is not None and (notice := notice_of_message(dispatch.message)) is not None:
        if record_reply_unless_already_taken(event, at):
            _save_answer_within_daily_limit(notice, dispatch.contact, own_words, by=by, at=at)
        return True
    for contact in contacts:
        if contact.confirmed_at is not None and contact.stopped_at is None:
            notices = notices_person_may_answer(contact.person, at=at)
            if notices and _acknowledge_or_keep_answer(contact, notices[0], text, event, by=by, at=at):
                return True
    return False


def _acknowledge_or_keep_answer(
    contact: ContactPoint, notice: Notice, text: str, event: str, *, by: Person | None, at: datetime
) -> bool:
    """Take the words of one person about the message that they most likely mean."""
    if says_message_was_read(text) and can_members_acknowledge(notice, at=at):
        record_notice_read_once(notice=notice, by=contact.person, at=at)
        return True
    if police_office_that_reads_answers(notice, at=at) != Office.POLICE:
        return False
    if record_reply_unless_already_taken(event, at) and _save_answer_within_daily_limit(
        notice, contact, text, by=by, at=at
    ):
        send_receipt_of_answer_to_police(notice, contact, by=by, at=at)
    return True


@transaction.atomic
def save_form_answer_for_police(
    *, notice: Notice, dispatch: Dispatch, text: str, by: Person | None, at: datetime
) -> NoticeAnswer:
    """Keep what somebody wrote in the form of their copy, for the police alone. Raises ``BadWords``.

    The form is for what asks or is answered to the police; the outcome goes to where that copy went.
    """
    answer = _create_answer(notice, dispatch.contact, text, at=at)
    note(verb="notice.answered", by=by, at=at, area="")  # neither who, nor where, nor to what
    return answer


def _save_answer_within_daily_limit(
    notice: Notice, contact: ContactPoint | None, text: str, *, by: Person | None, at: datetime
) -> bool:
    """Keep an answer; not what is empty, nor more than a few of one person a day."""
    lately = NoticeAnswer.objects.filter(contact=contact, at__gt=at - AT_ONCE)
    if contact is not None and lately.count() >= MOST_ANSWERS:
        return False
    try:
        _create_answer(notice, contact, text[:MOST_WORDS], at=at)
    except BadWords:
        return False
    note(verb="notice.answered", by=by, at=at, area="")
    return True


def _create_answer(notice: Notice, contact: ContactPoint | None, text: str, *, at: datetime) -> NoticeAnswer:
    closes_at = answer_closing_time(notice.relayed_at or at, notice.answer_by)
    return NoticeAnswer.objects.create(
        notice=notice,
        person=contact.person if contact else None,
        contact=contact,
        words=normalise_text(text, most=MOST_WORDS, lines=True),
        language=contact.person.language if contact else notice.partnership.languages[0],
        at=at,
        deleted_after=answer_deletion_time(closes_at, at=at),
    )


@transaction.atomic
def record_notice_read_once(*, notice: Notice, by: Person, at: datetime, can_help: bool = False) -> None:
    """Note that the member ``by`` read or heard a message, once; that they can help is kept from then on."""
    row, created = Acknowledgement.objects.get_or_create(
        notice=notice, person=by, defaults={"at": at, "can_help": can_help}
    )
    if can_help and not created and not row.can_help:
        Acknowledgement.objects.filter(pk=row.pk).update(can_help=True)


@transaction.atomic
def record_notice_of_call_heard(*, message: Message, by: Person, at: datetime) -> bool:
    """Note that ``by`` heard a message of the outbox (a key of a call). Whether it carries a notice."""
    notice = notice_of_message(message)
    if notice is not None:
        record_notice_read_once(notice=notice, by=by, at=at)
    return notice is not None


@transaction.atomic
def mark_answers_read_by_police(*, notice: Notice, by: Person, at: datetime) -> None:
    """Note that the police read the answers to a message. Raises ``NotAllowed``."""
    require(by, Permission.QUESTION_POLICE, notice.partnership.area, at=at)
    NoticeAnswer.objects.filter(notice=notice, read_at=None).update(read_at=at, read_by=by)


@transaction.atomic
def delete_old_answers_readings_and_help_calls(*, by: Person | None, at: datetime) -> int:
    """Delete the answers whose time is over, and with the same term who read a message or called for help (R84).

    Answers how many rows.
    """
    number, term = 0, retention_term("answers", KEPT)
    for rows in (
        NoticeAnswer.objects.filter(deleted_after__lte=at + KEPT - term),
        Acknowledgement.objects.filter(at__lte=at - term),
        HelpCall.objects.filter(at__lte=at - term),
    ):
        number += rows.delete()[0]
    if number:
        note(verb="notice.answers_deleted", by=by, at=at, area="", answers=number)
    return number
