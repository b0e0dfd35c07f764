"""Talks with the authorities (R12, R13)."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from plp.launch.actions import consultations
from plp.launch.actions.steps import move_partnership_to_creation
from plp.launch.queries.groundwork import gather_groundwork_facts
from plp.launch.refusals import AuthorityObjects, FactsMissing, FutureDay
from plp.mandates.grants import Permission
from plp.mandates.queries import may
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.launch.groundwork.forms.ground import AuthorityTalkForm
from plp.portal.subjects.launch.groundwork.forms.talks import TalkRowForm, TalkSheet
from plp.portal.subjects.launch.groundwork.scope import page_context, partnership_or_404
from plp.toolbox.words import BadWords

GROUNDWORK = Permission.GROUNDWORK
FIELDS = ("authority", "held_on", "persons", "reference", "outcome", "remark")


@needs(GROUNDWORK)
def record_talks_and_decision(request: StaffRequest, key: str) -> HttpResponse:
    """The talks that are missing, on one sheet with the decision to go on; below it all talks, the newest first."""
    partnership = partnership_or_404(request, key)
    facts = gather_groundwork_facts(partnership)
    decides = partnership.state == State.IDEA and may(
        request.person, Permission.PARTNERSHIP_LEAD, partnership.area, at=request.at
    )
    sheet = TalkSheet(request.POST or None, facts, decides=decides)
    if (
        request.method == "POST"
        and sheet.is_valid()
        and _save_talks_and_decision_or_add_errors(request, partnership, sheet)
    ):
        if sheet.decides_to_go_on:
            return success(request, _("The creation begins. Registration is now open."), "launch:plan:where", key)
        return success(request, _("Noted."), "launch:groundwork:talks", key)
    talks = partnership.consultations.order_by("-held_on", "-at")
    return render(request, "launch/groundwork/talks.html", page_context(partnership, talks=talks, sheet=sheet))


def _save_talks_and_decision_or_add_errors(request: StaffRequest, partnership: Partnership, sheet: TalkSheet) -> bool:
    """Note every talk of the sheet and take its decision, or nothing at all; what is wrong stands at its field."""
    act: dict[str, Any] = {"partnership": partnership, "by": request.person, "at": request.at}
    row: TalkRowForm | None = None
    try:
        with transaction.atomic():
            for row, talk in sheet.filled_in_talks:  # noqa: B007 - the row at hand is the one that is refused
                consultations.record_consultation(talk=talk, **act)
            if sheet.decides_to_go_on:
                move_partnership_to_creation(**act)
    except (FutureDay, BadWords) as bad:
        if row is not None:
            row.add_error("held_on" if isinstance(bad, FutureDay) else None, bad.in_words())
    except (FactsMissing, AuthorityObjects) as bad:
        if sheet.decision is not None:
            sheet.decision.add_error("goes_on", bad.in_words())
    else:
        return True
    return False


@needs(GROUNDWORK)
def add_talk(request: StaffRequest, key: str) -> HttpResponse:
    """Note a talk."""
    partnership = partnership_or_404(request, key)
    form = AuthorityTalkForm(request.POST or None, initial={"authority": request.GET.get("with", "")})
    if request.method == "POST" and form.is_valid():
        consultations.record_consultation(partnership=partnership, talk=form.talk, by=request.person, at=request.at)
        return success(request, _("Noted."), "launch:groundwork:talks", key)
    return render(request, "launch/groundwork/talk.html", page_context(partnership, form=form))


@needs(GROUNDWORK)
def correct_talk(request: StaffRequest, key: str, pk: UUID) -> HttpResponse:
    """Complete a talk, for instance with the answer that came."""
    partnership = partnership_or_404(request, key)
    talk = get_object_or_404(partnership.consultations.select_related("partnership__area"), pk=pk)
    form = AuthorityTalkForm(request.POST or None, initial={name: getattr(talk, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        consultations.correct_consultation(consultation=talk, talk=form.talk, by=request.person, at=request.at)
        return success(request, _("Changed."), "launch:groundwork:talks", key)
    return render(request, "launch/groundwork/talk.html", page_context(partnership, form=form, talk=talk))


@needs(GROUNDWORK)
def remove_talk(request: StaffRequest, key: str, pk: UUID) -> HttpResponse:
    """Take out a talk noted by mistake, after a question."""
    partnership = partnership_or_404(request, key)
    talk = get_object_or_404(partnership.consultations.select_related("partnership__area"), pk=pk)
    if request.method == "POST":
        consultations.delete_consultation(consultation=talk, by=request.person, at=request.at)
        return success(request, _("Removed. The journal keeps that it was there."), "launch:groundwork:talks", key)
    return render(request, "launch/groundwork/talk_strike.html", page_context(partnership, talk=talk))
