"""Passing a message on by an answer: from the registered, proven number or mailbox, with its code (R41, R51, T3)."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.charter.kinds import KINDS
from plp.delivery.queries import first_scheduled_times
from plp.documents.dates import date_format
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import permitted_areas
from plp.notices import refusals
from plp.notices.actions.release_and_relay import relay_notice_to_members
from plp.notices.actions.taken_replies import record_reply_unless_already_taken
from plp.notices.models import Notice, Relay, ReplyCode, TakenReply
from plp.notices.queries import (
    has_notice_ended,
    hash_of_current_content,
    heading_of_loaded_notice,
    title_core_and_more_by_language,
)
from plp.notices.relay_letters import send_reply_confirmation_request, send_reply_outcome_within_limit
from plp.notices.reply_codes import get_or_create_reply_code, is_reply_code_locked, reply_codes_awaiting_answer
from plp.notices.rules.reply import MOST_WRONG, ReplyWish, lone_four_digit_code_in_reply, parse_relay_wish
from plp.notices.states import State
from plp.people.models import ContactPoint, Person
from plp.people.retention_terms import retention_term
from plp.toolbox.clock import local
from plp.toolbox.moves import Refused, WrongState
from plp.toolbox.words import colon

KEPT = timedelta(days=30)  # a code or an answer after its time


@dataclass(frozen=True)
class AnsweringPerson:
    """Somebody at the number or mailbox from which an answer came, with their open codes."""

    contact: ContactPoint
    codes: Sequence[ReplyCode]

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.contact.person


@transaction.atomic
def relay_by_code_reply_and_answer(
    *, contacts: Sequence[ContactPoint], text: str, event: str, is_proven: bool, at: datetime
) -> bool:
    """Do what an answer asks, and say what became of it. Whether it was one for this room.

    ``contacts``: those with the number or address it came from. ``event`` names it: brought again, nothing happens.
    ``is_proven``: a mail whose domain signed it, or the gateway's word for a number; otherwise it leads to a question
    in the registered mailbox and to no act. Somebody without open code or right hears nothing; who names an open
    code in other words is told how to answer.
    """
    wish = parse_relay_wish(text)
    people = [
        AnsweringPerson(contact, list(reply_codes_awaiting_answer(contact.person, at=at)))
        for contact in _confirmed_unstopped_contacts(contacts)
    ]
    answerers = [
        answerer
        for answerer in people
        if answerer.codes or permitted_areas(answerer.person, Permission.NOTICE_RELAY, at=at).exists()
    ]
    if (
        wish is None
        and is_proven
        and any(code.code == lone_four_digit_code_in_reply(text) for answerer in answerers for code in answerer.codes)
    ):
        wish = ReplyWish()
    if wish is None or not answerers:
        return False
    if not record_reply_unless_already_taken(event, at):
        return True
    if not wish.code:
        for answerer in answerers:
            _send_list_of_waiting_notices(answerer, at=at)
        return True
    matches = [
        (answerer, code)
        for answerer in answerers
        for code in answerer.codes
        if secrets.compare_digest(code.code, wish.code)
    ]
    if len(matches) == 1:
        _relay_or_ask_and_send_outcome(*matches[0], is_proven=is_proven, at=at)
    elif is_proven:
        _refuse_wrong_code(answerers, wish.code, is_ambiguous=bool(matches), at=at)
    return True


@transaction.atomic
def relay_reply_confirmed_by_mail(*, code: ReplyCode, by: Person | None, at: datetime) -> int:
    """Pass a message on because its question in the registered mailbox was answered. Answers to how many people.

    ``by`` is whose code it is. Raises what ``relay`` raises, or ``TextChanged``, ``WrongState``.
    """
    return _relay_by_code(code, by=code.person if by is None else by, via="question", at=at)


@transaction.atomic
def delete_old_reply_codes_and_events(*, by: Person | None, at: datetime) -> int:
    """Delete codes and names of answers whose time is long over (R84). Answers how many."""
    old = at - retention_term("reply_codes", KEPT)
    codes, _rows = ReplyCode.objects.filter(expires_at__lt=old).delete()
    taken, _rows = TakenReply.objects.filter(at__lt=old).delete()
    if codes or taken:
        note(verb="notice.codes_forgotten", by=by, at=at, area="", codes=codes, answers=taken)
    return codes + taken


def _confirmed_unstopped_contacts(contacts: Sequence[ContactPoint]) -> list[ContactPoint]:
    """Those that are registered and proven: nobody acts from a number that was stopped or never confirmed."""
    return [contact for contact in contacts if contact.confirmed_at and not contact.stopped_at]


def _relay_or_ask_and_send_outcome(
    answerer: AnsweringPerson, code: ReplyCode, *, is_proven: bool, at: datetime
) -> None:
    """The right code: relay, or ask first. The answer is a receipt, or why not."""
    with translation.override(answerer.person.language):
        if is_reply_code_locked(code):
            send_reply_outcome_within_limit(answerer.contact, _locked_sentence(), at=at)
            return
        if not is_proven:
            send_reply_confirmation_request(answerer.contact, code, at=at)
            return
        is_receipt = False
        try:
            with transaction.atomic():
                people = _relay_by_code(code, by=answerer.person, via=answerer.contact.channel, at=at)
        except WrongState:
            sentence = _("This message was already passed on or withdrawn. Nothing was sent now.")
        except Refused as refusal:
            sentence = refusal.in_words()
        else:
            sentence = _sentence_of_relay_outcome(code.notice, people)
            is_receipt = True
        send_reply_outcome_within_limit(
            answerer.contact,
            f"{_kind_and_quarter(code.notice, answerer.person.language)} {sentence}",
            at=at,
            always=is_receipt,
        )


def _sentence_of_relay_outcome(notice: Notice, people: int) -> str:
    """To how many it was passed on, and when it leaves where it waits for its hour."""
    sentence = ngettext("Relayed to %d person.", "Relayed to %d people.", people) % people
    waits_until = min(first_scheduled_times(Relay.objects.get(notice=notice).message).values(), default=None)
    if waits_until is None:
        return sentence
    moment = date_format(local(waits_until), "DATETIME_FORMAT")
    return f"{sentence} " + _("It leaves at %(moment)s.") % {"moment": moment}


def _relay_by_code(code: ReplyCode, *, by: Person, via: str, at: datetime) -> int:
    """The same checks as on the page, and two more: the code is unused, the words are those that were sent with it."""
    if not ReplyCode.objects.filter(pk=code.pk, used_at=None, expires_at__gt=at).update(used_at=at):
        raise WrongState
    notice = code.notice
    if (
        not code.text_hash
        == notice.release.text_hash
        == hash_of_current_content(notice, title_core_and_more_by_language(notice))
    ):
        raise refusals.TextChanged
    people = relay_notice_to_members(notice=notice, by=by, at=at)
    note(verb="notice.relayed_by_answer", by=by, at=at, area=notice.partnership.area.path, target=notice, way=via)
    return people


def _send_list_of_waiting_notices(answerer: AnsweringPerson, *, at: datetime) -> None:
    """One line a message, with its code: those that came before the person stood in get a code now."""
    language, person = answerer.person.language, answerer.person
    areas = permitted_areas(person, Permission.NOTICE_RELAY, at=at)
    waiting = Notice.objects.filter(partnership__area__in=areas, state=State.RELEASED)
    waiting = waiting.select_related("partnership__area", "release").prefetch_related("texts").order_by("release__at")
    with translation.override(language):
        alive = [notice for notice in waiting if not has_notice_ended(notice, at=at)]
        lines = [_waiting_line(get_or_create_reply_code(notice, person, at=at), language) for notice in alive[:5]]
        send_reply_outcome_within_limit(
            answerer.contact, "\n".join(lines) or _("No message from the police is waiting for you."), at=at
        )


def _waiting_line(code: ReplyCode, language: str) -> str:
    title = heading_of_loaded_notice(code.notice).title(code.notice, language)
    name = f"{title} – {_kind_and_quarter(code.notice, language)}"
    if is_reply_code_locked(code):
        return f"{name} {_locked_sentence()}"
    return f"{name} " + _("To pass it on, answer: OK %(code)s") % {"code": code.code}


def _kind_and_quarter(notice: Notice, language: str) -> str:
    """How an answer names a message: its kind and partnership in the active language, none of its words."""
    return f"{KINDS[notice.kind].label}, {notice.partnership.name(language)}{colon(language)}"


def _refuse_wrong_code(answerers: Sequence[AnsweringPerson], digits: str, *, is_ambiguous: bool, at: datetime) -> None:
    """Count a wrong code against all that waits there; say how many tries are left; an old code is told as such."""
    for answerer in answerers:
        with translation.override(answerer.person.language):
            if is_ambiguous:
                sentence = _("Two people answer from here with this code. Open your page to pass the message on.")
            elif _is_used_code(answerer.person, digits):
                sentence = _("This message was already passed on or withdrawn. Nothing was sent now.")
            elif not answerer.codes:
                sentence = _("No message from the police is waiting for you.")
            else:
                sentence = _count_wrong_code_and_phrase_it(answerer)
            send_reply_outcome_within_limit(answerer.contact, sentence, at=at)


def _is_used_code(person: Person, digits: str) -> bool:
    """Whether it is the code of a message that this person passed on, or that was withdrawn, of late."""
    used_codes = ReplyCode.objects.filter(person=person).exclude(used_at=None, notice__state=State.RELEASED)
    return any(code.code == digits for code in used_codes)


def _count_wrong_code_and_phrase_it(answerer: AnsweringPerson) -> str:
    """One wrong code more; three lock what waits."""
    tries = max(code.wrong for code in answerer.codes) + 1
    ReplyCode.objects.filter(pk__in=[code.pk for code in answerer.codes]).update(wrong=min(tries, MOST_WRONG))
    tries_left = MOST_WRONG - tries
    if tries_left <= 0:
        return _locked_sentence()
    return (
        ngettext(
            "This code is not right. %d more answer is taken.",
            "This code is not right. %d more answers are taken.",
            tries_left,
        )
        % tries_left
    )


def _locked_sentence() -> str:
    return _("Too many wrong codes: answers are no longer taken for this. Open your page to pass the message on.")
