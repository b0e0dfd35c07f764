"""What the pages of the evaluation ask first, and what they refuse."""

from dataclasses import replace

import pytest

from plp.evaluation.actions import surveys
from plp.evaluation.figures_in_words import figure_parts
from plp.evaluation.models import Report, Survey, SurveyCount
from plp.evaluation.queries.reports import frozen_or_current_figures
from plp.partnership.models import Partnership
from plp.portal.subjects.evaluation.presentation import report_figures_context
from tests.factories.cast import NOW, Cast
from tests.portal.evaluation.test_views import answered, at, begun, frozen, text_of
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
INVALID = 'aria-invalid="true"'


def test_what_was_never_launched_is_not_evaluated(cast: Cast) -> None:
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(launched_at=None)

    assert signed_in(cast.officer).get(at("begin")).status_code == 404
    assert not Report.objects.exists()


def test_a_frozen_report_is_read_and_not_written(cast: Cast) -> None:
    frozen(cast)

    answer = signed_in(cast.officer).get(at("write"))

    assert answer["Location"] == at("home")


def test_a_report_is_taken_back_after_a_question(cast: Cast) -> None:
    frozen(cast)
    officer = signed_in(cast.officer)

    asked, before = text_of(officer, at("take_back")), Report.objects.get().state
    told = officer.post(at("take_back"), follow=True).content.decode()

    assert "<form" in asked
    assert before == "signing"
    assert "Taken back. Change it, then freeze it again." in told
    assert Report.objects.get().state == "draft"


def test_whoever_signs_reads_the_files_first(cast: Cast) -> None:
    report = frozen(cast)
    officer = signed_in(cast.officer)

    shown = text_of(officer, at("sign", "officer"))
    unread = officer.post(at("sign", "officer"), {"fingerprint": report.fingerprint}).content.decode()

    assert report.fingerprint in shown
    assert INVALID in unread
    assert not report.signatures.exists()
    assert officer.get(at("sign", "mayor")).status_code == 404


def test_a_paper_form_with_a_code_that_was_used_or_is_none_is_not_counted(cast: Cast) -> None:
    survey = surveys.open_survey(partnership=cast.here.partnership, copies=5, last_day=NOW.date(), by=None, at=NOW)
    coordinator = signed_in(cast.here.coordinator)
    empty = text_of(coordinator, at("survey_form"))
    coordinator.post(at("survey_form"), answered(survey, 0))

    twice = coordinator.post(at("survey_form"), answered(survey, 0)).content.decode()
    unknown = coordinator.post(at("survey_form"), answered(survey, 0, code="aaaaaaaaa")).content.decode()

    assert 'name="code"' in empty
    assert INVALID in twice
    assert 'value="aaaaaaaaa"' in unknown
    assert SurveyCount.objects.get(breakdown="all", question="safe", answer="yes").forms == 1


def test_a_survey_is_closed_after_a_question(cast: Cast) -> None:
    surveys.open_survey(partnership=cast.here.partnership, copies=5, last_day=NOW.date(), by=None, at=NOW)

    assert "<form" in text_of(signed_in(cast.here.coordinator), at("survey_close"))
    assert Survey.objects.get().closed_at is None


def test_a_part_without_bars_has_its_table_and_no_chart(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    report = begun(cast)
    kept = figure_parts([frozen_or_current_figures(report, at=AT)])
    bare = [replace(part, bars=[("Vols", 3)] if part is kept[0] else []) for part in kept]
    monkeypatch.setattr("plp.portal.subjects.evaluation.presentation.figure_parts", lambda _periods: bare)

    shown = report_figures_context(report, at=AT)["parts"]

    assert [bool(part.drawn) for part in shown] == [True] + [False] * (len(kept) - 1)
    assert "<svg" in shown[0].drawn
    assert [part.title for part in shown] == [part.title for part in bare]
