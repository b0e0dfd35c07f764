"""The clock: one desk, one reminder, one passing-on, done when done, the same after a stop of days."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plp.charter.models import CommunicationPlan, PlanRule
from plp.delivery.models import Message
from plp.followup.actions.clocks import remind_or_pass_on_due_matters
from plp.followup.clocks import KINDS, all_due_kinds
from plp.followup.models import Due
from plp.followup.queries.desk_holders import person_in_charge_of_relaying, roles_that_relay
from plp.followup.queries.due_matters import due_screenings
from plp.followup.queries.dues import matters_on_desk
from plp.followup.rules.days import working_days_after
from plp.followup.rules.due import DueMatter
from plp.journal.models import Entry
from plp.mandates import actions as mandates
from plp.mandates.grants import Permission
from plp.mandates.models import Standin
from plp.mandates.queries import held_mandates, mandates_cached, may
from plp.membership.enquiries import send_enquiry
from plp.membership.models import Candidate, Membership
from plp.notices import actions as notices
from plp.partnership.models import Partnership
from plp.people.models import Person
from tests.factories.cast import NOW, Cast, member, person
from tests.followup.stage import delegate, mandate_of, relay_due, released

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def run(at: datetime) -> int:
    """Let the clock run at ``at``."""
    return remind_or_pass_on_due_matters(by=None, at=at)


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
        assert person_in_charge_of_relaying(cast.here.partnership, at=NOW + minutes * MINUTE) == relay_due().holder

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
    notices.relay_notice_to_members(notice=notice, by=cast.here.deputy, at=late + MINUTE)
    run(late + 2 * MINUTE)

    after = may(cast.here.deputy, Permission.NOTICE_RELAY, area, at=late + 2 * MINUTE)
    assert before is False
    assert during is True
    assert after is False
    assert Standin.objects.get().ends_at == late + 2 * MINUTE
    assert not Due.objects.filter(kind="relay", done_at=None).exists()


def test_whoever_opened_it_has_one_term_from_there(cast: Cast) -> None:
    notice = released(cast)
    notices.record_notice_opened_by_coordinator(notice=notice, by=cast.here.coordinator, at=NOW + 14 * MINUTE)

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
    mandates.record_absence_and_ask_deputy(
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
    mandates.end_mandate(mandate=mandate_of(cast.here.coordinator), by=cast.officer, at=NOW + MINUTE)

    acts = run(NOW + 2 * MINUTE)

    new = relay_due().holder
    assert (acts, new) == (0, cast.here.deputy)
    assert matters_on_desk(cast.here.coordinator, at=NOW + 2 * MINUTE) == []
    assert [(line.kind.key, line.link) for line in matters_on_desk(new, at=NOW + 2 * MINUTE)] == [
        ("relay", "/coordinator/")
    ]


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
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)

    acts = [run(NOW + timedelta(hours=hours)) for hours in (1, 18, 23, 47, 48, 60)]

    due = Due.objects.get(kind="feedback")
    assert (acts, due.holder, due.matter) == ([0, 1, 0, 0, 1, 0], cast.chief, notice.pk)


def test_the_desk_shows_what_still_waits_the_nearest_first(cast: Cast) -> None:
    first, second = released(cast, "advice"), released(cast, "alarm", NOW + MINUTE)
    run(NOW + 2 * MINUTE)
    two = [
        (line.kind.key, line.due_at, line.is_late)
        for line in matters_on_desk(cast.here.coordinator, at=NOW + 2 * MINUTE)
    ]
    notices.relay_notice_to_members(notice=second, by=cast.here.coordinator, at=NOW + 3 * MINUTE)

    one = [line.due_at for line in matters_on_desk(cast.here.coordinator, at=NOW + 2 * DAY)]

    assert [(key, due) for key, due, _late in two] == [("relay", NOW + 16 * MINUTE), ("relay", NOW + DAY)]
    assert one == [NOW + DAY]
    assert first.state == "released"


def test_the_neighbour_sees_nothing(cast: Cast) -> None:
    released(cast)
    run(NOW)

    assert matters_on_desk(cast.next_door.coordinator, at=NOW) == []


def test_silence_is_told_after_ninety_days_and_ends_with_a_message(cast: Cast) -> None:
    run(NOW + 89 * DAY)
    before = Due.objects.filter(kind="silence").count()
    run(NOW + 91 * DAY)
    during = Due.objects.filter(kind="silence", done_at=None, holder__in=police(cast)).count()
    notice = released(cast, "advice", NOW + 92 * DAY)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW + 92 * DAY)

    run(NOW + 92 * DAY)

    assert (before, during) == (0, 2)  # here and next door
    assert Due.objects.filter(kind="silence", done_at=None, partnership=cast.here.partnership).count() == 0


def test_the_plan_says_how_long_a_silence_may_last(cast: Cast) -> None:
    CommunicationPlan.objects.filter(pk=cast.here.plan.pk).update(silence_days=30)

    run(NOW + 31 * DAY)

    assert [due.partnership for due in Due.objects.filter(kind="silence")] == [cast.here.partnership]


def test_who_asks_to_join_is_answered_in_ten_working_days_or_the_police_ask_why(cast: Cast) -> None:
    membership = Membership.objects.create(
        partnership=cast.here.partnership, person=person("Gina Exemple"), state="pending", asked_at=NOW
    )
    run(NOW + 8 * DAY)
    first = Due.objects.get(kind="enrolment")
    enquiry = send_enquiry(membership=membership, words="Au 12 ?", by=cast.here.coordinator, at=NOW + 9 * DAY)
    run(NOW + 10 * DAY)
    while_asked = Due.objects.filter(kind="enrolment", done_at=None).count()
    run(NOW + 24 * DAY)
    again = Due.objects.get(kind="enrolment", done_at=None)

    run(NOW + 49 * DAY)

    assert (first.holder, first.due_at) == (cast.here.coordinator, NOW + 14 * DAY)
    assert (while_asked, again.holder) == (0, cast.here.coordinator)
    assert again.due_at == working_days_after(enquiry.due_at, 10)
    again.refresh_from_db()
    assert again.holder in police(cast)
    assert [(line.kind.key, line.link) for line in matters_on_desk(again.holder, at=NOW + 49 * DAY)] == [
        ("enrolment", "/police/")
    ]


def test_every_kind_lies_on_one_desk_recalls_once_and_is_passed_on_once_a_hand(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is due: with a clock that runs often, and with one that stood still for days and weeks."""
    found = [
        DueMatter(uuid4(), cast.here.partnership.pk, NOW + 7 * DAY, NOW + 5 * DAY, 3 * DAY) for _kind in all_due_kinds()
    ]
    kinds = {
        kind.key: replace(kind, find=lambda rows, at, one=one: [one])
        for kind, one in zip(all_due_kinds().values(), found, strict=True)
    }
    monkeypatch.setattr("plp.followup.actions.clocks.all_due_kinds", lambda: kinds)
    seen = []
    for days in ((0, 5, 5, 7, 8, 14, 40, 40, 90), (0, 6, 90, 90)):
        Due.objects.all().delete()
        Message.objects.all().delete()
        for day in days:
            run(NOW + day * DAY)
            assert Due.objects.filter(done_at=None, holder__isnull=False).count() == len(kinds)
        assert letters()["reminder"] == len(kinds)
        seen.append(Counter(Entry.objects.filter(verb="due.passed_on").values_list("details__kind", flat=True)))

    often, seldom = seen[0], seen[1] - seen[0]
    assert all(often[key] <= len(kind.hands) - 1 for key, kind in kinds.items())
    assert {key for key, kind in kinds.items() if len(kind.hands) > 1} == set(often) == set(seldom)
    assert all(number == 1 for number in seldom.values())


