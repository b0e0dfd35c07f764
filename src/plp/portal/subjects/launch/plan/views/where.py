"""Where are we? One page per partnership, the same on paper, and the list of all of them."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from plp.evening.calendar import meeting_title
from plp.evening.models import Meeting
from plp.evening.queries import meetings_with_approved_minutes
from plp.launch.actions.positions import refresh_stale_plan_positions
from plp.launch.queries import positions
from plp.launch.queries.dates import due_dates_in_plan_nearest_first
from plp.launch.queries.offices import offices_awaited_in_open_steps
from plp.launch.queries.progress import partnerships_whose_progress_person_sees, step_plan_progress_of_partnership
from plp.launch.queries.records import partnership_end
from plp.mandates.grants import Permission
from plp.mandates.queries import mandates_of
from plp.partnership.models import Partnership
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.page_access import PageAccess
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.launch.plan import presentation, scope
from plp.portal.subjects.launch.plan.list_form import MANY, PartnershipListForm
from plp.portal.subjects.launch.plan.path_picture import path_picture
from plp.portal.subjects.launch.plan.poster import poster_pdf
from plp.portal.subjects.launch.plan.views.bulk_actions import remind_or_export_ticked_partnerships
from plp.toolbox.clock import local

PER_PAGE = 30
OF_A_ZONE = {Permission.PARTNERSHIP_FOUND, Permission.ZONE_SET}  # who needs the list, however short


@needs(Permission.LAUNCH_SEE)
def list_and_act_on_partnerships(request: StaffRequest) -> HttpResponse:
    """Every partnership of one's area with its step, the late ones first (R30): narrowed, sorted, acted on together.

    Who has a single one, and founds no other, is led to its page.
    """
    mine = partnerships_whose_progress_person_sees(request.person, at=request.at)
    if request.method == "POST":
        return remind_or_export_ticked_partnerships(request, mine)
    if only := _only_partnership(request):
        return redirect("launch:plan:where", only.key)
    refresh_stale_plan_positions(partnerships=mine, at=request.at)
    language = get_language() or "fr"
    form = PartnershipListForm(request.GET if set(request.GET) - {"page"} else None)
    chosen = (
        form.filter_and_order(mine, language, at=request.at)
        if form.is_bound
        else positions.order_most_overdue_first(mine)
    )
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(row.partnership.name(language), row) for row in positions.position_rows(page, at=request.at)]
    context = {
        "page": page,
        "rows": rows,
        "form": form,
        "is_many": form.is_bound or page.paginator.count >= MANY,
        "sets_rules": Permission.ZONE_SET in request.permissions,
    }
    return render(request, "launch/plan/all.html", context)


def _only_partnership(request: StaffRequest) -> Partnership | None:
    """The partnership of somebody who has no other and founds none, for whom a list says nothing."""
    if not request.permissions.isdisjoint(OF_A_ZONE):
        return None
    first = partnerships_whose_progress_person_sees(request.person, at=request.at)[:2]
    return first[0] if len(first) == 1 else None


@needs(Permission.LAUNCH_SEE)
def partnership_path_page(request: StaffRequest, key: str) -> HttpResponse:
    """The path as a picture, what to do now, who waits for whom, the next dates."""
    partnership = scope.partnership_or_404(request, key)
    now, access = step_plan_progress_of_partnership(partnership, at=request.at), PageAccess(request, partnership)
    rows = presentation.step_rows(now)
    more = {
        "now": now,
        "rows": rows,
        "picture": path_picture(rows),
        "todo": presentation.next_things_to_do(now, access),
        "waiting": presentation.awaited_offices_by_role_name(offices_awaited_in_open_steps(now, at=request.at)),
        "own_roles": {mandate.role for mandate in mandates_of(request.person, at=request.at)},
        "end": partnership_end(partnership, at=request.at),
        "dates": due_dates_in_plan_nearest_first(now, at=request.at)[:6],
        "today": local(request.at).date(),
        "pages": presentation.partnership_links(access),
        "minuted": _meetings_read_by_their_minutes_alone(partnership, access),
        "is_only": _only_partnership(request) is not None,
    }
    return render(request, "launch/plan/where.html", scope.page_context(partnership, **more))


def _meetings_read_by_their_minutes_alone(partnership: Partnership, access: PageAccess) -> list[tuple[str, Meeting]]:
    """The meetings with approved minutes, for the partners of the charter who lead none: municipality and chief."""
    if access.has_permission(Permission.EVENING_LEAD) or not access.has_permission(Permission.CHARTER_WRITE):
        return []
    language = get_language() or "fr"
    return [(meeting_title(one, language), one) for one in meetings_with_approved_minutes(partnership)]


@needs(Permission.LAUNCH_SEE)
def poster_file(request: StaffRequest, key: str) -> HttpResponse:
    """The same on paper."""
    partnership = scope.partnership_or_404(request, key)
    now = step_plan_progress_of_partnership(partnership, at=request.at)
    made = poster_pdf(
        now, due_dates_in_plan_nearest_first(now, at=request.at)[:4], language=get_language() or "fr", at=request.at
    )
    return download(made, name=f"step-plan-{partnership.key}.pdf", content_type="application/pdf", inline=True)
