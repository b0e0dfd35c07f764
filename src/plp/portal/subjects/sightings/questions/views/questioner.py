"""Asking: everybody may, a member in their own name if they like; the answer by a secret link (R127)."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language

from plp.membership.queries import partnerships_of_member
from plp.partnership.queries import public_partnerships
from plp.portal.shell import limits
from plp.portal.shell.codes import load_sealed, store_sealed
from plp.portal.shell.guards import public as for_everybody
from plp.portal.shell.moved_addresses import redirect_if_moved
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.sightings.questions.forms import AskQuestionForm
from plp.sightings.actions import questions
from plp.sightings.letters import is_question_link_signature, signed_question_path
from plp.sightings.models import Question
from plp.sightings.queries import question_behind_link

FOLLOWED = "question.followed"


def _followed_question_or_404(request: PortalRequest) -> Question:
    """The question that this browser follows, or 404."""
    found = load_sealed(request, FOLLOWED)
    question = question_behind_link(UUID(found["question"])) if found else None
    if question is None:
        raise Http404
    return question


@for_everybody
@redirect_if_moved
def ask_question(request: PortalRequest, key: str) -> HttpResponse:
    """To whom, and what; in one's own name only as a member."""
    partnership = get_object_or_404(public_partnerships(), key=key)
    person = request.member or request.person
    asker = person if person is not None and partnerships_of_member(person).filter(pk=partnership.pk).exists() else None
    form = AskQuestionForm(request.POST or None, is_member=asker is not None)
    if request.method == "POST" and form.is_valid():
        network = ("question.network", limits.personal_or_network_limit_key(request))
        given = {name: value for name, value in form.cleaned_data.items() if name != "homepage"}
        asked = questions.NewQuestion(partnership=partnership, language=get_language() or "fr", asker=asker, **given)
        with limits.enforce_then_count(request, network, ("question.partnership", partnership.pk.hex)):
            question = questions.ask_question_via_police(new_question=asked, by=asker, at=request.at)
        is_moved = question.to != form.cleaned_data["to"] and not question.for_coordinator
        store_sealed(request, FOLLOWED, {"question": str(question.pk), "is_moved": is_moved})
        return redirect("sightings:questions:sent")
    context = {"form": form, "partnership": partnership, "name": partnership.name()}
    return render(request, "sightings/questions/ask.html", context)


@for_everybody
def question_sent_page_with_link(request: PortalRequest) -> HttpResponse:
    """It is sent: until when an answer is expected, and the secret link to it."""
    question = _followed_question_or_404(request)
    link = f"{settings.ORIGIN}/questions/follow/{signed_question_path(question.pk)}/"
    is_moved = load_sealed(request, FOLLOWED).get("is_moved", False)
    context = {"question": question, "link": link, "is_moved": is_moved}
    return render(request, "sightings/questions/sent.html", context)


@for_everybody
def store_linked_question_and_redirect(request: PortalRequest, key: UUID, signature: str) -> HttpResponse:
    """The secret link: exchanged at once for a mark in this browser, so that it stands in no address bar (T19)."""
    if not is_question_link_signature(key, signature) or question_behind_link(key) is None:
        raise Http404
    store_sealed(request, FOLLOWED, {"question": str(key)})
    return redirect("sightings:questions:status")


@for_everybody
def question_status_page(request: PortalRequest) -> HttpResponse:
    """The answer, or until when it is expected."""
    return render(
        request, "sightings/questions/status.html", {"question": _followed_question_or_404(request), "at": request.at}
    )
