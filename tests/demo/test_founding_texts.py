"""What the demonstration says while it founds: common sentences, and no objective beyond the plan that is agreed."""

import pytest

from plp.charter.models import SLOTS
from plp.charter.queries import default_plan_rules
from plp.demo import founding_texts
from plp.demo.quarter_settings import SETTINGS
from plp.partnership.common_sentences import common_sentences

LANGUAGES = ("fr", "nl", "de")


@pytest.mark.parametrize("statements", [founding_texts.STATEMENTS, founding_texts.STATEMENTS_OF_SHOPS])
@pytest.mark.parametrize("kind", ["motive", "expectation", "objective"])
def test_what_a_party_says_is_a_common_sentence_in_every_language(statements, kind):
    rows = [{language: row[language] for language in LANGUAGES} for row in common_sentences(kind)]

    assert [texts[kind] for texts in statements.values() if texts[kind] not in rows] == []


def test_the_police_promise_to_come_back_on_what_the_plan_asks_it_for():
    asked = [rule.kind for rule in default_plan_rules() if rule.feedback_hours]

    assert asked == ["alarm"]
    assert "alerte" in founding_texts.POLICE["objective"]["fr"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_replaces_a_support_does_not_cost_what_it_paid(language):
    texts = (founding_texts.COSTS, founding_texts.ALTERNATIVE)

    assert ["papier" in text[language].lower() for text in texts] == [True, False]


def test_each_partner_who_signs_has_a_number_of_its_own():
    for setting in SETTINGS:
        numbers = {setting.office_number(place) for place in range(len(SLOTS))}

        assert len(numbers | {setting.desk}) == len(SLOTS) + 1
        assert min(int(number[-3:]) for number in numbers) > setting.members + setting.joiners
