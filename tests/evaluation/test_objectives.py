"""Objectives with their indicators, then and now; what an evaluation found becomes a task (K4, K5)."""

from datetime import date, timedelta
from typing import Any

import pytest

from plp.documents import document_html
from plp.evaluation import refusals
from plp.evaluation.actions import objectives
from plp.evaluation.indicators import COMMON_OBJECTIVES, FORMER_OBJECTIVES, SOURCES, USUAL, IndicatorUnit, PeriodNumbers
from plp.evaluation.models import Indicator, Report, ReportTask
from plp.evaluation.papers import report_paper
from plp.evaluation.queries import due_matters
from plp.evaluation.queries.figures import figures_of
from plp.evaluation.queries.objectives import (
    indicator_choices,
    objectives_in_report,
    objectives_in_running_period,
    source_key_of_common_objective,
    unmeasured_objectives,
    value_with_unit_masking_few_persons,
)
from plp.evaluation.queries.reports import evaluation_cycle_of, frozen_or_current_figures
from plp.evaluation.queries.tasks import (
    open_tasks_of_frozen_reports,
    task_state_in_words,
    task_text,
    tasks_of_previous_report,
)
from plp.mandates.queries import NotAllowed
from plp.partnership.common_sentences import common_sentences
from plp.partnership.models import Partnership, Statement
from plp.toolbox.moves import WrongState
from tests.evaluation.year import LATER, NIGHT, UNTIL, launched, survey_of
from tests.factories.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
FIGURES = {"reach": {"sms": [10, 9, 1], "email": [10, 10, 0]}, "feedback_due": 4, "feedback_in_time": 3, "meetings": 1}
MORE = {"relay": {"urgent": [20, 30]}, "members_end": 12}


def numbers(**typed: int) -> PeriodNumbers:
    """The numbers of a period."""
    return PeriodNumbers({**FIGURES, **MORE}, typed, {"safe": 60})


def filed(partnership: Partnership, begins: date, until: date, **figures: Any) -> Report:
    """A report of an earlier period, with some figures of its own."""
    counted = {**figures_of(partnership, begins, until, at=LATER).as_json(), **figures}
    return Report.objects.create(
        partnership=partnership,
        begins=begins,
        until=until,
        state="filed",
        languages=["fr", "nl"],
        figures=counted,
        begun_at=LATER,
        frozen_at=LATER,
        fingerprint="x",
    )


def draft(partnership: Partnership) -> Report:
    """A report that is written."""
    begins = date(2027, 11, 25)
    return Report.objects.create(
        partnership=partnership,
        begins=begins,
        until=begins + timedelta(days=364),
        languages=["fr", "nl"],
        begun_at=LATER,
    )


def test_each_source_reads_its_own_number() -> None:
    read = {key: source.read(numbers(attempts=3, burglaries=1, reports_members=7)) for key, source in SOURCES.items()}

    assert {key: value for key, value in read.items() if value is not None} == {
        "reach": 95,
        "feedback": 75,
        "meetings": 1,
        "urgent": 20,
        "members": 12,
        "survey_safe": 60,
        "reports_members": 7,
        "attempts": 75,
    }
    assert SOURCES["attempts"].read(numbers()) is None


def test_lower_is_better_for_times_alone() -> None:
    assert (SOURCES["urgent"].is_reached(20, 30), SOURCES["urgent"].is_reached(31, 30)) == (True, False)
    assert (SOURCES["reach"].is_reached(95, 95), SOURCES["reach"].is_reached(94, 95)) == (True, False)


def test_nobody_must_set_one_and_none_promises_fewer_offences(cast: Cast) -> None:
    choices = indicator_choices(cast.here.partnership, "fr")

    assert tuple(choice.key for choice in choices if choice.is_followed) == USUAL
    assert "burglaries" not in SOURCES
    assert {choice.target for choice in choices if choice.is_followed} == {95, 90, 75, 60, 70}


