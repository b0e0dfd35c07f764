"""The journey of one message, by the same actions as the pages: written, checked, released, relayed, delivered."""

from datetime import datetime, timedelta

from plp.charter.kinds import KINDS
from plp.delivery.models import Message
from plp.demo.message_texts import DemoMessage
from plp.demo.quarter import Quarter
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.notices.queries import check_texts_in_every_language, title_core_and_more_by_language
from plp.people.models import Person


def write_and_submit(quarter: Quarter, message: DemoMessage, *, at: datetime, answers: Notice | None = None) -> Notice:
    """The officer writes the message in the languages of the quarter and offers it for release."""
    notice = write_draft(quarter, message, at=at, answers=answers)
    notices.submit_notice_for_release(notice=notice, by=quarter.officer, at=at)
    return notice


def write_draft(quarter: Quarter, message: DemoMessage, *, at: datetime, answers: Notice | None = None) -> Notice:
    """The officer writes the message and keeps it as a draft."""
    kind = KINDS[message.kind]
    notice = notices.create_notice_draft(
        partnership=quarter.partnership,
        kind=message.kind,
        reason=message.reason,
        answers=answers,
        by=quarter.officer,
        at=at,
    )
    notices.set_details_of_draft(
        notice=notice,
        reason=message.reason,
        expires_at=at + timedelta(minutes=kind.expiry_minutes) if kind.expiry_minutes else None,
        official_reference=f"{at:%Y}/0{at:%m%d}" if kind.needs_reference else "",
        keeps_secrecy=True,
        prosecutor_consulted_on=None,
        by=quarter.officer,
        at=at,
    )
    for language in quarter.setting.languages:
        title, core, more = message.texts[language]
        notices.write_text_and_drop_composition(
            notice=notice, language=language, title=title, core=core, more=more, by=quarter.officer, at=at
        )
    return notice


def release_notice(quarter: Quarter, notice: Notice, *, at: datetime) -> None:
    """The second officer reads it, proves who they are, and lets exactly this text go."""
    notices.release_text_as_second_person(
        notice=notice, text_hash=notice.text_hash, proven_at=at, by=quarter.second_officer, at=at
    )
    notice.refresh_from_db()


def relay_notice(quarter: Quarter, notice: Notice, *, at: datetime, by: Person | None = None) -> Message:
    """The coordinator, or whoever does it in their place, opens it and passes it on."""
    notices.record_notice_opened_by_coordinator(notice=notice, by=by or quarter.coordinator, at=at, acknowledge=True)
    notices.relay_notice_to_members(notice=notice, by=by or quarter.coordinator, at=at)
    return notice.relay.message


def write_release_and_relay_notice(
    quarter: Quarter, message: DemoMessage, *, at: datetime, answers: Notice | None = None
) -> Notice:
    """All of it at one moment."""
    notice = write_and_submit(quarter, message, at=at, answers=answers)
    release_notice(quarter, notice, at=at)
    relay_notice(quarter, notice, at=at)
    return notice


def list_rules_holding_draft_and_drop_it(quarter: Quarter, words: str, *, at: datetime) -> set[str]:
    """Write a text that breaks the law into a draft, give the rules that hold it, and drop the draft."""
    language = quarter.setting.languages[0]
    message = DemoMessage("alarm", "threat", dict.fromkeys(quarter.setting.languages, ("Test", words, "")))
    notice = write_draft(quarter, message, at=at)
    rules = {
        judged.finding.rule
        for judged in check_texts_in_every_language(notice, title_core_and_more_by_language(notice), two_readers=True)
        if judged.blocks and judged.language == language
    }
    notices.drop_draft_and_free_infoflash_items(notice=notice, by=quarter.officer, at=at)
    return rules
