"""What became of messages of the past counts as what the engine would have sent."""

import pytest
from django.db.models import Sum

from plp.delivery.models import Dispatch, Spending
from plp.delivery.states import State
from plp.demo.year.copy_outcomes import settle_copies_of_message
from tests.factories.cast import Cast
from tests.notices.test_answers import LATER, relayed

pytestmark = pytest.mark.django_db


def test_sms_of_the_past_are_counted_as_costs() -> None:
    cast = Cast()
    message = relayed(cast).relay.message

    settle_copies_of_message(message, sent_at=LATER)

    arrived = Dispatch.objects.filter(message=message, channel="sms", state=State.DELIVERED).count()
    counted = Spending.objects.filter(channel="sms", scope=Spending.Scope.AREA, key=cast.here.area.path)
    assert (counted.aggregate(all=Sum("parts"))["all"] or 0) == arrived
