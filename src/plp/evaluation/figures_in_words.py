"""The figures in words, for page and paper alike: parts with their rows, this period beside the earlier ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.charter.kinds import KINDS
from plp.charter.plan_in_words import hours_and_minutes_in_words
from plp.delivery.installed import channels
from plp.documents.dates import date_format
from plp.evaluation.queries.figures import Figures
from plp.evaluation.sections import NUMBERS, OF_PERSONS
from plp.people.small_counts import is_small, mask_count, mask_pair_with_known_sum

NOTHING = "–"
ANSWER_LABELS = {
    "release": gettext_lazy("From a message offered to its release: half of them within"),
    "question": gettext_lazy("From a question to its answer: half of them within"),
}


@dataclass(frozen=True)
class FigureRow:
    """One figure: its label and its value in each period, this one first."""

    label: str
    values: list[str]


@dataclass(frozen=True)
class FigurePart:
    """Figures that belong together; ``bars`` are those of this period that are worth a chart, ``over_time`` a line."""

    key: str
    title: str
    rows: list[FigureRow]
    bars: list[tuple[str, int]]
    over_time: bool = False


Count = Callable[[Figures], int | str]


def _mean_grade_or_dash(mean: float | None) -> str:
    """A mean grade in the active language."""
    return NOTHING if mean is None else number_format(mean, 1)


FEEDBACK_ROWS: tuple[tuple[Any, Count], ...] = (
    (gettext_lazy("Messages for which feedback was due"), lambda one: one.feedback_due),
    (gettext_lazy("Feedback given in time"), lambda one: one.feedback_in_time),
    (gettext_lazy("Feedback given late, or still owed"), lambda one: one.feedback_late),
    (gettext_lazy("Exchanges rated by the police"), lambda one: one.rated),
    (gettext_lazy("Their quality on average, out of 4"), lambda one: _mean_grade_or_dash(one.quality)),
    (gettext_lazy("Their speed on average, out of 4"), lambda one: _mean_grade_or_dash(one.timeliness)),
    (gettext_lazy("Requests for information to the police"), lambda one: one.requests),
    (gettext_lazy("Requests answered"), lambda one: one.requests_answered),
    (gettext_lazy("Requests refused, with a reason"), lambda one: one.requests_refused),
    (gettext_lazy("Requests answered late, or still waiting after the agreed time"), lambda one: one.requests_late),
    (gettext_lazy("Questions and opinions of members and neighbours"), lambda one: mask_count(one.questions)),
    (gettext_lazy("Questions and opinions answered"), lambda one: mask_count(one.questions_answered)),
    (
        gettext_lazy("Reports of something seen, through this site, in the municipality"),
        lambda one: mask_count(one.sightings),
    ),
    (gettext_lazy("Of them handed to the municipality"), lambda one: mask_count(one.referred)),
    (gettext_lazy("Done there"), lambda one: mask_count(one.referred_done)),
)
MEMBER_ROWS: tuple[tuple[Any, Count], ...] = (
    (gettext_lazy("New members"), lambda one: mask_pair_with_known_sum(one.members_in, one.members_out)[0]),
    (gettext_lazy("Members who left"), lambda one: mask_pair_with_known_sum(one.members_in, one.members_out)[1]),
    (gettext_lazy("Members at the end of the period"), lambda one: mask_count(one.members_end)),
    (gettext_lazy("Meetings"), lambda one: one.meetings),
    (gettext_lazy("People at the meetings, in all"), lambda one: mask_count(one.attendance)),
)
MESSAGE_ROWS: tuple[tuple[Any, Count], ...] = (
    (gettext_lazy("Messages relayed"), lambda one: one.messages),
    (gettext_lazy("Urgent, by day"), lambda one: one.urgent_day),
    (gettext_lazy("Urgent, by night (10 pm to 6 am)"), lambda one: one.urgent_night),
    (gettext_lazy("Not urgent: feedback"), lambda one: one.feedback),
    (gettext_lazy("Not urgent: advice and information"), lambda one: one.advice),
    (gettext_lazy("Sent directly by the police, as the plan allows"), lambda one: one.direct),
)


def figure_parts(periods: Sequence[Figures]) -> list[FigurePart]:
    """Every figure of ``periods``, the present one first, in the active language."""
    return [
        _figure_part(
            "messages",
            _("Messages"),
            _figure_rows_of_counts(MESSAGE_ROWS, periods),
            _figure_rows_of_counts(MESSAGE_ROWS[1:5], periods),
        ),
        _figure_part(
            "months",
            _("Messages by month"),
            _messages_by_month_rows(periods),
            _messages_by_month_rows(periods),
            over_time=True,
        ),
        _figure_part("kinds", _("Messages by kind"), _messages_by_kind_rows(periods), _messages_by_kind_rows(periods)),
        _figure_part("relay", _("Time until a message was relayed"), _relay_and_answer_time_rows(periods), []),
        _figure_part("reach", _("Reach by channel"), _arrived_share_rows(periods), _arrived_copies_rows(periods)),
        _figure_part(
            "feedback", _("Feedback, requests, questions"), _figure_rows_of_counts(FEEDBACK_ROWS, periods), []
        ),
        _figure_part("members", _("Members and meetings"), _figure_rows_of_counts(MEMBER_ROWS, periods), []),
    ]


def _figure_part(
    key: str, title: str, rows: list[FigureRow], charted: list[FigureRow], *, over_time: bool = False
) -> FigurePart:
    """A part; its chart shows the first period, where there is something to show."""
    bars = [(row.label, int(row.values[0])) for row in charted if row.values[0].isdecimal()]
    return FigurePart(key, title, rows, bars if any(number for _label, number in bars) else [], over_time)


def month_and_year(first: date) -> str:
    """``November 2026``, in the active language."""
    return date_format(first, "YEAR_MONTH_FORMAT")


def _messages_by_month_rows(periods: Sequence[Figures]) -> list[FigureRow]:
    """A row for each month of this period, beside the month of the same name in the earlier ones."""
    earlier = [{month[-2:]: number for month, number in one.by_month.items()} for one in periods[1:]]
    return [
        FigureRow(
            month_and_year(date.fromisoformat(f"{month}-01")),
            [str(number), *(str(one.get(month[-2:], NOTHING)) for one in earlier)],
        )
        for month, number in periods[0].by_month.items()
    ]


def _figure_rows_of_counts(table: Sequence[tuple[Any, Count]], periods: Sequence[Figures]) -> list[FigureRow]:
    return [FigureRow(str(label), [str(count(one)) for one in periods]) for label, count in table]


def _messages_by_kind_rows(periods: Sequence[Figures]) -> list[FigureRow]:
    """A row for each kind that occurred in any of the periods, in the order of the plan."""
    return [
        FigureRow(str(kind.label), [str(one.by_kind.get(key, 0)) for one in periods])
        for key, kind in KINDS.items()
        if any(key in one.by_kind for one in periods)
    ]


def _relay_and_answer_time_rows(periods: Sequence[Figures]) -> list[FigureRow]:
    labels = {
        ("urgent", 0): _("Urgent: half of them within"),
        ("urgent", 1): _("Urgent: the longest"),
        ("other", 0): _("Not urgent: half of them within"),
        ("other", 1): _("Not urgent: the longest"),
    }
    relayed = [
        FigureRow(
            label,
            [hours_and_minutes_in_words(one.relay[key][place]) if key in one.relay else NOTHING for one in periods],
        )
        for (key, place), label in labels.items()
    ]
    return relayed + [
        FigureRow(
            str(label),
            [hours_and_minutes_in_words(one.answers[key][0]) if key in one.answers else NOTHING for one in periods],
        )
        for key, label in ANSWER_LABELS.items()
        if any(key in one.answers for one in periods)
    ]


def channel_name_or_key(key: str) -> str:
    """The name of a channel; its key where it is no longer installed."""
    found = channels().get(key)
    return str(found.label) if found else key


def _channels_used(periods: Sequence[Figures]) -> list[str]:
    return sorted({channel for one in periods for channel in one.reach})


def _arrived_share_rows(periods: Sequence[Figures]) -> list[FigureRow]:
    """For each channel: how many copies arrived or were handed over, of how many."""
    rows = []
    for channel in _channels_used(periods):
        told = [one.reach.get(channel) for one in periods]
        rows.append(
            FigureRow(channel_name_or_key(channel), [_arrived_share_text_masking_few(counts) for counts in told])
        )
    return rows


def _arrived_share_text_masking_few(counts: list[int] | None) -> str:
    if not counts:
        return NOTHING
    total, arrived, _lost = counts
    if is_small(total) or is_small(arrived):
        return _("%(number)s of %(all)s") % {"number": mask_count(arrived), "all": mask_count(total)}
    return _("%(arrived)d of %(total)d (%(percent)d%%)") % {
        "arrived": arrived,
        "total": total,
        "percent": round(100 * arrived / total) if total else 0,
    }


def _arrived_copies_rows(periods: Sequence[Figures]) -> list[FigureRow]:
    """Copies that arrived, by channel: the chart of the reach, without a channel of few."""
    return [
        FigureRow(channel_name_or_key(channel), [mask_count(one.reach.get(channel, [0, 0, 0])[1]) for one in periods])
        for channel in _channels_used(periods)
    ]


def police_number_rows(typed: Sequence[dict[str, int]]) -> list[FigureRow]:
    """The officer's numbers, this period first; what nobody counted is a dash, few who reported are not told (T16)."""
    return [
        FigureRow(str(label), [_masked_typed_number_text(key, one.get(key)) for one in typed])
        for key, label in NUMBERS.items()
    ]


def _masked_typed_number_text(key: str, number: int | None) -> str:
    if number is None:
        return NOTHING
    return mask_count(number) if key in OF_PERSONS else str(number)
