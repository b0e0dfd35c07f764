"""The plans: whole, in order, in every language, and never shorter than what was published."""

from django.utils import translation

from plp.launch.plan import FACTS, PLAN_OF_KIND, PLANS
from plp.mandates.grants import Role
from plp.partnership.models import Partnership

PUBLISHED = "idea consultation area informing evening committee charter screening recognition launch evaluation".split()


def test_no_key_ever_leaves_a_published_plan() -> None:
    published = {key: [step.key for step in plan.steps if step.key in PUBLISHED] for key, plan in PLANS.items()}

    assert published == {"be-2022": PUBLISHED, "be-2022-traders": PUBLISHED, "be-2022-sector": PUBLISHED}


def test_what_was_added_to_a_published_plan_is_optional() -> None:
    """A partnership keeps the plan with which it began: nothing new may hold up its launch."""
    added = [step for plan in PLANS.values() for step in plan.steps if step.key not in PUBLISHED]

    assert [step.key for step in added if not step.optional] == []


def test_no_step_comes_after_an_optional_one() -> None:
    waiting = [
        (plan.key, step.key)
        for plan in PLANS.values()
        for step in plan.steps
        if any(before.optional for before in plan.steps if before.key in step.after)
    ]

    assert waiting == []


def test_every_kind_of_partnership_has_a_plan() -> None:
    assert set(PLAN_OF_KIND) == set(Partnership.Kind.values)
    assert set(PLAN_OF_KIND.values()) == set(PLANS)


def test_a_step_comes_after_earlier_steps_only() -> None:
    late = [
        (plan.key, step.key, before)
        for plan in PLANS.values()
        for place, step in enumerate(plan.steps)
        for before in step.after
        if before not in {earlier.key for earlier in plan.steps[:place]}
    ]

    assert late == []


def test_each_fact_closes_one_step_of_a_plan_and_stands_in_some_plan() -> None:
    closing = {key: [fact for step in plan.steps for fact in step.exits] for key, plan in PLANS.items()}

    assert [key for key, facts in closing.items() if len(facts) != len(set(facts))] == []
    assert {fact for facts in closing.values() for fact in facts} == set(FACTS)


def test_each_step_names_partners_that_are_roles() -> None:
    assert [step.key for plan in PLANS.values() for step in plan.steps if not step.responsible_roles] == []
    assert PLANS["be-2022"].step("screening").responsible_roles == (
        Role.OFFICER,
        Role.MUNICIPALITY,
        Role.CHIEF,
        Role.COORDINATOR,
    )


def test_the_way_to_the_launch_takes_six_to_nine_months_and_no_more() -> None:
    assert {key: 180 <= plan.usual_days_from_idea_to_launch <= 275 for key, plan in PLANS.items()} == dict.fromkeys(
        PLANS, True
    )


def test_every_word_of_the_plan_is_translated() -> None:
    words = [(step.title, step.help) for plan in PLANS.values() for step in plan.steps]
    words += [(fact.label, fact.missing) for fact in FACTS.values()]
    with translation.override("en"):
        english = {str(word) for pair in words for word in pair}
    for language in ("fr", "nl", "de"):
        with translation.override(language):
            same = {str(word) for pair in words for word in pair} & english
        assert same == set(), language
