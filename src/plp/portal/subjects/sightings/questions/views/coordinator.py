"""The questions to the coordinator, and what the coordinator shares of them with all members (R135)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from plp.mandates.grants import Permission
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.sightings.questions import desk
from plp.portal.subjects.sightings.questions.forms import ShareForm
from plp.sightings.actions import questions
from plp.sightings.models import Question
from plp.sightings.queries import count_questions_awaiting_police_review, shared_answers_in_scope

COORDINATOR = Question.To.COORDINATOR


@needs(Permission.QUESTION_COORDINATOR)
def questions_to_coordinator_list(request: StaffRequest) -> HttpResponse:
    """What waits, what was answered, what is shared."""
    shared = [(one, one.partnership.name()) for one in shared_answers_in_scope(request.person, at=request.at)]
    with_police = count_questions_awaiting_police_review(request.person, at=request.at)
    return desk.question_list_page(request, COORDINATOR, shared=shared, with_police=with_police)


@needs(Permission.QUESTION_COORDINATOR)
def answer_question_as_coordinator(request: StaffRequest, key: UUID) -> HttpResponse:
    """One question and its answer."""
    return desk.show_or_answer_question(request, COORDINATOR, key)


@needs(Permission.QUESTION_COORDINATOR)
def pass_to_police(request: StaffRequest, key: UUID) -> HttpResponse:
    """Give it to the police, after a confirmation."""
    question = desk.question_or_404(request, COORDINATOR, key)
    if request.method == "POST":
        questions.pass_question_to_police(question=question, by=request.person, at=request.at)
        return success(request, _("Passed on. It is no longer on your desk."), "sightings:questions:coordinator")
    return render(request, "sightings/questions/pass_on.html", {"question": question})


@needs(Permission.QUESTION_COORDINATOR)
def share_reworded_answer(request: StaffRequest, key: UUID) -> HttpResponse:
    """Write question and answer anew for all members; the message check reads along."""
    question = desk.question_or_404(request, COORDINATOR, key)
    initial = {"language": question.language, "answered": question.answer}
    form = ShareForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        questions.share_answer(
            question=question,
            language=form.cleaned_data["language"],
            question_text=form.cleaned_data["asked"],
            answer_text=form.cleaned_data["answered"],
            by=request.person,
            at=request.at,
        )
        return success(
            request, _("Shared. All members of the partnership can read it."), "sightings:questions:coordinator"
        )
    return render(request, "sightings/questions/share.html", {"question": question, "form": form})


@needs(Permission.QUESTION_COORDINATOR)
def delete_shared_answer(request: StaffRequest, key: UUID) -> HttpResponse:
    """Show a shared answer no longer, after a confirmation."""
    shared = get_object_or_404(shared_answers_in_scope(request.person, at=request.at), pk=key)
    if request.method == "POST":
        questions.delete_shared_answer(shared=shared, by=request.person, at=request.at)
        return success(request, _("Taken back. No member sees it any more."), "sightings:questions:coordinator")
    return render(request, "sightings/questions/take_back.html", {"shared": shared})
