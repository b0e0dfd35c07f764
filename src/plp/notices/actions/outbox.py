"""What leaves: released words wait for the coordinator or go directly, and become rows of the outbox."""

from datetime import datetime

from plp.charter.kinds import KINDS
from plp.charter.rules import MessageRule, next_sending_time
from plp.delivery import actions as delivery
from plp.delivery.installed import add_preceding_channels
from plp.journal.actions import note
from plp.membership.firms import contact_order_by_opening_hours, openings_of_closed_shops
from plp.notices import refusals
from plp.notices.actions.gates import move_notice_state_or_name_rival
from plp.notices.copies import message_texts_by_channel_and_language
from plp.notices.models import Notice, Relay, Release
from plp.notices.queries import (
    check_texts_in_every_language,
    contacts_of_notice_audience,
    does_notice_end_before_leaving,
    hash_of_current_content,
    is_official_and_prosecutor_consulted,
    time_notice_ends,
    title_core_and_more_by_language,
)
from plp.notices.queries.answers import contacts_of_answerers
from plp.notices.relay_letters import send_notice_to_coordinators_for_relay
from plp.notices.rules.answers import default_last_day_to_answer
from plp.notices.rules.release import earliest_sending_time
from plp.notices.states import State
from plp.people.models import Person


def release_and_relay_at_once_if_plan_says(
    notice: Notice, rule: MessageRule, *, proven_at: datetime, by: Person, at: datetime
) -> None:
    """Release the words that were offered: then they wait for the coordinator, or go directly, by the plan.

    Raises ``EndsBeforeSending`` where they would be over before the plan lets them leave.
    """
    if does_notice_end_before_leaving(notice, at=at):
        raise refusals.EndsBeforeSending
    move_notice_state_or_name_rival(notice, State.RELEASED, by=by)
    Release.objects.create(notice=notice, by=by, at=at, proven_at=proven_at, text_hash=notice.text_hash)
    area, words = notice.partnership.area.path, notice.text_hash
    note(verb="notice.released", by=by, at=at, area=area, target=notice, text_hash=words)
    shown = (
        {
            judged.finding.rule
            for judged in check_texts_in_every_language(notice, title_core_and_more_by_language(notice))
        }
        if is_official_and_prosecutor_consulted(notice)
        else ()
    )
    if shown:
        reference = notice.official_reference
        note(verb="notice.as_written", by=by, at=at, area=area, target=notice, reference=reference, rules=sorted(shown))
    if rule.route == "direct" or notice.corrects_id:
        relay_and_queue_copies(notice, rule, by=None, at=at)
    else:
        send_notice_to_coordinators_for_relay(notice, by=by, at=at)


def relay_and_queue_copies(notice: Notice, rule: MessageRule, *, by: Person | None, at: datetime) -> int:
    """Write the outbox rows of a released notice; only the released words can leave (T43)."""
    ends_at = time_notice_ends(notice, at=at)
    if ends_at is not None and ends_at <= at:
        raise refusals.AlreadyExpired
    ready_at = earliest_sending_time(notice.send_at, at)
    due_at = next_sending_time(rule, ready_at)
    if ends_at is not None and ends_at <= due_at:
        raise refusals.EndsBeforeHours
    texts = title_core_and_more_by_language(notice)
    if notice.release.text_hash != hash_of_current_content(notice, texts):
        raise refusals.TextChanged
    if notice.answer_by is None:
        notice.answer_by = default_last_day_to_answer(notice.kind, at=ready_at)
    move_notice_state_or_name_rival(notice, State.RELAYED, by=by, relayed_at=at, answer_by=notice.answer_by)
    message = delivery.create_message(
        purpose=f"notice.{notice.kind}",
        subject_id=notice.pk,
        area=notice.partnership.area.path,
        texts=message_texts_by_channel_and_language(notice, rule, texts, at=at),
        channels=add_preceding_channels(rule.channels),
        urgent=KINDS[notice.kind].urgent,
        expires_at=ends_at,
        by=by,
        at=at,
    )
    queued = 0
    if notice.answers:  # those who answered hear the outcome by the way they answered
        queued = delivery.enqueue_copy_for_each_person(
            message=message, contacts=contacts_of_answerers(notice.answers), at=at, due_at=due_at
        )
    queued += delivery.enqueue_copy_for_each_person(
        message=message,
        contacts=contacts_of_notice_audience(notice),
        at=at,
        due_at=due_at,
        order_first=contact_order_by_opening_hours(notice.partnership, at=due_at),
        spoken_from=openings_of_closed_shops(notice.partnership, at=due_at),
    )
    Relay.objects.create(notice=notice, by=by, at=at, message=message, audience=queued, is_direct=by is None)
    note(verb="notice.relayed", by=by, at=at, area=notice.partnership.area.path, target=notice, recipients=queued)
    return queued
