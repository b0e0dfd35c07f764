"""What officer and coordinator did through the year stands in the report: counted reports, policy plans (R59, R138)."""

from datetime import date

import pytest

from plp.documents import document_html
from plp.evaluation.actions import reports
from plp.evaluation.papers import report_paper
from plp.evaluation.queries.reports import frozen_or_current_figures
from plp.followup.actions import policies, ratings, report_counts
from tests.evaluation.year import LATER, NIGHT, UNTIL, launched, relayed
from tests.factories.cast import Cast
from tests.followup.test_registers import PLAN

pytestmark = pytest.mark.django_db


def test_numbers_and_plans_of_the_year_are_in_the_report() -> None:
    cast = Cast()
    partnership = launched(cast.here)
    for month in (date(2026, 11, 1), date(2026, 12, 1), date(2027, 11, 1)):  # the first lies before the period
        report_counts.set_monthly_report_count(
            partnership=partnership, month=month, members=4, others=9, by=cast.officer, at=LATER
        )
    notice = relayed(cast, "advice", NIGHT)
    given = {"quality": 3, "timeliness": 4, "words": "", "language": "fr"}
    ratings.rate_message(notice=notice, by=cast.officer, at=LATER, **given)
    policies.add_policy(area=cast.zone, plan=PLAN, partnerships=[partnership], by=cast.officer, at=LATER)

    report = reports.begin_next_report(partnership=partnership, until=UNTIL, by=cast.officer, at=LATER)

    paper = document_html(report_paper(report, frozen_or_current_figures(report, at=LATER), [], "nl"))
    assert report.typed == {"reports_members": 8, "reports_others": 18}
    figures = frozen_or_current_figures(report, at=LATER)
    assert (figures.rated, figures.quality, figures.timeliness) == (1, 3.0, 4.0)
    assert ">3,0</td>" in paper
    assert "Plan zonal de sécurité 2026-2029" in paper
