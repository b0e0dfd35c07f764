"""Where a message goes: more quarters of one's own, quarters of other zones, and what others ask of us (R55, R120)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.mandates.grants import Permission
from plp.notices import actions as notices
from plp.notices.queries.reach import takeovers_to_answer
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.reauthentication import proven_at
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.notices.lists import find
from plp.portal.subjects.notices.reach.forms import ReachForm
from plp.portal.subjects.notices.reach.places import reading
from plp.toolbox.moves import Refused

WRITE, RELEASE = Permission.NOTICE_WRITE, Permission.NOTICE_RELEASE


@needs(WRITE)
def reach(request: StaffRequest, key: UUID) -> HttpResponse:
    """Choose the other quarters of a draft: one's own, and those of one other zone at a time."""
    notice = find(request, key, WRITE)
    if notice.state != "draft" or notice.answers_id or notice.corrects_id:
        return redirect("notices:desk:detail", notice.pk)
    form = ReachForm(
        request.POST or None,
        notice=notice,
        person=request.person,
        at=request.at,
        language=get_language() or "fr",
        zone=request.GET.get("zone", ""),
    )
    if form.is_valid():
        try:
            notices.choose_partnerships(notice=notice, partnerships=form.chosen(), by=request.person, at=request.at)
        except Refused as refusal:
            form.add_error(None, refusal.in_words())
        else:
            messages.success(request, _("It is noted where the message goes."))
            return redirect("notices:write:edit", notice.pk)
    return render(request, "notices/reach.html", {"form": form, "notice": notice})


@needs(RELEASE)
@freshly_proven
def accept(request: StaffRequest, key: UUID) -> HttpResponse:
    """Read a message of other police as the members here would get it, then take it over (R120)."""
    passing = get_object_or_404(takeovers_to_answer(request.person, at=request.at), pk=key)
    if request.method == "POST":
        copy = notices.accept_takeover(
            passing=passing,
            text_hash=request.POST.get("text_hash", ""),
            proven_at=proven_at(request),
            by=request.person,
            at=request.at,
        )
        messages.success(request, _("Accepted: the message goes on to your neighbourhood."))
        return redirect("notices:desk:detail", copy.pk)
    return render(request, "notices/accept.html", reading(passing, get_language() or "fr", at=request.at))


@needs(RELEASE)
@require_POST
def decline(request: StaffRequest, key: UUID) -> HttpResponse:
    """Not take it over, with a reason that its author reads."""
    passing = get_object_or_404(takeovers_to_answer(request.person, at=request.at), pk=key)
    because = request.POST.get("because", "")
    notices.decline_takeover(passing=passing, because=because, by=request.person, at=request.at)
    messages.success(request, _("Refused. The police who wrote it read your reason."))
    return redirect("notices:desk:desk")
