"""A list of a page as a file for a spreadsheet: the same rows, by the same rights; text and counts alone (T27)."""

from collections.abc import Iterable, Sequence

from django.http import Http404, HttpResponse

from plp.membership.lists.files import MEDIA, table_as_xlsx_or_csv
from plp.portal.shell.files import download

FORMS = ("csv", "xlsx")
MOST = 5000  # rows of one file


def spreadsheet(form: str, heads: Sequence[object], rows: Iterable[Sequence[object]], *, name: str) -> HttpResponse:
    """The rows below ``heads``, in the reader's language, as ``name.csv`` or ``name.xlsx``; any other form is a 404."""
    if form not in FORMS:
        raise Http404
    cells = [[cell if type(cell) is int else str(cell) for cell in row] for row in rows]
    made = table_as_xlsx_or_csv(form, [str(head) for head in heads], cells)
    return download(made, name=f"{name}.{form}", content_type=MEDIA[form])
