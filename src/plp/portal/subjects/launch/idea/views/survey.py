"""The survey on screen: one code, one answer a home, nobody's name (R17)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from plp.launch.actions import surveys
from plp.launch.models import Survey
from plp.launch.queries.surveys import running_survey, survey_of_code
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.launch.idea.forms import HomeSurveyForm


@public
def answer_survey(request: PortalRequest) -> HttpResponse:
    """The questions of one's own survey: the link on the letter names it, else the code does.

    Nobody tries all codes: there are more than ten million million (ADR 34).
    """
    survey = survey_of_code(request.POST.get("code", "")) or running_survey(request.GET.get("p", "")[:60])
    form = HomeSurveyForm(request.POST or None, survey=survey or Survey(), language=request.LANGUAGE_CODE)
    if request.method == "POST" and form.is_valid():
        surveys.spend_code_and_count_screen_answer(
            code=form.cleaned_data["code"], answers=form.answers, by=None, at=request.at
        )
        return redirect("launch:idea:thanks")
    name = survey.partnership.name(request.LANGUAGE_CODE) if survey else ""
    return render(request, "launch/idea/survey.html", {"form": form, "survey": survey, "name": name})


@public
def survey_thanks_page(request: PortalRequest) -> HttpResponse:
    """Counted."""
    return render(request, "launch/idea/thanks.html")
