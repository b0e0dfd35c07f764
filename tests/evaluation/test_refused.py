"""What is refused about a report leaves it as it was; what the machine does; what is shown where nothing is known."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.utils.translation import override

from plp import documents
from plp.charter import actions as charter
from plp.charter.actions.money import CostEntry, FinancingEntry
from plp.documents import document_html
from plp.evaluation.actions import reports, signatures, surveys
from plp.evaluation.figures_in_words import NOTHING, figure_parts
from plp.evaluation.models import DueDay, Report
from plp.evaluation.papers import report_paper
from plp.evaluation.queries.figures import figures_of
from plp.evaluation.queries.year import upcoming_due_dates
from plp.journal.models import Entry as Noted
from plp.launch.queries.progress import step_plan_progress_of_partnership
from plp.partnership.models import Partnership
from plp.toolbox.moves import WrongState
from tests.charter.paper import set_quickly
from tests.charter.stage import SOUND
from tests.evaluation.year import LATER, UNTIL, begun, launched, survey_of, written
from tests.factories.cast import NOW, Cast
from tests.factories.rows import leaves_all

PAGE = "/p/haren/"
pytestmark = pytest.mark.django_db
refused = partial(leaves_all, rooms=("evaluation",))


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a paper be an empty page."""
    set_quickly(monkeypatch, "plp.documents.pdfs")


def test_a_report_is_frozen_once_and_signed_while_it_is_frozen(cast: Cast) -> None:
    report = written(begun(launched(cast.here)))
    mine = {"slot": "officer", "proven_at": LATER, "by": cast.officer, "at": LATER}
    assert refused(lambda: signatures.sign_report_and_file_when_both(report=report, fingerprint="", **mine), WrongState)

    signatures.freeze_report_and_mail_for_signature(report=report, by=None, at=LATER)
    report.refresh_from_db()

    assert refused(
        lambda: signatures.freeze_report_and_mail_for_signature(report=report, by=None, at=LATER), WrongState
    )


def test_a_report_that_somebody_wrote_on_while_it_was_set_is_not_frozen(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, set_in_type = written(begun(launched(cast.here))), documents.pdfs

    def slowly(prints: Sequence[Any], **given: Any) -> list[bytes]:
        written(Report.objects.get(pk=report.pk), attempts=7)
        return set_in_type(prints, **given)

    monkeypatch.setattr(documents, "pdfs", slowly)
    with pytest.raises(WrongState):
        signatures.freeze_report_and_mail_for_signature(report=report, by=None, at=LATER)

    assert (Report.objects.get().state, report.files.count()) == ("draft", 0)


def test_the_machine_needs_no_mandate(cast: Cast) -> None:
    partnership = launched(cast.here)
    report = written(begun(partnership))
    signatures.freeze_report_and_mail_for_signature(report=report, by=None, at=LATER)
    signatures.take_report_back_to_draft(report=report, by=None, at=LATER)
    reports.choose_evaluation_due_day(partnership=partnership, due_on=NOW.date() + timedelta(days=30), by=None, at=NOW)
    survey = surveys.open_survey(partnership=partnership, copies=5, last_day=NOW.date(), by=None, at=NOW)
    surveys.note_forms_printed(survey=survey, copies=5, by=None, at=NOW)

    assert (Report.objects.get().state, DueDay.objects.get().due_on) == ("draft", date(2026, 12, 25))
    assert Noted.objects.filter(verb="evaluation.forms_printed").count() == 1


def test_a_report_tells_nothing_of_four_forms_nor_where_no_page_is(cast: Cast) -> None:
    report = begun(launched(cast.here))
    survey_of(report.partnership, {"new": 4})
    figures = figures_of(report.partnership, report.begins, report.until, at=LATER)
    with override("en"):
        before = document_html(report_paper(report, figures, [], "en"))
        Partnership.objects.filter(pk=report.partnership.pk).update(state="idea")
        report.partnership.refresh_from_db()
        after = document_html(report_paper(report, figures, [], "en"))

    assert "Fewer than five forms came back: nothing is shown." in before
    assert (before.count(PAGE), after.count(PAGE)) == (1, 0)


def test_a_channel_of_one_year_alone_has_a_dash_in_the_other(cast: Cast) -> None:
    figures = figures_of(launched(cast.here), NOW.date(), UNTIL, at=LATER)
    both = [replace(figures, reach={"sms": [40, 38, 2]}), figures]

    reach = next(part for part in figure_parts(both) if part.key == "reach")

    assert reach.rows[0].values[1] == NOTHING


def test_the_ends_of_insurance_and_of_what_is_paid_are_in_the_year(cast: Cast) -> None:
    partnership = launched(cast.here)
    plan = charter.get_or_begin_financing_draft(partnership=partnership, by=None, at=NOW)
    lines = [
        CostEntry("base", "SMS", Decimal(240), "municipality", date(2027, 3, 31)),
        CostEntry("base", "Paper", Decimal(10), "zone"),
    ]
    insured = {"insurer": "Exemple SA", "insured": "volunteers", "insured_until": date(2027, 6, 30)}
    charter.save_financing_draft(
        plan=plan, entry=FinancingEntry(lines=lines, alternative="E-mail", **insured), by=None, at=NOW
    )
    charter.adopt_financing_and_amend_charter(plan=plan, may_be_untranslated=True, by=None, at=NOW)

    with override("en"):
        due = [
            (one.day, str(one.title))
            for one in upcoming_due_dates(step_plan_progress_of_partnership(partnership, at=NOW), at=NOW)
        ]

    assert (date(2027, 6, 30), "The insurance ends") in due
    assert [day for day, title in due if title.startswith("Paid until")] == [date(2027, 3, 31)]


def test_without_an_insurance_or_an_end_of_payment_neither_is_in_the_year(cast: Cast) -> None:
    partnership = launched(cast.here)
    plan = charter.get_or_begin_financing_draft(partnership=partnership, by=None, at=NOW)
    charter.save_financing_draft(plan=plan, entry=SOUND, by=None, at=NOW)
    charter.adopt_financing_and_amend_charter(plan=plan, may_be_untranslated=True, by=None, at=NOW)

    kinds = {
        one.key.split(".")[0]
        for one in upcoming_due_dates(step_plan_progress_of_partnership(partnership, at=NOW), at=NOW)
    }

    assert kinds.isdisjoint({"insurance", "money"})