def test_a_common_objective_of_the_charter_brings_its_own_figure(cast: Cast) -> None:
    partnership = launched(cast.here)
    common = {sentence["en"]: sentence for sentence in common_sentences("objective")}
    assert set(COMMON_OBJECTIVES) <= set(common)
    meetings, own = common["Two meetings a year give advice on protecting one’s home."]["nl"], "Elke straat een bord"
    for position, text in enumerate((meetings, own), start=1):
        Statement.objects.create(
            partnership=partnership,
            party="residents",
            kind="objective",
            text=text,
            language="nl",
            position=position,
            written_at=NOW,
        )

    choices = {choice.key: choice for choice in indicator_choices(partnership, "nl")}

    assert (choices["meetings"].is_followed, choices["meetings"].objective) == (True, meetings)
    assert unmeasured_objectives(partnership, list(choices.values()), "nl") == [own]


@pytest.mark.parametrize(("place", "text"), list(enumerate(FORMER_OBJECTIVES)))
def test_a_common_objective_of_before_keeps_its_figure(cast: Cast, place: int, text: str) -> None:
    language = ("fr", "nl", "de", "en")[place % 4]
    statement = Statement(partnership=cast.here.partnership, text=text, language=language)

    assert source_key_of_common_objective(statement) == FORMER_OBJECTIVES[text]


def test_an_objective_stands_beside_its_start_and_its_last_year(cast: Cast) -> None:
    partnership = launched(cast.here)
    filed(partnership, date(2024, 11, 25), date(2025, 11, 24), reach={"sms": [10, 5, 5]})
    filed(partnership, date(2025, 11, 25), date(2026, 11, 24), reach={"sms": [10, 8, 2]})
    report = draft(partnership)
    figures = {**figures_of(partnership, report.begins, report.until, at=LATER).as_json(), "reach": {"sms": [10, 9, 1]}}
    report.figures = figures
    report.state = "signing"

    reach = objectives_in_report(report, frozen_or_current_figures(report, at=LATER), "en")[0]

    assert (reach.values, reach.is_reached, reach.value_texts) == ((50, 80, 90), False, ["50%", "80%", "90%", "95%"])
    assert [value for _head, value in reach.bars] == [50, 80, 90, 95]


def test_the_survey_of_the_period_is_read(cast: Cast) -> None:
    partnership = launched(cast.here)
    survey_of(partnership, {"new": 6}, at=NIGHT)
    cycle = evaluation_cycle_of(partnership)
    assert cycle is not None

    progress = {row.choice.key: row for row in objectives_in_running_period(cycle, "en", at=NIGHT + timedelta(days=1))}

    assert (progress["survey_safe"].values, progress["survey_safe"].is_reached) == ((None, None, 100), True)
    assert progress["reach"].is_reached is None


def test_partners_choose_a_target_a_day_and_an_objective_of_the_charter(cast: Cast) -> None:
    partnership = launched(cast.here)
    statement = Statement.objects.create(
        partnership=partnership,
        party="police",
        kind="objective",
        text="Chaque alarme arrive",
        language="fr",
        position=1,
        written_at=NOW,
    )
    day = date(2028, 1, 1)

    objectives.set_or_stop_indicator_target(
        partnership=partnership, source="reach", is_followed=True, target=99, due_on=day, objective=statement,
        by=cast.here.coordinator, at=NOW,
    )  # fmt: skip
    choice = indicator_choices(partnership, "fr")[0]

    assert (choice.target, choice.due_on, choice.objective) == (99, day, "Chaque alarme arrive")
    statement.delete()
    assert indicator_choices(partnership, "en")[0].objective == SOURCES["reach"].objective


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"target": -1}, refusals.BadTarget),
        ({"source": "offences"}, refusals.BadTarget),
        ({"due_on": date(2020, 1, 1)}, refusals.BadTargetDay),
    ],
)
def test_odd_targets_are_refused(cast: Cast, change: dict[str, Any], refusal: type[Exception]) -> None:
    values = {"source": "reach", "is_followed": True, "target": 90, "due_on": None, "objective": None, **change}

    with pytest.raises(refusal):
        objectives.set_or_stop_indicator_target(
            partnership=cast.here.partnership, by=cast.here.coordinator, at=NOW, **values
        )

    assert not Indicator.objects.exists()


