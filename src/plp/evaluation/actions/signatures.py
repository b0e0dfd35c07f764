"""Freeze the report, sign it twice, file it and send it to the authorities (R60)."""

import base64
import hashlib
from datetime import datetime, timedelta
from pathlib import Path

from django.db import IntegrityError, transaction

from plp import documents
from plp.charter.seal import seal_pdf
from plp.delivery import pages
from plp.delivery.letters import LetterTemplate, send_letter
from plp.documents import PrintOrder
from plp.evaluation import refusals
from plp.evaluation.models import Report, ReportFile, Signature
from plp.evaluation.papers import report_paper, signature_record_paper
from plp.evaluation.queries.figures import Figures, figures_of
from plp.evaluation.queries.reports import (
    STORED,
    languages_and_keys_of_missing_sections,
    last_filed_reports_before,
    report_file_bytes,
    signature_slots_held_by,
    signatures_by_slot,
)
from plp.evaluation.sections import SECTIONS
from plp.evaluation.states import MOVES, ReportState
from plp.journal.actions import note
from plp.launch.actions import steps
from plp.mandates.grants import Permission
from plp.mandates.queries import permission_holders, require, require_unless_machine
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.people.queries import contacts_of
from plp.toolbox.clock import local
from plp.toolbox.moves import Refused, WrongState, move

TEXTS = Path(__file__).parents[1] / "texts"
TO_SIGN = LetterTemplate(TEXTS, "report_to_sign", "evaluation.report_to_sign")
FILED = LetterTemplate(TEXTS, "report_filed", "evaluation.report_filed")
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PROOF_LASTS = timedelta(minutes=5)


def freeze_report_and_mail_for_signature(*, report: Report, by: Person | None, at: datetime) -> None:
    """Freeze the figures and the words: a PDF and a DOCX a language, kept byte for byte, and ask both to sign.

    Raises ``NotAllowed``, ``CharterIncomplete``, ``PeriodNotOver``, ``WrongState`` when somebody was first or wrote on.
    """
    partnership = report.partnership
    require_unless_machine(by, Permission.EVALUATION_WRITE, partnership.area, at=at)
    _require_complete_draft(report, at=at)
    figures = figures_of(partnership, report.begins, report.until, at=at)
    made = _pdf_and_docx_of_report(report, figures, at=at)
    fingerprint = hashlib.sha256("".join(hashlib.sha256(one).hexdigest() for *_kind, one in made).encode()).hexdigest()
    with transaction.atomic():
        fresh = Report.objects.select_for_update().get(pk=report.pk)
        if fresh.version != report.version:
            raise WrongState
        move(fresh, ReportState.SIGNING, table=MOVES, frozen_at=at, figures=figures.as_json(), fingerprint=fingerprint)
        for language, media, content in made:
            _store_report_file_and_journal_digest(fresh, ReportFile.Kind.FROZEN, language, media, content, by=by, at=at)
        area = partnership.area.path
        note(verb="evaluation.put_up", by=by, at=at, area=area, target=fresh, fingerprint=fingerprint)
        _queue_report_letter(TO_SIGN, Permission.EVALUATION_WRITE, partnership, by=by, at=at)


def _require_complete_draft(report: Report, *, at: datetime) -> None:
    """Raise unless it is a draft with every part written, of a period that is over."""
    if report.state != ReportState.DRAFT:
        raise WrongState
    parts = languages_and_keys_of_missing_sections(report)
    if parts:
        raise refusals.ReportIncomplete(missing=", ".join(f"{SECTIONS[key].title} ({code})" for code, key in parts))
    if local(at).date() <= report.until:
        raise refusals.PeriodNotOver


def _pdf_and_docx_of_report(report: Report, figures: Figures, *, at: datetime) -> list[tuple[str, str, bytes]]:
    """Language, media type and bytes of each file."""
    before = last_filed_reports_before(report)
    papers = [report_paper(report, figures, before, language) for language in report.languages]
    prints = [PrintOrder(paper, footer=paper.title, saves_page=True) for paper in papers]
    pdfs = documents.pdfs(prints, at=at)
    printed = [(paper.language, PDF, content) for paper, content in zip(papers, pdfs, strict=True)]
    return printed + [(paper.language, DOCX, documents.docx(paper, footer=paper.title)) for paper in papers]


def _store_report_file_and_journal_digest(
    report: Report, kind: str, language: str, media: str, content: bytes, *, by: Person | None, at: datetime
) -> None:
    """Keep ``content`` byte for byte; its digest goes into the journal."""
    digest = hashlib.sha256(content).hexdigest()
    file = ReportFile.objects.create(
        report=report,
        kind=kind,
        language=language,
        media=media,
        size=len(content),
        sha256=digest,
        content=base64.b64encode(content).decode(),
        stored_at=at,
    )
    note(verb=STORED, by=by, at=at, area=report.partnership.area.path, target=file, kind=kind, sha256=digest)


