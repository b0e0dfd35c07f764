"""The survey on screen: one code, one answer a home, nobody's name (R17)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from plp.launch.actions import surveys
from plp.portal.shell import limits
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.idea.forms import SurveyForm


@public
def answer(request: PortalRequest) -> HttpResponse:
    """The questions. A wrong code counts against the network, so that nobody tries them all."""
    form = SurveyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        network = limits.network_of(request)
        if not limits.left("survey.network", network):
            raise limits.TooOften
        try:
            surveys.answer(code=form.cleaned_data["code"], answers=form.answers, by=None, at=request.at)
            return redirect("idea:thanks")
        except (surveys.UnknownCode, surveys.AlreadyAnswered, surveys.SurveyOver) as refused:
            limits.take("survey.network", network)
            form.add_error("code", refused.in_words())
    return render(request, "idea/survey.html", {"form": form})


@public
def thanks(request: PortalRequest) -> HttpResponse:
    """Counted."""
    return render(request, "idea/thanks.html")
