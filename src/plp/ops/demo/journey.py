"""The journey of one message, by the same actions as the pages: written, checked, released, relayed, delivered."""

from datetime import datetime, timedelta

from plp.charter.kinds import KINDS
from plp.delivery.models import Message
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.notices.queries import judge, words_of
from plp.ops.demo.stage import Stage
from plp.ops.demo.story import Told
from plp.people.models import Person


def write(stage: Stage, told: Told, *, at: datetime, answers: Notice | None = None) -> Notice:
    """The officer writes the message in the languages of the quarter and offers it for release."""
    notice = draft(stage, told, at=at, answers=answers)
    notices.submit(notice=notice, by=stage.officer, at=at)
    return notice


def draft(stage: Stage, told: Told, *, at: datetime, answers: Notice | None = None) -> Notice:
    """The officer writes the message and keeps it as a draft."""
    kind = KINDS[told.kind]
    notice = notices.draft(
        partnership=stage.partnership, kind=told.kind, reason=told.reason, answers=answers, by=stage.officer, at=at
    )
    notices.describe(
        notice=notice,
        reason=told.reason,
        expires_at=at + timedelta(minutes=kind.expiry_minutes) if kind.expiry_minutes else None,
        official_reference=f"{at:%Y}/0{at:%m%d}" if kind.needs_reference else "",
        keeps_secrecy=True,
        prosecutor_consulted_on=None,
        by=stage.officer,
        at=at,
    )
    for language in stage.setting.languages:
        title, core, more = told.texts[language]
        notices.write(notice=notice, language=language, title=title, core=core, more=more, by=stage.officer, at=at)
    return notice


def release(stage: Stage, notice: Notice, *, at: datetime) -> None:
    """The second officer reads it, proves who they are, and lets exactly this text go."""
    notices.release(notice=notice, text_hash=notice.text_hash, proven_at=at, by=stage.second_officer, at=at)
    notice.refresh_from_db()


def relay(stage: Stage, notice: Notice, *, at: datetime, by: Person | None = None) -> Message:
    """The coordinator, or whoever does it in their place, opens it and passes it on."""
    notices.see(notice=notice, by=by or stage.coordinator, at=at, acknowledge=True)
    notices.relay(notice=notice, by=by or stage.coordinator, at=at)
    return notice.relay.message


def whole(stage: Stage, told: Told, *, at: datetime, answers: Notice | None = None) -> Notice:
    """All of it at one moment."""
    notice = write(stage, told, at=at, answers=answers)
    release(stage, notice, at=at)
    relay(stage, notice, at=at)
    return notice


def held_rules(stage: Stage, words: str, *, at: datetime) -> set[str]:
    """Write a text that breaks the law into a draft, give the rules that hold it, and drop the draft."""
    language = stage.setting.languages[0]
    told = Told("alarm", "threat", dict.fromkeys(stage.setting.languages, ("Test", words, "")))
    notice = draft(stage, told, at=at)
    held = {one.finding.rule for one in judge(notice, words_of(notice)) if one.blocks and one.language == language}
    notices.drop(notice=notice, by=stage.officer, at=at)
    return held
