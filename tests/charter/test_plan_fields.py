"""What the plan says of escalation, languages and messages from elsewhere, and that each of it acts (R104)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import translation

from plp.charter import actions as charter
from plp.charter.models import CommunicationPlan, PlanRule
from plp.charter.plan_in_words import rule_sentences
from plp.charter.queries import default_plan_rules, required_plan_rule
from plp.followup.queries import due_matters
from plp.mandates.queries import NotAllowed
from plp.notices import refusals
from plp.notices.queries.reach import quarters_taking_outside_messages
from plp.partnership.models import Partnership
from tests.factories.cast import NOW, Cast
from tests.notices.test_notices import let_go, submitted

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def change(cast: Cast, kind: str, **columns: object) -> None:
    """Change a row of the plan in force."""
    PlanRule.objects.filter(plan=cast.here.plan, kind=kind).update(**columns)


@translation.override("en")
def test_what_is_left_empty_is_proposed_and_said() -> None:
    alarm, advice = (next(rule for rule in default_plan_rules() if rule.kind == kind) for kind in ("alarm", "advice"))

    released = [next(words for words in rule_sentences(rule) if "nobody releases" in words) for rule in (alarm, advice)]
    assert released == [
        "If nobody releases it within 15 minutes, the chief of corps is told.",
        "If nobody releases it within one working day, the chief of corps is told.",
    ]
    relayed = next(words for words in rule_sentences(replace(alarm, relay_minutes=30)) if "nobody relays" in words)
    assert "it goes to the next one: deputy" in relayed
    assert "within 30 minutes" in relayed


def test_the_fields_of_a_row_are_kept_and_given_to_the_next_draft(cast: Cast) -> None:
    rules = [
        replace(rule, release_minutes=20, relay_minutes=30, required_languages=("nl",)) for rule in default_plan_rules()
    ]
    plan = charter.draft_next_plan_version(
        partnership=cast.here.partnership, rules=rules, takes_supralocal=False, by=cast.here.coordinator, at=NOW
    )
    charter.agree_plan_and_enforce_when_both(plan=plan, by=cast.here.coordinator, at=NOW)
    charter.agree_plan_and_enforce_when_both(plan=plan, by=cast.officer, at=NOW)

    rule = required_plan_rule(cast.here.partnership, "alarm", at=NOW)

    assert (rule.release_minutes, rule.relay_minutes, rule.required_languages) == (20, 30, ("nl",))
    assert not CommunicationPlan.objects.get(pk=plan.pk).takes_supralocal


def test_the_clock_of_the_release_and_of_the_relay_follow_the_plan(cast: Cast) -> None:
    change(cast, "alarm", release_minutes=20, relay_minutes=40)
    partnerships = Partnership.objects.filter(pk=cast.here.partnership.pk)
    notice = submitted(cast)

    waiting = [due_matters.due_releases(partnerships, NOW), due_matters.due_relays(partnerships, NOW)]
    let_go(notice, cast)
    released = [due_matters.due_releases(partnerships, NOW), due_matters.due_relays(partnerships, NOW)]

    assert [[found.term for found in row] for row in waiting] == [[20 * MINUTE], []]
    assert [[found.term for found in row] for row in released] == [[], [40 * MINUTE]]


@translation.override("en")
def test_a_language_that_the_plan_asks_for_keeps_the_message_here(cast: Cast) -> None:
    change(cast, "alarm", required_languages=["fr", "de"])

    with pytest.raises(refusals.LanguageMissing) as refused:
        submitted(cast)

    assert "German" in refused.value.in_words()


def test_a_quarter_that_takes_nothing_from_elsewhere_is_not_offered(cast: Cast) -> None:
    zone = cast.zone
    offered = set(quarters_taking_outside_messages(zone))
    CommunicationPlan.objects.filter(partnership=cast.here.partnership).update(takes_supralocal=False)

    assert offered - set(quarters_taking_outside_messages(zone)) == {cast.here.partnership}


def test_only_who_writes_the_plan_changes_what_is_taken_from_elsewhere(cast: Cast) -> None:
    plan = charter.draft_next_plan_version(
        partnership=cast.here.partnership, rules=default_plan_rules(), by=cast.here.coordinator, at=NOW
    )

    charter.set_takes_supralocal_and_void_agreements(plan=plan, takes=False, by=cast.here.coordinator, at=NOW)

    assert not CommunicationPlan.objects.get(pk=plan.pk).takes_supralocal
    with pytest.raises(NotAllowed):
        charter.set_takes_supralocal_and_void_agreements(plan=plan, takes=True, by=cast.next_door.coordinator, at=NOW)
