"""Answering a message: the link of a mail or SMS, or the code of a letter, is the proof (R127)."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from plp.charter.kinds import KINDS, Office
from plp.delivery.models import Dispatch
from plp.notices import actions as notices
from plp.notices.copies import written_language_for_reader
from plp.notices.models import Notice
from plp.notices.queries import title_core_and_more_by_language
from plp.notices.queries.answers import (
    can_members_acknowledge,
    dispatch_of_answer_code,
    newest_feedback_on_notice,
    notice_of_message,
    notices_person_may_answer,
    police_office_that_reads_answers,
)
from plp.notices.states import State
from plp.partnership.letters import emergency_number_values
from plp.portal.shell import limits
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.notices.answers.forms import AnswerCodeForm, WitnessForm

DONE = {
    "answer": _("Your answer is with the police. Nobody else reads it."),
    "read": _("Thank you: we know that you read it."),
    "can_help": _("Thank you: the coordinator knows that you can help."),
    "help": _("The coordinator was asked to call you."),
}

CRY = "cry"  # what was typed cries for help: another page is shown


@public
@require_http_methods(["GET", "HEAD", "POST"])
def enter_letter_code(request: PortalRequest) -> HttpResponse:
    """The code of a letter leads to its form."""
    form = AnswerCodeForm(request.POST or None)
    if request.method == "POST":
        with limits.enforce_then_count(request, ("notice-code.network", limits.personal_or_network_limit_key(request))):
            is_known = form.is_valid()
        if is_known:
            return redirect("notices:answers:form", form.cleaned_data["code"])
    return render(request, "notices/answers/enter.html", {"form": form})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def show_and_answer_message_by_code(request: PortalRequest, code: str) -> HttpResponse:
    """The message with its form, in its reader's language. GET changes nothing (T7)."""
    dispatch = dispatch_of_answer_code(code)
    if dispatch is None:
        raise Http404
    has_chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    with translation.override((get_language() if has_chosen else dispatch.language) or "fr"):
        notice = _answerable_notice_or_404(request, dispatch)
        witness_form = WitnessForm(request.POST if "words" in request.POST else None)
        done = (
            _do_pressed_act_and_return_its_name(request, notice, dispatch, witness_form)
            if request.method == "POST"
            else ""
        )
        if done:
            return redirect(f"{request.path}?done={done}")
        return render(
            request, "notices/answers/form.html", _answer_form_context(request, notice, dispatch, witness_form)
        )


def _answerable_notice_or_404(request: PortalRequest, dispatch: Dispatch) -> Notice:
    """The message of this copy; where several went as one copy, the one that asks."""
    notice = notice_of_message(dispatch.message)
    if notice is None:
        raise Http404
    if notice.answer_by is None and dispatch.digest and dispatch.contact is not None:
        asking = [
            other for other in notices_person_may_answer(dispatch.contact.person, at=request.at) if other.answer_by
        ]
        notice = asking[0] if asking else notice
    return notice


def _do_pressed_act_and_return_its_name(
    request: PortalRequest, notice: Notice, dispatch: Dispatch, witness_form: WitnessForm
) -> str:
    """Do what was pressed; answers its name, or nothing where the form is not filled in."""
    act, at = request.POST.get("act", "answer"), request.at
    person = dispatch.contact.person if dispatch.contact else None
    with limits.enforce_then_count(request, ("notice-answer.network", limits.personal_or_network_limit_key(request))):
        if act == "answer":
            if not witness_form.is_valid() or police_office_that_reads_answers(notice, at=at) != Office.POLICE:
                return ""
            words = witness_form.cleaned_data["words"]
            notices.save_form_answer_for_police(notice=notice, dispatch=dispatch, text=words, by=None, at=at)
            contact = dispatch.contact
            if contact and notices.answer_typed_cry_for_help_if_one(contact=contact, text=words, by=None, at=at):
                return CRY  # kept among the answers, too: a witness may tell of somebody else's cry
        elif person is None or act not in DONE or not can_members_acknowledge(notice, at=at):
            raise Http404
        elif act == "help":
            notices.open_help_call_and_mail_coordinator(
                message=dispatch.message, channel=dispatch.channel, by=person, at=at
            )
        else:
            notices.record_notice_read_once(notice=notice, by=person, can_help=act == "can_help", at=at)
    return act


def _answer_form_context(
    request: PortalRequest, notice: Notice, dispatch: Dispatch, witness_form: WitnessForm
) -> dict[str, object]:
    language = get_language() or "fr"
    order, texts, outcome = (
        tuple(notice.partnership.languages),
        title_core_and_more_by_language(notice),
        newest_feedback_on_notice(notice),
    )
    text_language = written_language_for_reader(language, texts, order)
    outcome_texts = title_core_and_more_by_language(outcome) if outcome else {}
    outcome_language = written_language_for_reader(language, outcome_texts, order) if outcome_texts else ""
    return {
        "notice": notice,
        "kind": KINDS[notice.kind].label,
        "name": notice.partnership.name(language),
        "text_language": text_language,
        "words": texts[text_language],
        "outcome_language": outcome_language,
        "outcome": outcome_texts.get(outcome_language),
        "form": witness_form,
        "to_police": police_office_that_reads_answers(notice, at=request.at) == Office.POLICE,
        "may_acknowledge": dispatch.contact is not None and can_members_acknowledge(notice, at=request.at),
        "is_cry": request.GET.get("done") == CRY,
        "is_withdrawn": notice.state == State.RETRACTED,
        "done": DONE.get(request.GET.get("done", "")),
        **emergency_number_values(notice.partnership, language),
    }
