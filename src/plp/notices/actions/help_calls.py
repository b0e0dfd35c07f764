"""Somebody needs help: a cry is answered at once, and each call is red on the desk until somebody takes it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from plp.delivery.models import Dispatch, Message
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import NotAllowed, may
from plp.membership.queries import partnerships_of_member
from plp.notices.actions.taken_replies import record_reply_unless_already_taken
from plp.notices.answer_letters import CRY, mail_help_call_to_desks, send_whom_to_call_to_crying_person
from plp.notices.models import HelpCall, Notice
from plp.notices.queries.answers import notice_of_message, notices_person_may_answer
from plp.notices.rules.answers import MOST_WORDS
from plp.partnership.gates import require_living
from plp.partnership.models import Partnership
from plp.people.models import ContactPoint, Person
from plp.toolbox.moves import WrongState
from plp.wording.cries import is_cry_for_help

AGAIN, MOST_ANSWERED = (
    timedelta(hours=1),
    3,
)  # who calls again meanwhile has one open call; a contact is answered so often
CRY_DESKS = (Permission.QUESTION_COORDINATOR, Permission.QUESTION_POLICE)
CRY_CAUSES = (HelpCall.Cause.CRY, HelpCall.Cause.DRILL)


@transaction.atomic
def open_help_call_and_mail_coordinator(*, message: Message, channel: str, by: Person, at: datetime) -> HelpCall | None:
    """Put "I need help, call me" of ``by`` on the coordinator's desk, red, and write to the coordinator.

    ``message``: the one of the outbox that they answer, by ``channel``. Asked again within the hour it stays one call.
    Answers the call; None for a message that carries no notice.
    """
    notice = notice_of_message(message)
    if notice is None:
        return None
    return _get_or_open_help_call_and_mail_desks(
        notice.partnership, by, HelpCall.Cause.CALL_ME, notice=notice, channel=channel, at=at
    )


@transaction.atomic
def answer_cry_for_help_if_one(
    *, contacts: Sequence[ContactPoint], text: str, event: str, by: Person | None, at: datetime
) -> bool:
    """Answer a cry for help at once with whom to call, and show it red to coordinator and police. Whether it was one.

    ``by`` is the machine that brings it. ``contacts``: those with the number or address it came from, proven or not.
    Brought again, nothing happens.
    """
    if not contacts or not is_cry_for_help(text):
        return False
    for contact in contacts:
        partnerships = _partnerships_to_alert_for_person(contact.person, at=at)
        if partnerships:
            if record_reply_unless_already_taken(event, at):
                _answer_cry_and_open_calls(contact, partnerships, text, by=by, at=at)
            return True
    return False


@transaction.atomic
def answer_typed_cry_for_help_if_one(*, contact: ContactPoint, text: str, by: Person | None, at: datetime) -> bool:
    """Answer a cry for help that ``contact`` typed in the form of a message, and show it red, as one by SMS. Whether it
    was one.
    """
    partnerships = _partnerships_to_alert_for_person(contact.person, at=at) if is_cry_for_help(text) else []
    if partnerships:
        _answer_cry_and_open_calls(contact, partnerships, text, by=by, at=at)
    return bool(partnerships)


def _answer_cry_and_open_calls(
    contact: ContactPoint, partnerships: Sequence[Partnership], text: str, *, by: Person | None, at: datetime
) -> None:
    """Answer once, and open the call on the desks of each partnership."""
    lately = Dispatch.objects.filter(contact=contact, message__purpose=CRY.purpose, queued_at__gt=at - AGAIN)
    if lately.count() < MOST_ANSWERED:
        send_whom_to_call_to_crying_person(partnerships[0], contact, by=by, at=at)
    newest = {notice.partnership_id: notice for notice in reversed(notices_person_may_answer(contact.person, at=at))}
    for partnership in partnerships:
        _get_or_open_help_call_and_mail_desks(
            partnership,
            contact.person,
            HelpCall.Cause.CRY,
            notice=newest.get(partnership.pk),
            channel=contact.channel,
            text=text[:MOST_WORDS],
            at=at,
        )


@transaction.atomic
def start_drill_of_cry_for_help(*, partnership: Partnership, by: Person, at: datetime) -> HelpCall:
    """Put a drill of a cry on the desks of a partnership, to see how long it takes until somebody takes it.

    Raises ``NotAllowed``, or ``WrongState`` while one is open.
    """
    if not any(may(by, permission, partnership.area, at=at) for permission in CRY_DESKS):
        raise NotAllowed
    require_living(partnership)
    if HelpCall.objects.filter(partnership=partnership, cause=HelpCall.Cause.DRILL, taken_at=None).exists():
        raise WrongState
    return _get_or_open_help_call_and_mail_desks(partnership, by, HelpCall.Cause.DRILL, notice=None, channel="", at=at)


@transaction.atomic
def mark_help_call_taken(*, call: HelpCall, by: Person, at: datetime) -> None:
    """Say that one sees to it: it is red nowhere any more. Raises ``NotAllowed`` or ``WrongState``.

    A drill is not taken by whoever started it.
    """
    desks = CRY_DESKS if call.cause in CRY_CAUSES else CRY_DESKS[:1]
    is_own_drill = call.cause == HelpCall.Cause.DRILL and call.person_id == by.pk
    if is_own_drill or not any(may(by, permission, call.partnership.area, at=at) for permission in desks):
        raise NotAllowed
    if not HelpCall.objects.filter(pk=call.pk, taken_at=None).update(taken_at=at, taken_by=by):
        raise WrongState
    twins = HelpCall.objects.filter(person=call.person_id, cause=call.cause, at=call.at, taken_at=None)
    others = list(twins.select_related("partnership__area"))
    twins.update(taken_at=at, taken_by=by)
    seconds = int((at - call.at).total_seconds())
    for taken in (call, *others):
        area = taken.partnership.area.path
        note(verb="help_call.taken", by=by, at=at, area=area, target=taken, cause=call.cause, seconds=seconds)


def _partnerships_to_alert_for_person(person: Person, *, at: datetime) -> list[Partnership]:
    """Whose help is called for: wherever they are a member, else where the last message to them came from."""
    partnerships = list(partnerships_of_member(person).order_by("key"))
    if partnerships:
        return partnerships
    notices = notices_person_may_answer(person, at=at)
    newest = max(notices, key=lambda notice: notice.relayed_at or notice.created_at, default=None)
    return [newest.partnership] if newest else []


def _get_or_open_help_call_and_mail_desks(
    partnership: Partnership,
    person: Person,
    cause: HelpCall.Cause,
    *,
    notice: Notice | None,
    channel: str,
    text: str = "",
    at: datetime,
) -> HelpCall:
    """The open call of ``person``, or a new one, of which the desks are told."""
    calls = HelpCall.objects.filter(partnership=partnership, person=person, cause=cause, taken_at=None)
    call = calls.filter(at__gt=at - AGAIN).first()
    if call is not None:
        return call
    call = HelpCall.objects.create(
        partnership=partnership, person=person, cause=cause, notice=notice, channel=channel, words=text, at=at
    )
    mail_help_call_to_desks(call, at=at)
    note(verb="help_call.opened", by=None, at=at, area=partnership.area.path, target=call, cause=cause.value)
    return call
