"""What the desks of coordinator and police have in common: find, list, answer."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.sightings.questions.forms import AnswerQuestionForm
from plp.sightings.actions import questions
from plp.sightings.models import Question
from plp.sightings.queries import questions_in_scope
from plp.sightings.queries.questions import OFFICES
from plp.sightings.states import QuestionState

ANSWERED_SHOWN = 50


def question_or_404(request: StaffRequest, office: Question.To, question_id: UUID) -> Question:
    """A question to one's own office; absent and foreign are the same 404 (T10)."""
    return get_object_or_404(questions_in_scope(request.person, OFFICES[office], at=request.at), pk=question_id)


def _desk_context(office: Question.To, **more: object) -> dict[str, object]:
    names = {
        "list_url": f"sightings:questions:{office}",
        "one_url": f"sightings:questions:{office}_one",
        "pass_url": f"sightings:questions:{office}_pass",
        "help_url": f"notices:answers:help_{office}",
    }
    return {"office": office, **names, **more}


def question_list_page(request: StaffRequest, office: Question.To, **more: object) -> HttpResponse:
    """Open ones first, the oldest on top; then the last answered ones."""
    mine = questions_in_scope(request.person, OFFICES[office], at=request.at)
    waiting = mine.filter(state=QuestionState.OPEN)
    answered = mine.filter(state=QuestionState.ANSWERED).order_by("-answered_at")[:ANSWERED_SHOWN]
    parts = [
        (_("Waiting for an answer"), [(one, one.partnership.name()) for one in waiting]),
        (_("Answered questions"), [(one, one.partnership.name()) for one in answered]),
    ]
    return render(request, "sightings/questions/desk.html", _desk_context(office, parts=parts, at=request.at, **more))


def show_or_answer_question(request: StaffRequest, office: Question.To, question_id: UUID) -> HttpResponse:
    """One question, and the answer to it."""
    question = question_or_404(request, office, question_id)
    form = AnswerQuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["words"]
        questions.answer_question_and_notify_asker(question=question, words=given, by=request.person, at=request.at)
        return success(
            request, _("Answered. Only whoever asked reads it."), f"sightings:questions:{office}_one", question.pk
        )
    partnership = question.partnership.name()
    context = _desk_context(
        office, question=question, form=form, asker=question.visible_asker_name, partnership=partnership
    )
    return render(request, "sightings/questions/detail.html", context)
