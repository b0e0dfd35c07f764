"""What the commands of the operator print, write and refuse, called in this process."""

import argparse
import base64
import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from plp.delivery.models import Pause
from plp.demo.commands import demo
from plp.journal import anchors
from plp.journal.actions import note
from plp.journal.models import Entry
from plp.ops import cli, environment, key_rotation, schema
from plp.ops.check_steps import CheckStep, NotChecked
from plp.ops.cli import Failed
from plp.ops.commands import (
    appoint,
    backup,
    bench,
    check,
    doctor,
    export,
    inbox,
    migrate,
    restore,
    rotate_keys,
    routes,
    seed,
    test,
    up,
    verify_audit,
    watch,
    web,
    worker,
)
from plp.ops.diagnostics import Diagnosis
from plp.ops.supply.advisories import KnownVulnerabilities
from plp.ops.test_programs import NeededProgram
from plp.people.models import Person
from plp.toolbox import keyring
from tests.factories.cast import NOW, Cast
from tests.portal.staff import staff

pytestmark = pytest.mark.django_db


def options(**given: object) -> argparse.Namespace:
    """What was typed after the command."""
    return argparse.Namespace(**given)


def test_the_outbox_is_shut_and_opened(capsys: pytest.CaptureFixture[str]) -> None:
    shut = cli.run(["queue", "--pause"])
    paused, told = Pause.objects.exists(), capsys.readouterr().out
    opened = cli.run(["queue", "--resume"])

    assert (shut, opened) == (0, 0)
    assert paused
    assert "nothing leaves until ./plp queue --resume" in told
    assert not Pause.objects.exists()
    assert "paused" not in capsys.readouterr().out


def test_a_journal_is_written_out_and_checked_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "journal.jsonl"
    note(verb="test.one", by=None, at=NOW)
    note(verb="test.two", by=None, at=NOW)

    written = cli.run(["verify-audit", "--export", str(file)])
    whole = cli.run(["verify-audit", "--from", str(file)])
    held = capsys.readouterr().err
    file.write_text(file.read_text(encoding="utf-8").replace("test.one", "test.won"), encoding="utf-8")
    changed = cli.run(["verify-audit", "--from", str(file)])

    assert (written, whole, changed) == (0, 0, 1)
    assert "2 entries in 1 chain hold." in held
    assert "was changed after it was written" in capsys.readouterr().err


def test_heads_that_were_noted_elsewhere_are_compared(tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path
    note(verb="test.one", by=None, at=NOW)
    mail = tmp_path / "mail.txt"
    mail.write_text(anchors.anchor_lines(NOW), encoding="utf-8")
    told = {"export": None, "source": None, "json": False, "anchors": [mail]}

    whole = verify_audit.run(options(**told))
    (head,) = Entry.objects.values_list("hash", flat=True)
    mail.write_text(mail.read_text(encoding="utf-8").replace(head, "0" * len(head)), encoding="utf-8")

    assert (whole, verify_audit.run(options(**told))) == (0, 1)


def test_the_routes_are_listed_for_people_and_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    routes.run(options(json=False))
    lines = capsys.readouterr().out.splitlines()
    routes.run(options(json=True))
    rows = json.loads(capsys.readouterr().out)

    assert len(lines) == len(rows) > 100
    assert {"route", "name", "permission"} == set(rows[0])
    assert not [line for line in lines if line.startswith("(none)")]


def test_an_export_goes_to_a_new_folder_and_stands_in_the_journal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Cast()
    folder = tmp_path / "out"

    code = export.run(options(all=False, partnership="haren", folder=folder))

    assert code == 0
    assert (folder / "haren" / "manifest.json").exists()
    assert Entry.objects.get(verb="partnership.exported").area == "be/z1/m21004/q-haren/"
    assert "plp: haren: " in capsys.readouterr().err
    with pytest.raises(Failed, match="is not empty: name a new folder"):
        export.run(options(all=True, partnership=None, folder=folder))
    with pytest.raises(Failed, match="There is no such partnership"):
        export.run(options(all=False, partnership="nowhere", folder=tmp_path / "none"))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"file": None, "daily": False}, "Give the file that the backup goes to, or --daily"),
        ({"file": Path("x"), "daily": True}, "Give the file that the backup goes to, or --daily"),
        ({"file": Path("x"), "daily": False}, "No key to encrypt to: run ./plp backup-key once"),
        ({"file": None, "daily": True, "to": "age1"}, "Set PLP_BACKUP_FOLDER to the folder of the daily backups"),
    ],
)
def test_a_backup_needs_a_key_and_a_place(
    settings: Any, monkeypatch: pytest.MonkeyPatch, given: dict[str, object], sentence: str
) -> None:
    settings.BACKUP_RECIPIENT, settings.BACKUP_FOLDER = "", ""
    monkeypatch.setattr(backup.creation, "last_backup_at", lambda: None)

    with pytest.raises(Failed, match=sentence.replace("./", r"\./")):
        backup.run(options(**{"to": "", **given}))


