"""A history of some weeks, as it would look: messages that were delivered long ago, and work that waits today."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Greatest

from plp.delivery import actions as delivery
from plp.delivery.models import Dispatch, Message
from plp.delivery.states import State
from plp.demo.founding_texts import IDEA, OTHER_STREET
from plp.demo.message_texts import ADVICE, ALARM, FEEDBACK, REQUEST, DemoMessage, with_street
from plp.demo.notice_journey import relay_notice, release_notice, write_and_submit
from plp.demo.quarter import Quarter
from plp.demo.year.copy_outcomes import settle_copies_of_message
from plp.demo.year.message_texts import GARAGES
from plp.demo.year.requests_and_meetings import ask_open_request
from plp.launch.actions import ideas
from plp.launch.models import Idea
from plp.membership import actions as memberships
from plp.notices.models import Notice
from plp.places.queries import municipality_of
from plp.toolbox.clock import local


def add_recent_weeks(quarter: Quarter, *, at: datetime) -> None:
    """The last weeks, then pending work for each role: an alarm without feedback, a release, a relay, and three people
    who ask to join. Where a quarter fell silent, only the three.
    """
    with transaction.atomic():
        if not quarter.setting.is_silent:
            _add_notices_of_last_weeks(quarter, at)
            waiting = write_and_submit(quarter, REQUEST, at=at - timedelta(hours=3))
            release_notice(quarter, waiting, at=at - timedelta(hours=2))
            write_and_submit(quarter, ADVICE, at=at - timedelta(hours=1))
        ask_open_request(quarter, at - timedelta(days=4))
        for joiner in quarter.applicants:
            memberships.request_membership(
                partnership=quarter.partnership, joining=joiner, by=None, at=at - timedelta(days=1)
            )


def _add_notices_of_last_weeks(quarter: Quarter, at: datetime) -> None:
    """An alarm with its feedback, advice, and an alarm whose feedback is owed since yesterday."""
    alarm = _send_notice_and_settle_copies(quarter, ALARM, at=_days_before(at, days=24, hour=14))
    _send_notice_and_settle_copies(quarter, FEEDBACK, at=_days_before(at, days=23, hour=10), answers=alarm)
    _send_notice_and_settle_copies(quarter, ADVICE, at=_days_before(at, days=9, hour=10))
    _send_notice_and_settle_copies(
        quarter, with_street(GARAGES, quarter.streets_with_most_doors()[0]), at=_days_before(at, days=2, hour=18)
    )


def _days_before(at: datetime, *, days: int, hour: int) -> datetime:
    """Some days before ``at``, at an hour that suits the words."""
    return local(at - timedelta(days=days)).replace(hour=hour, minute=52, second=0, microsecond=0)


def _send_notice_and_settle_copies(
    quarter: Quarter, message: DemoMessage, *, at: datetime, answers: Notice | None = None
) -> Notice:
    """One message on its whole way, and what became of its copies."""
    notice = write_and_submit(quarter, message, at=at, answers=answers)
    release_notice(quarter, notice, at=at + timedelta(minutes=11))
    relay_notice(quarter, notice, at=at + timedelta(minutes=18))
    settle_copies_of_message(notice.relay.message, sent_at=at + timedelta(minutes=18))
    return notice


def settle_old_copies(*, at: datetime) -> None:
    """What became of our own letters of the past: they arrived, but for two."""
    messages = Message.objects.filter(created_at__lte=at)
    past = Dispatch.objects.filter(message__in=messages, state__in=[State.QUEUED, State.HELD])
    failed = list(past.filter(channel="email").order_by("pk").values_list("pk", flat=True)[:2])
    left_at = Greatest("queued_at", "due_at")
    past.exclude(pk__in=failed).update(state=State.DELIVERED, settled_at=left_at, tries=1)
    past.filter(pk__in=failed).update(state=State.FAILED, reason="smtp-550", settled_at=at, tries=1)
    delivery.requeue_failed_by_next_contact(dispatches=failed, at=at)


def file_open_ideas(quarters: list[Quarter], *, at: datetime) -> None:
    """In each municipality one more idea waits for an answer of the police."""
    for quarter in {quarter.setting.register: quarter for quarter in quarters}.values():
        setting = quarter.setting
        telling = ideas.IdeaDetails(
            municipality=municipality_of(setting.nis),
            street_text=OTHER_STREET[setting.languages[0]],
            postcode=setting.postcode,
            origin=Idea.Origin.RESIDENT,
            kind="plp",
            words=IDEA[setting.languages[0]],
            language=setting.languages[0],
        )
        ideas.file_idea_and_notify_zone_desk(telling=telling, by=None, at=at - timedelta(days=2))
