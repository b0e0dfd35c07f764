"""The officer says how an exchange went, the coordinator reads it and answers (R56, R57)."""

from datetime import timedelta
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from plp.followup.actions import ratings
from plp.followup.queries.ratings import average_grades_of_period, messages_to_rate_or_rated, ratings_in_scope
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.followup.forms.ratings import AnswerRatingForm, RateForm, SumUpForm
from plp.portal.subjects.followup.presentation import notice_title, relay_delay_text
from plp.portal.subjects.followup.scope import ANSWER, RATE, TALK, language, partnership_or_404
from plp.toolbox.clock import local

PER_PAGE = 25
QUARTER = timedelta(days=91)


@needs(RATE)
def rated_and_unrated_messages(request: StaffRequest) -> HttpResponse:
    """Every message that reached members, with what was said of it: those without a word stand out."""
    page = Paginator(messages_to_rate_or_rated(request.person, at=request.at), PER_PAGE).get_page(
        request.GET.get("page")
    )
    rows = [
        (
            one,
            one.partnership.name(language()),
            notice_title(one, language()),
            relay_delay_text(one),
            getattr(one, "rating", None),
        )
        for one in page
    ]
    return render(request, "followup/waiting.html", {"page": page, "rows": rows})


@needs(RATE)
def rate_notice(request: StaffRequest, notice: UUID) -> HttpResponse:
    """Quality, speed, a word."""
    found = get_object_or_404(messages_to_rate_or_rated(request.person, at=request.at), pk=notice)
    before = getattr(found, "rating", None)
    known = {"quality": before.quality, "timeliness": before.timeliness, "words": before.words} if before else None
    form = RateForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data, "language": language(), "by": request.person, "at": request.at}
        ratings.rate_message(notice=found, **told)
        return success(request, _("Said. The coordinator gets an e-mail."), "followup:waiting")
    context = {"form": form, "notice": found, "title": notice_title(found, language()), "how": relay_delay_text(found)}
    return render(request, "followup/rate.html", {**context, "name": found.partnership.name(language())})


@needs(RATE)
def rate_whole_period(request: StaffRequest, key: str) -> HttpResponse:
    """How a period went; the ratings of its messages stand beside."""
    found, today = partnership_or_404(request, key, RATE), local(request.at).date()
    form = SumUpForm(request.POST or None, initial={"begins": today - QUARTER, "until": today})
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data, "language": language(), "by": request.person, "at": request.at}
        ratings.rate_period(partnership=found, **told)
        return success(request, _("Said. The coordinator gets an e-mail."), "followup:partnership", key)
    recent = average_grades_of_period(since=request.at - QUARTER, until=request.at, partnership=found)
    context = {"form": form, "partnership": found, "name": found.name(language()), "recent": recent}
    return render(request, "followup/sum_up.html", context)


@needs(TALK)
def read_rating(request: StaffRequest, rating: UUID) -> HttpResponse:
    """What was said of an exchange, and the answer."""
    found = get_object_or_404(ratings_in_scope(request.person, TALK, at=request.at), pk=rating)
    may_answer = ratings_in_scope(request.person, ANSWER, at=request.at).filter(pk=found.pk, answered_at=None).exists()
    title = notice_title(found.notice, language()) if found.notice else ""
    context = {"rating": found, "title": title, "may_answer": may_answer, "partnership": found.partnership}
    return render(request, "followup/rating.html", {**context, "name": found.partnership.name(language())})


@needs(ANSWER)
def answer_rating(request: StaffRequest, rating: UUID) -> HttpResponse:
    """The coordinator's word, once."""
    found = get_object_or_404(ratings_in_scope(request.person, ANSWER, at=request.at), pk=rating)
    form = AnswerRatingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        ratings.answer_rating(rating=found, words=words, by=request.person, at=request.at)
        return success(request, _("Sent to the police."), "followup:rating", found.pk)
    context = {"form": form, "rating": found, "name": found.partnership.name(language())}
    return render(request, "followup/answer.html", context)