def test_a_daily_backup_that_was_made_is_not_made_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(backup.clock, "now", lambda: NOW)
    monkeypatch.setattr(backup.creation, "last_backup_at", lambda: NOW - timedelta(minutes=1))

    assert backup.run(options(file=None, daily=True, to="")) == 0
    assert "nothing to do" in capsys.readouterr().err


def test_the_doctor_speaks_to_programs_in_english(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        doctor, "run_diagnostics", lambda: [Diagnosis("disk", "full", "Free some space."), Diagnosis("keys", "2")]
    )

    code = doctor.run(options(json=True))

    told = [(one["subject"], one["ok"]) for one in json.loads(capsys.readouterr().out)]
    assert (code, told) == (1, [("disk", False), ("keys", True)])


def test_the_doctor_says_what_is_well_in_one_line_each(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "run_diagnostics", lambda: [Diagnosis("keys", "2")])

    assert doctor.run(options(json=False)) == 0
    assert capsys.readouterr().out == "  ok   keys: 2\n"


def test_without_a_mailbox_there_is_none_to_read(settings: Any) -> None:
    settings.IMAP_URL = ""

    with pytest.raises(Failed, match="No mailbox is set: name it in PLP_IMAP_URL"):
        inbox.run(options())


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("pigeon://loft", "PLP_IMAP_URL must look like"),
        ("imaps://plp:secret@127.0.0.1:1", "The mailbox cannot be read"),
    ],
)
def test_a_mailbox_that_cannot_be_read_is_one_sentence(settings: Any, url: str, sentence: str) -> None:
    settings.IMAP_URL, settings.IMAP_CA_FILE = url, ""

    with pytest.raises(Failed, match=sentence):
        inbox.run(options())


