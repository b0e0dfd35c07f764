"""The report: figures from the ledger, frozen, signed by both, filed, sent (R60, R139, R140, R142)."""

import hashlib
import io
from datetime import date, timedelta

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from plp.charter.queries.reviews import years_after
from plp.delivery.models import Dispatch, Message
from plp.delivery.queries import ledger
from plp.documents import document_html
from plp.evaluation import refusals
from plp.evaluation.actions import reports, signatures
from plp.evaluation.models import Report, ReportFile
from plp.evaluation.papers import report_paper, signature_record_paper
from plp.evaluation.queries.figures import figures_of
from plp.evaluation.queries.reports import (
    evaluation_cycle_of,
    frozen_or_current_figures,
    keys_of_damaged_report_files,
    last_filed_reports_before,
    previous_or_founding_objectives,
    report_file_bytes,
)
from plp.evaluation.rules import is_night, median_and_longest_minutes
from plp.journal import anchors
from plp.journal.models import Entry
from plp.journal.queries import verify_journal
from plp.launch.models import Tick
from plp.mandates.queries import NotAllowed
from plp.notices.models import Notice
from plp.partnership.models import Partnership, Statement
from plp.toolbox.moves import WrongState
from tests.charter.paper import set_quickly
from tests.evaluation.year import EVENING, LATER, NIGHT, UNTIL, begun, launched, relayed, sign_both, written, year
from tests.factories.cast import NOW, Cast, contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a paper be an empty page: its words are read in one test."""
    set_quickly(monkeypatch, "plp.documents.pdfs")


def unlaunched(cast: Cast) -> None:
    """Let the partnership here be one that was not launched yet."""
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(launched_at=None)


def test_the_figures_are_those_of_the_ledger(cast: Cast) -> None:
    partnership = year(cast)
    Dispatch.objects.filter(state="held").update(state="queued", reason="")  # their hour has come

    told = figures_of(partnership, date(2026, 11, 25), UNTIL, at=LATER)

    assert (told.by_kind, told.urgent_day, told.urgent_night) == ({"advice": 1, "alarm": 2, "feedback": 1}, 1, 1)
    assert (told.feedback, told.advice, told.direct) == (1, 1, 0)
    assert sum(told.by_month.values()) == told.messages
    assert told.relay == {"urgent": [20, 30], "other": [100, 180]}
    assert (told.feedback_due, told.feedback_in_time, told.feedback_late) == (2, 1, 1)
    assert (told.members_in, told.members_out, told.members_end) == (3, 1, 2)
    ledgers = [ledger(one.relay.message) for one in Notice.objects.select_related("relay__message")]
    assert sum(copies for copies, _arrived, _lost in told.reach.values()) == sum(one.audience for one in ledgers)
    for channel, (copies, _arrived, _lost) in told.reach.items():
        assert copies == sum(sum(one.by_channel.get(channel, {}).values()) for one in ledgers)


def test_a_period_holds_its_first_and_last_day_and_no_other_partnership(cast: Cast) -> None:
    launched(cast.here)
    relayed(cast, "advice", EVENING)
    day = EVENING.date()

    def relayed_in(begins: date, until: date) -> int:
        return figures_of(cast.here.partnership, begins, until, at=LATER).messages

    assert [relayed_in(day, day), relayed_in(day + timedelta(days=1), UNTIL), relayed_in(NOW.date(), day)] == [1, 0, 1]
    assert relayed_in(NOW.date(), day - timedelta(days=1)) == 0
    assert figures_of(cast.next_door.partnership, NOW.date(), UNTIL, at=LATER).messages == 0


def test_the_figures_cost_the_same_for_one_message_and_three(cast: Cast) -> None:
    launched(cast.here)
    costs = []
    for _again in range(3):
        relayed(cast, "alarm", EVENING)
        with CaptureQueriesContext(connection) as queries:
            figures_of(cast.here.partnership, NOW.date(), UNTIL, at=LATER)
        costs.append(len(queries))

    assert costs == [15, 15, 15]


def test_night_is_by_the_belgian_clock() -> None:
    assert [is_night(NIGHT), is_night(EVENING), is_night(NIGHT + timedelta(hours=7, minutes=30))] == [
        True,
        False,
        False,
    ]
    assert median_and_longest_minutes([]) is None
    assert median_and_longest_minutes([timedelta(minutes=5), timedelta(minutes=-3), timedelta(minutes=61)]) == (5, 61)
    assert [years_after(date(2028, 2, 29), 1), years_after(date(2027, 3, 1), 1)] == [date(2029, 3, 1), date(2028, 3, 1)]


def test_the_cycle_begins_with_the_launch_and_is_due_a_year_later(cast: Cast) -> None:
    unlaunched(cast)
    assert evaluation_cycle_of(cast.here.partnership) is None
    partnership = launched(cast.here)

    cycle = evaluation_cycle_of(partnership)

    assert cycle is not None
    assert (cycle.begins, cycle.due_on, cycle.report) == (date(2026, 11, 25), date(2027, 11, 25), None)
    assert [cycle.is_near(date(2027, 10, 25)), cycle.is_near(date(2027, 10, 26))] == [False, True]
    assert [cycle.is_late(date(2027, 11, 25)), cycle.is_late(date(2027, 11, 26))] == [False, True]
    reports.choose_evaluation_due_day(partnership=partnership, due_on=date(2027, 9, 1), by=cast.officer, at=NOW)
    chosen = evaluation_cycle_of(partnership)
    assert chosen is not None
    assert chosen.due_on == date(2027, 9, 1)


@pytest.mark.parametrize("until", [date(2026, 11, 25), LATER.date() + timedelta(days=1)])
def test_a_period_ends_after_it_began_and_not_in_the_future(cast: Cast, until: date) -> None:
    with pytest.raises(refusals.BadReportPeriod):
        reports.begin_next_report(partnership=launched(cast.here), until=until, by=None, at=LATER)


def test_nothing_to_evaluate_before_the_launch_and_one_report_at_a_time(cast: Cast) -> None:
    unlaunched(cast)
    with pytest.raises(refusals.NotLaunched):
        begun(cast.here.partnership)
    begun(launched(cast.here))
    with pytest.raises(refusals.AlreadyWriting):
        begun(cast.here.partnership)


def test_whoever_saves_second_is_told(cast: Cast) -> None:
    report = begun(launched(cast.here))
    written(report)

    with pytest.raises(refusals.ChangedMeanwhile):
        reports.save_report_words_and_numbers(report=report, version=1, words={}, typed={}, by=cast.officer, at=LATER)
    with pytest.raises(refusals.BadReportNumber):
        reports.save_report_words_and_numbers(
            report=report, version=2, words={}, typed={"attempts": -1}, by=cast.officer, at=LATER
        )
    long = {"fr": {"next": "x" * 4001}}
    with pytest.raises(refusals.SectionTooLong):
        reports.save_report_words_and_numbers(report=report, version=2, words=long, typed={}, by=cast.officer, at=LATER)
    report.refresh_from_db()
    assert report.version == 2


@pytest.mark.usefixtures("quickly")
def test_only_coordinator_and_officer_of_the_place_write_and_sign(cast: Cast) -> None:
    report = written(begun(launched(cast.here)))
    for stranger in (cast.next_door.coordinator, cast.foreign_officer, cast.chief, cast.here.deputy):
        with pytest.raises(NotAllowed):
            reports.save_report_words_and_numbers(
                report=report, version=report.version, words={}, typed={}, by=stranger, at=LATER
            )
        with pytest.raises(NotAllowed):
            signatures.freeze_report_and_mail_for_signature(report=report, by=stranger, at=LATER)
        with pytest.raises(NotAllowed):
            signatures.sign_report_and_file_when_both(
                report=report, slot="officer", fingerprint="", proven_at=LATER, by=stranger, at=LATER
            )
    with pytest.raises(refusals.NotYourSlot):
        signatures.sign_report_and_file_when_both(
            report=report, slot="officer", fingerprint="", proven_at=LATER, by=cast.here.coordinator, at=LATER
        )


def test_what_is_not_written_or_not_over_is_not_frozen(cast: Cast) -> None:
    report = begun(launched(cast.here))
    with pytest.raises(refusals.ReportIncomplete):
        signatures.freeze_report_and_mail_for_signature(report=report, by=cast.officer, at=LATER)
    written(report)
    with pytest.raises(refusals.PeriodNotOver):
        signatures.freeze_report_and_mail_for_signature(report=report, by=cast.officer, at=NOW)
    assert not ReportFile.objects.exists()


@pytest.mark.usefixtures("quickly")
def test_frozen_signed_by_both_filed_and_sent(cast: Cast) -> None:
    contact(cast.chief, "email", "chef@example.org")
    report = written(begun(year(cast)), burglaries=4, attempts=7)
    signatures.freeze_report_and_mail_for_signature(report=report, by=cast.officer, at=LATER)
    before = {file.pk: report_file_bytes(file) for file in report.files.all()}

    relayed(cast, "advice", NIGHT)  # what comes later changes nothing
    sign_both(report, cast)

    assert (report.state, report.figures["by_kind"]["advice"]) == ("filed", 1)
    assert {pk: report_file_bytes(ReportFile.objects.get(pk=pk)) for pk in before} == before
    kinds = sorted(report.files.values_list("kind", "language"))
    assert kinds == [("frozen", "fr")] * 2 + [("frozen", "nl")] * 2 + [("sealed", "fr"), ("sealed", "nl")]
    assert keys_of_damaged_report_files() == []
    assert verify_journal().flaws == ()
    assert Message.objects.get(purpose="evaluation.report_filed").audience == 1
    assert Entry.objects.filter(verb="evaluation.filed").count() == 1
    ended = anchors.anchor_lines(LATER, within=report.partnership.area.path).strip()
    assert ended in str(signature_record_paper(report, "fr", at=LATER).blocks)


def test_the_files_say_the_figures_and_the_words_letter_for_letter(cast: Cast) -> None:
    partnership = year(cast)
    Dispatch.objects.update(state="delivered")
    report = written(begun(partnership), burglaries=41, attempts=77)
    signatures.freeze_report_and_mail_for_signature(report=report, by=cast.officer, at=LATER)

    pdf = report.files.get(language="fr", media=signatures.PDF)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(report_file_bytes(pdf))).pages)
    word = docx.Document(io.BytesIO(report_file_bytes(report.files.get(language="nl", media=signatures.DOCX))))
    cells = [[cell.text for cell in row.cells] for table in word.tables for row in table.rows]
    lines = [line.text for line in word.paragraphs]

    assert "fr: agreements – 100 % * {texte}" in text
    assert all(number in text for number in ("41", "77"))
    assert "nl: next – 100 % * {texte}" in lines
    assert {tuple(row) for row in cells} >= {
        ("Doorgegeven berichten", "4"),
        ("Woninginbraken, voltooid", "41"),
        ("Sms", "<\xa05 van <\xa05"),
        ("Nieuwe leden", "<\xa05"),
    }
    assert len(word.inline_shapes) == 4  # three charts, and the code to scan
    assert hashlib.sha256(report_file_bytes(pdf)).hexdigest() == pdf.sha256


@pytest.mark.usefixtures("quickly")
def test_signing_needs_fresh_proof_and_the_very_text_and_happens_once(cast: Cast) -> None:
    report = written(begun(launched(cast.here)))
    signatures.freeze_report_and_mail_for_signature(report=report, by=None, at=LATER)
    report.refresh_from_db()
    mine = {"report": report, "slot": "officer", "by": cast.officer, "at": LATER}
    for proven_at in (None, LATER - timedelta(minutes=6), LATER + timedelta(minutes=1)):
        with pytest.raises(refusals.ReportProofMissing):
            signatures.sign_report_and_file_when_both(fingerprint=report.fingerprint, proven_at=proven_at, **mine)
    with pytest.raises(refusals.OtherFilesThanShown):
        signatures.sign_report_and_file_when_both(fingerprint="0" * 64, proven_at=LATER, **mine)
    signatures.sign_report_and_file_when_both(fingerprint=report.fingerprint, proven_at=LATER, **mine)
    with pytest.raises(refusals.ReportAlreadySigned):
        signatures.sign_report_and_file_when_both(fingerprint=report.fingerprint, proven_at=LATER, **mine)
    report.refresh_from_db()
    assert report.state == "signing"


@pytest.mark.usefixtures("quickly")
def test_taken_back_it_can_be_frozen_again_but_filed_never(cast: Cast) -> None:
    report = written(begun(launched(cast.here)))
    signatures.freeze_report_and_mail_for_signature(report=report, by=None, at=LATER)
    signatures.take_report_back_to_draft(report=report, by=cast.here.coordinator, at=LATER)
    assert (report.state, report.files.count()) == ("draft", 0)
    signatures.freeze_report_and_mail_for_signature(report=report, by=None, at=LATER)
    sign_both(report, cast)
    with pytest.raises(WrongState):
        signatures.take_report_back_to_draft(report=report, by=cast.here.coordinator, at=LATER)
    with pytest.raises(WrongState):
        written(report)


@pytest.mark.usefixtures("quickly")
def test_the_next_report_follows_and_compares(cast: Cast) -> None:
    first = written(begun(year(cast)), attempts=7)
    signatures.freeze_report_and_mail_for_signature(report=first, by=None, at=LATER)
    sign_both(first, cast)

    again = LATER + timedelta(days=365)
    second = reports.begin_next_report(partnership=first.partnership, until=again.date(), by=None, at=again)

    assert second.begins == UNTIL + timedelta(days=1)
    assert [one.pk for one in last_filed_reports_before(second)] == [first.pk]
    assert previous_or_founding_objectives(second) == {
        code: f"{code}: next – 100 % * {{texte}}" for code in ("fr", "nl")
    }
    assert frozen_or_current_figures(first, at=again).messages == 4
    assert frozen_or_current_figures(second, at=again).messages == 0


def test_the_first_report_begins_with_the_objectives_of_the_founding(cast: Cast) -> None:
    partnership = year(cast)
    said = {"partnership": partnership, "language": "fr", "written_at": NOW}
    for party, kind, text in [
        ("residents", "objective", "Moins de vols"),
        ("police", "objective", "Plus de dialogue"),
        ("police", "motive", "Un motif"),
    ]:
        Statement.objects.create(party=party, kind=kind, text=text, position=1, **said)

    report = begun(partnership)

    assert previous_or_founding_objectives(report)["fr"].split("\n") == ["Plus de dialogue", "Moins de vols"]
    paper = report_paper(report, frozen_or_current_figures(report, at=LATER), [], "fr")
    assert "Moins de vols" in document_html(paper)


@pytest.mark.usefixtures("quickly")
def test_a_filed_report_ticks_the_step_where_it_is_open(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plp.launch.actions.steps.require_step_open", lambda *_args, **_named: None)
    report = written(begun(launched(cast.here)))
    signatures.freeze_report_and_mail_for_signature(report=report, by=None, at=LATER)
    sign_both(report, cast)

    assert Tick.objects.get().fact == "evaluated"


@pytest.mark.usefixtures("quickly")
def test_a_changed_file_is_found(cast: Cast) -> None:
    report = written(begun(launched(cast.here)))
    signatures.freeze_report_and_mail_for_signature(report=report, by=None, at=LATER)
    file = ReportFile.objects.order_by("pk").first()
    assert file is not None
    ReportFile.objects.filter(pk=file.pk).update(sha256="0" * 64)

    assert keys_of_damaged_report_files() == [file.pk]
    assert Report.objects.count() == 1
