"""The papers of this room: minutes of a meeting (R61), policy plans as an annex (R59). Every word of people a value."""

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from plp.documents import Document, ForeignText, Grid, Lines, Value, compose
from plp.documents.dates import date_format
from plp.followup.models import FollowUpMeeting, PolicyPlan
from plp.partnership.models import Partnership
from plp.toolbox.clock import local

TEXTS = Path(__file__).parent / "texts"


def minutes_paper(meeting: FollowUpMeeting, language: str) -> Document:
    """The minutes in ``language``; what was said stands as it was written."""
    with override(language):
        people = meeting.present or 0
        title = _("Minutes, %s") % meeting.partnership.name(language)
        values: dict[str, Value] = {
            "title": title,
            "when": date_format(local(meeting.starts_at), "DATETIME_FORMAT"),
            "place": meeting.place,
            "present": ngettext("%d person", "%d people", people) % people,
            "agenda": Lines([_text_for_reader(meeting, point, language) for point in meeting.agenda_points]),
            "notes": _text_for_reader(meeting, meeting.notes, language) or _("Nothing was noted."),
            "ideas": _text_for_reader(meeting, meeting.ideas, language) or _("Nothing was noted."),
            "activities": _activities_grid(meeting, language),
            "fingerprint": meeting.sha256 or _("The minutes are not closed yet."),
        }
        return _compose_paper("minutes_paper", values, meeting.partnership, language, title)


def _text_for_reader(row: FollowUpMeeting | PolicyPlan, text: str, language: str) -> str:
    """What was written in the language of ``row``, for a reader of ``language``."""
    return ForeignText.in_language_unless_same(text, row.language, reader=language)


def _activities_grid(meeting: FollowUpMeeting, language: str) -> Value:
    rows = [
        [
            _text_for_reader(meeting, activity.words, language),
            activity.get_side_display(),
            date_format(activity.due_on, "DATE_FORMAT"),
        ]
        for activity in meeting.activities.all()
    ]
    return Grid([_("What"), _("Who"), _("By when")], rows) if rows else _("Nothing was agreed.")


def policy_annex_paper(partnership: Partnership, plans: Iterable[PolicyPlan], language: str) -> Document:
    """The plans that a partnership is linked to, as an annex: title, period, extract, address."""
    with override(language):
        title = _("Annex: policy plans, %s") % partnership.name(language)
        values: dict[str, Value] = {"title": title, "plans": policy_grid(plans, language)}
        return _compose_paper("annex_paper", values, partnership, language, title)


def policy_grid(plans: Iterable[PolicyPlan], language: str) -> Value:
    """The plans as rows of a paper in ``language``, which is the active one."""
    rows = [
        [
            _plan_title(plan),
            _plan_period_text(plan),
            _text_for_reader(plan, plan.extract, language) or "–",
            plan.link or "–",
        ]
        for plan in plans
    ]
    return Grid([_("Plan"), _("Period"), _("Extract"), _("Address")], rows) if rows else _("No plan is linked yet.")


def _plan_title(plan: PolicyPlan) -> str:
    kind = f"{plan.title} ({plan.get_kind_display()})"
    if plan.included_on is None:
        return kind
    return _("%(plan)s, taken up on %(day)s") % {
        "plan": kind,
        "day": date_format(plan.included_on, "DATE_FORMAT"),
    }


def _plan_period_text(plan: PolicyPlan) -> str:
    ends = date_format(plan.until, "DATE_FORMAT") if plan.until else _("no end")
    return f"{date_format(plan.begins, 'DATE_FORMAT')} – {ends}"


def _compose_paper(
    name: str, values: dict[str, Value], partnership: Partnership, language: str, title: str
) -> Document:
    source = (TEXTS / f"{name}.{language}.md").read_text(encoding="utf-8")
    return compose(source, values, language=language, title=title, kind=partnership.kind)
