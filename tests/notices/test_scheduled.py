"""A message at a set hour, and one that reaches those who join while it is valid."""

from datetime import datetime, time, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from plp.charter.models import PlanRule
from plp.delivery.models import Dispatch, Message
from plp.delivery.queries import tallies_by_channel_of_left
from plp.delivery.states import State as CopyState
from plp.membership.models import Membership
from plp.notices import actions as notices
from plp.notices import refusals
from plp.notices.actions.gates import require_ready_and_return_texts
from plp.notices.models import Notice
from plp.notices.queries import notices_sent_to_member
from plp.notices.relay_letters import send_notice_to_coordinators_for_relay
from plp.people.models import Person
from plp.toolbox.clock import local
from tests.factories.cast import NOW, Cast, contact, member
from tests.factories.notices import describe_notice
from tests.notices.test_notices import drafted, let_go

pytestmark = pytest.mark.django_db
EVENING = NOW + timedelta(hours=8)


def relayed(cast: Cast, kind: str = "advice", **about: object) -> Notice:
    notice = drafted(cast, kind)
    describe_notice(notice, cast, **about)
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)
    notices.relay_notice_to_members(notice=let_go(notice, cast), by=cast.here.coordinator, at=NOW)
    notice.refresh_from_db()
    return notice


def reader(cast: Cast, name: str, *, joined_at: datetime = NOW) -> Person:
    someone = member(cast.here.partnership, name)
    Membership.objects.filter(person=someone).update(joined_at=joined_at)
    contact(someone, "email", f"{name.split(maxsplit=1)[0].lower()}@plp.test")
    return someone


def test_it_waits_for_its_hour_and_nobody_reads_it_before(cast: Cast) -> None:
    ann = reader(cast, "Ann Un")

    notice = relayed(cast, send_at=EVENING)

    copy = Dispatch.objects.get(message=notice.relay.message)
    assert (copy.state, copy.due_at) == (CopyState.HELD, EVENING)
    assert [list(notices_sent_to_member(ann, at=moment)) for moment in (NOW, EVENING)] == [[], [notice]]


def test_it_can_be_stopped_until_then(cast: Cast) -> None:
    reader(cast, "Ann Un")
    notice = relayed(cast, send_at=EVENING)

    stopped = notices.retract_notice_everywhere(
        notice=notice, by=cast.here.coordinator, at=EVENING - timedelta(minutes=1)
    )

    assert stopped == 1
    assert Dispatch.objects.get(message=notice.relay.message).state == CopyState.STOPPED


def test_its_life_counts_from_its_hour_and_its_hour_from_the_release(cast: Cast) -> None:
    notice = relayed(cast, "information_request", send_at=EVENING)

    assert notice.relay.message.expires_at == EVENING + timedelta(days=3)
    Notice.objects.filter(pk=notice.pk).update(send_at=NOW)
    notice.refresh_from_db()
    with pytest.raises(refusals.TextChanged):
        notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)


def test_it_does_not_end_before_it_leaves(cast: Cast) -> None:
    notice = drafted(cast, "advice")
    describe_notice(notice, cast, send_at=EVENING, expires_at=EVENING)

    with pytest.raises(refusals.EndsBeforeSending):
        require_ready_and_return_texts(notice, NOW)


@pytest.mark.parametrize(("wanted", "names"), [(True, {"Ann Un", "Bob Late"}), (False, {"Ann Un"})])
def test_whoever_joins_while_it_is_valid_gets_it_once(cast: Cast, wanted: bool, names: set[str]) -> None:
    reader(cast, "Ann Un")
    notice = relayed(cast, "alarm", reaches_newcomers=wanted)
    reader(cast, "Bob Late", joined_at=NOW + timedelta(hours=1))

    queued = [notices.queue_valid_notices_for_newcomers(by=None, at=NOW + timedelta(hours=2)) for _ in range(2)]

    people = Dispatch.objects.filter(message=notice.relay.message).values_list("person", flat=True)
    assert {person.name for person in Person.objects.filter(pk__in=people)} == names
    assert queued == [len(names) - 1, 0]


def test_what_is_over_or_stopped_reaches_nobody_who_joins(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    relayed(cast, "alarm")
    stopped = relayed(cast, "calamity")
    notices.retract_notice_everywhere(notice=stopped, by=cast.officer, at=NOW)
    reader(cast, "Bob Late", joined_at=NOW + timedelta(hours=1))

    with django_assert_num_queries(1):
        queued = notices.queue_valid_notices_for_newcomers(by=None, at=NOW + timedelta(hours=4))

    assert queued == 0


def test_what_waits_for_its_hour_counts_neither_as_arrived_nor_as_lost(cast: Cast) -> None:
    reader(cast, "Ann Un")
    early, late = relayed(cast), relayed(cast, send_at=EVENING)
    Dispatch.objects.filter(message=early.relay.message).update(state=CopyState.DELIVERED)

    tallies = tallies_by_channel_of_left(Message.objects.filter(pk__in=[one.relay.message_id for one in (early, late)]))

    assert [(tally.audience, tally.reached) for tally in tallies.values()] == [(1, 1)]


def night_plan(cast: Cast) -> None:
    """Advice leaves from nine to eleven in the morning only; the cast lives at ten."""
    hour = local(NOW).hour
    PlanRule.objects.filter(plan=cast.here.plan, kind="advice").update(
        hours_from=time(hour), hours_until=time(hour + 1)
    )


def test_what_ends_before_the_plan_lets_it_leave_is_refused_and_sent_to_no_coordinator(cast: Cast) -> None:
    reader(cast, "Ann Un")
    contact(cast.here.coordinator, "email", "coordinator@plp.test")
    night_plan(cast)
    late = NOW + timedelta(hours=2)
    notice = drafted(cast, "advice")
    describe_notice(notice, cast, expires_at=NOW + timedelta(hours=5))
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)
    notice = let_go(notice, cast)

    with pytest.raises(refusals.EndsBeforeHours):
        notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=late)
    sent = [send_notice_to_coordinators_for_relay(notice, by=None, at=at) for at in (NOW, late)]

    assert not Dispatch.objects.filter(message__purpose="notice.advice").exists()
    assert sent == [1, 0]


def test_what_ends_before_the_plan_lets_it_leave_is_not_released(cast: Cast) -> None:
    night_plan(cast)
    notice = drafted(cast, "advice")
    describe_notice(notice, cast, send_at=NOW + timedelta(hours=2), expires_at=NOW + timedelta(hours=5))
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)

    with pytest.raises(refusals.EndsBeforeSending):
        let_go(notice, cast)
