"""The survey of the members: one answer a form, nobody's answer to be found (R141)."""

from datetime import timedelta
from itertools import product

import pytest
from django.utils.translation import override

from plp.documents import select_variant
from plp.evaluation import refusals
from plp.evaluation.actions import surveys
from plp.evaluation.models import SurveyCode, SurveyCount
from plp.evaluation.queries.surveys import latest_closed_survey_result, result_of_closed_member_survey
from plp.evaluation.questionnaire import (
    ANSWERS,
    BREAKDOWNS,
    QUESTIONS,
    SINCE,
    SINCE_ASKED,
    question_labels,
    survey_form_code,
)
from plp.evaluation.rules import parts_withheld_for_anonymity
from plp.journal.models import Entry
from plp.launch.documents.register import BY_KEY
from plp.launch.queries.texts import standard_document_text
from plp.mandates.queries import NotAllowed
from plp.partnership.models import Partnership
from plp.people.small_counts import FEWEST
from plp.toolbox.ids import grouped_code
from tests.evaluation.year import NIGHT, UNTIL, answered, launched, survey_of
from tests.factories.cast import NOW, Cast

YES = dict.fromkeys(QUESTIONS, "yes")


def test_no_group_under_five_can_be_found_by_subtraction() -> None:
    for sizes in product(range(13), repeat=3):
        parts = dict(zip("abc", sizes, strict=True))
        hidden = parts_withheld_for_anonymity(parts)
        total, shown = sum(sizes), sum(forms for key, forms in parts.items() if key not in hidden)

        assert all(forms == 0 or forms >= FEWEST for key, forms in parts.items() if key not in hidden)
        assert total - shown == 0 or total - shown >= FEWEST or total < FEWEST
        assert len(hidden) != 1 or total < FEWEST or len([forms for forms in sizes if forms]) == 1


def test_what_is_large_enough_is_not_withheld() -> None:
    assert parts_withheld_for_anonymity({"a": 5, "b": 7, "c": 0}) == frozenset()
    assert parts_withheld_for_anonymity({"a": 3, "b": 9, "c": 20}) == {"a", "b"}
    assert parts_withheld_for_anonymity({"a": 2, "b": 3, "c": 20}) == {"a", "b"}
    assert parts_withheld_for_anonymity({"a": 1, "b": 1, "c": 20}) == {"a", "b", "c"}


@pytest.mark.django_db
def test_nothing_shows_before_the_close_nor_of_four_forms(cast: Cast) -> None:
    partnership = launched(cast.here)
    survey = surveys.open_survey(
        partnership=partnership, copies=9, last_day=UNTIL.replace(year=2026), by=None, at=NOW - timedelta(days=2)
    )
    for number in range(4):
        answered(survey, number)

    assert result_of_closed_member_survey(survey) is None
    surveys.close_survey(survey=survey, by=cast.officer, at=NOW)
    told = result_of_closed_member_survey(survey)
    assert told is not None
    assert (told.forms, told.whole, told.breakdowns) == (0, [], [])


@pytest.mark.django_db
def test_from_five_forms_on_the_whole_shows_and_small_groups_do_not(cast: Cast) -> None:
    partnership = launched(cast.here)
    told = result_of_closed_member_survey(survey_of(partnership, {"new": 3, "some": 6, "long": 8}))

    assert told is not None
    assert (told.forms, told.copies, [line.forms for line in told.whole]) == (
        17,
        60,
        [[17, 0, 0, 0, 0]] * len(QUESTIONS),
    )
    medium, since = told.breakdowns
    assert [(one.forms, one.is_withheld) for one in medium.groups] == [(17, False), (0, False)]
    assert [(one.forms, one.is_withheld, one.lines == []) for one in since.groups] == [
        (0, True, True),
        (0, True, True),
        (8, False, False),
    ]
    assert latest_closed_survey_result(partnership, NOW.date(), UNTIL) == told
    assert latest_closed_survey_result(partnership, NIGHT.date() + timedelta(days=2), UNTIL) is None


