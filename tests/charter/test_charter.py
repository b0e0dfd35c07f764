"""The plan in force is the routing configuration."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from plp.charter import actions as charter
from plp.charter.kinds import KINDS
from plp.charter.queries import NoPlan, default_plan_rules, plan_in_force, required_plan_rule, rules_of_plan
from plp.charter.rules import next_sending_time, plan_rule_faults
from plp.delivery.installed import planned_channels
from plp.mandates.queries import NotAllowed
from plp.toolbox.moves import WrongState
from tests.factories.cast import NOW, Cast

ALARM, FEEDBACK = default_plan_rules()[:2]
INSTALLED = set(planned_channels())


def test_the_default_plan_has_no_fault_and_every_kind() -> None:
    assert [rule.kind for rule in default_plan_rules()] == list(KINDS)
    assert not [fault for rule in default_plan_rules() for fault in plan_rule_faults(rule, installed=INSTALLED)]


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (replace(ALARM, channels=()), "no_channel"),
        (replace(ALARM, channels=("pigeon",)), "unknown_channel"),
        (replace(ALARM, relayers=()), "no_relayer"),
        (replace(FEEDBACK, route="direct"), "not_direct"),
        (replace(ALARM, expiry_minutes=10_000), "too_long"),
        (replace(FEEDBACK, hours_until=None), "half_hours"),
    ],
)
def test_a_faulty_rule_is_named(rule: object, fault: str) -> None:
    assert plan_rule_faults(rule, installed=INSTALLED) == [fault]


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        (datetime(2026, 11, 25, 9, 0, tzinfo=UTC), datetime(2026, 11, 25, 9, 0, tzinfo=UTC)),
        (datetime(2026, 11, 25, 21, 30, tzinfo=UTC), datetime(2026, 11, 26, 7, 0, tzinfo=UTC)),
        (datetime(2026, 11, 25, 4, 0, tzinfo=UTC), datetime(2026, 11, 25, 7, 0, tzinfo=UTC)),
        (datetime(2026, 3, 28, 22, 0, tzinfo=UTC), datetime(2026, 3, 29, 6, 0, tzinfo=UTC)),
    ],
    ids=["open", "evening", "early", "night of the clock change"],
)
def test_hours_are_on_a_belgian_clock(at: datetime, opening: datetime) -> None:
    rule = replace(FEEDBACK, hours_from=time(8), hours_until=time(21))

    assert next_sending_time(rule, at) == opening


def test_an_alarm_knows_no_hours() -> None:
    night = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)

    assert next_sending_time(replace(ALARM, hours_from=time(8), hours_until=time(9)), night) == night


@pytest.mark.django_db
def test_a_plan_needs_both_sides_and_replaces_the_old_one() -> None:
    cast = Cast()
    here, old = cast.here, cast.here.plan
    direct = [replace(rule, route="direct") if rule.kind == "alarm" else rule for rule in default_plan_rules()]
    plan = charter.draft_next_plan_version(partnership=here.partnership, rules=direct, by=cast.officer, at=NOW)
    later = NOW + timedelta(hours=1)

    charter.agree_plan_and_enforce_when_both(plan=plan, by=cast.officer, at=later)
    before = required_plan_rule(here.partnership, "alarm", at=later).route
    charter.agree_plan_and_enforce_when_both(plan=plan, by=here.coordinator, at=later)

    old.refresh_from_db()
    assert (before, required_plan_rule(here.partnership, "alarm", at=later).route) == ("coordinator", "direct")
    assert (old.state, old.in_force_until) == ("superseded", later)
    assert plan_in_force(here.partnership, at=NOW) == old


@pytest.mark.django_db
def test_a_plan_in_force_never_changes_and_strangers_do_not_write() -> None:
    cast = Cast()

    with pytest.raises(WrongState):
        charter.change_plan_rule_and_void_agreements(plan=cast.here.plan, rule=ALARM, by=cast.here.coordinator, at=NOW)
    with pytest.raises(NotAllowed):
        charter.draft_next_plan_version(
            partnership=cast.here.partnership, rules=[], by=cast.next_door.coordinator, at=NOW
        )
    broken = [replace(ALARM, channels=())]
    with pytest.raises(charter.FaultyPlan) as refusal:
        charter.draft_next_plan_version(partnership=cast.here.partnership, rules=broken, by=cast.officer, at=NOW)
    assert refusal.value.details == {"kind": KINDS["alarm"].label, "fault": charter.FAULT_WORDS["no_channel"]}


@pytest.mark.django_db
def test_a_change_voids_what_was_agreed() -> None:
    cast = Cast()
    plan = charter.draft_next_plan_version(
        partnership=cast.here.partnership, rules=default_plan_rules(), by=cast.officer, at=NOW
    )
    charter.agree_plan_and_enforce_when_both(plan=plan, by=cast.officer, at=NOW)

    charter.change_plan_rule_and_void_agreements(
        plan=plan, rule=replace(ALARM, route="direct"), by=cast.here.coordinator, at=NOW
    )
    charter.agree_plan_and_enforce_when_both(plan=plan, by=cast.here.coordinator, at=NOW)

    plan.refresh_from_db()
    assert (plan.state, plan.police_agreed_by) == ("draft", None)


@pytest.mark.django_db
def test_the_plan_says_who_reads_what_members_answer() -> None:
    cast = Cast()
    plan = charter.draft_next_plan_version(
        partnership=cast.here.partnership, rules=default_plan_rules(), by=cast.officer, at=NOW
    )
    charter.agree_plan_and_enforce_when_both(plan=plan, by=cast.officer, at=NOW)

    newsletter = next(rule for rule in default_plan_rules() if rule.kind == "newsletter")
    charter.change_plan_rule_and_void_agreements(
        plan=plan, rule=replace(newsletter, answers_narrowed=True), by=cast.here.coordinator, at=NOW
    )

    plan.refresh_from_db()
    readers = {rule.kind: rule.office_for_answers.value for rule in rules_of_plan(plan)}
    assert (readers["newsletter"], readers["advice"], plan.police_agreed_by) == ("police", "coordinator", None)
    assert {readers[kind] for kind in ("alarm", "information_request", "missing_person")} == {"police"}


@pytest.mark.django_db
def test_the_plan_says_how_long_a_silence_may_last() -> None:
    cast = Cast()
    plan = charter.draft_next_plan_version(
        partnership=cast.here.partnership, rules=default_plan_rules(), by=cast.officer, at=NOW
    )
    charter.agree_plan_and_enforce_when_both(plan=plan, by=cast.officer, at=NOW)

    charter.set_silence_days_and_void_agreements(plan=plan, days=45, by=cast.here.coordinator, at=NOW)

    plan.refresh_from_db()
    assert (plan.silence_days, plan.police_agreed_by) == (45, None)
    for days in (13, 366):
        with pytest.raises(charter.BadSilenceLength):
            charter.set_silence_days_and_void_agreements(plan=plan, days=days, by=cast.officer, at=NOW)
    with pytest.raises(NotAllowed):
        charter.set_silence_days_and_void_agreements(plan=plan, days=45, by=cast.next_door.coordinator, at=NOW)
    with pytest.raises(WrongState):
        charter.set_silence_days_and_void_agreements(plan=cast.here.plan, days=45, by=cast.officer, at=NOW)


@pytest.mark.django_db
def test_without_a_rule_nothing_travels() -> None:
    cast = Cast()

    with pytest.raises(NoPlan):
        required_plan_rule(cast.here.partnership, "alarm", at=NOW - timedelta(days=1))
