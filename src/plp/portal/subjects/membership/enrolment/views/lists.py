"""A list from a file: read, matched, previewed row by row, brought in, taken back (R48)."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from plp.membership import list_drafts, list_imports
from plp.membership.firms import asks_for_firms
from plp.membership.lists.preview import PreviewRow
from plp.membership.lists.tables import ListTable
from plp.membership.models import ListImport
from plp.membership.states import Listing
from plp.portal.shell.guards import needs
from plp.portal.shell.refused_forms import InvalidForm
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.membership.enrolment.list_forms import (
    ListColumnsForm,
    ListReadingForm,
    RowCell,
    UploadMemberListForm,
    mapped_cells_of_row,
)
from plp.portal.subjects.membership.enrolment.scope import MANAGE, list_import_or_404, managed_partnership_or_404

PER_PAGE = 50
CELL, LONGEST_CELL = "cell_", 500


@needs(MANAGE)
def upload_list(request: StaffRequest, key: str) -> HttpResponse:
    """Choose the file and give the proof of consent. A refused file leaves the fields as they were."""
    partnership = managed_partnership_or_404(request, key)
    form = UploadMemberListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        given = {"partnership": partnership, "content": content, "proof": form.proof()}
        listed = list_drafts.create_list_draft_from_file(**given, by=request.person, at=request.at)
        return redirect("membership:enrolment:preview", listed.pk)
    return render(request, "membership/enrolment/read.html", {"form": form, "partnership": partnership})


def _columns_form(list_import: ListImport, table: ListTable, data: object = None) -> ListColumnsForm:
    with_firms = asks_for_firms(list_import.partnership)
    return ListColumnsForm(
        data, header=table.header, first=table.lines[0][1], now=list_import.columns, with_firms=with_firms
    )


def _encoding_and_couples_form(
    list_import: ListImport, table: ListTable, couples: int, data: object = None
) -> ListReadingForm:
    now = {"encoding": table.encoding, "parts_couples": list_drafts.splits_couples(list_import)}
    return ListReadingForm(data, table=table, couples=couples, initial=now)


@needs(MANAGE)
def list_preview(request: StaffRequest, key: UUID) -> HttpResponse:
    """Every row, what becomes of it and why; first those with a problem, which are corrected on the spot."""
    listed = list_import_or_404(request, key)
    if listed.state != Listing.DRAFT:
        return redirect("membership:enrolment:desk")
    table, judged = list_drafts.list_table_of_draft(listed), list_drafts.preview_of_draft(listed)
    shows_all = request.GET.get("show") == "all" or not judged.faulty
    page = Paginator(judged.rows if shows_all else judged.faulty, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "listed": listed,
        "page": page,
        "rows": [(row, _correctable_cells(row, table, listed.columns)) for row in page],
        "counts": judged.counts,
        "faulty": len(judged.faulty),
        "total": len(judged.rows),
        "skipped": judged.counts["known"] + judged.counts["twice"],
        "usable": judged.counts["new"] + judged.counts["added"],
        "shows_all": shows_all,
        "knows_a_column": any(listed.columns),
        "form": _columns_form(listed, table),
        "reading": _encoding_and_couples_form(listed, table, judged.couples),
    }
    return render(request, "membership/enrolment/preview.html", context)


def _correctable_cells(row: PreviewRow, table: ListTable, columns: Sequence[str]) -> list[RowCell]:
    """What can be corrected in a row: nothing where nothing is wrong."""
    return mapped_cells_of_row(table, columns, row.entry.line) if row.problems or row.entry.left_out else []


@needs(MANAGE)
@require_POST
def set_encoding_and_couples_of_list(request: StaffRequest, key: UUID) -> HttpResponse:
    """Read the letters otherwise, and say what couples are; then look again."""
    listed = list_import_or_404(request, key)
    list_drafts.set_list_encoding_and_couples(
        list_import=listed,
        encoding=request.POST.get("encoding", ""),
        parts_couples=bool(request.POST.get("parts_couples")),
        by=request.person,
        at=request.at,
    )
    return success(request, _("Read again. Look at the rows."), "membership:enrolment:preview", key)


@needs(MANAGE)
@require_POST
def correct_row_cells(request: StaffRequest, key: UUID, line: int) -> HttpResponse:
    """Correct the cells of one row, then look again at the same rows."""
    cells = {
        int(name.removeprefix(CELL)): request.POST[name][:LONGEST_CELL].strip()
        for name in request.POST
        if name.startswith(CELL) and name.removeprefix(CELL).isdecimal()
    }
    list_drafts.correct_list_draft_row(
        list_import=list_import_or_404(request, key), line=line, cells=cells, by=request.person, at=request.at
    )
    return redirect(f"{reverse('membership:enrolment:preview', args=[key])}?{request.GET.urlencode()}")


@needs(MANAGE)
@require_POST
def edit_columns(request: StaffRequest, key: UUID) -> HttpResponse:
    """Correct what the columns hold, then look again."""
    listed = list_import_or_404(request, key)
    form = _columns_form(listed, list_drafts.list_table_of_draft(listed), request.POST)
    if not form.is_valid():
        raise InvalidForm(form, page=reverse("membership:enrolment:preview", args=[key]))
    list_drafts.set_list_columns(list_import=listed, columns=form.columns(), by=request.person, at=request.at)
    return success(request, _("Columns corrected. Look at the rows again."), "membership:enrolment:preview", key)


@needs(MANAGE)
@require_POST
def import_good_rows(request: StaffRequest, key: UUID) -> HttpResponse:
    """Bring in all who are without a problem; the others wait to be corrected."""
    listed = list_import_or_404(request, key)
    remainder = list_imports.import_good_rows_and_draft_rest(list_import=listed, by=request.person, at=request.at)
    messages.success(request, _imported_count_text(listed))
    if remainder is None:
        return redirect("membership:enrolment:desk")
    messages.info(request, _("The rows with a problem are kept here for a day. Correct them and add them too."))
    return redirect("membership:enrolment:preview", remainder.pk)


def _imported_count_text(list_import: ListImport) -> str:
    """How many came in, and whether they are members or are asked first."""
    number = list_import.created
    if list_import.asks_anew:
        return ngettext("%d person is asked to say yes.", "%d people are asked to say yes.", number) % number
    return (
        ngettext("%d person is now a member and is told.", "%d people are now members and are told.", number) % number
    )


@needs(MANAGE)
@require_POST
def discard_list_draft(request: StaffRequest, key: UUID) -> HttpResponse:
    """Throw a draft away."""
    list_drafts.discard_list_draft(list_import=list_import_or_404(request, key), by=request.person, at=request.at)
    return success(request, _("The list was thrown away. Nothing was kept."), "membership:enrolment:desk")


@needs(MANAGE)
def undo_list_import(request: StaffRequest, key: UUID) -> HttpResponse:
    """Take a list back within a day, after a question."""
    listed = list_import_or_404(request, key)
    if request.method == "POST":
        erased = list_imports.undo_list_import_erasing_persons(list_import=listed, by=request.person, at=request.at)
        words = ngettext("Undone. %d person is erased.", "Undone. %d people are erased.", erased)
        return success(request, words % erased, "membership:enrolment:desk")
    return render(request, "membership/enrolment/undo.html", {"listed": listed})
