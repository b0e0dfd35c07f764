"""The page "where are we?" as a poster: the same path, the same words, on A4."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from plp.documents.dates import date_format
from plp.documents.tagged_pdf import qr_code_template_data, render_pdf
from plp.launch.queries.dates import DueDate
from plp.launch.queries.progress import Progress
from plp.launch.rules import StepState
from plp.launch.states import Standing
from plp.partnership.queries import public_page_url
from plp.portal.subjects.launch.plan.presentation import role_names, standing_label
from plp.toolbox.clock import local

TEMPLATE = Path(__file__).parent / "poster.typ"


def poster_pdf(progress: Progress, dates: Sequence[DueDate], *, language: str, at: datetime) -> bytes:
    """The poster of a partnership in ``language``. Raises ``documents.pdf.NotPrinted``."""
    with override(language):
        name = progress.partnership.name(language)
        title = _("Where are we?")
        content = {
            "name": name,
            "title": title,
            "lead": _("%(done)d of %(steps)d steps are done.")
            % {"done": progress.done_count, "steps": len(progress.states)},
            "steps": [_poster_step_values(number, state) for number, state in enumerate(progress.states, 1)],
            "next": _("Next dates"),
            "dates": [_poster_date_values(due, today=local(at).date()) for due in dates],
            "page": qr_code_template_data(public_page_url(progress.partnership)),
            "page_words": _("The page of the partnership:"),
            "foot": _("As it stood on %(day)s. The circular in force: %(circular)s.")
            % {"day": date_format(at, "DATE_FORMAT"), "circular": date_format(progress.plan.circular, "DATE_FORMAT")},
        }
        return render_pdf(TEMPLATE, content, language=language, title=f"{title} – {name}", at=at)


def _poster_step_values(number: int, state: StepState) -> dict[str, Any]:
    """One station: its number, title, standing in words, what is missing first and who does it."""
    is_open = state.standing in {Standing.OPEN, Standing.STALLED} and not state.is_waived
    return {
        "number": number,
        "title": str(state.step.title),
        "label": standing_label(state),
        "look": "done" if state.standing == Standing.DONE else "now" if is_open else "ahead",
        "missing": str(state.missing[0].missing) if is_open and state.missing else "",
        "who": role_names(state.next_roles) if is_open else "",
    }


def _poster_date_values(due: DueDate, *, today: date) -> dict[str, str]:
    """One date: its day, what is due and where, and a word if it is past."""
    late = _("late") if due.day < today else ""
    return {"day": date_format(due.day, "DATE_FORMAT"), "what": str(due.title), "place": due.place, "late": late}