@pytest.fixture
def own_keys(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """Key files of this test's own; the process looks at the usual ones again afterwards."""
    usual = (settings.FIELD_KEY_FILE, settings.FIELD_KEYS_OLD)
    settings.FIELD_KEY_FILE, settings.FIELD_KEYS_OLD = tmp_path / "field_key", tmp_path / "old"
    key_rotation.write_key_file(settings.FIELD_KEY_FILE, usual[0].read_bytes())
    settings.SECRET_KEY_FILE, settings.SECRET_KEYS_OLD = tmp_path / "secret_key", tmp_path / "secrets_old"
    key_rotation.write_key_file(settings.SECRET_KEY_FILE, base64.b64encode(os.urandom(48)))
    keyring.reload_keys()
    yield tmp_path
    settings.FIELD_KEY_FILE, settings.FIELD_KEYS_OLD = usual
    keyring.reload_keys()


TOLD = ("Its journal was changed", "kept: /plp/before plp_old.", "kept: /plp/before.")
WANTED = {"json": False, "secret_key": False, "retire": False}


def test_a_key_is_rotated_and_taken_out(
    own_keys: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ann = staff()
    monkeypatch.setattr(rotate_keys.time, "sleep", lambda _seconds: None)

    rotated = rotate_keys.run(options(**WANTED))
    rotate_keys.run(options(**{**WANTED, "json": True}))
    stands = json.loads(capsys.readouterr().out)
    retired = rotate_keys.run(options(**{**WANTED, "retire": True}))

    assert (rotated, retired) == (0, 0)
    assert (stands["keys"], stands["left"]) == (2, {})
    assert "1 old keys were taken out." in capsys.readouterr().err
    assert Person.objects.get(pk=ann.person.pk).name == "Ann Peeters"


def test_rows_that_open_with_no_key_keep_the_old_one(
    own_keys: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(rotate_keys.time, "sleep", lambda _seconds: None)
    monkeypatch.setattr(
        rotate_keys.key_rotation, "reseal_and_count_broken", lambda _progress: {"people.Person.name": 2}
    )

    code = rotate_keys.run(options(**WANTED))

    said = capsys.readouterr().err
    assert code == 1
    assert "2 rows of people.Person.name open with no key that is here." in said
    assert "The old key is still needed." in said


def test_what_others_seal_meanwhile_is_sealed_anew_a_few_times_and_then_told(
    own_keys: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rounds: list[int] = []
    monkeypatch.setattr(rotate_keys.time, "sleep", lambda _seconds: None)
    monkeypatch.setattr(rotate_keys.key_rotation, "reseal_and_count_broken", lambda _progress: rounds.append(1) or {})
    monkeypatch.setattr(rotate_keys.key_rotation, "count_rows_under_old_keys", lambda: {"people.Person.name": 1})

    code = rotate_keys.run(options(**WANTED))

    assert (code, len(rounds)) == (1, rotate_keys.ROUNDS)
    assert "The old key is still needed." in capsys.readouterr().err


def test_a_new_signing_key_keeps_the_old_one_beside_it(own_keys: Path) -> None:
    before = (own_keys / "secret_key").read_bytes()

    code = rotate_keys.run(options(**{**WANTED, "secret_key": True}))

    assert code == 0
    assert (own_keys / "secret_key").read_bytes() != before
    assert [path.read_bytes() for path in (own_keys / "secrets_old").glob("*.key")] == [before]


@pytest.mark.parametrize(
    ("given", "local", "sentence"),
    [
        ({"plps": 1, "members": 30}, False, "it is refused on a public origin"),
        ({"plps": 0, "members": 30}, True, "Ask for 1 to"),
        ({"plps": 1, "members": 1}, True, "Ask for 1 to"),
    ],
)
def test_seeds_fall_on_an_empty_machine_alone(
    settings: Any, given: dict[str, object], local: bool, sentence: str
) -> None:
    settings.IS_LOCAL = local

    with pytest.raises(Failed, match=sentence):
        seed.run(options(canary="x", json="-", **given))


def test_seeds_do_not_fall_where_people_are(monkeypatch: pytest.MonkeyPatch) -> None:
    staff()
    monkeypatch.setattr(seed, "migrate_and_report_database", lambda: None)

    with pytest.raises(Failed, match="holds people already"):
        seed.run(options(canary="x", json="-", plps=1, members=seed.FEWEST_MEMBERS))


def test_what_was_seeded_is_written_for_us_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seed._write_json_report_private("-", {"canary": "x"})
    seed._write_json_report_private(str(tmp_path / "seed.json"), {"canary": "x"})

    assert json.loads(capsys.readouterr().out) == {"canary": "x"}
    assert (tmp_path / "seed.json").stat().st_mode & 0o077 == 0


def test_a_demonstration_is_thrown_away_and_nothing_else(tmp_path: Path) -> None:
    for name in ("plp.sqlite3", "demo.json"):
        (tmp_path / name).touch()
    (tmp_path / "outbox").mkdir()
    demo._remove_data(tmp_path)
    left = sorted(path.name for path in tmp_path.iterdir())
    (tmp_path / "plp.sqlite3").touch()

    with pytest.raises(Failed, match="holds a database that is no demonstration"):
        demo._refuse_other_data(tmp_path)
    assert left == []
    assert (tmp_path / "plp.sqlite3").exists()


def test_the_report_of_a_demonstration_goes_where_it_is_wanted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for target in (None, "-", str(tmp_path / "report.json")):
        cli.write_json({"held": True}, target, indent=2)

    assert capsys.readouterr().out == '{\n  "held": true\n}\n' * 2
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8")) == {"held": True}


def test_the_watch_goes_round_until_it_is_told_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[object] = []
    handlers: dict[int, Any] = {}

    class Patrol:
        def write_heartbeat(self, at: object) -> None:
            """It lives."""

        def run_round(self, at: object) -> None:
            rounds.append(at)
            if len(rounds) == 2:
                handlers[watch.signal.SIGTERM]()

    monkeypatch.setattr(watch, "EVERY", 0.001)
    monkeypatch.setattr(watch, "WatchRound", Patrol)
    monkeypatch.setattr(watch.signal, "signal", handlers.__setitem__)

    assert watch.run(options(once=False, json=False)) == 0
    assert len(rounds) == 2
    assert set(handlers) == {watch.signal.SIGTERM, watch.signal.SIGINT}


def test_a_port_that_was_handed_to_us_is_not_taken(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.WEB_HOST = "192.0.2.1"  # nobody could listen there
    monkeypatch.setenv("LISTEN_PID", str(os.getpid()))
    monkeypatch.setenv("LISTEN_FDS", "1")

    assert web.inherited_socket_descriptor() == 3
    web.refuse_taken_port()
    monkeypatch.setenv("LISTEN_PID", "1")
    with pytest.raises(Failed, match="cannot be used"):
        web.refuse_taken_port()


def test_what_is_in_order_is_served(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.IS_LOCAL, settings.ALLAUTH_TRUSTED_PROXY_COUNT = False, 1
    looked: list[str] = []
    monkeypatch.setattr(web, "deployment_warnings", lambda: looked.append("settings") or [])
    monkeypatch.setattr(schema, "read_schema_state", lambda: looked.append("database") or schema.SchemaState([], []))

    web.refuse_unsafe_settings()
    web.refuse_database_of_other_version()

    assert looked == ["settings", "database"]


@pytest.mark.parametrize("empty", [True, False])
def test_an_empty_installation_says_how_to_begin(monkeypatch: pytest.MonkeyPatch, *, empty: bool) -> None:
    said: list[str] = []
    monkeypatch.setattr(up, "migrate_and_report_database", lambda: None)
    monkeypatch.setattr(up, "is_nobody_appointed_yet", lambda: empty)
    monkeypatch.setattr(up.setup, "print_setup_link_to_terminal", lambda: said.append("link"))

    assert up._check_settings_migrate_and_print_setup_link() == 0
    assert said == ["link"] * empty


def test_what_stands_in_the_way_of_a_start_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full() -> None:
        raise Failed("Free some space.")

    monkeypatch.setattr(up, "migrate_and_report_database", full)

    assert up._check_settings_migrate_and_print_setup_link() == 1
    assert capsys.readouterr().err == "plp: Free some space.\n"


@pytest.mark.parametrize(
    ("number", "sentence"), [(0, "--processes must be at least 1"), (1, "No channel is installed")]
)
def test_a_worker_without_anything_to_work_with_does_not_start(
    monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    monkeypatch.setattr(worker, "senders", dict)

    with pytest.raises(Failed, match=sentence):
        worker.run_delivery_processes(number, once=True)


def test_packages_about_which_nobody_answered_are_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check.locks, "packages_of_lock_file", lambda _lock: ["one", "two"])
    found = []
    for advice in (KnownVulnerabilities(2, ()), KnownVulnerabilities(1, ("one 1: PYSEC-1",))):
        monkeypatch.setattr(
            check.advisories, "ask_vulnerabilities_of_locked_packages", lambda _lock, advice=advice: advice
        )
        found.append(check._known_vulnerabilities(Path("requirements.lock")))

    assert found == [[], ["one 1: PYSEC-1"]]
    for asked in (0, 1):
        monkeypatch.setattr(
            check.advisories,
            "ask_vulnerabilities_of_locked_packages",
            lambda _lock, asked=asked: KnownVulnerabilities(asked, ()),
        )
        with pytest.raises(NotChecked, match=f"answered for {asked} of 2 packages. Let this machine reach the network"):
            check._known_vulnerabilities(Path("requirements.lock"))


@pytest.mark.parametrize(
    ("faults", "code", "last"),
    [
        ([], 0, "check: all 2 steps passed."),
        (["a: fault"], 1, "check: known vulnerabilities failed."),
        (None, 3, "check: known vulnerabilities not checked: nothing is known of that."),
    ],
)
def test_what_could_not_be_looked_at_has_not_passed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], faults: list[str] | None, code: int, last: str
) -> None:
    def vulnerabilities() -> list[str]:
        if faults is None:
            raise NotChecked("The advisory service answered for 0 of 84 packages.")
        return faults

    steps = [CheckStep("known vulnerabilities", faults=vulnerabilities), CheckStep("hashes", faults=list)]
    monkeypatch.setattr(check, "audit_steps", lambda: steps)

    ended = check.run(argparse.Namespace(audit=True, sbom=None, only=None))

    told = capsys.readouterr().err
    assert (ended, told.splitlines()[-1]) == (code, last)
    assert ("known vulnerabilities: not checked" in told) is (faults is None)
    assert ("answered for 0 of 84" in told) is (faults is None)


def test_what_was_left_out_of_the_tests_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(test, "install_missing_test_programs", lambda: [NeededProgram("w3m", "w3m", "pages as text")])
    monkeypatch.setattr(test, "run_all_test_parts", lambda: iter([test.FinishedTestPart("check", 0, 1.0, 1.0)]))

    assert test.run(options(rest=[])) == 0
    assert "without w3m some tests were left out" in capsys.readouterr().err


def test_a_role_that_is_none_is_not_appointed() -> None:
    with pytest.raises(Failed, match="king is not one of: "):
        appoint.choice_given_or_typed("Which role?", "king", appoint.ROLES)


def test_a_sign_in_without_a_second_factor_has_none_to_forget() -> None:
    ann, bea = staff(app=False), staff("Bea Exemple")

    for one in (ann, bea):
        appoint.delete_second_factors(one.account)

    assert Entry.objects.filter(verb="account.factors_forgotten").count() == 1
    assert not bea.account.authenticator_set.exists()


def test_a_database_that_is_up_to_date_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Cast()
    looked: list[object] = []
    monkeypatch.setattr(migrate.places, "create_and_correct_territory", lambda **told: looked.append(told))

    migrate.migrate_and_report_database()
    without = len(looked)
    migrate.migrate_and_report_database(territory=True)

    assert (without, len(looked)) == (0, 1)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("quick", "code"), [(True, 0), (False, 1)])
def test_the_bench_is_run_in_a_folder_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, quick: bool, code: int
) -> None:
    called: list[tuple[list[str], bool]] = []

    def run(command: list[str], *, env: dict[str, str], **_more: object) -> SimpleNamespace:
        called.append((command[2:], "PLP_HOME" in env))
        return SimpleNamespace(returncode=code)

    monkeypatch.setattr(bench, "find_spec", lambda _name: object())
    monkeypatch.setattr(bench.subprocess, "run", run)
    file = tmp_path / "figures.json"

    answered = bench.run(options(json=file, quick=quick))

    assert answered == code
    assert called == [(["bench", "--json", str(file), *(["--quick"] if quick else [])], False)]
    assert ("A figure is below its floor" in capsys.readouterr().err) == (code == 1)


def test_without_its_peers_there_is_no_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "find_spec", lambda _name: None)

    with pytest.raises(Failed, match="The peers are missing"):
        bench.run(options(json=Path("x"), quick=True))


@pytest.mark.parametrize(("only", "marks"), [(None, 1), (["lint"], 0)])
@pytest.mark.parametrize("passed", [True, False])
def test_the_check_says_what_failed_and_what_to_look_at_again(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    only: list[str] | None,
    marks: int,
    *,
    passed: bool,
) -> None:
    outcomes = [SimpleNamespace(name="lint", passed=passed, was_checked=True)]
    monkeypatch.setattr(check, "run_and_print_check_steps_in_parallel", lambda _chosen, **_where: outcomes)
    monkeypatch.setattr(check.sizes, "files_and_functions_over_size_marks", lambda _package: ["ops/cli.py: 251 lines"])

    code = check.run(options(only=only))

    said = capsys.readouterr().err
    assert code == (0 if passed else 1)
    assert said.count("look again: ") == marks
    assert ("check: all 1 steps passed." if passed else "check: lint failed.") in said


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"flaws": [], "aside": ""}, []),
        ({"flaws": ["be/z1/ entry 7"], "aside": "/plp/before"}, ["Its journal was changed", "kept: /plp/before."]),
        ({"flaws": [], "aside": "/plp/before", "old_schema": "plp_old"}, ["kept: /plp/before plp_old."]),
    ],
)
def test_after_a_restore_it_is_said_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], told: dict[str, object], said: list[str]
) -> None:
    made = {"made_at": "2026-11-25T09:00:00+00:00", "rows": 12}
    monkeypatch.setattr(restore.encryption, "read_secret_key", lambda _file: None)
    monkeypatch.setattr(restore.restoration, "restore_backup", lambda _file, **_how: made | told)

    code = restore.run(options(file=Path("x"), identity=Path("y"), replace=False))

    words = capsys.readouterr().err
    assert code == 0
    assert "Restored the backup of 2026-11-25 09:00 UTC: 12 rows" in words
    assert [part for part in TOLD if part in words] == said
    assert words.rstrip().endswith("then: ./plp queue --resume")


