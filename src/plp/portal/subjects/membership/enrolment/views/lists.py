"""A list from a file: read, matched, previewed row by row, brought in, taken back (R48)."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from plp.membership import list_imports
from plp.membership.models import ListImport
from plp.membership.states import Listing
from plp.portal.shell.guards import needs
from plp.portal.shell.refused_forms import InvalidForm
from plp.portal.shell.requests import StaffRequest
from plp.portal.subjects.membership.enrolment.forms import ColumnsForm, ListForm
from plp.portal.subjects.membership.enrolment.scope import MANAGE, list_of, partnership_of
from plp.toolbox.moves import Refused

PER_PAGE = 50


@needs(MANAGE)
def read(request: StaffRequest, key: str) -> HttpResponse:
    """Choose the file and give the proof of consent. A refused file leaves the fields as they were."""
    partnership = partnership_of(request, key)
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        given = {"partnership": partnership, "content": content, "proof": form.proof()}
        try:
            listed = list_imports.create_draft(**given, by=request.person, at=request.at)
        except list_imports.ConsentProofMissing as refused:
            form.add_error("on", refused.in_words())
        except Refused as refused:
            form.add_error("file", refused.in_words())
        else:
            return redirect("membership:enrolment:preview", listed.pk)
    return render(request, "membership/enrolment/read.html", {"form": form, "partnership": partnership})


def _columns_form(listed: ListImport, data: object = None) -> ColumnsForm:
    table = list_imports.table_of(listed)
    return ColumnsForm(data, header=table.header, first=table.lines[0][1], now=listed.columns)


@needs(MANAGE)
def preview(request: StaffRequest, key: UUID) -> HttpResponse:
    """Every row, what becomes of it and why; first those with a problem."""
    listed = list_of(request, key)
    if listed.state != Listing.DRAFT:
        return redirect("membership:enrolment:desk")
    found = list_imports.preview_of(listed)
    shows_all = request.GET.get("show") == "all" or not found.bad
    page = Paginator(found.rows if shows_all else found.bad, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "listed": listed,
        "page": page,
        "counts": found.counts,
        "total": len(found.rows),
        "skipped": found.counts["known"] + found.counts["twice"],
        "usable": found.counts["new"] + found.counts["added"],
        "shows_all": shows_all,
        "form": _columns_form(listed),
    }
    return render(request, "membership/enrolment/preview.html", context)


@needs(MANAGE)
@require_POST
def columns(request: StaffRequest, key: UUID) -> HttpResponse:
    """Correct what the columns hold, then look again."""
    listed = list_of(request, key)
    form = _columns_form(listed, request.POST)
    if not form.is_valid():
        raise InvalidForm(form, page=reverse("membership:enrolment:preview", args=[key]))
    list_imports.set_columns(listed=listed, columns=form.columns(), by=request.person, at=request.at)
    messages.success(request, _("Columns corrected. Look at the rows again."))
    return redirect("membership:enrolment:preview", key)


@needs(MANAGE)
@require_POST
def bring_in(request: StaffRequest, key: UUID) -> HttpResponse:
    """Bring everybody in, or nobody."""
    listed = list_of(request, key)
    skips = request.POST.get("skip_bad") == "on"
    list_imports.import_draft(listed=listed, skip_bad=skips, by=request.person, at=request.at)
    words = ngettext(
        "%d person is now a member and is told.", "%d people are now members and are told.", listed.created
    )
    messages.success(request, words % listed.created)
    return redirect("membership:enrolment:desk")


@needs(MANAGE)
@require_POST
def discard(request: StaffRequest, key: UUID) -> HttpResponse:
    """Throw a draft away."""
    list_imports.discard_draft(listed=list_of(request, key), by=request.person, at=request.at)
    messages.success(request, _("The list was thrown away. Nothing was kept."))
    return redirect("membership:enrolment:desk")


@needs(MANAGE)
def undo(request: StaffRequest, key: UUID) -> HttpResponse:
    """Take a list back within a day, after a question."""
    listed = list_of(request, key)
    if request.method == "POST":
        erased = list_imports.undo_import(listed=listed, by=request.person, at=request.at)
        words = ngettext("Undone. %d person is erased.", "Undone. %d people are erased.", erased)
        messages.success(request, words % erased)
        return redirect("membership:enrolment:desk")
    return render(request, "membership/enrolment/undo.html", {"listed": listed})
