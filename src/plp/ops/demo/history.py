"""A history of some weeks, as it would look: messages that were delivered long ago, and work that waits today."""

from datetime import datetime, timedelta

from django.db import transaction

from plp.delivery import actions as delivery
from plp.delivery.models import Dispatch, Message
from plp.delivery.states import State
from plp.launch.actions import ideas
from plp.launch.models import Idea
from plp.notices.models import Notice
from plp.ops.demo import journey
from plp.ops.demo.founding_words import IDEA, OTHER_STREET
from plp.ops.demo.stage import Stage
from plp.ops.demo.story import ADVICE, ALARM, FEEDBACK, REQUEST, Told, placed
from plp.ops.demo.year.settling import settle
from plp.ops.demo.year.talks import wait_for_answer
from plp.ops.demo.year.words import GARAGES
from plp.partnership import actions as partnerships
from plp.places.queries import municipality_of
from plp.toolbox.clock import local


def live(stage: Stage, *, at: datetime) -> None:
    """The last weeks, then pending work for each role: an alarm without feedback, a release, a relay, and three people
    who ask to join. Where a quarter fell silent, only the three.
    """
    with transaction.atomic():
        if not stage.setting.is_silent:
            _last_weeks(stage, at)
            waiting = journey.write(stage, REQUEST, at=at - timedelta(hours=3))
            journey.release(stage, waiting, at=at - timedelta(hours=2))
            journey.write(stage, ADVICE, at=at - timedelta(hours=1))
        wait_for_answer(stage, at - timedelta(days=4))
        for joiner in stage.applicants:
            partnerships.join(partnership=stage.partnership, joining=joiner, by=None, at=at - timedelta(days=1))


def _last_weeks(stage: Stage, at: datetime) -> None:
    """An alarm with its feedback, advice, and an alarm whose feedback is owed since yesterday."""
    alarm = _sent(stage, ALARM, at=_ago(at, days=24, hour=14))
    _sent(stage, FEEDBACK, at=_ago(at, days=23, hour=10), answers=alarm)
    _sent(stage, ADVICE, at=_ago(at, days=9, hour=10))
    _sent(stage, placed(GARAGES, stage.streets()[0]), at=_ago(at, days=2, hour=18))


def _ago(at: datetime, *, days: int, hour: int) -> datetime:
    """Some days before ``at``, at an hour that suits the words."""
    return local(at - timedelta(days=days)).replace(hour=hour, minute=52, second=0, microsecond=0)


def _sent(stage: Stage, told: Told, *, at: datetime, answers: Notice | None = None) -> Notice:
    """One message on its whole way, and what became of its copies."""
    notice = journey.write(stage, told, at=at, answers=answers)
    journey.release(stage, notice, at=at + timedelta(minutes=11))
    journey.relay(stage, notice, at=at + timedelta(minutes=18))
    settle(notice.relay.message, at=at + timedelta(minutes=18))
    return notice


def settle_past(*, at: datetime) -> None:
    """What became of our own letters of the past: they arrived, but for two."""
    messages = Message.objects.filter(created_at__lte=at)
    past = Dispatch.objects.filter(message__in=messages, state__in=[State.QUEUED, State.HELD])
    failed = list(past.filter(channel="email").order_by("pk").values_list("pk", flat=True)[:2])
    past.exclude(pk__in=failed).update(state=State.DELIVERED, settled_at=at, tries=1)
    past.filter(pk__in=failed).update(state=State.FAILED, reason="smtp-550", settled_at=at, tries=1)
    delivery.fall_back(dispatches=failed, at=at)


def offer_ideas(stages: list[Stage], *, at: datetime) -> None:
    """In each municipality one more idea waits for an answer of the police."""
    for stage in {stage.setting.register: stage for stage in stages}.values():
        setting = stage.setting
        telling = ideas.Telling(
            municipality=municipality_of(setting.nis),
            street_text=OTHER_STREET[setting.languages[0]],
            postcode=setting.postcode,
            origin=Idea.Origin.RESIDENT,
            kind="plp",
            words=IDEA[setting.languages[0]],
            language=setting.languages[0],
        )
        ideas.file_idea(telling=telling, by=None, at=at - timedelta(days=2))
