"""Objectives and tasks on pages: a picture with its table, one touch, what became of it (K4, K5)."""

from datetime import date

import pytest

from plp.evaluation.models import Indicator, Report, ReportTask
from plp.evaluation.queries.reports import frozen_or_current_figures
from tests.factories.cast import Cast
from tests.portal.evaluation.test_views import at, begun, text_of
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db


def test_every_objective_has_a_target_before_anybody_sets_one(cast: Cast) -> None:
    page = text_of(signed_in(cast.here.coordinator), at("objectives"))

    assert page.count("<section>") == 6
    assert "Every message reaches the members" in page
    assert "95%" in page


def test_a_reader_sees_the_objectives_and_changes_none(cast: Cast) -> None:
    chief = signed_in(cast.chief)

    page = text_of(chief, at("objectives"))

    assert "Every message reaches the members" in page
    assert at("objective", "reach") not in page
    assert chief.get(at("objective", "reach")).status_code == 404


def test_a_target_is_chosen_and_a_bad_one_is_said_at_its_field(cast: Cast) -> None:
    officer = signed_in(cast.officer)

    bad = officer.post(at("objective", "reach"), {"is_followed": "on", "target": "80", "due_on": "2020-01-01"})
    officer.post(at("objective", "reach"), {"is_followed": "on", "target": "80", "due_on": ""})

    assert "Choose a day from today on" in bad.content.decode()
    assert "80%" in text_of(officer, at("objectives"))
    assert officer.get(at("objective", "offences")).status_code == 404
    officer.post(at("objective", "reach"), {"target": "80"})
    assert [indicator.is_followed for indicator in Indicator.objects.all()] == [False]


def test_one_touch_on_the_report_makes_a_task(cast: Cast) -> None:
    report = begun(cast)
    Indicator.objects.create(partnership=report.partnership, source="meetings", target=2)
    officer = signed_in(cast.officer)
    assert "Neighbours and police meet" in text_of(officer, at("read"))

    officer.post(at("task_add"), {"source": "meetings", "side": "police"})

    task = ReportTask.objects.get()
    assert (task.source, task.side) == ("meetings", "police")
    assert "Work on it: Neighbours and police meet" in text_of(officer, at("read"))


def test_words_that_the_check_holds_come_back_with_a_sentence(cast: Cast) -> None:
    begun(cast)

    answer = signed_in(cast.officer).post(at("task_add"), {"words": "", "side": "police"})

    assert 'aria-invalid="true"' in answer.content.decode()
    assert not ReportTask.objects.exists()


def test_a_task_is_taken_out_of_a_draft_and_done_after_it(cast: Cast) -> None:
    report, officer = begun(cast), signed_in(cast.officer)
    tasks = [
        ReportTask.objects.create(report=report, words="Une soirée", side="police", due_on=date(2027, 1, 1))
        for _number in range(2)
    ]
    officer.post(at("task", tasks[0].pk), {"withdraw": "1"})
    figures = frozen_or_current_figures(report, at=AT).as_json()
    Report.objects.filter(pk=report.pk).update(
        state="filed", figures=figures, frozen_at=AT, filed_at=AT, fingerprint="x"
    )
    assert "Une soirée" in text_of(officer, at("objectives"))

    officer.post(at("task", tasks[1].pk), {"outcome": "Trente voisins"})

    assert [(task.pk, task.outcome) for task in ReportTask.objects.all()] == [(tasks[1].pk, "Trente voisins")]
    assert officer.get(at("task", tasks[1].pk)).status_code == 404
