"""What the reader of the federal register is told of each partnership: the entry, its charter, its filed years."""

from datetime import datetime
from typing import Any

from plp.charter.queries.facts import charter_facts
from plp.evaluation.models import Report
from plp.evaluation.states import ReportState
from plp.launch.queries.register import register_entry_as_flat_values
from plp.partnership.models import Partnership
from plp.partnership.queries import partnerships_not_ended
from plp.people.small_counts import is_small, mask_count
from plp.places.models import Area
from plp.toolbox.clock import local


def masked_federal_entries(area: Area, *, at: datetime) -> list[dict[str, Any]]:
    """An entry for each partnership of a zone; a count of one to four persons is ``None`` (R150, T53)."""
    partnerships = partnerships_not_ended().filter(area__path__startswith=area.path)
    return [federal_entry(partnership, at=at) for partnership in partnerships.select_related("area").order_by("key")]


def federal_entry(partnership: Partnership, *, at: datetime) -> dict[str, Any]:
    """What the register asks, the day of the charter, and per filed year its counts."""
    entry: dict[str, Any] = dict(register_entry_as_flat_values(partnership, at=at))
    if not isinstance(entry["members"], int):
        entry["members"] = None
    signed_at = charter_facts(partnership).signed_at
    entry["charter_signed_on"] = local(signed_at).date().isoformat() if signed_at else ""
    filed = Report.objects.filter(partnership=partnership, state=ReportState.FILED).order_by("begins")
    entry["years"] = {str(report.until.year): _year_figures(report.figures) for report in filed}
    return entry


def _year_figures(figures: dict[str, Any]) -> dict[str, int | None]:
    """The counts of one filed report that name nobody."""
    members = figures.get("members_end", 0)
    return {
        "messages": sum(figures.get("by_kind", {}).values()),
        "meetings": figures.get("meetings", 0),
        "members": None if is_small(members) else members,
    }


def flat_entry_of_last_year(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry as one line of a table: of the years the last one; a count of few members as it is told."""
    years = entry.get("years") or {}
    year = max(years, default="")
    figures = years.get(year, {})
    members = entry.get("members")
    line = {key: cell for key, cell in entry.items() if key != "years"}
    counts = {"year": year, "year_messages": figures.get("messages", ""), "year_meetings": figures.get("meetings", "")}
    return line | {"members": mask_count(1) if members is None else members} | counts
