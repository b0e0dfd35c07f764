"""The sheet of an evening in parts that fold: of each, how much is still open, and which one stands open."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.forms import BaseForm

if TYPE_CHECKING:
    from plp.portal.subjects.evening.forms.sheet import SheetForms

LINES = ("candidates", "volunteers", "objectives", "agreements", "opinions")
AGREED = {"contribution", "launch_on"}  # fields that stand in the part of the agreements


@dataclass(frozen=True)
class SheetSection:
    """A part of the sheet: its ``place`` on paper, how much is still open in it, how many ``lines`` stand there,
    whether it is unfolded.
    """

    key: str
    place: int
    open_count: int
    lines: int = 0
    is_open: bool = False


def sheet_sections(forms: "SheetForms") -> dict[str, SheetSection]:
    """Every part by its key. Faulty parts are unfolded, else the first in which something is open."""
    counts = {
        "presence": int(_is_blank(forms.main, "persons")),
        "points": sum(not ticked.value() and not said.value() for ticked, said in forms.main.point_rows()),
        "votes": sum(_is_blank(form, "yes") or _is_blank(form, "no") for form in forms.votes)
        + _count_incomplete_lines(forms.candidates.forms),
        **{key: _count_incomplete_lines(getattr(forms, key).forms) for key in LINES},
    }
    if forms.meeting.is_information and not any(not _is_blank(line, line.main) for line in forms.agreements.forms):
        counts["agreements"] += 1  # the step plan asks for at least one (R25)
    del counts["candidates" if forms.has_votes else "votes"]  # they stand among the votes where there are any
    first = next((key for key, count in counts.items() if count), "")
    faulty = set(_faulty_sections(forms))
    return {
        key: SheetSection(
            key,
            place,
            count,
            lines=sum(not _is_blank(form, form.main) for form in getattr(forms, key).forms) if key in LINES else 0,
            is_open=key in faulty if faulty else key == first,
        )
        for place, (key, count) in enumerate(counts.items(), start=1)
    }


def _faulty_sections(forms: "SheetForms") -> Iterable[str]:
    """The parts in which something is wrong."""
    if forms.main.is_bound:
        wrong = set(forms.main.errors)
        yield from ["presence"] if wrong - AGREED - {"__all__"} - {name for name in wrong if "-" in name} else []
        yield from ["points"] if any("-" in name for name in wrong) else []
        yield from ["votes"] if any(form.errors for form in (*forms.votes, *forms.candidates.forms)) else []
        yield from ["agreements"] if wrong & AGREED else []
        yield from (key for key in LINES if any(form.errors for form in getattr(forms, key).forms))


def _is_blank(form: BaseForm, name: str) -> bool:
    """Whether nothing stands in a field."""
    return form[name].value() in {None, ""}


def _count_incomplete_lines(lines: Iterable[Any]) -> int:
    """The lines on which something stands, and not the main thing."""
    return sum(
        _is_blank(line, line.main) and any(line[name].value() for name in line.fields_needing_main()) for line in lines
    )
