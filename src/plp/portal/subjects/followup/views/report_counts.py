"""How often people report something, month by month: numbers alone (R138)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from plp.followup.actions import report_counts
from plp.followup.queries.report_counts import municipal_sightings_by_month, report_counts_of
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.followup.forms.ratings import MonthlyReportCountForm
from plp.portal.subjects.followup.scope import RATE, language, partnership_or_404
from plp.toolbox.clock import local

SHOWN = 13  # a year and the month before it


@needs(RATE)
def list_and_set_report_counts(request: StaffRequest, key: str) -> HttpResponse:
    """The numbers of the past months, and a form for one more; sightings through this site stand beside."""
    found = partnership_or_404(request, key, RATE)
    form = MonthlyReportCountForm(request.POST or None, initial={"month": local(request.at).date()})
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data, "by": request.person, "at": request.at}
        report_counts.set_monthly_report_count(partnership=found, **told)
        return success(request, _("Saved. The yearly report begins with these numbers."), "followup:reports", key)
    months = list(report_counts_of(found)[:SHOWN])
    seen = municipal_sightings_by_month(found, (row.month for row in months))
    rows = [(row, seen.get(row.month, 0)) for row in months]
    context = {"form": form, "partnership": found, "name": found.name(language()), "rows": rows}
    return render(request, "followup/reports.html", context)
