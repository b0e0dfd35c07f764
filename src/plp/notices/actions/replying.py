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
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import within
from plp.notices import refusals
from plp.notices.actions.passing import relay
from plp.notices.codes import code_for, is_locked, open_codes
from plp.notices.models import Notice, ReplyCode, TakenReply
from plp.notices.queries import hash_now, words_of
from plp.notices.rules.reply import MOST_WRONG, Wish, code_in, wish_of
from plp.notices.states import State
from plp.notices.waiting import answer, ask
from plp.people.models import ContactPoint, Person
from plp.toolbox.crypto import digest
from plp.toolbox.moves import Refused, WrongState

KEPT = timedelta(days=30)  # a code or an answer after its time


@dataclass(frozen=True)
class Answerer:
    """Somebody at the number or mailbox from which an answer came, with their open codes."""

    contact: ContactPoint
    codes: Sequence[ReplyCode]

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.contact.person


@transaction.atomic
def take_reply(*, contacts: Sequence[ContactPoint], words: str, event: str, is_proven: bool, at: datetime) -> bool:
    """Do what an answer asks, and say what became of it. Whether it was one for this room.

    ``contacts``: those with the number or address it came from. ``event`` names it: brought again, nothing happens.
    ``is_proven``: a mail whose domain signed it, or the gateway's word for a number; otherwise it leads to a question
    in the registered mailbox and to no act. Somebody without open code or right hears nothing; who names an open
    code in other words is told how to answer.
    """
    wish = wish_of(words)
    people = [Answerer(contact, list(open_codes(contact.person, at=at))) for contact in _proven(contacts)]
    answerers = [one for one in people if one.codes or _may_relay(one.person, at)]
    if wish is None and is_proven and any(code.code == code_in(words) for one in answerers for code in one.codes):
        wish = Wish()
    if wish is None or not answerers:
        return False
    if not _is_new(event, at):
        return True
    if not wish.code:
        for one in answerers:
            _say_what_waits(one, at=at)
        return True
    found = [(one, code) for one in answerers for code in one.codes if secrets.compare_digest(code.code, wish.code)]
    if len(found) == 1:
        _take(*found[0], is_proven=is_proven, at=at)
    elif is_proven:
        _say_wrong(answerers, wish.code, is_ambiguous=bool(found), at=at)
    return True


@transaction.atomic
def confirm_reply(*, code: ReplyCode, by: Person | None, at: datetime) -> int:
    """Pass a message on because its question in the registered mailbox was answered. Answers to how many people.

    ``by`` is whose code it is. Raises what ``relay`` raises, or ``TextChanged``, ``WrongState``.
    """
    return _relay(code, by=code.person if by is None else by, way="question", at=at)


@transaction.atomic
def forget_codes(*, by: Person | None, at: datetime) -> int:
    """Delete codes and names of answers whose time is long over (R84). Answers how many."""
    old = at - KEPT
    codes, _rows = ReplyCode.objects.filter(expires_at__lt=old).delete()
    taken, _rows = TakenReply.objects.filter(at__lt=old).delete()
    if codes or taken:
        note(verb="notice.codes_forgotten", by=by, at=at, area="", codes=codes, answers=taken)
    return codes + taken


def _proven(contacts: Sequence[ContactPoint]) -> list[ContactPoint]:
    """Those that are registered and proven: nobody acts from a number that was stopped or never confirmed."""
    return [contact for contact in contacts if contact.confirmed_at and not contact.stopped_at]


def _may_relay(person: Person, at: datetime) -> bool:
    return within(person, Permission.NOTICE_RELAY, at=at).exists()


def _is_new(event: str, at: datetime) -> bool:
    """Whether this answer was not taken before; an empty name always is new."""
    if not event:
        return True
    key = digest(event, purpose="reply")
    return TakenReply.objects.get_or_create(event=key, defaults={"at": at})[1]


