"""The look back of the demonstration: a report that both signed, a survey in which small groups are withheld."""

import pytest

from plp.demo.first_evaluation import NUMBERS, evaluate_first_year
from plp.demo.quarter import Quarter
from plp.demo.quarter_settings import SETTINGS
from plp.evaluation.models import Report, ReportFile, Survey
from plp.evaluation.queries.figures import Figures, figures_of
from plp.evaluation.queries.surveys import result_of_closed_member_survey
from tests.charter.paper import set_quickly
from tests.evaluation.year import LATER, year
from tests.factories.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def test_the_demonstration_shows_a_report_whose_figures_are_the_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    set_quickly(monkeypatch, "plp.documents.pdfs")
    cast = Cast()
    year(cast)
    people = (cast.officer, cast.second_officer, cast.here.coordinator, cast.here.deputy)

    evaluate_first_year([Quarter(SETTINGS[0], cast.here.partnership, *people, launched=NOW)])

    report = Report.objects.get()
    assert report.state == "filed"
    assert report.typed == NUMBERS
    assert report.words["nl"]["next"] != ""
    counted = figures_of(report.partnership, report.begins, report.until, at=LATER)
    assert (Figures(**report.figures).messages, Figures(**report.figures)) == (4, counted)
    assert ReportFile.objects.filter(kind="sealed").count() == 2
    told = result_of_closed_member_survey(Survey.objects.get())
    assert told is not None
    assert len({tuple(question.forms) for question in told.whole}) == 8
    assert (told.forms, [group.is_withheld for group in told.breakdowns[1].groups]) == (21, [False, True, True])