@pytest.mark.parametrize(("set_up", "kept"), [(0, ["web", "worker", "watch"]), (1, [])])
def test_what_could_not_be_set_up_is_not_kept_alive(
    monkeypatch: pytest.MonkeyPatch, set_up: int, kept: list[str]
) -> None:
    alive: list[str] = []
    monkeypatch.setattr(up, "ForkedProcess", lambda _act: SimpleNamespace(wait=lambda: set_up))
    monkeypatch.setattr(up, "supervise_until_stopped", lambda commands: alive.extend(commands) or 0)
    for name in ("preload_pages_before_fork", "refuse_taken_port", "print_pages_address"):
        monkeypatch.setattr(up.web, name, lambda: None)

    assert up.run(options(processes=1)) == (1 if set_up else 0)
    assert alive == kept


def test_an_installed_program_carries_no_tools(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(environment, "PACKAGE", tmp_path / "site-packages" / "plp")

    with pytest.raises(Failed, match="This needs the repository"):
        environment.repository_root()


@pytest.mark.parametrize("daily", [True, False])
def test_old_daily_backups_go_with_a_new_one_and_no_other_does(
    settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, daily: bool
) -> None:
    pruned: list[Path] = []
    settings.BACKUP_FOLDER, settings.BACKUP_RECIPIENT, settings.BACKUP_KEEP = str(tmp_path), "age1", 7

    def make(file: Path, *, public_key: str, at: object) -> SimpleNamespace:
        file.write_bytes(b"sealed")
        return SimpleNamespace(counts={"people.Person": 2, "people.Consent": 3}, parts=["data", "keys"])

    monkeypatch.setattr(backup.clock, "now", lambda: NOW)
    monkeypatch.setattr(backup.creation, "last_backup_at", lambda: NOW - timedelta(days=1))
    monkeypatch.setattr(backup.creation, "create_backup", make)
    monkeypatch.setattr(
        backup.creation, "delete_old_backups", lambda folder, *, keep: pruned.append(folder / str(keep))
    )
    monkeypatch.setattr(backup.encryption, "parse_public_key", lambda key: key)

    code = backup.run(options(file=None if daily else tmp_path / "own.age", daily=daily, to=""))

    assert code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["plp-20261125-090000.age" if daily else "own.age"]
    assert pruned == [tmp_path / "7"] * daily
    assert "5 rows, 1 files and keys." in capsys.readouterr().err


@pytest.mark.parametrize(("processes", "crew"), [(1, []), (3, [3])])
def test_one_worker_works_itself_and_several_are_a_crew(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], processes: int, crew: list[int]
) -> None:
    made: list[int] = []

    class Crew:
        def __init__(self, size: int, *, once: bool) -> None:
            assert once
            made.append(size)

        def run(self) -> None:
            """They work."""

    monkeypatch.setattr(worker, "wait_for_migrated_tables", lambda *, once: None)
    monkeypatch.setattr(worker, "run_worker_and_count_settled", lambda *_now, **_how: 7)
    monkeypatch.setattr(worker, "WorkerProcesses", Crew)

    assert worker.run_delivery_processes(processes, once=True) == 0
    assert made == crew
    assert ("7 copies settled." in capsys.readouterr().err) == (processes == 1)


