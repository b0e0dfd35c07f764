"""The survey as those who hold it see it: open, print, enter paper forms, close, read."""

from datetime import timedelta
from math import ceil

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from plp.evaluation.actions import surveys
from plp.evaluation.forms import survey_forms_pdf
from plp.evaluation.models import Survey
from plp.evaluation.queries.reports import report_languages
from plp.evaluation.queries.surveys import result_of_closed_member_survey, surveys_of
from plp.partnership.gates import is_over
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.evaluation.forms import MemberSurveyAnswerForm, OpenMemberSurveyForm
from plp.portal.subjects.evaluation.presentation import survey_result_context
from plp.portal.subjects.evaluation.scope import WRITE, launched_partnership_or_404
from plp.toolbox.clock import local

USUAL = timedelta(weeks=3)  # to answer on screen, unless another last day is chosen
AT_ONCE = 20  # forms that are set in one document, well within its time


def _running_survey_or_404(request: StaffRequest, partnership_key: str) -> Survey:
    """The open survey of a partnership, or 404."""
    found = surveys_of(launched_partnership_or_404(request, partnership_key, WRITE)).select_related("partnership__area")
    return get_object_or_404(found, closed_at=None)


@needs(WRITE)
def see_or_open_survey(request: StaffRequest, key: str) -> HttpResponse:
    """The running survey, the closed ones with what may be shown; when none runs, a form to open one."""
    partnership = launched_partnership_or_404(request, key, WRITE)
    known = list(surveys_of(partnership))
    running = next((one for one in known if one.closed_at is None), None)
    form = OpenMemberSurveyForm(request.POST or None, initial={"last_day": local(request.at).date() + USUAL})
    if request.method == "POST" and form.is_valid():
        surveys.open_survey(partnership=partnership, by=request.person, at=request.at, **form.cleaned_data)
        return success(request, _("The survey runs. Now print the forms."), "evaluation:survey", key)
    parts = range(1, ceil(running.copies / AT_ONCE) + 1) if running else range(0)
    context = {
        "partnership": partnership,
        "form": form,
        "running": running,
        "is_over": is_over(partnership),
        "parts": parts,
        "languages": report_languages(partnership),
        "ended": [(one, survey_result_context(result_of_closed_member_survey(one))) for one in known if one.closed_at],
    }
    return render(request, "evaluation/survey.html", context)


@needs(WRITE)
def print_survey_forms(request: StaffRequest, key: str) -> HttpResponse:
    """Forms to hand out, each with its code: ``part`` and ``language`` in the address."""
    survey = _running_survey_or_404(request, key)
    asked, language = request.GET.get("part", ""), request.GET.get("language", "")
    last = (int(asked) if asked.isdecimal() and len(asked) < 4 else 0) * AT_ONCE
    numbers = range(survey.copies)[max(last - AT_ONCE, 0) : last]
    if not numbers or language not in report_languages(survey.partnership):
        raise Http404
    made = survey_forms_pdf(survey, numbers, language, at=request.at)
    surveys.note_forms_printed(survey=survey, copies=len(numbers), by=request.person, at=request.at)
    return download(made, name=f"survey-{key}-{language}.pdf", content_type="application/pdf", inline=True)


@needs(WRITE)
def enter_paper_forms(request: StaffRequest, key: str) -> HttpResponse:
    """Enter paper forms, one after the other."""
    survey = _running_survey_or_404(request, key)
    paper = MemberSurveyAnswerForm(request.POST or None)
    if request.method == "POST" and paper.is_valid():
        surveys.enter_paper_form(survey=survey, by=request.person, at=request.at, **paper.survey_answers)
        return success(request, _("Counted. Enter the next one."), "evaluation:survey_form", key)
    return render(request, "evaluation/survey_form.html", {"form": paper, "partnership": survey.partnership})


@needs(WRITE)
def close_member_survey(request: StaffRequest, key: str) -> HttpResponse:
    """End the survey, after a question."""
    survey = _running_survey_or_404(request, key)
    if request.method == "POST":
        surveys.close_survey(survey=survey, by=request.person, at=request.at)
        return success(request, _("Closed. The result can be read."), "evaluation:survey", key)
    return render(request, "evaluation/survey_close.html", {"partnership": survey.partnership})
