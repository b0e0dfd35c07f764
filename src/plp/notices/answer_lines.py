"""The line of a copy that says until when and how it is answered, or that one can say that it was read (R127)."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from plp.charter.rules import MessageRule
from plp.delivery import pages
from plp.delivery.installed import channels
from plp.delivery.phone_numbers import format_phone_number
from plp.delivery.texts import Slot
from plp.documents.dates import date_format
from plp.notices.models import Notice
from plp.notices.rules.answers import default_last_day_to_answer
from plp.toolbox.texts import text

TEXTS = Path(__file__).parent / "texts"


def how_to_answer_line_for_channel(
    notice: Notice, rule: MessageRule, channel: str, language: str, *, at: datetime
) -> str:
    """The line for one channel in the active language; empty for a message that asks nothing, and for a call.

    A short text has a short link, a letter the code of that letter and where to send it.
    """
    abilities = channels()[channel].abilities
    last_day = notice.answer_by or default_last_day_to_answer(notice.kind, at=at)
    if last_day is None and not rule.acknowledged:
        return ""
    if abilities.spoken or (abilities.by_hand and channel != "paper"):
        return ""
    form = "letter" if abilities.by_hand else "short" if abilities.max_length is not None else "mail"
    if last_day is not None:
        name = f"answer_line_{form}"
    else:
        name = "read_line_sms" if form == "short" and channel in settings.ANSWERED else f"read_line_{form}"
    number = settings.SMS_SENDER if "sms" in settings.ANSWERED and settings.SMS_SENDER.lstrip("+").isdecimal() else ""
    places = {
        "day": date_format(last_day, "SHORT_DATE_FORMAT" if form == "short" else "DATE_FORMAT") if last_day else "",
        "link": pages.NOTICE_ANSWER.link(Slot.ANSWER_CODE),
        "page": pages.NOTICE_ANSWER.link(""),
        "code": Slot.ANSWER_CODE,
        "by_sms": text(TEXTS, "answer_by_sms", language, number=format_phone_number(number)) if number else "",
    }
    return " ".join(text(TEXTS, name, language, **places).split())
