"""Two people who type one sheet: what the other one typed joins what one typed oneself, and nothing is lost."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plp.drafts.rules import Typed
from plp.portal.subjects.evening.forms.sheet_lines import (
    MOST,
    AgreementLineForm,
    CandidateLineForm,
    ObjectiveLineForm,
    OpinionLineForm,
    SheetLineForm,
    VolunteerLineForm,
)

KINDS: dict[str, type[SheetLineForm]] = {
    "candidate": CandidateLineForm,
    "volunteer": VolunteerLineForm,
    "objective": ObjectiveLineForm,
    "agreement": AgreementLineForm,
    "opinion": OpinionLineForm,
}
LINE = re.compile(rf"({'|'.join(KINDS)})-(\d+)-(\w+)")
OF_THE_PAGE = re.compile(rf"seen|take|language|({'|'.join(KINDS)})-\w+_FORMS")
Line = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class MergedSheet:
    """What stands on the sheet now, and in how many places both had written, and not the same."""

    typed: Typed
    differences: int


def merge_sheets(own: Typed, other: Typed) -> MergedSheet:
    """``own`` with what ``other`` has beside it. Where both wrote, one's own stays; a line of the other's is added."""
    merged = {name: list(values) for name, values in own.items()}
    differences = 0
    for name, values in other.items():
        if LINE.fullmatch(name) or OF_THE_PAGE.fullmatch(name) or not any(values):
            continue
        if not any(own.get(name, ())):
            merged[name] = list(values)
        elif list(own[name]) != list(values):
            differences += 1
    for kind, form in KINDS.items():
        own_lines, other_lines = _lines_by_position(own, kind), _lines_by_position(other, kind)
        differences += _add_lines_and_count_lost(merged, kind, form.main, own_lines, other_lines)
    return MergedSheet(merged, differences)


def _lines_by_position(typed: Typed, kind: str) -> Mapping[int, Line]:
    """The lines of one kind by their place."""
    lines: dict[int, dict[str, Sequence[str]]] = {}
    for name, values in typed.items():
        if (part := LINE.fullmatch(name)) and part[1] == kind:
            lines.setdefault(int(part[2]), {})[part[3]] = list(values)
    return lines


def _add_lines_and_count_lost(
    merged: dict[str, list[str]], kind: str, main: str, own: Mapping[int, Line], other: Mapping[int, Line]
) -> int:
    """Put the lines of the other where one's own are empty, else behind; answers how many found no place."""
    filled = {place: line for place, line in own.items() if any(line.get(main, ()))}
    rows = {row for line in filled.values() for row in line.get("row", ()) if row}
    lost = 0
    for place, line in other.items():
        if not any(line.get(main, ())) or dict(line) in map(dict, filled.values()):
            continue
        free = [place, *range(MOST)]
        target = next((spot for spot in free if spot not in filled and spot < MOST), None)
        if target is None or rows & set(line.get("row", ())):
            lost += 1
            continue
        filled[target] = line
        merged.update({f"{kind}-{target}-{name}": list(values) for name, values in line.items()})
    if filled:
        total = max(max(filled) + 1, int((merged.get(f"{kind}-TOTAL_FORMS") or ["0"])[0] or 0))
        merged[f"{kind}-TOTAL_FORMS"] = [str(total)]
    return lost
