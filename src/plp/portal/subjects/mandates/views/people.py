"""Who does what in a partnership, and who is on the way."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.partnership.queries import partnerships_in_scope
from plp.portal.shell.doors import Doors
from plp.portal.shell.guards import needs
from plp.portal.shell.requests import StaffRequest
from plp.portal.shell.spreadsheets import spreadsheet
from plp.portal.subjects.mandates.rows import office_posts, rights
from plp.toolbox.clock import local

SEE, LIST = Permission.MANDATE_SEE, Permission.MANDATE_LIST
PER_PAGE = 50


@needs(SEE)
def home(request: StaffRequest) -> HttpResponse:
    """The partnerships of one's area; straight to the page when there is one."""
    language = get_language() or "fr"
    page = Paginator(partnerships_in_scope(request.person, SEE, at=request.at).order_by("key"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    if page.paginator.count == 1:
        return redirect("mandates:people", page[0].key)
    rows = [(one.key, one.name(language), one.get_state_display()) for one in page]
    return render(request, "mandates/home.html", {"page": page, "rows": rows, "lists": LIST in request.permissions})


@needs(SEE)
def people(request: StaffRequest, key: str) -> HttpResponse:
    """Coordinator, deputies and committee in office, the candidates, and what comes next."""
    partnership = get_object_or_404(partnerships_in_scope(request.person, SEE, at=request.at), key=key)
    held = rights(request.person, partnership, at=request.at)
    context = {
        "partnership": partnership,
        "quarter": partnership.name(get_language() or "fr"),
        "rights": held,
        "lists": LIST in request.permissions,
        "contacts_url": Doors(request, partnership).to("charter:contacts"),
        "posts": office_posts(partnership, held, at=request.at),
    }
    return render(request, "mandates/people.html", context)


@needs(SEE)
def holders_spreadsheet(request: StaffRequest, key: str, form: str) -> HttpResponse:
    """Those in office for a spreadsheet, no candidate; that names were taken out stands in the journal."""
    partnership = get_object_or_404(partnerships_in_scope(request.person, SEE, at=request.at), key=key)
    held = rights(request.person, partnership, at=request.at)
    rows = [
        (one.name, str(post.label).capitalize(), local(one.mandate.starts_at).date(), ", ".join(map(str, one.tasks)))
        for post in office_posts(partnership, held, at=request.at)
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