def test_the_coordinator_next_door_chooses_nothing_here(cast: Cast) -> None:
    report = draft(launched(cast.here))

    with pytest.raises(NotAllowed):
        objectives.add_task_to_draft_report(
            report=report, source="reach", side="police", by=cast.next_door.coordinator, at=NOW
        )

    assert not ReportTask.objects.exists()


def test_a_task_of_one_touch_is_read_in_each_language_and_has_a_day(cast: Cast) -> None:
    report = draft(launched(cast.here))

    task = objectives.add_task_to_draft_report(report=report, source="reach", side="police", by=cast.officer, at=LATER)

    assert (task.words, task.due_on) == ("", LATER.date() + objectives.QUARTER)
    assert task_text(task) == "Work on it: Every message reaches the members"
    with pytest.raises(refusals.BadTaskDay):
        objectives.add_task_to_draft_report(
            report=report, words="Fermer", side="police", due_on=date(2020, 1, 1), by=cast.officer, at=LATER
        )


def test_tasks_are_agreed_while_the_report_is_written_alone(cast: Cast) -> None:
    report = draft(launched(cast.here))
    task = objectives.add_task_to_draft_report(report=report, words="Une soirée", side="coordinator", by=None, at=LATER)
    objectives.delete_draft_task(task=task, by=None, at=LATER)
    Report.objects.filter(pk=report.pk).update(state="signing", fingerprint="x")

    with pytest.raises(WrongState):
        objectives.add_task_to_draft_report(report=report, words="Une soirée", side="coordinator", by=None, at=LATER)

    assert not ReportTask.objects.exists()


def test_the_next_evaluation_begins_with_what_became_of_them(cast: Cast) -> None:
    partnership = launched(cast.here)
    last = filed(partnership, date(2026, 11, 25), UNTIL)
    for month, source, outcome in ((1, "reach", "Une soirée sur les numéros"), (2, "feedback", "")):
        task = ReportTask.objects.create(report=last, source=source, side="police", due_on=date(2028, month, 1))
        if outcome:
            objectives.finish_task(task=task, outcome=outcome, by=cast.officer, at=LATER)
            with pytest.raises(WrongState):
                objectives.finish_task(task=task, outcome="", by=cast.officer, at=LATER)
    report = draft(partnership)

    paper = document_html(report_paper(report, frozen_or_current_figures(report, at=LATER), [last], "fr"))

    assert [task_state_in_words(task) for task in tasks_of_previous_report(report)] == [
        "done: Une soirée sur les numéros",
        "not done yet",
    ]
    assert "Une soirée sur les numéros" in paper
    assert [task.source for task in open_tasks_of_frozen_reports(partnership)] == ["feedback"]


def test_a_task_is_recalled_to_its_side_once_the_report_is_frozen(cast: Cast) -> None:
    partnership = launched(cast.here)
    report = draft(partnership)
    objectives.add_task_to_draft_report(report=report, source="reach", side="police", by=None, at=LATER)
    everywhere = Partnership.objects.all()
    assert due_matters.due_tasks_of_police(everywhere, LATER) == []
    Report.objects.filter(pk=report.pk).update(state="filed", frozen_at=LATER, fingerprint="x")

    recalled = due_matters.due_tasks_of_police(everywhere, LATER)

    assert [(matter.partnership, matter.due_at.date()) for matter in recalled] == [
        (partnership.pk, LATER.date() + objectives.QUARTER)
    ]
    assert due_matters.due_tasks_of_coordinator(everywhere, LATER) == []


def test_few_persons_are_not_told() -> None:
    assert value_with_unit_masking_few_persons(3, IndicatorUnit.PERSONS) == "<\N{NO-BREAK SPACE}5"
    assert [value_with_unit_masking_few_persons(75, unit) for unit in IndicatorUnit] == [
        "75%",
        "75",
        "75",
        "1 hour 15 minutes",
    ]
