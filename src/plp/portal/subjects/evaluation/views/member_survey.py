"""The survey of the members on screen: one code, one answer, nobody's name (R141)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from plp.evaluation.actions import surveys
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.evaluation.forms import MemberSurveyAnswerForm


@public
def answer_survey(request: PortalRequest) -> HttpResponse:
    """The questions. Nobody tries all codes: there are more than ten million million (ADR 34)."""
    form = MemberSurveyAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        surveys.answer_survey(by=None, at=request.at, **form.survey_answers)
        return redirect("evaluation:thanks")
    return render(request, "evaluation/answer.html", {"form": form})


@public
def survey_thanks_page(request: PortalRequest) -> HttpResponse:
    """Counted."""
    return render(request, "evaluation/thanks.html")
