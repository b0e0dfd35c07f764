"""The survey on screen: one code, one answer a home, nobody's name (R17)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from plp.launch.actions import surveys
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.launch.idea.forms import SurveyForm


@public
def answer(request: PortalRequest) -> HttpResponse:
    """The questions. Nobody tries all codes: there are more than ten million million (ADR 34)."""
    form = SurveyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            surveys.answer_survey(code=form.cleaned_data["code"], answers=form.answers, by=None, at=request.at)
            return redirect("launch:idea:thanks")
        except (surveys.UnknownHomeCode, surveys.HomeHasAnswered, surveys.AreaSurveyOver) as refused:
            form.add_error("code", refused.in_words())
    return render(request, "launch/idea/survey.html", {"form": form})


@public
def thanks(request: PortalRequest) -> HttpResponse:
    """Counted."""
    return render(request, "launch/idea/thanks.html")