@transaction.atomic
def take_report_back_to_draft(*, report: Report, by: Person | None, at: datetime) -> None:
    """Take a frozen report back to work, before both have signed: its files and signatures go.

    Raises ``NotAllowed`` or ``WrongState``.
    """
    area = report.partnership.area
    require_unless_machine(by, Permission.EVALUATION_WRITE, area, at=at)
    move(report, ReportState.DRAFT, table=MOVES, frozen_at=None, figures={}, fingerprint="")
    report.files.all().delete()
    report.signatures.all().delete()
    note(verb="evaluation.taken_back", by=by, at=at, area=area.path, target=report)


@transaction.atomic
def sign_report_and_file_when_both(
    *, report: Report, slot: str, fingerprint: str, proven_at: datetime | None, by: Person, at: datetime
) -> Signature:
    """Sign the very files that were shown, for one's own office. The second signature files the report.

    ``fingerprint`` is that of the files as shown; ``proven_at`` is at most five minutes old. Raises ``NotAllowed``,
    ``NotYourSlot``, ``CharterProofMissing``, ``WrongState``, ``OtherTextThanRead``, ``CharterAlreadySigned``.
    """
    area = report.partnership.area
    require(by, Permission.EVALUATION_WRITE, area, at=at)
    if slot not in signature_slots_held_by(by, area, at=at):
        raise refusals.NotYourSlot
    if proven_at is None or not timedelta(0) <= at - proven_at <= PROOF_LASTS:
        raise refusals.ReportProofMissing
    fresh = Report.objects.select_for_update(of=("self",)).select_related("partnership__area").get(pk=report.pk)
    if fresh.state != ReportState.SIGNING:
        raise WrongState
    if fingerprint != fresh.fingerprint:
        raise refusals.OtherFilesThanShown
    try:
        with transaction.atomic():
            signature = Signature.objects.create(
                report=fresh,
                slot=slot,
                name=by.name,
                person=by,
                fingerprint=fingerprint,
                proven_at=proven_at,
                signed_at=at,
            )
    except IntegrityError as twice:
        raise refusals.ReportAlreadySigned from twice
    note(verb="evaluation.signed", by=by, at=at, area=area.path, target=fresh, slot=slot, fingerprint=fingerprint)
    if all(signatures_by_slot(fresh).values()):
        _seal_file_and_announce_report(fresh, by=by, at=at)
    return signature


def _seal_file_and_announce_report(report: Report, *, by: Person | None, at: datetime) -> None:
    """File it: seal each PDF with the record of the signatures, tell the authorities, tick the step of the plan."""
    partnership = report.partnership
    move(report, ReportState.FILED, table=MOVES, filed_at=at)
    frozen = list(report.files.filter(kind=ReportFile.Kind.FROZEN, media=PDF).order_by("language"))
    records = documents.pdfs(
        [PrintOrder(signature_record_paper(report, file.language, at=at)) for file in frozen], at=at
    )
    reason = f"PLP {partnership.key} {report.until} sha256:{report.fingerprint}"
    for file, record in zip(frozen, records, strict=True):
        sealed = seal_pdf(report_file_bytes(file), attached={"record.pdf": (PDF, record)}, reason=reason, at=at)
        _store_report_file_and_journal_digest(report, ReportFile.Kind.SEALED, file.language, PDF, sealed, by=by, at=at)
    note(verb="evaluation.filed", by=by, at=at, area=partnership.area.path, target=report, until=str(report.until))
    _queue_report_letter(FILED, Permission.EVALUATION_READ, partnership, by=by, at=at)
    _mark_evaluation_step_done(report, by=by, at=at)


def _mark_evaluation_step_done(report: Report, *, by: Person | None, at: datetime) -> None:
    """Say in the step plan that the evaluation was held, where that step is open and not done yet."""
    try:
        steps.tick_fact_by_hand(
            partnership=report.partnership, fact="evaluated", happened_on=local(at).date(), by=by, at=at
        )
    except Refused:  # done in an earlier year, or the plan is behind: the report is filed all the same
        return


def _queue_report_letter(
    template: LetterTemplate, right: Permission, partnership: Partnership, *, by: Person | None, at: datetime
) -> int:
    """Queue one of our letters to whoever holds ``right`` here; answer how many copies."""
    return send_letter(
        template,
        to=contacts_of(permission_holders(right, partnership.area, at=at)),
        context=lambda language: {
            "partnership": partnership.name(language),
            "link": pages.EVALUATION.link(partnership.key),
        },
        area=partnership.area,
        by=by,
        at=at,
    )
