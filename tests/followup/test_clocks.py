"""The clock: one desk, one reminder, one passing-on, done when done, the same after a stop of days."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plp.charter.models import PlanRule
from plp.delivery.models import Message
from plp.followup.actions.clocks import tick
from plp.followup.clocks import KINDS
from plp.followup.models import Due
from plp.followup.queries.dues import desk
from plp.followup.queries.holding import holder
from plp.mandates import actions as mandates
from plp.mandates.grants import Permission
from plp.mandates.models import Standin
from plp.mandates.queries import may
from plp.notices import actions as notices
from plp.people.models import Person
from tests.factories.cast import NOW, Cast
from tests.followup.stage import delegate, mandate_of, reachable, relay_due, released

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    reachable(cast)
    return cast


def run(at: datetime) -> int:
    """Let the clock run at ``at``."""
    return tick(by=None, at=at)


def letters() -> Counter[str]:
    """What the clock wrote."""
    purposes = Message.objects.filter(purpose__startswith="followup.").values_list("purpose", flat=True)
    return Counter(purpose.removeprefix("followup.due_").removesuffix("_urgent") for purpose in purposes)


def police(cast: Cast) -> list[Person]:
    """The two officers of the zone: which of them holds it is settled, and not by us."""
    return [cast.officer, cast.second_officer]


def test_an_alarm_goes_from_hand_to_hand_until_somebody_relays_it(cast: Cast) -> None:
    helper = delegate(cast)
    PlanRule.objects.filter(plan=cast.here.plan).update(relayers=["coordinator", "deputy", "committee"])
    released(cast)
    seen: list[Person | None] = []

    for minutes in (0, 8, 15, 30, 45, 600):
        run(NOW + minutes * MINUTE)
        seen.append(relay_due().holder)
        assert holder(cast.here.partnership, at=NOW + minutes * MINUTE) == relay_due().holder

    clara, denis = cast.here.coordinator, cast.here.deputy
    assert seen[:4] == [clara, clara, denis, helper]
    assert seen[4] == seen[5]
    assert seen[4] in police(cast)
    assert letters() == {"reminder": 1, "moved": 3, "yours": 3}


def test_a_deputy_may_relay_while_it_is_theirs_and_no_longer(cast: Cast) -> None:
    notice = released(cast)
    area, late = cast.here.area, NOW + 15 * MINUTE
    before = may(cast.here.deputy, Permission.NOTICE_RELAY, area, at=late)

    run(late)
    during = may(cast.here.deputy, Permission.NOTICE_RELAY, area, at=late)
    notices.relay(notice=notice, by=cast.here.deputy, at=late + MINUTE)
    run(late + 2 * MINUTE)

    after = may(cast.here.deputy, Permission.NOTICE_RELAY, area, at=late + 2 * MINUTE)
    assert (before, during, after) == (False, True, False)
    assert Standin.objects.get().ends_at == late + 2 * MINUTE
    assert not Due.objects.filter(kind="relay", done_at=None).exists()


def test_whoever_opened_it_has_one_term_from_there(cast: Cast) -> None:
    notice = released(cast)
    notices.see(notice=notice, by=cast.here.coordinator, at=NOW + 14 * MINUTE)

    run(NOW + 20 * MINUTE)
    still = relay_due().holder
    run(NOW + 29 * MINUTE)

    assert (still, relay_due().holder) == (cast.here.coordinator, cast.here.deputy)


def test_the_clock_may_run_as_often_as_it_likes(cast: Cast) -> None:
    released(cast)
    acts = [run(NOW + minutes * MINUTE) for minutes in (8, 8, 9, 10, 15, 15, 16)]

    assert acts == [1, 0, 0, 0, 1, 0, 0]
    assert letters() == {"reminder": 1, "moved": 1, "yours": 1}


def test_after_a_stop_of_days_each_hand_still_has_its_term(cast: Cast) -> None:
    PlanRule.objects.filter(plan=cast.here.plan).update(expiry_minutes=None)
    released(cast)
    back = NOW + 30 * DAY

    acts = [run(back), run(back), run(back + 60 * MINUTE)]

    assert (acts, relay_due().holder) == ([1, 0, 0], cast.here.deputy)
    assert relay_due().due_at > back + 60 * MINUTE


def test_during_an_absence_the_deputy_holds_it_from_the_start(cast: Cast) -> None:
    mandates.leave(
        mandate=mandate_of(cast.here.coordinator),
        deputy=mandate_of(cast.here.deputy),
        starts_at=NOW,
        ends_at=NOW + DAY,
        by=cast.here.coordinator,
        at=NOW,
    )
    released(cast)

    run(NOW)
    first = relay_due().holder
    run(NOW + 20 * MINUTE)

    assert first == cast.here.deputy
    assert relay_due().holder in police(cast)
    assert not Standin.objects.exists()


def test_a_coordinator_who_is_removed_hands_it_over_at_once(cast: Cast) -> None:
    released(cast)
    run(NOW)
    mandates.end(mandate=mandate_of(cast.here.coordinator), by=cast.officer, at=NOW + MINUTE)

    acts = run(NOW + 2 * MINUTE)

    new = relay_due().holder
    assert (acts, new) == (0, cast.here.deputy)
    assert desk(cast.here.coordinator, at=NOW + 2 * MINUTE) == []
    assert [(line.kind.key, line.link) for line in desk(new, at=NOW + 2 * MINUTE)] == [("relay", "/coordinator/")]


def test_the_plan_decides_who_may_get_it(cast: Cast) -> None:
    delegate(cast)
    PlanRule.objects.filter(plan=cast.here.plan).update(relayers=["coordinator"])
    released(cast)

    run(NOW + 15 * MINUTE)

    assert relay_due().holder in police(cast)
    assert not Standin.objects.exists()


def test_somebody_who_cannot_be_reached_is_passed_over(cast: Cast) -> None:
    cast.here.deputy.contacts.update(stopped_at=NOW)
    released(cast)

    run(NOW + 15 * MINUTE)

    assert relay_due().holder in police(cast)


def test_feedback_is_due_recalled_and_passed_to_the_chief(cast: Cast) -> None:
    notice = released(cast)
    notices.relay(notice=notice, by=cast.here.coordinator, at=NOW)

    acts = [run(NOW + timedelta(hours=hours)) for hours in (1, 18, 23, 47, 48, 60)]

    due = Due.objects.get(kind="feedback")
    assert (acts, due.holder, due.matter) == ([0, 1, 0, 0, 1, 0], cast.chief, notice.pk)


def test_the_desk_shows_what_still_waits_the_nearest_first(cast: Cast) -> None:
    first, second = released(cast, "advice"), released(cast, "alarm", NOW + MINUTE)
    run(NOW + 2 * MINUTE)
    two = [(line.kind.key, line.due_at, line.is_late) for line in desk(cast.here.coordinator, at=NOW + 2 * MINUTE)]
    notices.relay(notice=second, by=cast.here.coordinator, at=NOW + 3 * MINUTE)

    one = [line.due_at for line in desk(cast.here.coordinator, at=NOW + 2 * DAY)]

    assert [(key, due) for key, due, _late in two] == [("relay", NOW + 16 * MINUTE), ("relay", NOW + DAY)]
    assert one == [NOW + DAY]
    assert first.state == "released"


def test_the_neighbour_sees_nothing(cast: Cast) -> None:
    released(cast)
    run(NOW)

    assert desk(cast.next_door.coordinator, at=NOW) == []


def test_silence_is_told_after_ninety_days_and_ends_with_a_message(cast: Cast) -> None:
    run(NOW + 89 * DAY)
    before = Due.objects.filter(kind="silence").count()
    run(NOW + 91 * DAY)
    during = Due.objects.filter(kind="silence", done_at=None, holder__in=police(cast)).count()
    notice = released(cast, "advice", NOW + 92 * DAY)
    notices.relay(notice=notice, by=cast.here.coordinator, at=NOW + 92 * DAY)

    run(NOW + 92 * DAY)

    assert (before, during) == (0, 2)  # here and next door
    assert Due.objects.filter(kind="silence", done_at=None, partnership=cast.here.partnership).count() == 0


def test_an_absence_is_recalled_to_its_owner_alone(cast: Cast) -> None:
    mandates.leave(
        mandate=mandate_of(cast.here.coordinator),
        deputy=mandate_of(cast.here.deputy),
        starts_at=NOW,
        ends_at=NOW + 3 * DAY,
        by=cast.here.coordinator,
        at=NOW,
    )

    acts = [run(NOW + timedelta(hours=hours)) for hours in (1, 47, 48, 60, 72)]

    due = Due.objects.get(kind="absence_end")
    assert (acts, due.holder, due.done_at) == ([0, 0, 1, 0, 0], cast.here.coordinator, NOW + 3 * DAY)


def test_keys_differ_and_every_kind_ends_somewhere() -> None:
    assert len({kind.key for kind in KINDS}) == len(KINDS)
    assert all(list(kind.hands) == sorted(set(kind.hands)) for kind in KINDS)


def test_the_desk_asks_as_many_questions_for_one_thing_as_for_three(cast: Cast) -> None:
    counts = []
    for more in (1, 2):
        for _one in range(more):
            released(cast, "advice")
        run(NOW)
        with CaptureQueriesContext(connection) as told:
            desk(cast.here.coordinator, at=NOW)
        counts.append(len(told))

    assert counts == [4, 4]
