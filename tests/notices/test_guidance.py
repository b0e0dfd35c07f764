"""The decision model, the templates, messages that were not sent, advice on the plan (R54, R76, R109, R133)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.translation import override

from plp.charter.kinds import KINDS
from plp.journal.models import Entry
from plp.mandates.grants import Role
from plp.mandates.queries import NotAllowed
from plp.notices import actions as notices
from plp.notices import refusals
from plp.notices.compositions import subject_template
from plp.notices.gaps import GAP, first_unfilled_gap
from plp.notices.models import Withholding
from plp.notices.queries.guidance import (
    current_communication_plan_advice,
    decision_model_of_zone_around,
    quarters_by_last_preventive_notice,
    withholding_counts_of_year,
)
from plp.notices.rules.decision_model import (
    DEFAULTS,
    Guideline,
    MessageProposal,
    SituationFacts,
    guidelines_with_one_moved,
    propose_message_for_facts,
)
from plp.notices.subjects import SUBJECTS, preventive_subjects_of_month
from plp.toolbox.moves import WrongState
from plp.toolbox.texts import LANGUAGES
from plp.wording.check import check
from tests.factories.cast import NOW, Cast, hold, person

QUIET = SituationFacts(subject="bicycle_theft", time="weeks", victims="anyone", threat="repeats", reach="zone")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_template_passes_the_message_check_in_each_language(subject: str) -> None:
    kind = KINDS[SUBJECTS[subject].kind]

    for language in LANGUAGES:
        words = subject_template(subject, language)
        findings = check("\n".join(words), language=language, kind=kind.key).findings
        assert [finding for finding in findings if finding.severity == "hold"] == []
        assert len(words[1]) <= kind.short_limit
        assert len(GAP.findall(" ".join(words))) == len(GAP.findall(" ".join(subject_template(subject, "fr"))))


def test_a_gap_is_known_by_its_words() -> None:
    assert first_unfilled_gap({"fr": ("Vélos", "près de [lieu]", "")}) == "[lieu]"
    assert (
        first_unfilled_gap({"fr": ("Vélos", "du côté de [rues]", "")}) == "[rues]"
    )  # of a template before the catalogue
    assert first_unfilled_gap({"fr": ("Vélos", "près de [la gare]", "")}) == ""
    both = {"nl": ("Fietsen", "op [dag]", ""), "en": ("Bicycles", "on [day]", "")}
    for language, gap in (("en", "[day]"), ("nl", "[dag]"), ("de", "[dag]")):
        with override(language):
            assert first_unfilled_gap(both) == gap


@pytest.mark.parametrize(
    ("changes", "kind", "urgency", "reason"),
    [
        ({"time": "in_act", "threat": "around"}, "alarm", "now", "threat"),
        ({"time": "weeks", "threat": "around"}, "advice", "bundle", "threat"),
        ({"time": "days", "threat": "witnesses"}, "information_request", "today", "information"),
        ({"victims": "traders"}, "infoflash", "bundle", "phenomenon"),
        ({"time": "hours"}, "advice", "today", "phenomenon"),
        ({}, "advice", "bundle", "phenomenon"),
        ({"subject": "calamity"}, "calamity", "now", "phenomenon"),
        ({"victims": "one", "time": "in_act", "threat": "around"}, "", "none", "threat"),
        ({"threat": "nothing"}, "", "none", "information"),
    ],
)
def test_our_rules_propose(changes: dict[str, str], kind: str, urgency: str, reason: str) -> None:
    found = propose_message_for_facts(replace(QUIET, **changes), DEFAULTS, [])

    assert (found.kind, found.urgency, found.reason) == (kind, urgency, reason)
    assert found.number > 0


def test_a_priority_of_the_zone_makes_it_more_urgent_and_says_so() -> None:
    found = propose_message_for_facts(QUIET, DEFAULTS, ["bicycle_theft"])

    assert (found.urgency, found.because) == ("today", (("threat", "repeats"), ("priority", "bicycle_theft")))
    assert propose_message_for_facts(QUIET, [], []) == MessageProposal("", "none", "phenomenon", 0, ())


def test_the_rule_and_the_answers_that_made_it_fit_are_told() -> None:
    witnesses = propose_message_for_facts(replace(QUIET, time="days", threat="witnesses"), DEFAULTS, [])
    missing = propose_message_for_facts(replace(QUIET, subject="missing"), DEFAULTS, ["bicycle_theft"])
    alone = propose_message_for_facts(replace(QUIET, victims="one"), DEFAULTS, [])

    assert (witnesses.number, witnesses.because) == (5, (("time", "days"), ("threat", "witnesses")))
    assert (missing.number, missing.because) == (1, (("subject", "missing"),))
    assert (alone.number, alone.because) == (3, (("victims", "one"),))


def test_traders_get_what_is_not_urgent_together() -> None:
    today = replace(QUIET, time="hours")

    gathered = propose_message_for_facts(today, DEFAULTS, [], is_traders=True)
    assert (gathered.urgency, gathered.because[-1]) == ("bundle", ("traders", ""))
    assert propose_message_for_facts(today, DEFAULTS, ["bicycle_theft"], is_traders=True).urgency == "today"
    assert (
        propose_message_for_facts(replace(today, threat="witnesses"), DEFAULTS, [], is_traders=True).urgency == "today"
    )


def test_rules_are_stored_read_and_shifted() -> None:
    assert [Guideline.from_json(one.as_json()) for one in DEFAULTS] == list(DEFAULTS)
    assert guidelines_with_one_moved(DEFAULTS, 1, -1)[:2] == [DEFAULTS[1], DEFAULTS[0]]
    assert guidelines_with_one_moved(DEFAULTS, 0, 1)[:2] == [DEFAULTS[1], DEFAULTS[0]]
    last = len(DEFAULTS) - 1
    assert [
        guidelines_with_one_moved(DEFAULTS, number, by) for number, by in ((0, -1), (last, 1), (last + 1, -1), (-1, 1))
    ] == [list(DEFAULTS)] * 4
    assert [one.key for one in preventive_subjects_of_month(10)] == ["dark_months"]


@pytest.mark.django_db
def test_a_supervisor_sets_the_model_of_their_zone_alone(cast: Cast) -> None:
    boss = person("Eva Exemple")
    hold(boss, Role.SUPERVISOR, cast.zone)
    given = {"guidelines": [DEFAULTS[0]], "priorities": ["burglary"], "weekday": 1, "at": NOW}

    for stranger in (cast.officer, cast.foreign_officer, cast.here.coordinator):
        with pytest.raises(NotAllowed):
            notices.set_decision_model_of_zone(zone=cast.zone, by=stranger, **given)
    for wrong in ({"guidelines": [Guideline("alarm", "none")]}, {"priorities": ["x"]}, {"weekday": 7}):
        with pytest.raises(refusals.WrongModel):
            notices.set_decision_model_of_zone(zone=cast.zone, by=boss, **given | wrong)
    notices.set_decision_model_of_zone(zone=cast.zone, by=boss, **given)

    own, other = decision_model_of_zone_around(cast.here.area), decision_model_of_zone_around(cast.abroad.area)
    assert own.guidelines == (DEFAULTS[0],)
    assert own.priorities == ("burglary",)
    assert own.weekday == 1
    assert own.is_own is True
    assert other.guidelines == DEFAULTS
    assert other.is_own is False


@pytest.mark.django_db
def test_no_message_is_a_count_and_nothing_else(cast: Cast) -> None:
    about = {"partnership": cast.here.partnership, "at": NOW}
    for because in ("secrecy", "secrecy", "other"):
        notices.count_one_withheld_message(because=because, by=cast.officer, **about)
    with pytest.raises(NotAllowed):
        notices.count_one_withheld_message(because="secrecy", by=cast.foreign_officer, **about)
    with pytest.raises(WrongState):
        notices.count_one_withheld_message(because="M. Durieux", by=cast.officer, **about)

    assert withholding_counts_of_year(cast.officer, at=NOW) == {"secrecy": 2, "other": 1}
    assert withholding_counts_of_year(cast.foreign_officer, at=NOW) == {"secrecy": 0, "other": 0}
    assert withholding_counts_of_year(cast.officer, at=NOW + timedelta(days=60)) == {"secrecy": 0, "other": 0}
    assert Withholding.objects.count() == 2
    assert Entry.objects.filter(verb="notice.withheld").count() == 3


@pytest.mark.django_db
def test_an_officer_advises_on_a_plan_and_takes_it_back(cast: Cast) -> None:
    given = {"partnership": cast.here.partnership, "kind": "alarm", "subject": "", "at": NOW}
    for stranger in (cast.here.coordinator, cast.foreign_officer, cast.chief):
        with pytest.raises(NotAllowed):
            notices.create_communication_plan_advice(words="Deux relais la nuit", by=stranger, **given)
    with pytest.raises(refusals.NoAdvice):
        notices.create_communication_plan_advice(words="  ", by=cast.officer, **given)

    advice = notices.create_communication_plan_advice(words="Deux relais la nuit", by=cast.officer, **given)

    assert list(current_communication_plan_advice(cast.here.partnership)) == [advice]
    notices.withdraw_communication_plan_advice(recommendation=advice, by=cast.second_officer, at=NOW)
    assert list(current_communication_plan_advice(cast.here.partnership)) == []
    with pytest.raises(WrongState):
        notices.withdraw_communication_plan_advice(recommendation=advice, by=cast.officer, at=NOW)


@pytest.mark.django_db
def test_the_quarter_that_heard_nothing_comes_first(cast: Cast) -> None:
    found = quarters_by_last_preventive_notice(cast.officer, at=NOW)

    assert [(one.key, one.spoken_at) for one in found] == [("haren", None), ("laeken", None)]
