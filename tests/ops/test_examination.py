"""The doctor's questions: each answers with what to do, and the round is always finished."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType, SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils import translation

from plp.charter.queries import DamagedFile
from plp.delivery.engine.worker_clock import WorkerClock
from plp.delivery.models import Pulse
from plp.delivery.queries import Budget
from plp.journal.actions import note
from plp.journal.queries import Flaw, Verdict
from plp.ops import diagnostics
from plp.ops.backup.encryption import new_secret_and_public_key
from plp.ops.cli import run
from plp.ops.diagnostics import Diagnosis, run_diagnostics
from plp.ops.error_sentences import process_user_name
from plp.ops.schema import PROGRAM_VERSION, SchemaState
from plp.toolbox import clock
from tests.factories.cast import NOW
from tests.places.build import street

pytestmark = pytest.mark.usefixtures("english")


QUIET = {"waiting": 0, "oldest_seconds": 0.0, "unknown": 0, "suspended": {}}


def inside(
    monkeypatch: pytest.MonkeyPatch,
    flaws: tuple[Flaw, ...] = (),
    broken: tuple[DamagedFile, ...] = (),
    reports: tuple[UUID, ...] = (),
    cents: int = 7_900,
    substitutes: Mapping[str, str] = MappingProxyType({}),
    **figures: Any,
) -> dict[str, str]:
    """What to do, by subject, when the tables say ``figures``."""
    monkeypatch.setattr(diagnostics, "outbox_figures_for_operators", lambda at: QUIET | figures)
    monkeypatch.setattr(diagnostics, "substitute_suppliers", lambda _suspended: substitutes)
    monkeypatch.setattr(diagnostics, "daily_budgets", lambda at: [Budget("sms", cents, 10_000)])
    monkeypatch.setattr(diagnostics, "last_pulse", clock.now)
    monkeypatch.setattr(diagnostics, "verify_journal", lambda _: Verdict(entries=3, chains=1, flaws=flaws))
    monkeypatch.setattr(diagnostics, "damaged_files", lambda: list(broken))
    monkeypatch.setattr(diagnostics, "damaged_reports", lambda: list(reports))
    return {
        finding.subject: finding.advice
        for finding in diagnostics._diagnose_queue_spending_and_journal()
        if finding.advice
    }


def test_a_quiet_house_has_nothing_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    assert inside(monkeypatch) == {}


@pytest.mark.parametrize(
    ("figures", "subject", "advice"),
    [
        ({"waiting": 4, "oldest_seconds": 121.0}, "queue", "Nobody delivers: is ./plp worker (or ./plp up) running?"),
        ({"suspended": {"sms": "refused"}}, "queue", "Look at the supplier; it is tried again by itself."),
        (
            {"unknown": 2},
            "unknown outcomes",
            "The coordinator's page lists them: somebody must find out whether they arrived.",
        ),
    ],
)
def test_trouble_says_what_to_do(
    figures: dict[str, Any], subject: str, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert inside(monkeypatch, **figures) == {subject: advice}


def test_the_doctor_speaks_the_language_of_its_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    with translation.override("fr"):
        said = inside(monkeypatch, waiting=4, oldest_seconds=121.0)

    assert said == {"queue": "Rien ne part\u00a0: ./plp worker (ou ./plp up) tourne-t-il\u00a0?"}


def test_how_long_something_waits_is_said_as_people_say_it(monkeypatch: pytest.MonkeyPatch) -> None:
    inside(monkeypatch, waiting=4, oldest_seconds=200_000.0)

    states = {finding.subject: finding.state for finding in diagnostics._diagnose_queue_spending_and_journal()}

    assert states["queue"] == "4 waiting, the oldest for 2\u00a0days"


@pytest.mark.parametrize(("seconds", "said"), [(0.0, "0 seconds"), (1.9, "1 second"), (59.0, "59 seconds")])
def test_less_than_a_minute_is_said_in_seconds(seconds: float, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    inside(monkeypatch, waiting=4, oldest_seconds=seconds)

    states = {finding.subject: finding.state for finding in diagnostics._diagnose_queue_spending_and_journal()}

    assert states["queue"] == f"4 waiting, the oldest for {said}"


def test_a_page_names_each_channel_by_its_own_name_and_other_things_in_words() -> None:
    titles = [Diagnosis(subject, "E-mail").title for subject in ("channel email", "queue", "python")]

    assert titles == ["E-mail", "What waits to leave", "python"]


def test_money_that_is_nearly_spent_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert inside(monkeypatch, cents=8_000) == {"money": diagnostics.SPENT}


def test_a_supplier_that_stands_in_for_another_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    inside(monkeypatch, suspended={"sms": "sms-no-answer"}, substitutes={"sms": "sms 2"})

    states = [
        finding.state for finding in diagnostics._diagnose_queue_spending_and_journal() if finding.subject == "queue"
    ]

    assert states[1] == "SMS is suspended: it does not answer (sms-no-answer); meanwhile SMS 2 serves"


def test_a_changed_journal_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found = inside(monkeypatch, flaws=(Flaw("platform", 7, "altered"),))

    assert found["journal"].startswith(
        "Somebody changed the journal: platform, entry 7 was changed after it was written."
    )


def test_a_changed_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found = inside(monkeypatch, broken=(DamagedFile(UUID(int=7), "altered"),))

    assert found["signed files"].startswith(
        f"Somebody changed what was signed: {UUID(int=7)} was changed after it was written."
    )


def test_a_changed_report_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found = inside(monkeypatch, reports=(UUID(int=8),))

    assert found["signed files"].startswith(f"Somebody changed what was signed: the report {UUID(int=8)}.")


@pytest.mark.django_db
def test_the_database_is_asked_and_the_round_is_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Any:
        raise RuntimeError("no")

    monkeypatch.setattr(
        diagnostics,
        "QUESTIONS",
        (broken, diagnostics.diagnose_version_of_plp_and_python, diagnostics.diagnose_room_on_data_disk),
    )

    found = run_diagnostics()

    assert found[0] == Diagnosis("broken", "RuntimeError", "This could not be looked at: PLP_DEBUG=1 shows why.")
    assert [finding.subject for finding in found[1:]] == ["version", "python", "disk"]


def test_little_room_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnostics, "LEAST_FREE", 10**18)

    assert [finding.is_well for finding in diagnostics.diagnose_room_on_data_disk()] == [False]


def test_a_data_folder_of_somebody_else_is_said(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.HOME = tmp_path
    (tmp_path / "secrets").mkdir()
    monkeypatch.setattr(diagnostics.os, "access", lambda path, _right: path != tmp_path / "secrets")

    advice = [
        finding.advice for finding in diagnostics.diagnose_room_on_data_disk() if finding.subject == "data folder"
    ]

    assert advice == [
        f"The user {process_user_name()} may not write all of it: chown -R {process_user_name()} {tmp_path}",
    ]


def test_a_folder_open_to_others_is_said(settings: Any, tmp_path: Any) -> None:
    settings.HOME = tmp_path
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "field_key").write_text("x")
    tmp_path.chmod(0o700)
    (tmp_path / "secrets" / "field_key").chmod(0o644)

    found = list(diagnostics.diagnose_who_can_read_secrets())

    assert found[0].advice == f"chmod go= {tmp_path}/secrets/field_key (others on this machine may read it)"


def test_the_command_answers_one_when_there_is_something_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        "plp.ops.commands.doctor.run_diagnostics", lambda: [Diagnosis("disk", "full", "Free some space.")]
    )

    code = run(["doctor"])

    assert (code, capsys.readouterr().out) == (1, "  LOOK disk: full\n       Free some space.\n")


@pytest.mark.django_db
def test_a_worker_that_is_silent_is_told() -> None:
    never = diagnostics.diagnose_last_heartbeat_of_worker()
    WorkerClock().record_pulse()
    alive = diagnostics.diagnose_last_heartbeat_of_worker()
    Pulse.objects.update(at=clock.now() - timedelta(minutes=3))
    silent = diagnostics.diagnose_last_heartbeat_of_worker()

    assert never.state == "none has run here yet"
    assert never.is_well is False
    assert alive.is_well is True
    assert silent.is_well is False
    assert silent.advice.startswith("Start ./plp worker")


@pytest.mark.django_db
def test_a_clock_that_is_behind_the_journal_is_told_and_so_is_a_worker_that_stands_still() -> None:
    well = diagnostics.diagnose_clocks_and_stalled_worker()
    Pulse.objects.create(key="clock", at=clock.now())
    still = diagnostics.diagnose_clocks_and_stalled_worker()
    Pulse.objects.all().delete()
    note(verb="test.noted", by=None, at=clock.now() + timedelta(hours=1))
    behind = diagnostics.diagnose_clocks_and_stalled_worker()

    assert (well.state, well.advice) == ("+0 s beside the database", "")
    assert still.advice.startswith("A worker does nothing, for the clock of its machine is wrong")
    assert behind.is_well is (connection.vendor == "postgresql")  # which is asked itself
    assert behind.advice.startswith("Set the clock by the network" if connection.vendor == "sqlite" else "")


@pytest.mark.django_db
def test_a_database_that_lacks_steps_is_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnostics, "read_schema_state", lambda: SchemaState(["notices.0002"], []))

    found = {finding.subject: finding.advice for finding in diagnostics.diagnose_database_and_what_its_tables_say()}

    assert found["migrations"] == "Run ./plp migrate."
    assert "queue" not in found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("oldest", "state", "advice"),
    [
        ("99.0.0", "1 unknown", "Version 99.1.0 made this database, and this program is"),
        ("0.0.1", "0 missing", ""),
    ],
)
def test_a_database_of_a_newer_program_is_said(
    monkeypatch: pytest.MonkeyPatch, oldest: str, state: str, advice: str
) -> None:
    monkeypatch.setattr(diagnostics, "read_schema_state", lambda: SchemaState([], ["notices.9999"], "99.1.0", oldest))

    found = {finding.subject: finding for finding in diagnostics.diagnose_database_and_what_its_tables_say()}

    assert found["migrations"].state == state
    assert found["migrations"].advice.partition(f" {PROGRAM_VERSION}")[0] == advice
    assert ("queue" in found) == (not advice)


@pytest.mark.parametrize(
    ("hours", "state", "is_well"),
    [(None, "none was made yet", False), (1, "last made 2026-11-25 08:00 UTC", True), (26, "07:00 UTC", False)],
)
def test_backups_are_looked_at_where_they_are_made(
    monkeypatch: pytest.MonkeyPatch, settings: Any, hours: int | None, state: str, *, is_well: bool
) -> None:
    settings.BACKUP_FOLDER, settings.BACKUP_RECIPIENT = "/backups", new_secret_and_public_key()[1]
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(diagnostics, "last_backup", lambda: NOW - timedelta(hours=hours) if hours else None)

    found = next(finding for finding in diagnostics.diagnose_backups_and_alarms() if finding.subject == "backup")

    assert state in found.state
    assert found.is_well == is_well


def test_a_backup_that_would_be_encrypted_to_no_key_is_told_before_the_night(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    secret, public = new_secret_and_public_key()
    settings.BACKUP_FOLDER = "/backups"
    monkeypatch.setattr(diagnostics, "last_backup", clock.now)

    for key in (public[:-1], secret):
        settings.BACKUP_RECIPIENT = key
        advice = next(
            finding.advice for finding in diagnostics.diagnose_backups_and_alarms() if finding.subject == "backup"
        )

        assert "PLP_BACKUP_RECIPIENT" in advice
        assert key not in advice


def test_without_channels_it_says_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnostics, "channels", dict)

    assert [finding.state for finding in diagnostics.diagnose_channels_and_their_suppliers()] == ["0"]


@pytest.mark.parametrize("local", [True, False])
def test_a_public_address_is_compared_with_the_list(
    monkeypatch: pytest.MonkeyPatch, settings: Any, *, local: bool
) -> None:
    settings.IS_LOCAL, settings.ORIGIN = local, "https://plp.example.be"
    monkeypatch.setattr(diagnostics, "deployment_warnings", lambda: [SimpleNamespace(msg="The key is short.")])

    assert [finding.advice for finding in diagnostics.diagnose_django_deployment_warnings()] == [
        "" if local else "The key is short."
    ]


def test_debug_shows_why_something_could_not_be_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Any:
        raise RuntimeError("no")

    monkeypatch.setattr(diagnostics, "QUESTIONS", (broken,))
    monkeypatch.setenv("PLP_DEBUG", "1")

    with pytest.raises(RuntimeError, match="no"):
        run_diagnostics()


@pytest.mark.django_db
def test_without_the_register_of_addresses_its_source_is_named() -> None:
    missing = diagnostics.diagnose_whether_address_register_is_imported()
    street()
    present = diagnostics.diagnose_whether_address_register_is_imported()

    assert "https://opendata.bosa.be" in missing.advice
    assert present.state == "1 streets"
    assert present.is_well is True


@pytest.mark.parametrize(
    ("bounces_to", "is_local", "advice"),
    [
        ("", True, ""),
        ("", False, "Set PLP_BOUNCES_TO: a mail that comes back counts as sent, and its address as reached."),
        ("plp+*@plp.example.be", False, ""),
        ("*@bounces.plp.example.be", False, ""),
        ("plp+*@example.be", False, ""),
        ("plp+*@elsewhere.be", False, "Take a domain for PLP_BOUNCES_TO that belongs to that of PLP_MAIL_FROM"),
    ],
)
def test_mails_that_come_back_are_read_and_their_address_is_aligned(
    settings: Any, bounces_to: str, is_local: bool, advice: str
) -> None:
    settings.BOUNCES_TO, settings.IS_LOCAL, settings.MAIL_FROM = bounces_to, is_local, "PLP <plp@plp.example.be>"

    [finding] = diagnostics.diagnose_whether_bounces_are_read()

    assert (finding.advice[: len(advice)] or "") == advice
    assert bool(finding.advice) == bool(advice)
