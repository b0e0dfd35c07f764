"""The figures of a zone in words: labels, numbers too small to show, charts with their tables, the rows (R149)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from plp.charter.plan_in_words import hours_and_minutes_in_words
from plp.documents import Chart, chart_svg
from plp.documents.dates import date_format
from plp.evaluation.figures_in_words import ANSWER_LABELS, channel_name_or_key, month_and_year
from plp.evaluation.models import LeavingCount
from plp.evaluation.queries.zone import PartnershipFigures, ZoneFigures
from plp.followup.clocks import all_due_kinds
from plp.notices.models import Withholding
from plp.partnership.states import State
from plp.people.small_counts import FEWEST, is_small, mask_count, mask_pair_with_known_sum
from plp.toolbox.clock import local

NOTHING = "–"


@dataclass(frozen=True)
class Cell:
    """A number of a row under its head; ``kind`` colours it: "", "warn" or "bad"."""

    head: Any
    value: str
    kind: str = ""


@dataclass(frozen=True)
class ZonePart:
    """Figures that belong together: rows of label and value, and the chart of those that are numbers, or nothing."""

    title: str
    head: str
    rows: list[tuple[str, str]]
    drawn: str = ""
    key: str = ""  # where a link of the page leads to it


def column_heads() -> list[str]:
    """What stands over the cells of a partnership."""
    return [
        _("State"),
        _("Members"),
        _("Asking to join"),
        _("Messages in 30 days"),
        _("To release"),
        _("To relay"),
        _("Relayed within (half of them)"),
        capfirst(_("late")),
        _("Deputies"),
        _("Last message"),
    ]


def cells_of_partnership(row: PartnershipFigures, heads: Sequence[str]) -> list[Cell]:
    """One partnership, after its name, ``under`` these heads."""
    values = (
        (str(State(row.partnership.state).label), ""),
        (mask_count(row.members), ""),
        (mask_count(row.asking), ""),
        (str(row.sent), ""),
        (str(row.to_release), ""),
        (str(row.to_relay), ""),
        (hours_and_minutes_in_words(row.relay[0]) if row.relay else NOTHING, ""),
        (str(row.overdue), "bad" if row.overdue else ""),
        (str(row.deputies), "warn" if row.has_coordinator_without_deputy else ""),
        (_short_last_message_date(row), "warn" if row.is_silent else ""),
    )
    return [Cell(head, value, kind) for head, (value, kind) in zip(heads, values, strict=True)]


def _short_last_message_date(row: PartnershipFigures) -> str:
    return date_format(local(row.last_at), "SHORT_DATE_FORMAT") if row.last_at else NOTHING


def zone_figure_parts(zone: ZoneFigures) -> list[ZonePart]:
    """What is counted over the whole zone."""
    return [
        _messages_by_month_part(zone),
        _partnerships_by_state_part(zone),
        _late_by_kind_part(zone),
        _response_times_part(zone),
        _reach_by_channel_part(zone),
        _joined_and_left_part(zone),
        _leaving_reasons_part(zone),
    ]


def _messages_by_month_part(zone: ZoneFigures) -> ZonePart:
    """The messages of a year as a line; nothing where there was none."""
    rows = [(month_and_year(first), number) for first, number in zone.months.items()]
    if not any(zone.months.values()):
        rows = []
    return _part_of_counts(_("Messages by month"), _("Messages"), rows, over_time=True)


def _partnerships_by_state_part(zone: ZoneFigures) -> ZonePart:
    counted = [(str(state.label), zone.states[state]) for state in State if zone.states[state]]
    return _part_of_counts(_("Partnerships by state"), _("Partnerships"), counted)


def _late_by_kind_part(zone: ZoneFigures) -> ZonePart:
    """What is late, by kind; a few neighbours who wait for an answer are not told apart, nor drawn (T53)."""
    kinds, told, drawn = all_due_kinds(), [], []
    for key, number in sorted((key, number) for key, number in zone.overdue.items() if key in kinds):
        kind = kinds[key]
        told.append((str(kind.label), mask_count(number) if kind.counts_people else str(number)))
        if not (kind.counts_people and is_small(number)):
            drawn.append((str(kind.label), number))
    title = _("Late, by kind")
    return ZonePart(title, capfirst(_("late")), told, _chart_svg(title, drawn), key="late")


def _response_times_part(zone: ZoneFigures) -> ZonePart:
    labels = {
        ("urgent", 0): _("Urgent: half of them within"),
        ("urgent", 1): _("Urgent: the longest"),
        ("other", 0): _("Not urgent: half of them within"),
        ("other", 1): _("Not urgent: the longest"),
    }
    rows = [
        (label, hours_and_minutes_in_words(zone.relay[key][place]))
        for (key, place), label in labels.items()
        if key in zone.relay
    ]
    rows += [
        (str(label), hours_and_minutes_in_words(zone.answers[key][0]))
        for key, label in ANSWER_LABELS.items()
        if key in zone.answers
    ]
    return ZonePart(_("Time until a message was relayed"), _("In the past three months"), rows)


def _joined_and_left_part(zone: ZoneFigures) -> ZonePart:
    """Who joined and who left, in the months of which something can be told; a few are not drawn either (T53)."""
    pairs = {month_and_year(first): pair for first, pair in zone.members.items() if max(pair) >= FEWEST}
    rows = [
        (
            name,
            _("%(joined)s joined, %(left)s left")
            % dict(zip(("joined", "left"), mask_pair_with_known_sum(*pair), strict=True)),
        )
        for name, pair in pairs.items()
    ]
    drawn = [(name, joined) for name, (joined, _left) in pairs.items() if not is_small(joined)]
    title = _("Members who joined, by month")
    return ZonePart(
        _("Members joining and leaving"),
        _("In months with five or more"),
        rows,
        _chart_svg(title, drawn) if any(n for _l, n in drawn) else "",
    )


def _leaving_reasons_part(zone: ZoneFigures) -> ZonePart:
    """Why members left, as far as five or more said so in a year."""
    rows = [(str(LeavingCount.Reason(key).label), number) for key, number in sorted(zone.reasons.items())]
    return _part_of_counts(_("Why members left"), _("Members"), rows)


def _reach_by_channel_part(zone: ZoneFigures) -> ZonePart:
    """Copies that arrived or were handed over, by channel; a channel of few people is not drawn."""
    arrived = {channel_name_or_key(key): (one.reached, one.audience) for key, one in zone.reach.items()}
    rows = [
        (name, _("%(number)s of %(all)s") % {"number": mask_count(n), "all": mask_count(a)})
        for name, (n, a) in arrived.items()
    ]
    drawn = [(name, number) for name, (number, _all) in arrived.items() if number >= FEWEST]
    return ZonePart(_("Reach by channel"), _("Copies that arrived"), rows, _chart_svg(_("Reach by channel"), drawn))


def withholdings_part(counts: Mapping[str, int]) -> ZonePart:
    """How often the police sent nothing this year, by reason; nothing where they never decided so (R76)."""
    rows = [(str(Withholding.Because(key).label), str(number)) for key, number in counts.items()]
    return ZonePart(_("No message"), _("This year"), rows if any(counts.values()) else [])


def _part_of_counts(title: str, head: str, rows: Sequence[tuple[str, int]], *, over_time: bool = False) -> ZonePart:
    told = [(label, str(number)) for label, number in rows]
    return ZonePart(title, head, told, _chart_svg(title, rows, over_time=over_time))


def _chart_svg(title: str, rows: Sequence[tuple[str, int]], *, over_time: bool = False) -> str:
    return mark_safe(chart_svg(Chart(title, tuple(rows), over_time))) if rows else ""  # noqa: S308 - ours, every label escaped


def zone_table_heads_and_rows(zone: ZoneFigures, language: str) -> tuple[list[str], list[list[str | int]]]:
    """The heads and the rows for a spreadsheet, counts as numbers; no heads where there is no partnership."""
    if not zone.rows:
        return [], []
    known, under = [_("Partnership"), _("Kind"), _("Founded on"), _("Launched on")], column_heads()
    rows = [
        [
            *_name_kind_and_dates(row, language),
            *(int(cell.value) if cell.value.isdecimal() else cell.value for cell in cells_of_partnership(row, under)),
        ]
        for row in zone.rows
    ]
    return [*known, *under], rows


def _name_kind_and_dates(row: PartnershipFigures, language: str) -> list[str]:
    """What is known of a partnership before anything is counted."""
    one = row.partnership
    days = [local(day).date().isoformat() if day else "" for day in (one.founded_at, one.launched_at)]
    return [one.name(language), str(one.get_kind_display()), *days]
