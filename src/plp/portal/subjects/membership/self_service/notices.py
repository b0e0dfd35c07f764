"""A notice as its reader sees it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from plp.charter.kinds import KINDS
from plp.notices.copies import written_language_for_reader
from plp.notices.models import Notice
from plp.notices.queries import easy_texts_of_notice, title_core_and_more_by_language
from plp.notices.states import State


@dataclass(frozen=True)
class NoticeForReader:
    """One message: ``given`` names its language when it is not the reader's own (never silently, R8).

    ``easy`` is the whole of it in easy language, or empty.
    """

    title: str
    core: str
    more: str
    easy: str
    language: str
    given: Any
    kind: Any
    sender: str
    sent_at: datetime | None
    check_code: str
    is_retracted: bool
    is_correction: bool
    is_alarm: bool
    answer_by: date | None
    answer_link: str


def notice_for_reader(notice: Notice, *, language: str, answer_link: str = "") -> NoticeForReader:
    """``notice`` for a reader of ``language``; ``answer_link`` leads to the form of their copy."""
    words = title_core_and_more_by_language(notice)
    given = written_language_for_reader(language, words, tuple(notice.partnership.languages))
    (title, core, more), easy = words[given], easy_texts_of_notice(notice).get(given, "")
    if notice.state == State.RETRACTED and KINDS[notice.kind].needs_reference:
        title, core, more, easy = (
            str(KINDS[notice.kind].label),
            "",
            "",
            "",
        )  # who was looked for is nobody's business now (R125)
    return NoticeForReader(
        title=title,
        core=core,
        more=more,
        easy=easy,
        language=given,
        given=dict(settings.LANGUAGES)[given] if given != language else "",
        kind=KINDS[notice.kind].label,
        sender=notice.partnership.name(language),
        sent_at=notice.relayed_at,
        check_code=notice.relay.message.check_code if hasattr(notice, "relay") else "",
        is_retracted=notice.state == State.RETRACTED,
        is_correction=notice.corrects_id is not None,
        is_alarm=KINDS[notice.kind].urgent,
        answer_by=None if notice.state == State.RETRACTED else notice.answer_by,
        answer_link=answer_link,
    )
