"""The forms of a list while it is a draft: the file, its columns, its letters, its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.membership.list_drafts import ConsentProof
from plp.membership.lists.columns import OF_FIRMS, Field
from plp.membership.lists.tables import MOST_BYTES, ListTable, ListTooBig
from plp.portal.shell.fields import day_field
from plp.portal.shell.forms import Form
from plp.sandbox.parsers import OLD_ENCODINGS

SAMPLES = 5  # cells that show how letters are read
HOLDS = {
    "": _("(not needed)"),
    Field.NAME: _("First name and surname"),
    Field.FIRST: _("First name"),
    Field.LAST: _("Surname"),
    Field.ADDRESS: _("Whole address"),
    Field.STREET: _("Street"),
    Field.HOUSE: _("House number"),
    Field.BOX: _("Box"),
    Field.POSTCODE: _("Postcode"),
    Field.CITY: _("Town or village"),
    Field.EMAIL: _("E-mail"),
    Field.PHONE: _("Telephone"),
    Field.LANGUAGE: _("Language"),
    Field.ORGANISATION: _("Organisation, where no person is named"),
    Field.FIRM: _("Name of the firm"),
    Field.ENTERPRISE: _("Enterprise number"),
    Field.SECTOR: _("Sector"),
}


class UploadMemberListForm(Form):
    """A file, and the proof that the people in it agreed (R81)."""

    file = forms.FileField(
        label=_("The list"),
        help_text=_("CSV, XLSX, XLS, ODS or vCard, at most 5 MB, with a heading above each column."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xls,.ods,.vcf"}),
    )
    what = forms.CharField(
        label=_("What these people agreed to"),
        help_text=_("For example: to be a member and to get messages by e-mail and SMS."),
        max_length=200,
    )
    on = day_field(_("Since when (the last day, if there are several)"))
    kept = forms.CharField(
        label=_("Where the proof is kept"),
        help_text=_("For example: signed forms, blue folder, neighbourhood house."),
        max_length=200,
    )

    asks_anew = forms.BooleanField(
        label=_("Ask everybody to say yes again"),
        help_text=_(
            "They get one message with a link, and nothing else before they said yes. For those without e-mail and "
            "mobile you print a letter with a code. Whoever says no, or nothing for 30 days, is erased."
        ),
        required=False,
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too big before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(ListTooBig().in_words())
        return file

    def proof(self) -> ConsentProof:
        """The proof as it was typed."""
        told = self.cleaned_data
        return ConsentProof(told["what"], told["on"], told["kept"], asks_anew=told["asks_anew"])


class ListColumnsForm(Form):
    """What each column holds; a column is shown with its name and its first value. Firms only ``with_firms``."""

    def __init__(
        self,
        *args: Any,
        header: Sequence[str],
        first: Sequence[str],
        now: Sequence[str],
        with_firms: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.width = len(header)
        choices = [(field, label) for field, label in HOLDS.items() if with_firms or field not in OF_FIRMS]
        for place, name in enumerate(header):
            sample = first[place][:40] if place < len(first) else ""
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=name or _("Column %d") % (place + 1),
                help_text=sample,
                choices=choices,
                required=False,
                initial=now[place] if place < len(now) else "",
            )

    def columns(self) -> list[str]:
        """The field of each column."""
        return [self.cleaned_data.get(f"column_{place}", "") for place in range(self.width)]


class ListReadingForm(Form):
    """By which old encoding the letters are read, each shown with the same words; what the name of a couple says."""

    encoding = forms.ChoiceField(
        label=_("Which words are written correctly?"), widget=forms.RadioSelect, required=False
    )
    parts_couples = forms.BooleanField(
        label=_("A couple on one row (“Jean et Marie Peeters”) is two members"), required=False
    )

    def __init__(self, *args: Any, table: ListTable, couples: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not couples:
            del self.fields["parts_couples"]
        samples = samples_by_encoding(table)
        if len(samples) > 1:
            self.fields["encoding"].choices = samples  # type: ignore[attr-defined]
        else:
            del self.fields["encoding"]


def samples_by_encoding(table: ListTable) -> list[tuple[str, str]]:
    """The words with other letters than those of English, by each old encoding that gives other ones: the one of now
    first. Empty where the letters are certain.
    """
    cells = [cell for _line, row in table.lines for cell in row if not cell.isascii()][:SAMPLES]
    if not table.encoding or not cells:
        return []
    shown = {table.encoding: ", ".join(cells)}
    sample = ListTable((), ((0, tuple(cells)),), table.encoding)
    for encoding in OLD_ENCODINGS:
        words = ", ".join(sample.with_encoding(encoding).lines[0][1])
        if words not in shown.values():
            shown[encoding] = words
    return list(shown.items())


@dataclass(frozen=True)
class RowCell:
    """One cell of a row that can be corrected: its place in the row, the name of its column, what it holds."""

    place: int
    label: str
    words: str


def mapped_cells_of_row(table: ListTable, columns: Sequence[str], line: int) -> list[RowCell]:
    """The cells of a row that are read, as their columns are called in the file."""
    row = next((cells for number, cells in table.lines if number == line), ())
    return [
        RowCell(place, table.header[place] or str(HOLDS[column]), words)
        for place, (column, words) in enumerate(zip(columns, row, strict=False))
        if column
    ]
