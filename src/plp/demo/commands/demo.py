"""Show everything with five partnerships on real streets and invented people; mail and SMS stay on this machine."""

import argparse
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import django

from plp.ops.cli import FAILURE, SUCCESS, Failed, freezing_loaded_objects_from_gc, say, write_json

if TYPE_CHECKING:
    from plp.ops.receivers.telephone import RunningTelephones

NOBODYS = ("3", "7")  # how numbers end that no telephone has: a person calls there, and finds out
PRESSED_AFTER = 2.2  # seconds: by then the machine speaks
UNFINISHED = "demo.unfinished"  # there while the demonstration is built
NEEDS_DJANGO = False  # the settings read the addresses of receivers that this command starts first


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--once`` plays the journey and ends; ``--reset`` begins anew."""
    parser.add_argument("--once", action="store_true", help="play the whole journey without a browser, then end")
    parser.add_argument("--json", metavar="FILE", help="with --once: write the report to FILE ('-': standard output)")
    parser.add_argument(
        "--twin", action="store_true", help="two installations that meet, exchange messages and move a partnership"
    )
    parser.add_argument("--reset", action="store_true", help="throw the demonstration's data away and begin anew")


def run(options: argparse.Namespace) -> int:
    """Serve the demonstration until Ctrl-C, or play it once."""
    if options.json and not options.once:
        raise Failed("--json goes with --once.")
    if options.twin:
        return _play_twin_in_temporary_folders(options.json) if options.once else _serve_twin()
    return _play_in_temporary_folder(options.json) if options.once else _serve_demonstration(reset=options.reset)


def _play_in_temporary_folder(report_file: str | None) -> int:
    """In a data folder of its own, thrown away at the end."""
    from plp.ops.receivers.mailbox import sms_receiver, smtp_receiver  # noqa: PLC0415 - before the settings

    with (
        tempfile.TemporaryDirectory(prefix="plp-demo-") as home,
        smtp_receiver(lambda _mail: None) as smtp,
        sms_receiver(lambda _sms: None) as sms,
        _telephones_that_press_one() as telephones,
    ):
        if "PLP_DATABASE_URL" in os.environ:
            say("plp: The demonstration uses a database of its own; PLP_DATABASE_URL is left alone.")
            del os.environ["PLP_DATABASE_URL"]
        _set_demo_environment(home, smtp.port, sms.port, telephones)
        with freezing_loaded_objects_from_gc():
            django.setup()
        from plp.demo.playthrough import Playthrough  # noqa: PLC0415 - needs the settings
        from plp.ops.commands.migrate import migrate_and_report_database  # noqa: PLC0415 - needs the settings

        migrate_and_report_database()
        journey = Playthrough(smtp, sms, telephones)
        journey.play_all_steps()
        report = journey.report()
        write_json(report, report_file, indent=2)
    return SUCCESS if journey.succeeded and report["ledger"]["disagreements"] == 0 else FAILURE


def _play_twin_in_temporary_folders(report_file: str | None) -> int:
    """Two installations and the federal reader, in data folders of their own that are thrown away at the end."""
    from plp.demo.twin.playthrough import TwinPlaythrough  # noqa: PLC0415 - only for this
    from plp.demo.twin.processes import running_twins  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory(prefix="plp-twin-") as home, running_twins(Path(home)) as sides:
        journey = TwinPlaythrough(*sides)
        journey.play_all_steps()
    if report_file is not None:
        write_json(journey.report(), report_file, indent=2)
    return SUCCESS if journey.has_held else FAILURE


def _serve_twin() -> int:
    """Two connected installations with pages and workers until Ctrl-C; their data are thrown away at the end."""
    from plp.demo.twin.service import serve_twin  # noqa: PLC0415 - only for this

    with tempfile.TemporaryDirectory(prefix="plp-twin-") as home:
        serve_twin(Path(home), say_sign_ins=_print_sign_ins)
    return SUCCESS


@contextmanager
def _telephones_that_press_one() -> Iterator["RunningTelephones | None"]:
    """Telephones that hear and press 1, but for those whose number nobody has; none where no machine can call."""
    from plp.ops.receivers.telephone import TelephoneScript, telephone_receiver  # noqa: PLC0415 - before the settings

    missing = [program for program in ("baresip", "espeak-ng") if shutil.which(program) is None]
    if missing:
        say(f"plp: Automatic calls are left out: this machine lacks {' and '.join(missing)}.")
        yield None
        return
    hears, nobodys = TelephoneScript(after=PRESSED_AFTER), TelephoneScript(status=404)
    with telephone_receiver(
        lambda _call: None, lambda number: nobodys if number.endswith(NOBODYS) else hears
    ) as telephones:
        yield telephones


def _set_demo_environment(home: str, smtp: int, sms: int, telephones: "RunningTelephones | None") -> None:
    """Let the settings and every child process find this data folder and these receivers."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="plp.server.settings",
        PLP_HOME=home,
        PLP_DEMO="1",
        PLP_DPO="dpo@example.org",
        PLP_SMTP_URL=f"smtp://127.0.0.1:{smtp}",
        PLP_SMS_URL=f"http://demo:demo@127.0.0.1:{sms}/cgi-bin/sendsms",
        PLP_VOICE_URL=f"sip://demo:demo@127.0.0.1:{telephones.port}" if telephones else "",
        PLP_VOICE_CALLS="20",
    )