def test_an_absence_is_recalled_to_its_owner_alone(cast: Cast) -> None:
    mandates.record_absence_and_ask_deputy(
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
    assert max(len(kind) for kind in all_due_kinds()) <= (Due._meta.get_field("kind").max_length or 0)
    assert all(list(kind.hands) == sorted(set(kind.hands)) for kind in KINDS)


def test_the_desk_asks_as_many_questions_for_one_thing_as_for_three(cast: Cast) -> None:
    counts = []
    for more in (1, 2):
        for _one in range(more):
            released(cast, "advice")
        run(NOW)
        with mandates_cached():
            assert held_mandates(cast.here.coordinator, at=NOW)  # as for every page: what its reader may do
            with CaptureQueriesContext(connection) as told:
                matters_on_desk(cast.here.coordinator, at=NOW)
        counts.append(len(told))

    assert counts == [6, 6]


def test_whom_the_members_chose_is_screened_within_its_days(cast: Cast) -> None:
    here = cast.here.partnership
    given = {"partnership": here, "proposed_at": NOW, "state": "approved", "decided_on": NOW.date()}
    chosen = Candidate.objects.create(person=member(here, "Nora Exemple"), function="deputy", **given)
    Candidate.objects.create(person=member(here, "Omar Exemple"), function="committee", **given)

    (due,) = due_screenings(Partnership.objects.filter(pk=here.pk), NOW)

    assert due.matter == chosen.pk
    assert due.due_at > NOW


def test_without_a_plan_nobody_is_named_who_relays(cast: Cast) -> None:
    CommunicationPlan.objects.update(state="superseded", in_force_until=NOW)

    assert roles_that_relay(cast.here.partnership, at=NOW) == ()
