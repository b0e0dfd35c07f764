"""The codes of waiting messages: made, found, proven by a link."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from plp.delivery import pages
from plp.notices.models import Notice, ReplyCode
from plp.notices.queries import time_notice_ends
from plp.notices.rules.reply import LENGTH, MOST_WRONG
from plp.notices.states import State
from plp.people.models import Person
from plp.toolbox.crypto import is_valid_signature, sign

LASTS = timedelta(days=3)  # of a message without an end
PURPOSE = "reply-code"


def get_or_create_reply_code(notice: Notice, person: Person, *, at: datetime) -> ReplyCode:
    """The code of ``person`` for a released notice: the one they have, else a new one, unlike their open others."""
    code = ReplyCode.objects.filter(notice=notice, person=person).first()
    if code is not None:
        return code
    taken = {other.code for other in reply_codes_awaiting_answer(person, at=at)}
    digits = next(digits for digits in iter(_random_digits, "") if digits not in taken)
    return ReplyCode.objects.get_or_create(
        notice=notice,
        person=person,
        defaults={
            "code": digits,
            "text_hash": notice.release.text_hash,
            "made_at": at,
            "expires_at": time_notice_ends(notice, at=at) or at + LASTS,
        },
    )[0]


def _random_digits() -> str:
    return f"{secrets.randbelow(10**LENGTH):0{LENGTH}}"


def reply_codes_awaiting_answer(person: Person, *, at: datetime) -> QuerySet[ReplyCode]:
    """The codes of ``person`` that still wait for their answer, the oldest first; locked ones too."""
    mine = ReplyCode.objects.filter(person=person, used_at=None, expires_at__gt=at, notice__state=State.RELEASED)
    return mine.select_related("notice__partnership__area", "notice__release", "person").order_by("made_at", "pk")


def is_reply_code_locked(code: ReplyCode) -> bool:
    """Whether too many wrong codes came: then it is passed on by page or phone alone."""
    return code.wrong >= MOST_WRONG


def reply_confirmation_link(code: ReplyCode) -> str:
    """The page on which an answer that was not proven is confirmed. It opens with one question (T7)."""
    return pages.RELAY_ANSWER.link(code.pk, sign(code.pk.hex, purpose=PURPOSE))


def reply_code_of_signed_link(key: UUID, signature: str, *, at: datetime) -> ReplyCode | None:
    """The code behind such a link, used or not; None for a forged or outlived one."""
    if not is_valid_signature(key.hex, signature, purpose=PURPOSE):
        return None
    rows = ReplyCode.objects.filter(pk=key, expires_at__gt=at).prefetch_related("notice__texts")
    return rows.select_related("notice__partnership__area", "notice__release", "notice__relay", "person").first()