@pytest.mark.django_db
def test_a_form_counts_once_on_screen_or_paper(cast: Cast) -> None:
    survey = surveys.open_survey(
        partnership=launched(cast.here), copies=5, last_day=NOW.date(), by=cast.officer, at=NOW
    )
    answered(survey, 0)
    typed = grouped_code(survey_form_code(survey.pk, 0)).upper()
    with pytest.raises(refusals.FormHasBeenCounted):
        surveys.enter_paper_form(survey=survey, code=typed, answers=YES, years="new", by=cast.here.coordinator, at=NOW)
    typed = grouped_code(survey_form_code(survey.pk, 1)).upper()
    surveys.enter_paper_form(survey=survey, code=typed, answers=YES, years="new", by=cast.here.coordinator, at=NOW)

    assert SurveyCode.objects.filter(spent=True).count() == 2
    assert SurveyCount.objects.get(breakdown="medium", part="paper", question="safe", answer="yes").forms == 1
    surveys.close_survey(survey=survey, by=None, at=NOW)
    assert not SurveyCode.objects.filter(spent=True).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "answers", "since", "refusal"),
    [
        ("abc", YES, "new", refusals.UnknownFormCode),
        ("<script>", YES, "new", refusals.UnknownFormCode),
        (None, {**YES, "safe": "'; --"}, "new", refusals.MemberSurveyIncomplete),
        (None, {}, "new", refusals.MemberSurveyIncomplete),
        (None, YES, "ever", refusals.MemberSurveyIncomplete),
    ],
)
def test_bad_answers_count_nothing(
    cast: Cast, code: str | None, answers: dict[str, str], since: str, refusal: type[Exception]
) -> None:
    survey = surveys.open_survey(partnership=launched(cast.here), copies=5, last_day=NOW.date(), by=None, at=NOW)
    with pytest.raises(refusal):
        surveys.answer_survey(
            code=code or survey_form_code(survey.pk, 0), answers=answers, years=since, by=None, at=NOW
        )

    assert set(SurveyCount.objects.values_list("forms", flat=True)) == {0}
    assert not SurveyCode.objects.filter(spent=True).exists()


@pytest.mark.django_db
def test_after_the_last_day_paper_only_and_after_the_close_nothing(cast: Cast) -> None:
    survey = surveys.open_survey(partnership=launched(cast.here), copies=5, last_day=NOW.date(), by=None, at=NOW)
    tomorrow, code = NOW + timedelta(days=1), survey_form_code(survey.pk, 0)
    with pytest.raises(refusals.MemberSurveyOver):
        surveys.answer_survey(code=code, answers=YES, years="new", by=None, at=tomorrow)
    surveys.enter_paper_form(survey=survey, code=code, answers=YES, years="new", by=None, at=tomorrow)
    surveys.close_survey(survey=survey, by=None, at=tomorrow)
    with pytest.raises(refusals.MemberSurveyOver):
        surveys.enter_paper_form(
            survey=survey, code=survey_form_code(survey.pk, 1), answers=YES, years="new", by=None, at=tomorrow
        )
    with pytest.raises(refusals.MemberSurveyOver):
        surveys.close_survey(survey=survey, by=None, at=tomorrow)


@pytest.mark.django_db
@pytest.mark.parametrize("over", ["ended", "merged"])
def test_the_end_of_a_partnership_closes_its_survey_once_and_shows_its_result(cast: Cast, over: str) -> None:
    here, there = (
        surveys.open_survey(partnership=launched(quarter), copies=9, last_day=NOW.date(), by=None, at=NOW)
        for quarter in (cast.here, cast.next_door)
    )
    for number in range(FEWEST):
        answered(here, number)
    living = surveys.close_surveys_of_ended_partnerships(by=None, at=NOW)
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state=over)

    closed = [surveys.close_surveys_of_ended_partnerships(by=None, at=NOW) for _turn in range(2)]

    here.refresh_from_db()
    there.refresh_from_db()
    result = result_of_closed_member_survey(here)
    assert (living, closed, here.closed_at, there.closed_at) == (0, [1, 0], NOW, None)
    assert result is not None
    assert result.forms == FEWEST
    with pytest.raises(refusals.MemberSurveyOver):
        surveys.answer_survey(code=survey_form_code(here.pk, FEWEST), answers=YES, years="new", by=None, at=NOW)


