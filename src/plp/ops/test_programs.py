"""Programs of the system that only the tests need: which are missing, and how they come."""

import os
import subprocess
from dataclasses import dataclass

from plp.ops.cli import Failed, say
from plp.ops.environment import find_program


@dataclass(frozen=True)
class NeededProgram:
    """A program by name (or by path, where another package has the name too), its Debian package, the tests with it."""

    program: str
    package: str
    tests: str


NEEDS = (
    NeededProgram("chromium", "chromium", "pages in a browser (marker browser)"),
    NeededProgram("chromium-headless-shell", "chromium-headless-shell", "pages in a browser (marker browser)"),
    NeededProgram("bearerbox", "kannel", "the SMS gateway (marker kannel)"),
    NeededProgram("fakesmsc", "kannel-extras", "the SMS gateway (marker kannel)"),
    NeededProgram("baresip", "baresip-core", "automatic calls (marker voice)"),
    NeededProgram("espeak-ng", "espeak-ng", "automatic calls (marker voice)"),
    NeededProgram("sipp", "sip-tester", "automatic calls (marker voice)"),
    NeededProgram("/usr/lib/dovecot/imap", "dovecot-imapd", "answers by mail (marker imap)"),
    NeededProgram("postfix", "postfix", "mails that come back (marker crash)"),
    NeededProgram("spamassassin", "spamassassin", "how mails look to a filter (marker spamassassin)"),
    NeededProgram("pdftotext", "poppler-utils", "letters and call lists (marker poppler)"),
    NeededProgram("soffice", "libreoffice-writer-nogui", "documents in a word processor (marker libreoffice)"),
    NeededProgram("soffice", "libreoffice-impress-nogui", "slides in a presentation program (marker libreoffice)"),
    NeededProgram("promtool", "prometheus", "the rules of Prometheus (marker promtool)"),
    NeededProgram("w3m", "w3m", "the coordinator's tasks in a text browser (marker w3m)"),
    NeededProgram("git", "git", "releases, and secrets in the history"),
    NeededProgram("faketime", "faketime", "machines whose clocks are wrong (marker crash)"),
    NeededProgram("strace", "strace", "kills at every system call (marker crash)"),
)


def missing_test_programs() -> list[NeededProgram]:
    """What this machine lacks."""
    return [need for need in NEEDS if not find_program(need.program)]


def install_missing_test_programs() -> list[NeededProgram]:
    """Install what is missing where we may (root, apt), else say how. Answers what is still missing.

    Raises ``Failed`` if apt was asked and could not.
    """
    lacking = missing_test_programs()
    if not lacking:
        return []
    packages = sorted({need.package for need in lacking})
    line = f"apt-get install --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0 or not find_program("apt-get"):
        say(f"test: This machine lacks {', '.join(packages)}. To have every test, type: sudo {line}")
        for need in lacking:
            say(f"test: left out for want of {need.program}: {need.tests}")
        return lacking
    say(f"test: This machine lacks {', '.join(packages)}: installing with {line}")
    _install_by_apt("update")
    _install_by_apt("install", "--yes", "--no-install-recommends", *packages)
    return missing_test_programs()


def _install_by_apt(*arguments: str) -> None:
    ended = subprocess.run(  # noqa: S603 - found by its full path
        [str(find_program("apt-get")), "-qq", *arguments],
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        error_lines = (ended.stderr.strip() or ended.stdout.strip()).splitlines()[-1:]
        raise Failed(f"apt-get {arguments[0]} did not work: {' '.join(error_lines)}")