def _take(one: Answerer, code: ReplyCode, *, is_proven: bool, at: datetime) -> None:
    """The right code: relay, or ask first. The answer is a receipt, or why not."""
    with translation.override(one.person.language):
        if is_locked(code):
            answer(one.contact, _locked(), at=at)
            return
        if not is_proven:
            ask(one.contact, code, at=at)
            return
        is_receipt = False
        try:
            with transaction.atomic():
                people = _relay(code, by=one.person, way=one.contact.channel, at=at)
        except WrongState:
            sentence = _("This message was already passed on or withdrawn. Nothing was sent now.")
        except Refused as refusal:
            sentence = refusal.in_words()
        else:
            sentence = ngettext("Relayed to %d person.", "Relayed to %d people.", people) % people
            is_receipt = True
        answer(one.contact, f"{_name(code.notice, one.person.language)} {sentence}", at=at, always=is_receipt)


def _relay(code: ReplyCode, *, by: Person, way: str, at: datetime) -> int:
    """The same checks as on the page, and two more: the code is unused, the words are those that were sent with it."""
    if not ReplyCode.objects.filter(pk=code.pk, used_at=None, expires_at__gt=at).update(used_at=at):
        raise WrongState
    notice = code.notice
    if not code.text_hash == notice.release.text_hash == hash_now(notice, words_of(notice)):
        raise refusals.TextChanged
    people = relay(notice=notice, by=by, at=at)
    note(verb="notice.relayed_by_answer", by=by, at=at, area=notice.partnership.area.path, target=notice, way=way)
    return people


def _say_what_waits(one: Answerer, *, at: datetime) -> None:
    """One line a message, with its code: those that came before the person stood in get a code now."""
    language, person = one.person.language, one.person
    areas = within(person, Permission.NOTICE_RELAY, at=at)
    waiting = Notice.objects.filter(partnership__area__in=areas, state=State.RELEASED).exclude(expires_at__lte=at)
    waiting = waiting.select_related("partnership__area", "release").prefetch_related("texts").order_by("release__at")
    with translation.override(language):
        lines = [_line(code_for(notice, person, at=at), language) for notice in waiting[:5]]
        answer(one.contact, "\n".join(lines) or _("No message from the police is waiting for you."), at=at)


def _line(code: ReplyCode, language: str) -> str:
    name = _name(code.notice, language)
    if is_locked(code):
        return f"{name} {_locked()}"
    return f"{name} " + _("To pass it on, answer: OK %(code)s") % {"code": code.code}


def _name(notice: Notice, language: str) -> str:
    """How an answer names a message: its kind and partnership in the active language, none of its words."""
    return f"{KINDS[notice.kind].label}, {notice.partnership.name(language)}:"


def _say_wrong(answerers: Sequence[Answerer], digits: str, *, is_ambiguous: bool, at: datetime) -> None:
    """Count a wrong code against all that waits there; say how many tries are left; an old code is told as such."""
    for one in answerers:
        with translation.override(one.person.language):
            if is_ambiguous:
                sentence = _("Two people answer from here with this code. Open your page to pass the message on.")
            elif _was_used(one.person, digits):
                sentence = _("This message was already passed on or withdrawn. Nothing was sent now.")
            elif not one.codes:
                sentence = _("No message from the police is waiting for you.")
            else:
                sentence = _count_wrong(one)
            answer(one.contact, sentence, at=at)


def _was_used(person: Person, digits: str) -> bool:
    """Whether it is the code of a message that this person passed on, or that was withdrawn, of late."""
    known = ReplyCode.objects.filter(person=person).exclude(used_at=None, notice__state=State.RELEASED)
    return any(code.code == digits for code in known)


def _count_wrong(one: Answerer) -> str:
    """One wrong code more; three lock what waits."""
    tries = max(code.wrong for code in one.codes) + 1
    ReplyCode.objects.filter(pk__in=[code.pk for code in one.codes]).update(wrong=min(tries, MOST_WRONG))
    left = MOST_WRONG - tries
    if left <= 0:
        return _locked()
    return (
        ngettext(
            "This code is not right. %d more answer is taken.",
            "This code is not right. %d more answers are taken.",
            left,
        )
        % left
    )


def _locked() -> str:
    return _("Too many wrong codes: answers are no longer taken for this. Open your page to pass the message on.")