@pytest.mark.django_db
def test_the_tables_and_the_journal_tell_of_no_form(cast: Cast) -> None:
    survey = surveys.open_survey(partnership=launched(cast.here), copies=5, last_day=NOW.date(), by=None, at=NOW)
    rows, entries = SurveyCount.objects.count(), Entry.objects.count()

    answered(survey, 3)

    parts = sum(len(divided) for divided in BREAKDOWNS.values())
    assert (SurveyCount.objects.count(), Entry.objects.count()) == (rows, entries)
    assert rows == parts * len(QUESTIONS) * len(ANSWERS)


@pytest.mark.django_db
def test_only_coordinator_and_officer_of_the_place_hold_it(cast: Cast) -> None:
    partnership = launched(cast.here)
    survey = surveys.open_survey(
        partnership=partnership, copies=5, last_day=NOW.date(), by=cast.here.coordinator, at=NOW
    )
    for stranger in (cast.next_door.coordinator, cast.foreign_officer, cast.chief):
        with pytest.raises(NotAllowed):
            surveys.close_survey(survey=survey, by=stranger, at=NOW)
        with pytest.raises(NotAllowed):
            surveys.enter_paper_form(survey=survey, code="", answers=YES, years="new", by=stranger, at=NOW)
    with pytest.raises(refusals.MemberSurveyRunning):
        surveys.open_survey(partnership=partnership, copies=5, last_day=NOW.date(), by=None, at=NOW)
    surveys.close_survey(survey=survey, by=None, at=NOW)
    for copies, day, refusal in (
        (4, NOW.date(), refusals.BadCopies),
        (2001, NOW.date(), refusals.BadCopies),
        (5, NOW.date() - timedelta(days=1), refusals.BadMemberSurveyEnd),
        (5, NOW.date() + timedelta(days=185), refusals.BadMemberSurveyEnd),
    ):
        with pytest.raises(refusal):
            surveys.open_survey(partnership=partnership, copies=copies, last_day=day, by=None, at=NOW)


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
@pytest.mark.parametrize(
    ("kind", "changed"), [("plp_i", {"effort", "report", "safe", "ties"}), ("sectoral", {"effort", "safe", "ties"})]
)
def test_who_works_there_is_asked_about_shop_and_work(language: str, kind: str, changed: set[str]) -> None:
    source = select_variant(standard_document_text(BY_KEY["member_survey"], language), kind)
    with override(language):
        rows = [f"| {label} | ☐ | ☐ | ☐ | ☐ | ☐ |" for label in question_labels(kind).values()]

    assert [line for line in source.splitlines() if line.endswith("| ☐ |")] == rows
    assert question_labels("plp") == QUESTIONS
    assert {key for key, label in question_labels(kind).items() if label != QUESTIONS[key]} == changed


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_the_sheet_of_the_pack_asks_what_the_page_asks(language: str) -> None:
    lines = select_variant(standard_document_text(BY_KEY["member_survey"], language), "plp").splitlines()

    with override(language):
        rows = [f"| {label} | ☐ | ☐ | ☐ | ☐ | ☐ |" for label in QUESTIONS.values()]
        answers = f"| {' | '.join(str(label) for label in ANSWERS.values())} |"
        since = [f"**{SINCE_ASKED}**\\", "   ".join(f"☐ {label}" for label in SINCE.values())]

    assert [line for line in lines if line.endswith("| ☐ |")] == rows
    assert [line for line in lines if line.endswith(answers)]
    asked = lines.index(since[0])
    assert lines[asked : asked + 2] == since