@pytest.mark.parametrize("number", [None, 3])
def test_pages_are_served_at_the_socket_that_was_handed_to_us(
    monkeypatch: pytest.MonkeyPatch, number: int | None
) -> None:
    served: list[object] = []

    class Server:
        def __init__(self, _target: str, **_how: object) -> None:
            """It is made."""

        def on_startup(self, _said: object) -> None:
            """It will tell when it is ready."""

        def serve(self) -> None:
            served.append("pages")

    monkeypatch.setattr(web, "preload_pages_before_fork", lambda: None)
    monkeypatch.setattr(web, "inherited_socket_descriptor", lambda: number)
    monkeypatch.setattr(web, "granian_server_class", lambda descriptor: served.append(descriptor) or Server)

    assert web.serve_pages_until_stopped() == 0
    assert served == [number, "pages"]


@pytest.mark.parametrize(("reset", "kept"), [(True, "demo.json"), (False, "demo.json"), (False, demo.UNFINISHED)])
def test_a_demonstration_begins_anew_when_asked_or_when_it_was_stopped_half_built(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, reset: bool, kept: str
) -> None:
    for name in (kept, "plp.sqlite3"):
        (tmp_path / name).write_text("[]", encoding="utf-8")
    monkeypatch.setenv("PLP_HOME", str(tmp_path))
    monkeypatch.setattr(demo, "_set_demo_environment", lambda *_where: None)
    monkeypatch.setattr(demo.django, "setup", lambda: None)
    monkeypatch.setattr(demo, "_build_and_serve", lambda home: int(not (home / "plp.sqlite3").exists()))

    assert demo._serve_demonstration(reset=reset) == int(reset or kept == demo.UNFINISHED)
    assert (tmp_path / "outbox").is_dir()


def test_the_folder_of_a_demonstration_is_nobody_elses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("PLP_HOME", str(home))
    monkeypatch.setattr(demo, "_set_demo_environment", lambda *_where: None)
    monkeypatch.setattr(demo.django, "setup", lambda: None)
    monkeypatch.setattr(demo, "_build_and_serve", lambda home: home.stat().st_mode & 0o077)

    assert demo._serve_demonstration(reset=False) == 0


def test_a_demonstration_that_was_built_is_not_built_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told: list[object] = []
    (tmp_path / "demo.json").write_text('[{"email": "ann@plp.test"}]', encoding="utf-8")
    monkeypatch.setattr(demo, "_print_sign_ins", told.extend)
    monkeypatch.setattr("plp.ops.commands.web.refuse_taken_port", lambda: None)
    monkeypatch.setattr("plp.ops.commands.migrate.migrate_and_report_database", lambda: None)
    monkeypatch.setattr("plp.demo.builder.build_demonstration", lambda **_when: told.append("built"))
    monkeypatch.setattr("plp.ops.supervision.supervise_until_stopped", len)

    assert demo._build_and_serve(tmp_path) == 2
    assert told == [{"email": "ann@plp.test"}]
