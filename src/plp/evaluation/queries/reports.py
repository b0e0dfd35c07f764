"""Reads of reports: which period is next and when it is due, what is missing, who may sign, who may read."""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db.models import QuerySet

from plp.charter.queries.reviews import years_after
from plp.evaluation.models import DueDay, Report, ReportFile, Signature
from plp.evaluation.queries.figures import Figures, figures_of
from plp.evaluation.sections import SECTIONS
from plp.evaluation.states import ReportState
from plp.journal.models import Entry
from plp.mandates.grants import Permission
from plp.mandates.queries import mandates_in_force, permitted_areas
from plp.mandates.scopes import AreaScope
from plp.partnership.models import Partnership, Statement
from plp.partnership.open_rows import OpenRows
from plp.partnership.queries import partnerships_in_scope, statements_of
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.clock import local
from plp.toolbox.texts import OFFICIAL_LANGUAGES

STORED = "evaluation.file_stored"
SOON = timedelta(days=30)
EARLIER = 3  # years with which a report compares


@dataclass(frozen=True)
class Cycle:
    """Where a partnership stands in its year: the period that comes next, its due day, the report at work."""

    partnership: Partnership
    begins: date
    due_on: date
    report: Report | None

    def is_late(self, today: date) -> bool:
        """Whether the due day is over."""
        return today > self.due_on

    def is_near(self, today: date) -> bool:
        """Whether it is time to begin: a month before the due day, or later."""
        return today >= self.due_on - SOON


def launched_partnerships_in_scope(person: Person, permission: Permission, *, at: datetime) -> QuerySet[Partnership]:
    """The launched partnerships with a right of this room, in the order of their keys."""
    return partnerships_in_scope(person, permission, at=at).filter(launched_at__isnull=False).order_by("key")


SIGNING = OpenRows(
    f"FROM evaluation_report t WHERE t.state = '{ReportState.SIGNING}' AND t.partnership_id IN {{partnerships}}"
)
DUE_SOON = OpenRows(  # nobody is asked again within ten months of a launch or a report, unless a day was chosen
    f"""
    FROM partnership_partnership t WHERE t.id IN {{partnerships}} AND t.launched_at IS NOT NULL AND (
      EXISTS (SELECT 1 FROM evaluation_dueday d WHERE d.partnership_id = t.id)
      OR EXISTS (SELECT 1 FROM evaluation_report r WHERE r.partnership_id = t.id AND r.state <> '{ReportState.FILED}')
      OR (
        NOT EXISTS (SELECT 1 FROM evaluation_report r WHERE r.partnership_id = t.id AND r.until > {{since_day}})
        AND (t.launched_at < {{since}} OR EXISTS (SELECT 1 FROM evaluation_report r WHERE r.partnership_id = t.id))
      )
    )""",  # noqa: S608 - our own words
    age=timedelta(days=300),
)


def _launched_partnerships(areas: AreaScope) -> QuerySet[Partnership]:
    return Partnership.objects.filter(area__in=areas, launched_at__isnull=False).select_related("area").order_by("key")


def evaluation_cycles_in_scope(person: Person, permission: Permission, *, at: datetime) -> list[Cycle]:
    """The cycles of ``launched_partnerships_in_scope``: three queries."""
    return evaluation_cycles_of(_launched_partnerships(permitted_areas(person, permission, at=at)))


def evaluation_cycles_of(partnerships: Iterable[Partnership]) -> list[Cycle]:
    """The cycle of each launched partnership: two queries for all, and that for the partnerships."""
    rows = list(partnerships)
    keys = [one.pk for one in rows]
    chosen = dict(DueDay.objects.filter(partnership__in=keys).values_list("partnership", "due_on"))
    last: dict[Any, date] = {}
    at_work: dict[Any, Report] = {}
    for report in Report.objects.filter(partnership__in=keys).order_by("until"):
        if report.state == ReportState.FILED:
            last[report.partnership_id] = report.until
        else:
            at_work[report.partnership_id] = report
    return [
        _evaluation_cycle(one, last.get(one.pk), at_work.get(one.pk), chosen.get(one.pk))
        for one in rows
        if one.launched_at
    ]


def evaluation_cycle_of(partnership: Partnership) -> Cycle | None:
    """The cycle of one partnership; ``None`` before its launch."""
    return next(iter(evaluation_cycles_of(Partnership.objects.filter(pk=partnership.pk).select_related("area"))), None)


def _evaluation_cycle(partnership: Partnership, last: date | None, report: Report | None, chosen: date | None) -> Cycle:
    launched = local(partnership.launched_at).date() if partnership.launched_at else date.max
    begins = report.begins if report else (last + timedelta(days=1) if last else launched)
    due = chosen if chosen and chosen > begins else years_after(begins, 1)
    return Cycle(partnership, begins, due, report)


def filed_reports(partnership: Partnership) -> QuerySet[Report]:
    """The filed reports, the newest first."""
    return Report.objects.filter(partnership=partnership, state=ReportState.FILED).order_by("-until")