def _serve_demonstration(*, reset: bool) -> int:
    """Web, worker and receivers with one command; a second start keeps the data."""
    from plp.ops.receivers.mailbox import sms_receiver, smtp_receiver  # noqa: PLC0415 - before the settings

    home = Path(os.environ.get("PLP_HOME") or "var").resolve()
    _refuse_other_data(home)
    if reset or (home / UNFINISHED).exists():  # whoever stopped it while it was built begins anew
        _remove_data(home)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    outbox = home / "outbox"
    outbox.mkdir(exist_ok=True)
    from plp.demo.outbox_files import save_mail_as_file, save_sms_as_file  # noqa: PLC0415 - beside the receivers

    with (
        smtp_receiver(lambda mail: save_mail_as_file(outbox, mail)) as smtp,
        sms_receiver(lambda sms: save_sms_as_file(outbox, sms)) as sms,
        _telephones_that_press_one() as telephones,
    ):
        _set_demo_environment(str(home), smtp.port, sms.port, telephones)
        with freezing_loaded_objects_from_gc():
            django.setup()
        return _build_and_serve(home)


def _refuse_other_data(home: Path) -> None:
    """Refuse a folder with a database that no demonstration made."""
    if (home / "plp.sqlite3").exists() and not any((home / name).exists() for name in ("demo.json", UNFINISHED)):
        raise Failed(f"{home} holds a database that is no demonstration: set PLP_HOME to another folder.")


def _remove_data(home: Path) -> None:
    """Remove what a demonstration made."""
    for name in ("plp.sqlite3", "plp.sqlite3-wal", "plp.sqlite3-shm", "demo.json", UNFINISHED):
        (home / name).unlink(missing_ok=True)
    for name in ("outbox", "files"):
        shutil.rmtree(home / name, ignore_errors=True)


def _build_and_serve(home: Path) -> int:
    """Build the quarter if there is none yet, say who can sign in, and serve."""
    from plp.demo.builder import build_demonstration  # noqa: PLC0415 - needs the settings
    from plp.ops.commands.migrate import migrate_and_report_database  # noqa: PLC0415 - needs the settings
    from plp.ops.commands.web import refuse_taken_port  # noqa: PLC0415 - needs the settings
    from plp.ops.environment import OWN_COMMAND  # noqa: PLC0415 - needs the settings
    from plp.ops.supervision import supervise_until_stopped  # noqa: PLC0415 - needs the settings
    from plp.toolbox import clock  # noqa: PLC0415 - needs the settings

    refuse_taken_port()
    who, unfinished = home / "demo.json", home / UNFINISHED
    if not who.exists():
        unfinished.touch()
    migrate_and_report_database()
    if not who.exists():
        identities = build_demonstration(at=clock.now())
        who.touch(mode=0o600)
        who.write_text(json.dumps(identities, indent=2, ensure_ascii=False), encoding="utf-8")
        unfinished.unlink()
    _print_sign_ins(json.loads(who.read_text(encoding="utf-8")))
    return supervise_until_stopped({"web": [*OWN_COMMAND, "web"], "worker": [*OWN_COMMAND, "worker"]})


def _print_sign_ins(identities: list[dict[str, str]]) -> None:
    """Print every sign-in; a page shows them too, with the code of the moment."""
    for identity in identities:
        say("  {quarter:<8} {role:<15} {email:<34} {password}  totp {totp_secret}".format_map(identity))
    say("plp: “Who can sign in” on the start page shows these with their code of the moment. Ctrl-C stops everything.")
