"""Pure decisions about what members write back: until when it is asked for, when it is deleted, how it is told."""

import re
from datetime import date, datetime, time, timedelta

from plp.charter.kinds import KINDS
from plp.toolbox.clock import BRUSSELS, local
from plp.toolbox.words import fold

KEPT = timedelta(days=30)  # answers of witnesses after the request closes; calls for help after they were taken
OPEN = timedelta(days=7)  # a message without a deadline is answered so long
MOST_WORDS = 4000
MOST_ANSWERS, AT_ONCE = 10, timedelta(days=1)  # answers of one contact by SMS or mail that are kept
READ_WORDS = frozenset(
    {
        *(
            "ok",
            "lu",
            "vu",
            "recu",
            "entendu",
            "bien recu",
            "bien lu",
            "j ai lu",
            "je l ai lu",
            "message recu",
            "compris",
        ),
        *("gelezen", "gezien", "gehoord", "ontvangen", "begrepen", "goed ontvangen", "ik heb het gelezen"),
        *("gelesen", "gesehen", "gehort", "erhalten", "verstanden", "ich habe es gelesen"),
        *("read", "seen", "heard", "received", "understood", "got it", "i read it"),
    }
)
CODE = re.compile(r"^\s*([2-9a-z]{9,20})\b[\s:,.;-]*", re.IGNORECASE)


def default_last_day_to_answer(kind: str, *, at: datetime) -> date | None:
    """The last day on which answers are asked for, unless the police say another; None for what asks nothing."""
    days = KINDS[kind].answer_days
    return local(at).date() + timedelta(days=days) if days is not None else None


def answer_closing_time(relayed_at: datetime, answer_by: date | None) -> datetime:
    """When a message is answered no more: the end of its last day, or a week after it left."""
    if answer_by is None:
        return relayed_at + OPEN
    return datetime.combine(answer_by + timedelta(days=1), time(), tzinfo=BRUSSELS)


def answer_deletion_time(closes_at: datetime, *, at: datetime) -> datetime:
    """When an answer that came ``at`` is deleted: ``KEPT`` after the message closed, or after a late answer came."""
    return max(closes_at, at) + KEPT


def says_message_was_read(text: str) -> bool:
    """Whether a short reply says that its writer read the message, and nothing more."""
    return fold(text) in READ_WORDS


def split_off_possible_letter_code(text: str) -> tuple[str, str]:
    """The first word of a reply if it may be the code of a letter, and what comes after it.

    Some codes hold no digit, and some words have their letters: the code proves itself.
    """
    match = CODE.match(text)
    if match is None:
        return "", text
    return match[1], text[match.end() :].strip()
