"""A history of some weeks, as it would look: messages that were delivered long ago, and work that waits today."""

from datetime import datetime, timedelta

from django.db import transaction

from plp.delivery import actions as delivery
from plp.delivery.models import Dispatch, Message
from plp.delivery.states import State
from plp.launch.actions import ideas
from plp.launch.models import Idea
from plp.ops.demo import journey
from plp.ops.demo.founding_words import IDEA, OTHER_STREET
from plp.ops.demo.stage import Stage
from plp.ops.demo.story import ADVICE, ALARM, FEEDBACK, REQUEST
from plp.places.queries import municipality_of


def live(stage: Stage, *, at: datetime) -> None:
    """Four weeks of messages, then pending work for each role: a release, a relay, and three people who ask to join."""
    with transaction.atomic():
        alarm = journey.whole(stage, ALARM, at=at - timedelta(days=24))
        journey.whole(stage, FEEDBACK, at=at - timedelta(days=23), answers=alarm)
        journey.whole(stage, ADVICE, at=at - timedelta(days=9))
        settle_past(at=at - timedelta(days=8))
        waiting = journey.write(stage, REQUEST, at=at - timedelta(hours=3))
        journey.release(stage, waiting, at=at - timedelta(hours=2))
        journey.write(stage, ADVICE, at=at - timedelta(hours=1))


def settle_past(*, at: datetime) -> None:
    """What happened to the messages of the past: sent ones arrived, some failed; letters and calls were ticked off."""
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
