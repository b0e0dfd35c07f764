"""One round after the other: look, tell what is new, what lasts and what is well again; once a day heads and backup."""

import json
import os
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error

from plp.delivery.models import Pulse
from plp.journal import anchors
from plp.ops.backup.making import last
from plp.ops.cli import say
from plp.ops.house import OWN_COMMAND
from plp.ops.watching import mailing
from plp.ops.watching.signs import Memory, Trouble, look

AGAIN = timedelta(hours=24)  # a trouble that lasts is told again
DAY = timedelta(hours=24)
HANGS = 900.0  # seconds; a long chain of the journal takes a minute to look through, a mail server that hangs two


def _book() -> Path:
    return Path(settings.HOME) / "watch.json"


@dataclass
class Round:
    """``told``: when each trouble was last told; kept in a file, so that a new start does not tell it again.
    ``missed``: of each setting with addresses, those (1, 2, ...) that did not get the last mail.
    """

    memory: Memory = field(default_factory=Memory)
    tell: Callable[[list[str], str, str], list[int]] = mailing.tell
    told: dict[str, datetime] = field(default_factory=dict)
    anchored: datetime | None = None
    missed: dict[str, list[int]] = field(default_factory=dict)
    backup: subprocess.Popen[bytes] | None = None
    begun: float = field(default_factory=time.monotonic)

    def beat(self, at: datetime) -> None:
        """Say that the watch lives, as long as no round hangs: ``/readyz`` is red without it."""
        if time.monotonic() - self.begun > HANGS:
            return
        try:
            Pulse.objects.update_or_create(key="watch", defaults={"at": at})
        except Error:
            say("plp watch: the database does not answer.")

    def __post_init__(self) -> None:
        try:
            kept: dict[str, Any] = json.loads(_book().read_text())
        except (FileNotFoundError, ValueError):
            return
        self.told = {key: datetime.fromisoformat(moment) for key, moment in kept["told"].items()}
        self.anchored = datetime.fromisoformat(kept["anchored"]) if kept["anchored"] else None
        self.memory.web_seen = kept["web_seen"]
        self.missed = kept.get("missed", {})

    def go(self, at: datetime) -> list[Trouble]:
        """Look once and tell; answers what is wrong now."""
        self.begun = time.monotonic()
        found = [*look(self.memory), *unreached(self.missed)]
        self._report(found, at)
        self._daily(at, is_whole=not any(one.key.startswith(("journal", "database")) for one in found))
        self._keep()
        return found

    def _report(self, found: list[Trouble], at: datetime) -> None:
        keys = {one.key for one in found}
        new = [one for one in found if at - self.told.get(one.key, at - AGAIN) >= AGAIN]
        over = [key for key in self.told if key not in keys]
        for one in new:
            say(f"plp watch: {one.words} {one.cure}")
        for key in over:
            say(f"plp watch: well again: {key}.")
        if not new and not over:
            return
        if settings.ALARM_TO and not self._reaches("PLP_ALARM_TO", _subject(new, keys), _body(new, over, found)):
            say("plp watch: nobody got the alarm; it is tried again.")
            return
        self.told = {key: moment for key, moment in self.told.items() if key in keys} | {one.key: at for one in new}

    def _reaches(self, setting: str, subject: str, body: str) -> bool:
        """Send it to the addresses of a setting, and remember which did not get it; answers whether anybody did."""
        to = getattr(settings, setting.removeprefix("PLP_"))
        self.missed[setting] = self.tell(to, subject, body)
        return len(self.missed[setting]) < len(to)

    def _daily(self, at: datetime, *, is_whole: bool) -> None:
        """Once a day: the heads of the journal go out, and a backup is made if there is a place for it."""
        if settings.ANCHOR_TO and is_whole and (self.anchored is None or at - self.anchored >= DAY):
            body = HEADS.format(origin=settings.ORIGIN) + anchors.anchor_lines(at)
            if self._reaches("PLP_ANCHOR_TO", f"PLP {_host()}: where the journal ended, {at:%Y-%m-%d}", body):
                self.anchored = at
        if self.backup is not None and self.backup.poll() is not None:
            self.backup = None
        if settings.BACKUP_FOLDER and settings.BACKUP_RECIPIENT and self.backup is None and _is_due(at):
            self.backup = subprocess.Popen([*OWN_COMMAND, "backup", "--daily"], env=os.environ)  # noqa: S603 - ours

    def _keep(self) -> None:
        kept = {
            "told": {key: moment.isoformat() for key, moment in self.told.items()},
            "anchored": self.anchored.isoformat() if self.anchored else "",
            "web_seen": self.memory.web_seen,
            "missed": self.missed,
        }
        new = _book().with_name(".watch.json")
        try:
            new.write_text(json.dumps(kept))
            new.replace(_book())
        except OSError as error:
            say(f"plp watch: {_book()}: {error.strerror}.")


def missed() -> dict[str, list[int]]:
    """Of each setting with addresses those that did not get the last mail, as a watch of this machine wrote down."""
    try:
        kept: dict[str, list[int]] = json.loads(_book().read_text()).get("missed", {})
    except (OSError, ValueError):
        return {}
    return kept


def unreached(missed: Mapping[str, list[int]]) -> list[Trouble]:
    """A trouble for each setting of whose addresses some did not get the last mail, by their place in it: a log names
    no address.
    """
    return [
        Trouble(
            f"mail {setting}",
            f"The last mail did not reach address {', '.join(map(str, places))} of {setting}.",
            "Is it spelt right, does that mailbox take mails of ours? The next mail tries it again.",
        )
        for setting, places in missed.items()
        if places
    ]


def _is_due(at: datetime) -> bool:
    made = last()
    return made is None or at - made >= DAY


def _host() -> str:
    return settings.ORIGIN.partition("://")[2]


def _subject(new: list[Trouble], keys: set[str]) -> str:
    if new:
        return f"PLP {_host()}: {new[0].words}"
    return f"PLP {_host()}: {'better, not yet well' if keys else 'well again'}"


def _body(new: list[Trouble], over: list[str], found: list[Trouble]) -> str:
    parts = [f"{one.words}\n  {one.cure}\n" for one in new]
    if over:
        parts.append(f"Well again: {', '.join(over)}.\n")
    lasting = [one.words for one in found if one not in new]
    if lasting:
        parts.append("As before:\n" + "".join(f"  {words}\n" for words in lasting))
    return "\n".join([*parts, f"Written by the watch of {settings.ORIGIN}. This mail cannot be answered.\n"])


HEADS = """Keep this mail. It says where each chain of the journal of {origin} ended.
If somebody cuts or rewrites the journal later, these lines show it: ./plp verify-audit --anchors FILE

"""
