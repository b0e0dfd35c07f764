"""Programs of the system that only the tests need: which are missing, and how they come."""

import os
import subprocess
from dataclasses import dataclass

from plp.ops.cli import Failed, say
from plp.ops.house import program


@dataclass(frozen=True)
class Need:
    """A program, the Debian package that brings it, and the tests that cannot do without."""

    program: str
    package: str
    tests: str


NEEDS = (
    Need("chromium", "chromium", "pages in a browser (marker browser)"),
    Need("chromium-headless-shell", "chromium-headless-shell", "pages in a browser (marker browser)"),
    Need("bearerbox", "kannel", "the SMS gateway (marker kannel)"),
    Need("fakesmsc", "kannel-extras", "the SMS gateway (marker kannel)"),
    Need("dovecot", "dovecot-imapd", "answers by mail (marker imap)"),
    Need("postfix", "postfix", "mails that come back (marker crash)"),
    Need("spamassassin", "spamassassin", "how mails look to a filter (marker spamassassin)"),
    Need("pdftotext", "poppler-utils", "letters and call lists (marker poppler)"),
    Need("soffice", "libreoffice-writer-nogui", "documents in a word processor (marker libreoffice)"),
    Need("soffice", "libreoffice-impress-nogui", "slides in a presentation program (marker libreoffice)"),
    Need("promtool", "prometheus", "the rules of Prometheus (marker promtool)"),
    Need("w3m", "w3m", "the coordinator's tasks in a text browser (marker w3m)"),
    Need("git", "git", "releases, and secrets in the history"),
    Need("faketime", "faketime", "machines whose clocks are wrong (marker crash)"),
    Need("strace", "strace", "kills at every system call (marker crash)"),
)


def missing() -> list[Need]:
    """What this machine lacks."""
    return [need for need in NEEDS if not program(need.program)]


def provide() -> list[Need]:
    """Install what is missing where we may (root, apt), else say how. Answers what is still missing.

    Raises ``Failed`` if apt was asked and could not.
    """
    lacking = missing()
    if not lacking:
        return []
    packages = sorted({need.package for need in lacking})
    line = f"apt-get install --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0 or not program("apt-get"):
        say(f"test: This machine lacks {', '.join(packages)}. To have every test, type: sudo {line}")
        for need in lacking:
            say(f"test: left out for want of {need.program}: {need.tests}")
        return lacking
    say(f"test: This machine lacks {', '.join(packages)}: installing with {line}")
    _apt("update")
    _apt("install", "--yes", "--no-install-recommends", *packages)
    return missing()


def _apt(*arguments: str) -> None:
    ended = subprocess.run(  # noqa: S603 - found by its full path
        [str(program("apt-get")), "-qq", *arguments],
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        said = (ended.stderr.strip() or ended.stdout.strip()).splitlines()[-1:]
        raise Failed(f"apt-get {arguments[0]} did not work: {' '.join(said)}")
