"""A stack of paper forms of the survey, by keyboard: code, digits, Enter; the last ones stay in sight (R17).

What was typed stands nowhere but on the page: each of the last lines comes back with the next form, signed, so that it
can be taken back by whoever typed it, and by nobody who only guesses what a home answered (T42).
"""

from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from plp.launch.actions import paper_forms, surveys
from plp.launch.models import Survey
from plp.launch.queries.surveys import survey_result_as_far_as_shown
from plp.mandates.grants import Permission
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.launch.groundwork.forms.area import PaperSurveyForm
from plp.portal.subjects.launch.groundwork.scope import page_context, partnership_or_404
from plp.portal.subjects.launch.groundwork.views.survey import running_survey_or_404
from plp.toolbox.ids import grouped_code, normalise_code
from plp.toolbox.moves import Refused

GROUNDWORK = Permission.GROUNDWORK
SHOWN = 8  # lines in sight
LASTS = 3_600  # seconds in which a line can be taken back
SALT = "launch.survey.line"


@dataclass(frozen=True)
class EnteredForm:
    """One line of the stack. ``words``: why it did not count; empty when it did. ``token``: the line, signed."""

    code: str
    digits: str
    answers: dict[str, str]
    words: str = ""
    token: str = ""

    @property
    def code_as_printed(self) -> str:
        """The code as it is printed, or as it was typed."""
        return grouped_code(self.code) if normalise_code(self.code) == self.code else self.code


@needs(GROUNDWORK)
def enter_paper_forms(request: StaffRequest, key: str) -> HttpResponse:
    """Enter paper forms that bear a code, one after the other; what was wrong stays in its line."""
    partnership = partnership_or_404(request, key)
    survey = running_survey_or_404(partnership)
    lines = _posted_lines(request, survey)
    typed: dict[str, Any] = {}
    entered = undone = None
    if request.method == "POST":
        chosen = next((line for line in lines if line.token == request.POST.get("back")), None)
        if chosen is not None:
            lines.remove(chosen)
            typed = _undo_form_entry_and_return_initial_values(request, survey, chosen)
            undone = None if chosen.words else chosen
        else:
            paper = PaperSurveyForm(request.POST, survey=survey, language=request.LANGUAGE_CODE)
            if not paper.is_valid():
                return _paper_form_entry_page(request, survey, paper, lines)
            entered = _enter_paper_form(request, survey, paper)
            lines.insert(0, entered)
    paper = PaperSurveyForm(survey=survey, language=request.LANGUAGE_CODE, initial=typed)
    return _paper_form_entry_page(request, survey, paper, lines[:SHOWN], entered=entered, undone=undone)


def _paper_form_entry_page(
    request: StaffRequest,
    survey: Survey,
    paper: PaperSurveyForm,
    lines: list[EnteredForm],
    *,
    entered: EnteredForm | None = None,
    undone: EnteredForm | None = None,
) -> HttpResponse:
    """The page; ``entered`` or ``undone`` is what it says happened, above the field where one goes on."""
    shown: dict[str, Any] = {"form": paper, "survey": survey, "lines": lines, "entered": entered, "undone": undone}
    if entered or undone:
        shown["numbers"] = survey_result_as_far_as_shown(survey)
        paper.fields["code"].widget.attrs["aria-describedby"] = "said"
    return render(request, "launch/groundwork/survey_form.html", page_context(survey.partnership, **shown))


def _enter_paper_form(request: StaffRequest, survey: Survey, paper: PaperSurveyForm) -> EnteredForm:
    """Count one form; a refused one is a line too, with the reason."""
    typed = paper.cleaned_data["code"]
    line = {"code": normalise_code(typed) or typed, "digits": paper.cleaned_data["digits"], "answers": paper.answers}
    try:
        surveys.spend_code_and_count_paper_answer(
            survey=survey, code=typed, answers=paper.answers, by=request.person, at=request.at
        )
    except surveys.HomeHasAnswered:  # in words for whoever types, not for the home
        words = _("This code has already been used, on screen or on paper: it counts once.")
        return _signed_line(EnteredForm(**line, words=words), survey)
    except Refused as refused:
        return _signed_line(EnteredForm(**line, words=refused.in_words()), survey)
    return _signed_line(EnteredForm(**line), survey)


def _undo_form_entry_and_return_initial_values(
    request: StaffRequest, survey: Survey, line: EnteredForm
) -> dict[str, Any]:
    """Undo a line that counted; answers what was typed, to be put right."""
    if not line.words:
        paper_forms.undo_paper_form_entry_and_free_code(
            survey=survey, code=line.code, answers=line.answers, by=request.person, at=request.at
        )
    return {"code": line.code_as_printed, "digits": line.digits, **line.answers}


def _signed_line(line: EnteredForm, survey: Survey) -> EnteredForm:
    token = signing.dumps([str(survey.pk), asdict(line)], salt=SALT)
    return EnteredForm(**(asdict(line) | {"token": token}))


def _posted_lines(request: StaffRequest, survey: Survey) -> list[EnteredForm]:
    """The lines that the page sent back; what is not ours, or too old, is left out."""
    lines = []
    for token in request.POST.getlist("line")[:SHOWN]:
        try:
            key, line = signing.loads(token, salt=SALT, max_age=LASTS)
        except signing.BadSignature:
            continue
        if key == str(survey.pk):
            lines.append(EnteredForm(**(line | {"token": token})))
    return lines
