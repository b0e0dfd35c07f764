"""The file that a coordinator leaves to the next one: how the partnership stands, and no member's data (R152)."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from plp.charter.kinds import KINDS
from plp.charter.models import PlanRule
from plp.charter.models.partner import SLOT_NAMES
from plp.charter.queries import contacts_of_partners, plan_in_force
from plp.delivery.phone_numbers import format_phone_number
from plp.documents import Document, ForeignText, Grid, Value, compose
from plp.documents.dates import date_format
from plp.evaluation.queries.reports import evaluation_cycle_of, filed_reports
from plp.evaluation.sections import SECTIONS
from plp.followup import measure_clocks
from plp.followup.clocks import all_due_kinds
from plp.followup.queries.dues import open_dues
from plp.mandates.grants import Role
from plp.mandates.queries import mandates_of_exact_area
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.partnership.models import Partnership
from plp.toolbox.clock import local

TEXTS = Path(__file__).parent / "texts"
PRIVATE = {"absence_end", *(kind.key for kind in measure_clocks.KINDS)}  # of one person alone: an absence, a measure
QUARTER = (Role.COORDINATOR, Role.DEPUTY, Role.COMMITTEE)


def handover_paper(partnership: Partnership, language: str, *, at: datetime) -> Document:
    """The file in ``language`` as things stand at ``at``: people in office, contacts of the partners, plan, dues,
    last report. Of the members it tells how many there are.
    """
    with override(language):
        title = _("Handover file: %s") % partnership.name(language)
        values: dict[str, Value] = {
            "title": title,
            "day": date_format(local(at), "DATE_FORMAT"),
            "state": partnership.get_state_display(),
            "launched": _day_or_empty(partnership.launched_at) or _("not launched yet"),
            "members": str(Membership.objects.filter(partnership=partnership, state=Belonging.ACTIVE).count()),
            "offices": _offices_grid(partnership, at=at),
            "partners": _partners_grid(partnership, language),
            "plan": _communication_plan_grid(partnership, at=at),
            "dues": _open_dues_without_private_grid(partnership),
            "evaluation": _next_evaluation_day_text(partnership),
            "report": _last_filed_report_grid(partnership, language),
        }
    source = (TEXTS / f"handover_paper.{language}.md").read_text(encoding="utf-8")
    return compose(source, values, language=language, title=title, kind=partnership.kind)


def _day_or_empty(moment: datetime | None) -> str:
    return date_format(local(moment), "DATE_FORMAT") if moment else ""


def _grid_or_sentence(head: list[Any], rows: list[list[str]], nothing: str) -> Value:
    filled = [[cell or "–" for cell in row] for row in rows]  # an empty cell is room to write: here nothing is missing
    return Grid([str(word) for word in head], filled) if rows else nothing


def _offices_grid(partnership: Partnership, *, at: datetime) -> Value:
    """Who is in office in the quarter, since when, and until when where that is known."""
    rows = [
        [one.get_role_display(), one.person.name, _day_or_empty(one.starts_at), _last_day_or_empty(one.ends_at)]
        for one in mandates_of_exact_area(partnership.area, at=at)
        if one.role in QUARTER
    ]
    return _grid_or_sentence([_("Function"), _("Name"), _("Since"), _("Until")], rows, _("Nobody is in office."))


def _last_day_or_empty(ends_at: datetime | None) -> str:
    return _day_or_empty(ends_at - timedelta(seconds=1)) if ends_at else ""


def _partners_grid(partnership: Partnership, language: str) -> Value:
    """The functional contact details of the partners, as the charter names them."""
    rows = [
        [
            str(SLOT_NAMES[contact.slot]),
            contact.text_in("organisation", language, partnership.languages),
            contact.name,
            format_phone_number(contact.phone),
            contact.email,
        ]
        for contact in contacts_of_partners(partnership)
    ]
    head = [_("Partner"), _("Organisation"), _("Name"), _("Telephone"), _("E-mail")]
    return _grid_or_sentence(head, rows, _("The contact details of the partners were not written down yet."))


def _communication_plan_grid(partnership: Partnership, *, at: datetime) -> Value:
    """The communication plan in force, a line a kind of message."""
    plan = plan_in_force(partnership, at=at)
    rows = [
        [
            str(KINDS[rule.kind].label),
            rule.get_route_display(),
            ", ".join(str(Role(role).label) for role in rule.relayers) if rule.route != PlanRule.Route.DIRECT else "",
            _("%d hours") % rule.feedback_hours if rule.feedback_hours else "",
        ]
        for rule in (plan.rules.order_by("pk") if plan else ())
    ]
    head = [_("Message"), _("Way"), _("Who passes it on"), _("Feedback within")]
    return _grid_or_sentence(head, rows, _("No communication plan is in force."))


def _open_dues_without_private_grid(partnership: Partnership) -> Value:
    """What is open, without who holds it, and nothing that concerns one person alone."""
    kinds = all_due_kinds()
    rows = [
        [str(kinds[row.kind].label), date_format(local(row.due_at), "DATE_FORMAT")]
        for row in open_dues(partnership=partnership)
        if row.kind in kinds and row.kind not in PRIVATE
    ]
    return _grid_or_sentence([_("What is waiting"), _("By when")], rows, _("Nothing waits."))


def _next_evaluation_day_text(partnership: Partnership) -> str:
    cycle = evaluation_cycle_of(partnership)
    return date_format(cycle.due_on, "DATE_FORMAT") if cycle else _("a year after the launch")


def _last_filed_report_grid(partnership: Partnership, language: str) -> Value:
    """What the last filed report says, part by part."""
    last = filed_reports(partnership).first()
    words: dict[str, dict[str, str]] = last.words if last else {}
    text_language = language if words.get(language) else next(iter(words), language)
    written = words.get(text_language, {})
    rows = [
        [str(part.title), ForeignText.in_language_unless_same(written[key], text_language, reader=language)]
        for key, part in SECTIONS.items()
        if written.get(key, "").strip()
    ]
    return _grid_or_sentence([_("Part"), _("What was written")], rows, _("No report was filed yet."))