def reports_in_scope(partnership: Partnership, *, may_write: bool) -> QuerySet[Report]:
    """The reports of a partnership that one may see: all for those who write, filed ones for those who read."""
    rows = Report.objects.filter(partnership=partnership)
    return rows if may_write else rows.filter(state=ReportState.FILED)


def last_filed_reports_before(report: Report) -> list[Report]:
    """The reports filed for earlier periods, the nearest first: with their own frozen figures."""
    return list(filed_reports(report.partnership).filter(until__lt=report.begins)[:EARLIER])


def frozen_or_current_figures(report: Report, *, at: datetime) -> Figures:
    """What was frozen; of a draft what the ledger says now."""
    if report.state == ReportState.DRAFT:
        return figures_of(report.partnership, report.begins, report.until, at=at)
    return Figures(**report.figures)


def report_languages(partnership: Partnership) -> list[str]:
    """The languages of the report: those of the partnership in which authorities read."""
    return [code for code in partnership.languages if code in OFFICIAL_LANGUAGES] or ["fr"]


def languages_and_keys_of_missing_sections(report: Report) -> list[tuple[str, str]]:
    """The parts still to be written, as language and key of ``SECTIONS``."""
    return [
        (code, key)
        for code in report.languages
        for key in SECTIONS
        if not report.words.get(code, {}).get(key, "").strip()
    ]


def previous_or_founding_objectives(report: Report) -> dict[str, str]:
    """The objectives of the report before, per language; for the first report those of the founding (R14)."""
    before = next(iter(last_filed_reports_before(report)), None)
    if before is not None:
        return {code: words["next"] for code, words in before.words.items() if words.get("next")}
    objectives = statements_of(report.partnership).filter(kind=Statement.Kind.OBJECTIVE)
    texts = {
        code: "\n".join(objective.text_in("text", code, report.languages) for objective in objectives)
        for code in report.languages
    }
    return {code: text for code, text in texts.items() if text}


def signature_slots_held_by(person: Person, area: Area, *, at: datetime) -> list[str]:
    """The slots whose office ``person`` holds over ``area`` at ``at``; a deputy holds none."""
    beginnings = [area.path[: end + 1] for end, sign in enumerate(area.path) if sign == "/"]
    held = mandates_in_force(at).filter(person=person, role__in=Signature.Slot.values, area__path__in=beginnings)
    return sorted(set(held.values_list("role", flat=True)))


def signatures_by_slot(report: Report) -> dict[str, Signature | None]:
    """Slot to signature, coordinator first."""
    found = {one.slot: one for one in report.signatures.all()}
    return {slot: found.get(slot) for slot in Signature.Slot.values}


def _reports_in_signature(areas: AreaScope) -> QuerySet[Report]:
    waiting = Report.objects.filter(partnership__area__in=areas, state=ReportState.SIGNING)
    return waiting.prefetch_related("partnership__area", "signatures")


def reports_to_sign(person: Person, *, at: datetime) -> list[Report]:
    """The frozen reports that wait for the signature of ``person``."""
    if not SIGNING.may_exist_for(person):
        return []
    areas = permitted_areas(person, Permission.EVALUATION_WRITE, at=at)
    found = []
    for report in _reports_in_signature(areas):
        given = {one.slot for one in report.signatures.all()}
        if set(signature_slots_held_by(person, report.partnership.area, at=at)) - given:
            found.append(report)
    return found


def files_of_report(report: Report) -> QuerySet[ReportFile]:
    """The files of a report without their bytes."""
    return report.files.defer("content").order_by("kind", "language", "media")


def report_files_in_scope(partnership: Partnership, *, may_write: bool) -> QuerySet[ReportFile]:
    """The files of a partnership that one may open: all for those who write, of filed reports for those who read."""
    rows = ReportFile.objects.filter(report__partnership=partnership).select_related("report")
    return rows if may_write else rows.filter(report__state=ReportState.FILED)


def report_file_bytes(file: ReportFile) -> bytes:
    """The bytes as they were stored. Raises ``InvalidTag`` when the database holds others."""
    return base64.b64decode(file.content)


def keys_of_damaged_report_files() -> list[UUID]:
    """Every file whose bytes are no longer those of its row, or whose row is not what the journal noted."""
    noted = {
        entry.target.partition(":")[2]: entry.details.get("sha256")
        for entry in Entry.objects.filter(verb=STORED).only("target", "details")
    }
    return [
        file.pk for file in ReportFile.objects.order_by("pk").iterator(chunk_size=10) if not _is_intact(file, noted)
    ]


def _is_intact(file: ReportFile, noted: dict[str, Any]) -> bool:
    try:
        digest = hashlib.sha256(report_file_bytes(file)).hexdigest()
    except (InvalidTag, ValueError):
        return False
    return digest == file.sha256 == noted.get(str(file.pk))
