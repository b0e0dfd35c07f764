"""Where the meetings stand; plan one, change it, convene it, call it off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.evening import actions as evening
from plp.evening import queries
from plp.evening.letters import public_meeting_url
from plp.evening.queries.course import meeting_counts
from plp.evening.queries.sheet_votes import sheet_votes
from plp.evening.rules import LETTERS_TAKE
from plp.evening.states import MeetingState
from plp.launch.queries.ideas import room_of_initiator
from plp.mandates.grants import Permission
from plp.mandates.queries import may
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.choices import ChoicePage, PlaceChoice, redirect_to_only_place_or_list
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.evening.course import next_act_of_meeting, phases_of_meeting
from plp.portal.subjects.evening.forms.meetings import CancelMeetingForm, MeetingConveneForm, PlanMeetingForm
from plp.portal.subjects.evening.scope import (
    LEAD,
    led_partnership_or_404,
    meeting_context,
    meeting_or_404,
    morning_after_night,
    page_language,
    work_by_hand_about,
)
from plp.portal.subjects.evening.views.invitations import invitation_result_message

EVERYWHERE = ChoicePage(
    gettext_lazy("Evenings and meetings"),
    gettext_lazy("The meetings of which partnership?"),
    gettext_lazy("No partnership yet"),
    gettext_lazy("The partnerships of your area will appear here."),
    "presentation",
)


@needs(LEAD)
def led_partnership_list_or_only_one(request: StaffRequest) -> HttpResponse:
    """The partnerships whose evenings one leads."""
    mine = partnerships_in_scope(request.person, LEAD, at=request.at).order_by("key")
    return redirect_to_only_place_or_list(
        request,
        EVERYWHERE,
        mine,
        lambda one: PlaceChoice(
            one.name(page_language()), reverse("evening:home", args=[one.key]), one.get_state_display()
        ),
    )


@needs(LEAD)
def meeting_list(request: StaffRequest, key: str) -> HttpResponse:
    """The meetings of a partnership: what comes, what was."""
    partnership = led_partnership_or_404(request, key)
    desk = queries.coming_and_past_meetings(partnership)
    return render(
        request,
        "evening/home.html",
        {"partnership": partnership, "name": partnership.name(page_language()), "desk": desk},
    )


@needs(LEAD)
def plan_meeting(request: StaffRequest, key: str) -> HttpResponse:
    """Plan a meeting: when, where, for whom."""
    partnership = led_partnership_or_404(request, key)
    is_police = may(request.person, Permission.QUESTION_POLICE, partnership.area, at=request.at)
    room = room_of_initiator(partnership) if is_police and not partnership.meetings.exists() else None
    form = PlanMeetingForm(request.POST or None, partnership=partnership, room=room)
    if request.method == "POST" and form.is_valid() and form.are_hours_possible_or_add_error(request.at):
        made = evening.plan_meeting(partnership=partnership, plan=form.meeting_plan(), by=request.person, at=request.at)
        return success(request, _("Planned. Nobody is invited yet."), "evening:detail", key, made.pk)
    context = {"form": form, "partnership": partnership, "name": partnership.name(page_language()), "room": room}
    return render(request, "evening/plan.html", context)


@needs(LEAD)
def meeting_detail(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """The course of a meeting: before, at and after it, and the one next act."""
    found = meeting_or_404(request, key, meeting)
    counts = meeting_counts(found)
    context = meeting_context(
        found,
        link=public_meeting_url(found),
        counts=counts,
        act=next_act_of_meeting(found, counts, at=request.at),
        course=phases_of_meeting(found, counts),
        work=work_by_hand_about(request, found),
    )
    return render(request, "evening/detail.html", context)


@needs(LEAD)
def change_meeting(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """Change what was planned; once people are convened, hour and room, and whoever was invited is told."""
    found = meeting_or_404(request, key, meeting)
    if found.state not in {MeetingState.PLANNED, MeetingState.CONVENED}:
        return redirect("evening:detail", key, found.pk)
    form = PlanMeetingForm(request.POST or None, partnership=found.partnership, meeting=found)
    if request.method == "POST" and form.is_valid() and form.are_hours_possible_or_add_error(request.at):
        who: dict[str, Any] = {"meeting": found, "plan": form.meeting_plan(), "by": request.person, "at": request.at}
        if found.state == MeetingState.PLANNED:
            evening.change_planned_meeting(**who)
            return success(request, _("Changed."), "evening:detail", key, found.pk)
        _move_meeting_and_add_messages(request, **who)
        return redirect("evening:detail", key, found.pk)
    return render(request, "evening/plan.html", meeting_context(found, form=form))


def _move_meeting_and_add_messages(request: StaffRequest, **who: Any) -> None:
    """Change hour or room; the page says that people are told, and that letters to the doors are carried again."""
    told = evening.move_convened_meeting_and_notify(**who)
    messages.success(request, _("Changed. Whoever was invited is told.") if told else _("Changed."))
    if who["meeting"].invitations.exists():
        messages.warning(request, _("Print the letters to the doors again and deliver them: the old ones are wrong."))


@needs(LEAD)
def convene_and_invite(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """Fix date and place, after a question. The votes are prepared, all are invited."""
    found = meeting_or_404(request, key, meeting)
    if found.state != MeetingState.PLANNED:
        return redirect("evening:detail", key, found.pk)
    form = MeetingConveneForm(request.POST if request.method == "POST" else None, meeting=found)
    if request.method == "POST" and form.is_valid():
        doors = evening.convene_meeting_and_count_doors(
            meeting=found, by=request.person, at=request.at, **form.cleaned_data
        )
        invited = form.cleaned_data["invites"]
        return success(
            request,
            invitation_result_message(found, doors) if invited else _("Convened. Now invite everybody."),
            "evening:detail" if invited and not doors else "evening:invitations",
            key,
            found.pk,
        )
    streets = queries.streets_to_invite(found)
    doors = sum(count for _street, count in streets)
    context = meeting_context(
        found,
        points=found.points.all(),
        votes=sheet_votes(found),
        form=form,
        streets=len(streets),
        doors=doors,
        leaves_at=morning_after_night(request.at),
        is_soon=found.starts_at - request.at < LETTERS_TAKE,
    )
    return render(request, "evening/convene.html", context)


@needs(LEAD)
def cancel_meeting(request: StaffRequest, key: str, meeting: UUID) -> HttpResponse:
    """Call a meeting off, with a reason that people read."""
    found = meeting_or_404(request, key, meeting)
    form = CancelMeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["because"]
        evening.cancel_meeting_and_notify(meeting=found, because=reason, by=request.person, at=request.at)
        return success(request, _("Called off. Whoever registered is told."), "evening:home", key)
    return render(request, "evening/cancel.html", meeting_context(found, form=form))
