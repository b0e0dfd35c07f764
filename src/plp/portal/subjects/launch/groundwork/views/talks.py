"""Talks with the authorities (R12, R13)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plp.launch.actions import consultations
from plp.launch.queries.groundwork import groundwork_facts
from plp.launch.refusals import FutureDay
from plp.mandates.grants import Permission
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.launch.groundwork.forms.ground import TalkForm
from plp.portal.subjects.launch.groundwork.scope import context, find
from plp.toolbox.words import BadWords

GROUNDWORK = Permission.GROUNDWORK
FIELDS = ("authority", "held_on", "persons", "reference", "outcome", "remark")


@needs(GROUNDWORK)
def listed(request: StaffRequest, key: str) -> HttpResponse:
    """All talks, the newest first, and what is still missing."""
    partnership = find(request, key)
    talks = partnership.consultations.order_by("-held_on", "-at")
    return render(
        request, "launch/groundwork/talks.html", context(partnership, talks=talks, facts=groundwork_facts(partnership))
    )


@needs(GROUNDWORK)
def new(request: StaffRequest, key: str) -> HttpResponse:
    """Note a talk."""
    partnership = find(request, key)
    form = TalkForm(request.POST or None, initial={"authority": request.GET.get("with", "")})
    if request.method == "POST" and form.is_valid():
        try:
            consultations.note_talk(partnership=partnership, talk=form.talk, by=request.person, at=request.at)
            messages.success(request, _("Noted."))
            return redirect("launch:groundwork:talks", key)
        except FutureDay as bad:
            form.add_error("held_on", bad.in_words())
        except BadWords as bad:
            form.add_error(None, bad.in_words())
    return render(request, "launch/groundwork/talk.html", context(partnership, form=form))


@needs(GROUNDWORK)
def correct(request: StaffRequest, key: str, pk: UUID) -> HttpResponse:
    """Complete a talk, for instance with the answer that came."""
    partnership = find(request, key)
    talk = get_object_or_404(partnership.consultations.select_related("partnership__area"), pk=pk)
    form = TalkForm(request.POST or None, initial={name: getattr(talk, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        try:
            consultations.correct_talk(consultation=talk, talk=form.talk, by=request.person, at=request.at)
            messages.success(request, _("Changed."))
            return redirect("launch:groundwork:talks", key)
        except FutureDay as bad:
            form.add_error("held_on", bad.in_words())
        except BadWords as bad:
            form.add_error(None, bad.in_words())
    return render(request, "launch/groundwork/talk.html", context(partnership, form=form, talk=talk))


@needs(GROUNDWORK)
def strike(request: StaffRequest, key: str, pk: UUID) -> HttpResponse:
    """Take out a talk noted by mistake, after a question."""
    partnership = find(request, key)
    talk = get_object_or_404(partnership.consultations.select_related("partnership__area"), pk=pk)
    if request.method == "POST":
        consultations.delete_talk(consultation=talk, by=request.person, at=request.at)
        messages.success(request, _("Removed. The journal keeps that it was there."))
        return redirect("launch:groundwork:talks", key)
    return render(request, "launch/groundwork/talk_strike.html", context(partnership, talk=talk))
