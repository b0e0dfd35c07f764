"""What became of messages of the past counts as what the engine would have sent."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db.models import Sum

from plp.delivery import actions as delivery
from plp.delivery.leaving_times import leaving_time_of_95_percent
from plp.delivery.models import Dispatch, Spending
from plp.delivery.states import State
from plp.demo.recent_weeks import settle_old_copies
from plp.demo.year.copy_outcomes import settle_copies_of_message
from tests.factories.cast import Cast, contact, member
from tests.factories.outbox import audience, people
from tests.factories.outbox import message as outbox_message
from tests.notices.test_answers import LATER, relayed

pytestmark = pytest.mark.django_db


def test_sms_of_the_past_are_counted_as_costs() -> None:
    cast = Cast()
    message = relayed(cast).relay.message

    settle_copies_of_message(message, sent_at=LATER)

    arrived = Dispatch.objects.filter(message=message, channel="sms", state=State.DELIVERED).count()
    counted = Spending.objects.filter(channel="sms", scope=Spending.Scope.AREA, key=cast.here.area.path)
    assert (counted.aggregate(all=Sum("parts"))["all"] or 0) == arrived


def test_what_left_in_the_past_left_in_time() -> None:
    """The public promise is not read from a demonstration as slow."""
    cache.clear()
    cast, seeded_at = Cast(), LATER + timedelta(days=9)
    for number in range(3):
        contact(member(cast.here.partnership, f"Eva Exemple {number}"), "sms", f"+3247000001{number}")
    message = relayed(cast).relay.message
    people(4)
    letter, readers = outbox_message(at=LATER), audience().filter(channel="email")
    delivery.enqueue_copy_for_each_person(message=letter, contacts=readers, at=LATER)
    Dispatch.objects.update(queued_at=LATER, due_at=LATER)
    called = [*Dispatch.objects.filter(channel="sms").values_list("pk", flat=True)[:1]]
    Dispatch.objects.filter(pk__in=called).update(channel="voice")

    settle_copies_of_message(message, sent_at=LATER)
    settle_old_copies(at=seeded_at)

    left = Dispatch.objects.filter(state=State.DELIVERED).values_list("channel", flat=True)
    assert set(left) == {"email", "sms", "voice"}
    measured = leaving_time_of_95_percent(seeded_at)
    assert measured is not None
    assert measured.is_within_goal
