"""Where a message goes: more quarters of one's own, quarters of other zones, and what others ask of us (R55, R120)."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plp.exchange import actions as exchange
from plp.mandates.grants import Permission
from plp.membership.firms import asks_for_firms
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.notices.queries.reach import takeovers_to_answer
from plp.notices.queries.targets import target_area_of_notice
from plp.places.queries import streets_of
from plp.portal.shell.guards import freshly_proven, needs
from plp.portal.shell.maps import streets_map
from plp.portal.shell.reauthentication import second_factor_proven_at
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.notices.lists import permitted_notice_or_404
from plp.portal.subjects.notices.reach.forms import OtherDestinationsForm
from plp.portal.subjects.notices.reach.places import takeover_copy_context
from plp.portal.subjects.notices.reach.target_form import STREETS, TargetAreaForm
from plp.portal.subjects.notices.reached_part import reached_part, readers_by_quarter
from plp.toolbox.moves import Refused

WRITE, RELEASE = Permission.NOTICE_WRITE, Permission.NOTICE_RELEASE


@needs(WRITE)
def choose_reach(request: StaffRequest, key: UUID) -> HttpResponse:
    """Choose where a draft goes: everybody here or a part of the quarter, other quarters, and those of another zone."""
    notice = permitted_notice_or_404(request, key, WRITE)
    if notice.state != "draft" or notice.answers_id or notice.corrects_id:
        return redirect("notices:desk:detail", notice.pk)
    language = get_language() or "fr"
    form = OtherDestinationsForm(
        request.POST or None,
        notice=notice,
        person=request.person,
        at=request.at,
        language=language,
        zone=request.GET.get("zone", ""),
    )
    streets = list(streets_of(notice.partnership.area))
    target = TargetAreaForm(
        request.POST or None,
        streets=streets,
        area=target_area_of_notice(notice),
        has_firms=asks_for_firms(notice.partnership),
    )
    if (
        target.is_valid()
        and form.is_valid()
        and _save_target_and_destinations_or_add_error(request, notice, target, form)
    ):
        if "count" in request.POST:
            return redirect(f"{reverse('notices:reach:reach', args=[notice.pk])}?counted=1")
        return success(request, _("It is noted where the message goes."), "notices:write:edit", notice.pk)
    is_counted = "counted" in request.GET and request.method == "GET"
    context = {
        "form": form,
        "notice": notice,
        "target": target,
        "part": reached_part(notice, at=request.at),
        "readers": readers_by_quarter(notice, language, at=request.at) if is_counted else [],
        "map": streets_map(notice.partnership.area, streets, language) if target["who"].value() == STREETS else None,
    }
    return render(request, "notices/reach.html", context)


def _save_target_and_destinations_or_add_error(
    request: StaffRequest, notice: Notice, target: TargetAreaForm, form: OtherDestinationsForm
) -> bool:
    """Keep both choices; else the form says what stands in the way, and nothing is changed."""
    by, at, area = request.person, request.at, target.target_area()
    try:
        with transaction.atomic():
            notices.set_target_area_of_draft(notice=notice, area=None, by=by, at=at)
            notices.set_other_partnerships_of_draft(notice=notice, partnerships=form.chosen_quarters(), by=by, at=at)
            exchange.set_offer_partners(notice=notice, partners=form.chosen_partners(), by=by, at=at)
            if area is not None:
                notices.set_target_area_of_draft(notice=notice, area=area, by=by, at=at)
    except Refused as refusal:
        target.add_error(None, refusal.in_words())
        notice.refresh_from_db(fields=["target_area"])
        return False
    return True


@needs(RELEASE)
@freshly_proven
def read_and_accept_takeover(request: StaffRequest, key: UUID) -> HttpResponse:
    """Read a message of other police as the members here would get it, then take it over (R120)."""
    passing = get_object_or_404(takeovers_to_answer(request.person, at=request.at), pk=key)
    if request.method == "POST":
        copy = notices.accept_takeover_and_release_copy(
            forwarding=passing,
            text_hash=request.POST.get("text_hash", ""),
            proven_at=second_factor_proven_at(request),
            by=request.person,
            at=request.at,
        )
        return success(
            request, _("Accepted: the message goes on to your neighbourhood."), "notices:desk:detail", copy.pk
        )
    return render(request, "notices/accept.html", takeover_copy_context(passing, get_language() or "fr", at=request.at))


@needs(RELEASE)
@require_POST
def decline_takeover(request: StaffRequest, key: UUID) -> HttpResponse:
    """Not take it over, with a reason that its author reads."""
    passing = get_object_or_404(takeovers_to_answer(request.person, at=request.at), pk=key)
    because = request.POST.get("because", "")
    notices.decline_takeover_with_reason(forwarding=passing, because=because, by=request.person, at=request.at)
    return success(request, _("Refused. The police who wrote it read your reason."), "notices:desk:desk")
