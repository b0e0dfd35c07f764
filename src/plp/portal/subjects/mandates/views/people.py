"""Who does what in a partnership, and who is on the way."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.choices import ChoicePage, PlaceChoice, redirect_to_only_place_or_list
from plp.portal.shell.guards import needs
from plp.portal.shell.page_access import PageAccess
from plp.portal.shell.requests import StaffRequest
from plp.portal.shell.spreadsheets import spreadsheet
from plp.portal.subjects.mandates.rows import posts_with_candidates, rights_over_people
from plp.toolbox.clock import local

SEE, LIST = Permission.MANDATE_SEE, Permission.MANDATE_LIST
HOME = ChoicePage(
    gettext_lazy("People"),
    gettext_lazy("The people of which partnership?"),
    gettext_lazy("No partnership yet"),
    gettext_lazy("Partnerships appear here once an officer has taken up an idea."),
    "users",
)


@needs(SEE)
def list_partnerships_or_open_only_one(request: StaffRequest) -> HttpResponse:
    """The partnerships of one's area; straight to the page when there is one."""
    return redirect_to_only_place_or_list(
        request,
        HOME,
        partnerships_in_scope(request.person, SEE, at=request.at).order_by("key"),
        lambda one: PlaceChoice(one.name(), reverse("mandates:people", args=[one.key]), one.get_state_display()),
    )


@needs(SEE)
def office_holders_page(request: StaffRequest, key: str) -> HttpResponse:
    """Coordinator, deputies and committee in office, the candidates, and what comes next."""
    partnership = get_object_or_404(partnerships_in_scope(request.person, SEE, at=request.at), key=key)
    held = rights_over_people(request.person, partnership, at=request.at)
    context = {
        "partnership": partnership,
        "quarter": partnership.name(),
        "rights": held,
        "lists": LIST in request.permissions,
        "contacts_url": PageAccess(request, partnership).url_if_allowed("charter:contacts"),
        "posts": posts_with_candidates(partnership, held, at=request.at),
    }
    return render(request, "mandates/people.html", context)


@needs(SEE)
def holders_spreadsheet(request: StaffRequest, key: str, form: str) -> HttpResponse:
    """Those in office for a spreadsheet, no candidate; that names were taken out stands in the journal."""
    partnership = get_object_or_404(partnerships_in_scope(request.person, SEE, at=request.at), key=key)
    held = rights_over_people(request.person, partnership, at=request.at)
    rows = [
        (one.name, str(post.label).capitalize(), local(one.mandate.starts_at).date(), ", ".join(map(str, one.tasks)))
        for post in posts_with_candidates(partnership, held, at=request.at)
        for one in post.holders
    ]
    answer = spreadsheet(form, [_("Name"), _("Role"), _("Since"), _("Tasks")], rows, name="mandates")
    note(
        verb="mandates.taken_out",
        by=request.person,
        at=request.at,
        area=partnership.area.path,
        target=partnership,
        people=len(rows),
        form=form,
    )
    return answer
